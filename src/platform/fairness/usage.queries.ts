import { sql } from 'kysely';
import type { SystemTx } from '../units.ts';
import type { Counted, Known } from './quotas.ts';

/** Adds what this process has counted, and answers the tenants with limits and what the other processes have counted of them. */
export async function exchange(
  system: SystemTx,
  process: string,
  minute: number,
  counted: readonly Counted[],
): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select owner, minute, calls_per_minute as "callsPerMinute", calls_at_once as "callsAtOnce", others, processes
      from tenancy.exchange_usage(${process}::uuid, ${minute}::int, ${JSON.stringify(counted)}::jsonb)`.execute(
    system.q,
  );
  return rows;
}
