import type { Database } from '../database.ts';
import type { Timer } from '../jobs.ts';
import { exchange } from './usage.queries.ts';

/** Limits are learnt at least so often, in milliseconds. */
const idle = 5000;
const exchangedAt = new WeakMap<Database, number>();

/** Every process tells what it has counted and learns the limits and the others' counts: every second while there is something to tell. */
export const usageExchange: Timer = {
  every: 1000,
  everywhere: true,
  work: async (db) => {
    const last = exchangedAt.get(db) ?? 0;
    if (db.admission.quotas.hasUntold || Date.now() - last >= idle) await exchangeUsage(db);
  },
};

export async function exchangeUsage(db: Database): Promise<void> {
  const { quotas } = db.admission;
  const untold = quotas.takeUntold();
  const minute = Math.floor(Date.now() / 60_000);
  try {
    quotas.learn(await db.asSystem((system) => exchange(system, quotas.process, minute, untold)));
    exchangedAt.set(db, Date.now());
  } catch (error) {
    quotas.giveBack(untold);
    throw error;
  }
}
