import type { AskedKind, Opened } from './kinds.ts';
import type { Act } from './why.api.ts';
import type { FactsRow } from './why.queries.ts';

/** What is asked about: one record that the asker sees, or a whole list. */
export interface Subject {
  kind: string;
  key: string;
  label: string;
  facts: FactsRow | null;
  asked: AskedKind | null;
  /** As the asker sees it. */
  opened: Opened | null;
}

export interface Question {
  act: Act;
  /** One field of the record; null: all of it. */
  field: string | null;
  /** The name of whom it is asked of. */
  person: string;
  /** Whether the asker reads a tenant: of others not even their number is told (R5.4). */
  told: (owner: number) => boolean;
}
