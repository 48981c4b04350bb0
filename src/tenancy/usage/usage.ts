import type { Tx } from '../../platform/units.ts';
import type { Limits, Usage } from './usage.api.ts';
import { findOwnLimits, findUsage } from './usage.queries.ts';

const nothing: Usage = { calls: 0, callsInHour: 0, busiestMinute: 0, refusedInHour: 0, queued: 0 };
const unlimited: Limits = { callsPerMinute: 0, callsAtOnce: 0, queuedRequests: 0 };

export async function usageOf(tx: Tx, tenant: number): Promise<Usage> {
  return (await findUsage(tx, tenant)) ?? nothing;
}

/** What the administrators of an organization see of its own; no tenant is named. */
export async function ownUsage(tx: Tx): Promise<{ limits: Limits; usage: Usage }> {
  return { limits: (await findOwnLimits(tx)) ?? unlimited, usage: await usageOf(tx, tx.scope.ownerId) };
}
