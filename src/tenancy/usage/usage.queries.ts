import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';
import type { Limits, Usage } from './usage.api.ts';

/** Nothing for a tenant that whoever asks does not read. */
export async function findUsage(tx: Tx, tenant: number): Promise<Usage | undefined> {
  const { rows } = await sql<Usage>`
    select calls, calls_in_hour as "callsInHour", busiest_minute as "busiestMinute", refused_in_hour as "refusedInHour", queued
      from tenancy.usage_of(${tenant})`.execute(tx.q);
  return rows[0];
}

/** One's own, also while tenants are not to be named and their records cannot be read (R1.3). */
export async function findOwnLimits(tx: Tx): Promise<Limits | undefined> {
  const { rows } = await sql<Limits>`
    select calls_per_minute as "callsPerMinute", calls_at_once as "callsAtOnce", queued_requests as "queuedRequests"
      from tenancy.own_limits()`.execute(tx.q);
  return rows[0];
}
