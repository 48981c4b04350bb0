import { sql } from 'kysely';
import type { SystemTx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';

export async function findPasswordHash(system: SystemTx, personId: string): Promise<string | null> {
  const row = await system.q
    .selectFrom('identity.passwords')
    .select('hash')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row?.hash ?? null;
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
