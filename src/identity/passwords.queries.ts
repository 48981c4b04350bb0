import { sql } from 'kysely';
import { newId } from '../platform/ids.ts';
import type { Language } from '../platform/refusals.ts';
import type { SystemTx } from '../platform/units.ts';

export async function findPasswordHash(system: SystemTx, personId: string): Promise<string | null> {
  const row = await system.q
    .selectFrom('identity.passwords')
    .select('hash')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row?.hash ?? null;
}

export async function hasPassword(system: SystemTx, person: { ownerId: number; personId: string }): Promise<boolean> {
  const row = await system.q
    .selectFrom('identity.passwords')
    .select('id')
    .where('owner_id', '=', person.ownerId)
    .where('person_id', '=', person.personId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function setLanguage(
  system: SystemTx,
  person: { ownerId: number; personId: string },
  language: Language,
): Promise<void> {
  await system.q
    .updateTable('identity.people')
    .set({ language })
    .where('owner_id', '=', person.ownerId)
    .where('id', '=', person.personId)
    .execute();
}

export async function setPasswordHash(
  system: SystemTx,
  person: { ownerId: number; personId: string },
  hash: string,
): Promise<void> {
  await system.q
    .insertInto('identity.passwords')
    .values({ owner_id: person.ownerId, id: newId(), person_id: person.personId, hash })
    .onConflict((conflict) =>
      conflict.columns(['owner_id', 'person_id']).doUpdateSet({ hash, changed_at: sql<Date>`now()` }),
    )
    .execute();
}
