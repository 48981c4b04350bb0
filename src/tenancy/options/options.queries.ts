import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';
import type { Options } from './options.ts';

/** @returns the new version, or null when the expected one is no longer there. */
export async function setOptionsRow(tx: Tx, version: number, wanted: Options): Promise<number | null> {
  const { rows } = await sql<{ version: number | null }>`
    select tenancy.set_options(${wanted.productName}, ${wanted.greatestTenants}::int, ${wanted.greatestDepth}::int, ${version}::int) as version`.execute(
    tx.q,
  );
  return rows[0]?.version ?? null;
}
