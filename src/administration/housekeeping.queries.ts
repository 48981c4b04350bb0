import { sql } from 'kysely';
import type { SystemTx } from '../platform/units.ts';

/** What nobody needs any more, and after how long: the credentials of the past are gone soon after they ended. */
const kept = [
  ['platform.idempotency_keys', sql`created_at < now() - interval '3 days'`],
  ['identity.sessions', sql`expires_at < now() - interval '1 day'`],
  ['identity.tokens', sql`expires_at < now() - interval '90 days'`],
  ['identity.links', sql`expires_at < now() - interval '7 days'`],
  ['tenancy.exposure_previews', sql`made_at < now() - interval '30 days'`],
] as const;

/** In small bites, so that nobody waits for it. @returns how many rows are gone. */
export async function deleteOutdated(system: SystemTx): Promise<number> {
  let gone = 0n;
  for (const [table, outdated] of kept) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where (owner_id, id) in (select owner_id, id from ${sql.table(table)} where ${outdated} limit 5000)`.execute(
      system.q,
    );
    gone += numAffectedRows ?? 0n;
  }
  return Number(gone);
}
