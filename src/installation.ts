import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from './config.ts';
import {
  borrowEmbedded,
  holdsInstallation,
  prepareDataFolder,
  readSecret,
  startEmbedded,
} from './platform/embedded.ts';
import { ensureLogins, prefixOf } from './platform/logins.ts';
import { StartRefusal } from './platform/migrate.ts';

/** The database of an installation, ready to be migrated. */
export interface Installation {
  /** The login that migrates and owns. */
  owner: pg.ClientConfig;
  /** The login that runs the program. */
  app: pg.ClientConfig;
  /** Of the installation's roles. */
  prefix: string;
  /** Of PostgreSQL, for people. */
  version: string;
  close(): Promise<void>;
}

export interface OpenSettings {
  say: (line: string) => void;
  onFailure: (error: unknown) => void;
  /** For the command line: beside a running program instead of refused by it. */
  beside?: boolean;
  /** Refuses to begin one: looking at, or saving, what is not there must not make it. */
  existing?: boolean;
  /** Milliseconds that a database is waited for which another start is just bringing up. */
  patience?: number;
}

/** A folder or database without an installation. */
export class NoInstallation extends StartRefusal {}

/** A database that is on its way: worth another try. */
class StillStarting extends StartRefusal {}

/** Opens the embedded database or the one that DATABASE_URL names, on the same terms: two logins, at least PostgreSQL 15. */
export async function openInstallation(config: Config, settings: OpenSettings): Promise<Installation> {
  if (settings.existing && !config.databaseUrl && !(await holdsInstallation(config.dataDir)))
    throw noInstallation(config);
  const until = Date.now() + (settings.patience ?? 20_000);
  const { owner, secret, borrowed, stop } = config.databaseUrl
    ? await foreignDatabase(config.databaseUrl, config.dataDir)
    : await (settings.beside ? borrowEmbedded : startEmbedded)({ dataDir: config.dataDir, until, ...settings });
  try {
    const look = async () => {
      const found = await lookAt(owner, config, borrowed);
      // Whoever else has the embedded database is about to begin one in it.
      if (settings.existing && !found.begun)
        throw borrowed ? new StillStarting(startingText(config)) : noInstallation(config);
      return found;
    };
    const { database, version } = await onceStarted(look, until);
    const prefix = prefixOf(database);
    const app = await ensureLogins(owner, prefix, secret);
    return { owner, app, prefix, version, close: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * The program's password follows from the owning login's, so that several processes on several machines agree without
 * sharing a file. Where there is none (certificates), it follows from a secret in the data folder.
 */
async function foreignDatabase(url: string, dataDir: string) {
  const owner: pg.ClientConfig = { connectionString: url };
  const { password } = new URL(url);
  if (!password) await prepareDataFolder(dataDir);
  const secret = password || (await readSecret(dataDir, false));
  return { owner, secret, borrowed: false, stop: async () => {} };
}

interface Found {
  database: string;
  number: string;
  version: string;
  encoding: string;
  begun: boolean;
}

function noInstallation({ databaseUrl, dataDir }: Config): NoInstallation {
  const place = databaseUrl ? 'the database of DATABASE_URL' : `the folder ${dataDir}`;
  return new NoInstallation(`There is no installation in ${place} yet: run “npm start” first, or name another.`);
}

async function lookAt(owner: pg.ClientConfig, config: Config, borrowed: boolean): Promise<Found> {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    if (isStarting(error, borrowed)) throw new StillStarting(startingText(config));
    const { message } = error as Error;
    throw new StartRefusal(
      config.databaseUrl
        ? `The database of DATABASE_URL does not let us in (${message}): check the address, the login and the password.`
        : `The embedded database in ${config.dataDir} does not let us in (${message}): stop the program that uses the folder, and start it again.`,
    );
  }
  try {
    const { rows } = await client.query<Found>(`
      select current_database() as database, current_setting('server_version_num') as number,
        current_setting('server_version') as version, current_setting('server_encoding') as encoding,
        to_regclass('platform.migrations') is not null as begun`);
    const found = rows[0] as Found;
    refuseUnfit(found);
    return found;
  } finally {
    await client.end();
  }
}

/** PostgreSQL says so itself; one that another start is making has no socket, no login or no database yet. */
function isStarting(error: unknown, borrowed: boolean): boolean {
  const { code = '' } = error as { code?: string };
  return code === '57P03' || (borrowed && ['ENOENT', 'ECONNREFUSED', '28P01', '28000', '3D000'].includes(code));
}

function startingText({ databaseUrl, dataDir }: Config): string {
  const which = databaseUrl ? 'database of DATABASE_URL' : `embedded database in ${dataDir}`;
  return `The ${which} is still starting: try again in a moment.`;
}

async function onceStarted<T>(look: () => Promise<T>, until: number): Promise<T> {
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof StillStarting) || Date.now() > until) throw error;
      await pause(200);
    }
  }
}

export function refuseUnfit({ number, version, encoding }: Pick<Found, 'number' | 'version' | 'encoding'>): void {
  if (Number(number) < 150000) {
    throw new StartRefusal(
      `The database is PostgreSQL ${version}, and Tenantry needs 15 or newer: update it, or use another.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new StartRefusal(`The database’s encoding is ${encoding}: make one with encoding 'UTF8' for Tenantry.`);
  }
}
