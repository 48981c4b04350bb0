import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Database } from './database.ts';
import { quoted } from './roles.ts';

/** A queue and what is done with its jobs. Payloads hold identities only; the work looks everything up again. */
export interface Queue {
  name: string;
  perform(db: Database, payload: Record<string, string | number>): Promise<void>;
  /** Repeats what a crash left undone: run at start, and then every minute. */
  sweep?(db: Database): Promise<void>;
}

/** Small work that every process tries again and again, and that is the database's to have done by one of them. */
export interface Timer {
  /** Milliseconds from the end of one time to the next. */
  every: number;
  /** For each process to do, instead of one for all. */
  everywhere?: true;
  work(db: Database): Promise<void>;
}

const schema = 'jobs';
const sweepEvery = 60_000;
/** Jobs of a queue, in one process. */
const atOnce = 2;

/**
 * Makes the queue's own tables as the owning login, because the program's owns nothing, and grants the program's login to
 * work on them, and the roles that a unit of work switches to, to send (`docs/database.md` 7.8).
 */
export async function prepareQueues(
  owner: pg.Client,
  prefix: string,
  appLogin: string,
  names: readonly string[],
): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => lastOf(await owner.query(text, values)) },
    schema,
    supervise: false,
    schedule: false,
    migrate: true,
  });
  boss.on('error', () => {});
  await boss.start();
  for (const name of names) {
    if (!(await boss.getQueue(name)))
      await boss.createQueue(name, {
        // Once, soon: whatever was in the way for a moment. After that the queue's own rows say when (`sweep`).
        retryLimit: 1,
        retryDelay: 2,
        notify: true,
      });
  }
  await boss.stop({ graceful: false });
  const everyone = quoted(`${prefix}_everyone`);
  const system = quoted(`${prefix}_system`);
  const app = quoted(appLogin);
  await owner.query(`
    grant usage on schema ${schema} to ${app}, ${everyone}, ${system};
    grant select, insert, update, delete on all tables in schema ${schema} to ${app};
    grant usage on all sequences in schema ${schema} to ${app};
    grant execute on all functions in schema ${schema} to ${app}, ${everyone}, ${system};
    grant select on ${schema}.queue to ${everyone}, ${system};
    grant insert, select (id, start_after) on ${schema}.job, ${schema}.job_common to ${everyone}, ${system};`);
}

/** The text of a message with several statements answers a list; pg-boss wants the last. */
function lastOf(result: unknown): { rows: unknown[] } {
  return (Array.isArray(result) ? result.at(-1) : result) as { rows: unknown[] };
}

export interface Jobs {
  /** Lets the jobs at work finish. */
  stop(): Promise<void>;
}

/** Lets units of work queue jobs; without `startJobs` other processes do the work. */
export function attachQueue(db: Database, app: pg.ClientConfig): PgBoss {
  const boss = new PgBoss({
    ...(app as object),
    schema,
    migrate: false,
    createSchema: false,
    max: 3,
    useListenNotify: true,
    schedule: false,
  });
  // Reported by the work that fails; an event without a listener would end the process.
  boss.on('error', () => {});
  db.sendWith(async (client, queue, payload, behind) => {
    const executeSql = async (text: string, values?: unknown[]) =>
      lastOf(await client.query(text, values)) as { rows: never[] };
    // The first of each tenant before the second of any: who queues very much waits behind their own (T-45).
    await boss.send(queue, payload, { db: { executeSql }, priority: -behind });
  });
  return boss;
}

/** Works on the queues until stopped. A job that was cut off is found by its queue's sweep. */
export async function startJobs(
  db: Database,
  boss: PgBoss,
  queues: readonly Queue[],
  report: (error: unknown) => void,
  timers: readonly Timer[] = [],
  /** Of several workers of one program one looks for what a crash has left, and keeps the timers that one process is enough for. */
  { sweeps = true } = {},
): Promise<Jobs> {
  await boss.start();
  for (const queue of queues) for (let n = 0; n < atOnce; n++) await workOn(queue, db, boss, report);
  const sweep = async () => {
    for (const queue of queues) await queue.sweep?.(db).catch(report);
  };
  if (sweeps) await sweep();
  const timer = sweeps ? setInterval(sweep, sweepEvery) : undefined;
  const repeated = timers.filter((one) => sweeps || one.everywhere).map((one) => repeat(one, db, report));
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(repeated.map((stop) => stop()));
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

/** One job after the other. What is queued while all are at work is told to nobody: whoever has done one looks for the next. */
async function workOn(queue: Queue, db: Database, boss: PgBoss, report: (error: unknown) => void): Promise<void> {
  const id = await boss.work<Record<string, string | number>>(
    queue.name,
    // Without notifications, and beside them: one that is missed must not wait for the sweep.
    { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 },
    async ([job]) => {
      boss.notifyWorker(id);
      if (job) await queue.perform(db, job.data).catch((error) => rethrow(error, report));
    },
  );
}

/** @returns what ends it, once the work under way is done. */
function repeat({ every, work }: Timer, db: Database, report: (error: unknown) => void): () => Promise<void> {
  let next: NodeJS.Timeout | undefined;
  let stopped = false;
  let underway = Promise.resolve();
  const once = () => {
    underway = work(db)
      .catch(report)
      .then(() => {
        if (!stopped) next = setTimeout(once, every);
      });
  };
  once();
  return async () => {
    stopped = true;
    clearTimeout(next);
    await underway;
  };
}

function rethrow(error: unknown, report: (error: unknown) => void): never {
  report(error);
  throw error;
}
