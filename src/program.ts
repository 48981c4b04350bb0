import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { createAdministratorUnattended, makeFirstRunLink } from './identity/first-run/first-run.ts';
import { type Installation, type OpenSettings, openInstallation } from './installation.ts';
import { servePages } from './pages.ts';
import { connectionsOf } from './platform/connections.ts';
import { Database } from './platform/database.ts';
import { checkLogin } from './platform/logins.ts';
import { migrate, StartRefusal } from './platform/migrate.ts';
import { Refusal } from './platform/refusals.ts';
import { assertWalls } from './platform/walls.ts';
import { leaveWhereabouts } from './platform/whereabouts.ts';
import { listen, openServing } from './serving.ts';
import { queues } from './solution.ts';
import { Workers } from './workers.ts';

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
 * Config → database → migrate → api + web → listen, in this process or in several workers. Throws a StartRefusal, one
 * sentence, when that cannot be. Without `pages` another server gives them out, which hands the API on to this one.
 */
export async function startProgram(config: Config, say: Say, { pages = true } = {}): Promise<Pick<Program, 'stop'>> {
  return config.workers > 1 ? startWorkers(config, say, pages) : startAlone(config, say, pages);
}

async function startAlone(config: Config, say: Say, pages: boolean): Promise<Program> {
  const program = await openProgram(config, say, { work: true });
  try {
    if (pages) await servePages(program.server);
    await createUnattended(config, program.db, say);
    await listen(program.server, config);
    const leave = await noteWhereabouts(config);
    await sayReady(config, program.db, program.version, say);
    return { ...program, stop: () => leave().then(program.stop) };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

/** This process keeps the database, migrates it, and answers nothing itself. */
async function startWorkers(config: Config, say: Say, pages: boolean): Promise<Pick<Program, 'stop'>> {
  const { undo, stop } = undoing();
  try {
    const { app, prefix, version } = await openReady(config, say, {}, undo);
    const db = new Database({ app, prefix, connections: 2 });
    undo.push(() => db.end());
    await createUnattended(config, db, say);
    const workers = new Workers({ config, app, prefix, connections: connectionsOf(config.workers), pages }, say);
    undo.push(() => workers.stop());
    await workers.start();
    undo.push(await noteWhereabouts(config));
    await sayReady(config, db, `${version}, ${config.workers} workers`, say);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function noteWhereabouts(config: Config): Promise<() => Promise<void>> {
  return config.databaseUrl ? async () => {} : leaveWhereabouts(config.dataDir, config);
}

async function sayReady(config: Config, db: Database, version: string, say: Say): Promise<void> {
  say(`Tenantry is ready: ${config.publicUrl} (PostgreSQL ${version})`);
  const secret = await makeFirstRunLink(db);
  if (secret) say(`There is no administrator yet. Within an hour, open ${config.publicUrl}/first-run#${secret}`);
}

type Opening = Pick<OpenSettings, 'beside' | 'existing'>;

/** Everything but pages and port: what a command works with. `work`: does the queued jobs, too; otherwise the running program does them. */
export async function openProgram(
  config: Config,
  say: Say,
  { work = false, ...opening }: Opening & { work?: boolean } = {},
): Promise<Program> {
  const { undo, stop } = undoing();
  try {
    const { app, prefix, version } = await openReady(config, say, opening, undo);
    const serving = await openServing(config, { app, prefix, work });
    undo.push(() => serving.stop());
    return { db: serving.db, server: serving.server, version, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Undo = (() => Promise<unknown>)[];

function undoing(): { undo: Undo; stop: () => Promise<void> } {
  const undo: Undo = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  return { undo, stop };
}

/** A database with the present schema and standing walls. */
async function openReady(config: Config, say: Say, opening: Opening, undo: Undo): Promise<Installation> {
  const onFailure = (error: unknown) => {
    say(`The database ended and does not start again: ${(error as Error).message}`);
    process.exit(1);
  };
  const installation = await openInstallation(config, { say, onFailure, ...opening });
  undo.push(installation.close);
  await prepareSchema(installation, say);
  return installation;
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
