import { sql } from 'kysely';
import type { Tx } from '../platform/units.ts';

/** A record that a ticket is to refer to: where it is, and what it is called. */
export interface Target {
  ownerId: number;
  id: string;
  name: string;
}

const sources = {
  contact: { table: 'identity.contacts', name: 'display_name' },
  category: { table: 'desk.categories', name: 'name' },
  location: { table: 'desk.locations', name: 'name' },
  group: { table: 'identity.assignment_groups', name: 'name' },
} as const;
export type TargetKind = keyof typeof sources;

/** Only what the caller may read, and what is still active. */
export async function findTarget(tx: Tx, kind: TargetKind, id: string): Promise<Target | undefined> {
  const source = sources[kind];
  const { rows } = await sql<Target>`select owner_id as "ownerId", id, ${sql.ref(source.name)} as name
    from ${sql.table(source.table)} where id = ${id}::uuid and status = 'active'`.execute(tx.q);
  return rows[0];
}

/** The tenants whose records may be referred to from this tenant's (R6.3): itself and those above. */
export async function findLine(tx: Tx, owner: number): Promise<number[]> {
  const { rows } = await sql<{ owner: number }>`select tenancy.line_of(${owner}) as owner`.execute(tx.q);
  return rows.map((row) => row.owner);
}
