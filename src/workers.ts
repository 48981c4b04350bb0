import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import type { DatabaseSettings } from './platform/database.ts';
import { StartRefusal } from './platform/migrate.ts';

/** What a worker is told once: it reads no environment and knows no login but the program's own. */
export interface WorkerTask {
  config: Config;
  app: DatabaseSettings['app'];
  prefix: string;
  connections: number;
  /** The first of them looks for what a crash has left. */
  sweeps: boolean;
  pages: boolean;
}

/** What a worker says: that it listens, or why it cannot. */
export type WorkerReport = { listening: true } | { refused: string };

/**
 * So many processes share the port and the database; one that dies is replaced. @throws StartRefusal where the first ones
 * cannot listen.
 */
export class Workers {
  readonly #task: Omit<WorkerTask, 'sweeps'>;
  readonly #say: (line: string) => void;
  readonly #running = new Map<number, Worker>();
  #stopping = false;

  constructor(task: Omit<WorkerTask, 'sweeps'>, say: (line: string) => void) {
    this.#task = task;
    this.#say = say;
    cluster.setupPrimary({
      exec: fileURLToPath(new URL('./worker.ts', import.meta.url)),
      args: [],
      serialization: 'advanced',
    });
  }

  async start(): Promise<void> {
    const numbers = Array.from({ length: this.#task.config.workers }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => this.#start(number)));
  }

  /** Each lets its open requests finish. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const ending = [...this.#running.values()].map(async (worker) => {
      const ended = once(worker, 'exit');
      worker.process.kill('SIGTERM');
      await ended;
    });
    await Promise.all(ending);
  }

  /** Fulfilled once it listens. */
  async #start(number: number): Promise<void> {
    const worker = cluster.fork();
    this.#running.set(number, worker);
    let listens = false;
    const ended = new Promise<never>((_, failed) => {
      worker.once('exit', (code, signal) => {
        this.#running.delete(number);
        // One that never listened is the start's to report, or the next try's.
        if (listens) void this.#replace(number, worker.process.pid, signal ?? code);
        failed(new Error(`worker ${number} ended (${signal ?? code}) before it listened`));
      });
    });
    ended.catch(() => {});
    const told = once(worker, 'message') as Promise<[WorkerReport]>;
    worker.send({ ...this.#task, sweeps: number === 1 } satisfies WorkerTask);
    const [report] = await Promise.race([told, ended]);
    if ('refused' in report) throw new StartRefusal(report.refused);
    listens = true;
  }

  async #replace(number: number, pid: number | undefined, how: string | number): Promise<void> {
    for (let wait = 0; !this.#stopping; wait = Math.min(30_000, wait * 2 || 1000)) {
      if (!wait) this.#say(`Worker ${number} (process ${pid}) ended (${how}); another takes its place.`);
      await pause(wait);
      if (this.#stopping) return;
      const started = await this.#start(number).then(
        () => true,
        (error: Error) => void this.#say(`Worker ${number} does not start: ${error.message}`),
      );
      if (started) {
        this.#say(`Worker ${number} answers again.`);
        return;
      }
    }
  }
}
