import type { Kysely } from 'kysely';
import { newId } from './ids.ts';
import type { Schema } from './schema.ts';
import type { Origin } from './units.ts';

/** What an audit entry is about: a kind in the glossary's words, its identity, its human label and its tenant. */
export interface Subject {
  kind: string;
  id: string | null;
  label: string;
  owner: number;
}

interface Actor {
  personId: string;
  membershipId: string | null;
  ownerId: number;
  label: string;
}

/** R11.1: one entry, in the transaction of the change. No `returning`: whoever may write an entry need not read it. */
export async function recordEntry(
  q: Kysely<Schema>,
  origin: Origin,
  action: string,
  subject: Subject,
  details: Record<string, unknown>,
  actor: Actor | null,
): Promise<void> {
  await q
    .insertInto('platform.audit_entries')
    .values({
      owner_id: subject.owner,
      id: newId(),
      action,
      subject_kind: subject.kind,
      subject_id: subject.id,
      subject_label: subject.label,
      details: JSON.stringify(details),
      actor_person_id: actor?.personId ?? null,
      actor_membership_id: actor?.membershipId ?? null,
      actor_owner_id: actor?.ownerId ?? null,
      actor_label: actor?.label ?? '',
      request_id: origin.requestId,
      address: origin.address,
    })
    .execute();
}
