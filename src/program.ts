import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { createAdministratorUnattended, makeFirstRunLink } from './identity/first-run/first-run.ts';
import { type Installation, type OpenSettings, openInstallation } from './installation.ts';
import { servePages } from './pages.ts';
import { Database } from './platform/database.ts';
import { attachQueue, type Jobs, startJobs } from './platform/jobs.ts';
import { checkLogin } from './platform/logins.ts';
import { migrate, StartRefusal } from './platform/migrate.ts';
import { Refusal } from './platform/refusals.ts';
import { createServer } from './platform/server.ts';
import { assertWalls } from './platform/walls.ts';
import { queues, routes, timers } from './solution.ts';

export const migrationsFolder = new URL('../db/migrations/', import.meta.url);

export interface Program {
  readonly db: Database;
  /** Answers by `inject` before it listens. */
  readonly server: FastifyInstance;
  /** Of PostgreSQL, for people. */
  readonly version: string;
  /** Lets open requests finish, then stops the rest in the reverse order of the start. */
  stop(): Promise<void>;
}

type Say = (line: string) => void;

/**
 * Config → database → migrate → api + web → listen. Throws a StartRefusal, one sentence, when that cannot be. Without
 * `pages` another server gives them out, which hands the API on to this one.
 */
export async function startProgram(config: Config, say: Say, { pages = true } = {}): Promise<Program> {
  const program = await openProgram(config, say, { work: true });
  try {
    if (pages) await servePages(program.server);
    await createUnattended(config, program.db, say);
    await listen(program.server, config);
    say(`Tenantry is ready: ${config.publicUrl} (PostgreSQL ${program.version})`);
    const secret = await makeFirstRunLink(program.db);
    if (secret) say(`There is no administrator yet. Within an hour, open ${config.publicUrl}/first-run#${secret}`);
    return program;
  } catch (error) {
    await program.stop();
    throw error;
  }
}

interface Opening extends Pick<OpenSettings, 'beside' | 'existing'> {
  /** Does the queued jobs, too; otherwise the running program does them. */
  work?: boolean;
}

/** Everything but pages and port: what a command works with. */
export async function openProgram(config: Config, say: Say, how: Opening = {}): Promise<Program> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const onFailure = (error: unknown) => {
      say(`The database ended and does not start again: ${(error as Error).message}`);
      process.exit(1);
    };
    const { work, ...opening } = how;
    const installation = await openInstallation(config, { say, onFailure, ...opening });
    undo.push(installation.close);
    await prepareSchema(installation, say);
    const db = new Database({ app: installation.app, prefix: installation.prefix });
    undo.push(() => db.end());
    const queue = attachQueue(db, installation.app);
    let jobs: Jobs | null = null;
    // Begun last, but ended after the server, whose last requests may still queue something.
    undo.push(async () => jobs?.stop());
    const { trustProxy, logLevel, publicUrl } = config;
    const server = await createServer({ db, routes, trustProxy, logLevel, secure: publicUrl.startsWith('https:') });
    undo.push(() => closeServer(server));
    if (work) jobs = await startJobs(db, queue, queues, (error) => logFailure(server, error), timers);
    return { db, server, version: installation.version, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** ADMIN_USER and ADMIN_PASSWORD: later starts find an administrator and do nothing with them. */
export async function createUnattended({ admin }: Config, db: Database, say: Say): Promise<void> {
  if (!admin) return;
  try {
    const created = await createAdministratorUnattended(db, admin.user, admin.password);
    if (created) say(`The first administrator is ${admin.user}.`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new StartRefusal(`ADMIN_USER and ADMIN_PASSWORD make no administrator: ${error.title('en')}`);
  }
}

export async function prepareSchema(installation: Installation, say: Say): Promise<void> {
  const { owner, app, prefix } = installation;
  const names = queues.map(({ name }) => name);
  await migrate({ owner, appLogin: app.user as string, prefix, folder: migrationsFolder, say, queues: names });
  await checkLogin(app);
  await assertWalls(app, prefix);
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

async function listen(server: FastifyInstance, config: Config): Promise<void> {
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
