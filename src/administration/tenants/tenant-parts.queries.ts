import { newId } from '../../platform/ids.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';

export async function isFulfilled(tx: Tx, owner: number, part: string): Promise<boolean> {
  const row = await tx.q
    .selectFrom('tenancy.fulfilled_parts')
    .select('id')
    .where('owner_id', '=', owner)
    .where('part', '=', part)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertFulfilledPart(tx: Tx, owner: number, part: string): Promise<void> {
  await tx.q.insertInto('tenancy.fulfilled_parts').values({ owner_id: owner, id: newId(), part }).execute();
}

/** Active tenants that a product has not fulfilled its part for: it was added after them. */
export async function findUnfulfilled(system: SystemTx, parts: readonly string[], most: number) {
  return system.q
    .selectFrom('tenancy.tenants as t')
    .select('t.owner_id')
    .where('t.status', '=', 'active')
    .where('t.owner_id', '>', 2)
    .where(({ selectFrom, eb }) =>
      eb(
        selectFrom('tenancy.fulfilled_parts as f')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .whereRef('f.owner_id', '=', 't.owner_id')
          .where('f.part', 'in', [...parts]),
        '<',
        parts.length,
      ),
    )
    .limit(most)
    .execute();
}
