import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { Database, type DatabaseSettings } from './platform/database.ts';
import { attachQueue, type Jobs, startJobs } from './platform/jobs.ts';
import { StartRefusal } from './platform/migrate.ts';
import { createServer } from './platform/server.ts';
import { queues, routes, timers } from './solution.ts';

/** What one process answers and works with, on a database that is ready. */
export interface Serving {
  readonly db: Database;
  /** Answers by `inject` before it listens. */
  readonly server: FastifyInstance;
  /** Lets open requests finish, then stops the rest in the reverse order of the start. */
  stop(): Promise<void>;
}

export interface ServingSettings {
  /** The login that runs the program. */
  app: DatabaseSettings['app'];
  prefix: string;
  connections?: number | undefined;
  /** Does the queued jobs, too. */
  work: boolean;
  /** Looks for what a crash has left: one of several workers does. */
  sweeps?: boolean;
}

export async function openServing(config: Config, settings: ServingSettings): Promise<Serving> {
  const { app, prefix, connections, work, sweeps = true } = settings;
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const db = new Database({ app, prefix, connections });
    undo.push(() => db.end());
    const queue = attachQueue(db, app);
    let jobs: Jobs | null = null;
    // Begun last, but ended after the server, whose last requests may still queue something.
    undo.push(async () => jobs?.stop());
    const { trustProxy, logLevel, publicUrl } = config;
    const server = await createServer({ db, routes, trustProxy, logLevel, secure: publicUrl.startsWith('https:') });
    undo.push(() => closeServer(server));
    if (work) jobs = await startJobs(db, queue, queues, (error) => logFailure(server, error), timers, { sweeps });
    return { db, server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without details, which can hold other tenants' values. */
function logFailure(server: FastifyInstance, error: unknown): void {
  const { message, stack, code } = error as Error & { code?: string };
  server.log.error({ err: { message, stack, code } }, 'job failed');
}

/** Requests under way may finish, but not for ever: a stream to a browser has no end of its own. */
async function closeServer(server: FastifyInstance): Promise<void> {
  const late = setTimeout(() => server.server.closeAllConnections(), 10_000);
  await server.close();
  clearTimeout(late);
}

export async function listen(server: FastifyInstance, config: Config): Promise<void> {
  const { port, host } = config;
  try {
    await server.listen({ port, host });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartRefusal(
        `The port ${port} of ${host} is taken by another program: stop that one, or set PORT to another number.`,
      );
    }
    if (code === 'EACCES')
      throw new StartRefusal(`The port ${port} is closed to this user: set PORT to a number from 1024.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartRefusal(
        `The address ${host} is none of this machine: set HOST to 127.0.0.1, 0.0.0.0 or one of its own.`,
      );
    }
    throw error;
  }
}
