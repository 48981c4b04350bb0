import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { setOptionsRow } from './options.queries.ts';

export interface Options {
  productName: string;
  greatestTenants: number | null;
  greatestDepth: number;
}

/** R2.8 */
export async function optionsOf(tx: Tx): Promise<Options & { version: number }> {
  const row = await tx.q.selectFrom('tenancy.solution').selectAll().executeTakeFirstOrThrow();
  return {
    productName: row.product_name,
    greatestTenants: row.greatest_tenants,
    greatestDepth: row.greatest_depth,
    version: row.version,
  };
}

/** R2.7: people of the provider whose role administers the solution; the database holds that too. */
export async function setOptions(tx: Tx, version: number, wanted: Options) {
  if ((await setOptionsRow(tx, version, wanted)) === null) refuse('version-stale');
  await tx.record('options.changed', { kind: 'solution', id: null, label: '', owner: tx.scope.ownerId }, { ...wanted });
  return optionsOf(tx);
}
