import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';

export interface OrganizationRow {
  name: string;
  time_zone: string;
  currency: string;
  date_format: string;
  time_format: string;
  decimal_symbol: string;
  logo: string | null;
}

export async function findOrganization(tx: Tx): Promise<OrganizationRow | undefined> {
  const { rows } = await sql<OrganizationRow>`select * from selfservice.organization()`.execute(tx.q);
  return rows[0];
}

export async function findLogo(tx: Tx): Promise<{ picture: Buffer; media_type: string } | undefined> {
  const { rows } = await sql<{ picture: Buffer; media_type: string }>`select * from selfservice.logo()`.execute(tx.q);
  return rows[0];
}

export async function insertBranding(tx: Tx, owner: number): Promise<void> {
  await tx.q
    .insertInto('selfservice.brandings')
    .values({ owner_id: owner, id: newId() })
    .onConflict((conflict) => conflict.constraint('branding_once').doNothing())
    .execute();
}

/** @returns whether there was a row that may be written. */
export async function setPicture(
  tx: Tx,
  owner: number,
  picture: { bytes: Buffer; mediaType: string; hash: string } | null,
): Promise<boolean> {
  const set = await tx.q
    .updateTable('selfservice.brandings')
    .set({ picture: picture?.bytes ?? null, media_type: picture?.mediaType ?? null, picture_hash: picture?.hash ?? '' })
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  return set.numUpdatedRows === 1n;
}
