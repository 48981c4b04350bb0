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
}

/** A folder or database without an installation. */
export class NoInstallation extends StartRefusal {}

/** Opens the embedded database or the one that DATABASE_URL names, on the same terms: two logins, at least PostgreSQL 15. */
export async function openInstallation(config: Config, settings: OpenSettings): Promise<Installation> {
  if (settings.existing && !config.databaseUrl && !(await holdsInstallation(config.dataDir)))
    throw noInstallation(config);
  const { owner, secret, stop } = config.databaseUrl
    ? await foreignDatabase(config.databaseUrl, config.dataDir)
    : await (settings.beside ? borrowEmbedded : startEmbedded)({ dataDir: config.dataDir, ...settings });
  try {
    const { database, version, begun } = await lookAt(owner);
    if (settings.existing && !begun) throw noInstallation(config);
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
  return { owner, secret, stop: async () => {} };
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

async function lookAt(owner: pg.ClientConfig): Promise<Found> {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new StartRefusal(
      `The database of DATABASE_URL does not let us in (${(error as Error).message}): check the address, the login and the password.`,
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
