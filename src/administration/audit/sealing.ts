import type { Database } from '../../platform/database.ts';
import type { Timer } from '../../platform/jobs.ts';
import { closeReadWindows, sealEntries } from './sealing.queries.ts';

const batch = 5000;

/** R11.1: seals what was recorded soon after, so that no write waits for it; with several processes, one of them does. */
export const auditSealing: Timer = { every: 5000, work: sealAudit };

export async function sealAudit(db: Database): Promise<void> {
  await db.asSystem(closeReadWindows);
  while ((await db.asSystem((system) => sealEntries(system, batch))) === batch);
}
