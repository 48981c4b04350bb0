import { sql } from 'kysely';
import type { SystemTx } from '../../platform/units.ts';

/** The other addresses that are still good stay: processes that start together each print their own. */
export async function insertFirstRunLink(system: SystemTx, hash: Buffer): Promise<void> {
  await system.q.deleteFrom('identity.first_run_links').where('expires_at', '<', sql<Date>`now()`).execute();
  await system.q
    .insertInto('identity.first_run_links')
    .values({ token_hash: hash, expires_at: sql<Date>`now() + interval '1 hour'` })
    .execute();
}

export async function firstRunLinkStands(system: SystemTx, hash: Buffer): Promise<boolean> {
  const link = await system.q
    .selectFrom('identity.first_run_links')
    .select('token_hash')
    .where('token_hash', '=', hash)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return link !== undefined;
}

export async function deleteFirstRunLinks(system: SystemTx): Promise<void> {
  await system.q.deleteFrom('identity.first_run_links').execute();
}
