import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/units.ts';

/** The catalog's part of a new tenant (R4.4): the series that numbers its requests. Done twice, it changes nothing. */
export async function prepareCatalog(tx: Tx, owner: number): Promise<void> {
  await tx.q
    .insertInto('tenancy.series')
    .values({ owner_id: owner, id: newId(), name: 'request' })
    .onConflict((conflict) => conflict.constraint('series_taken').doNothing())
    .execute();
}
