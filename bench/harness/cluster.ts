import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { borrowEmbedded } from '../../src/platform/embedded.ts';
import { passwordFrom } from '../../src/platform/logins.ts';
import { quoted } from '../../src/platform/roles.ts';

/** Outside git, and kept: preparing a large installation takes minutes. */
export const cache = fileURLToPath(new URL('../.cache/', import.meta.url));

/** The embedded PostgreSQL with the settings it is shipped with, and one database for each installation. */
export interface Cluster {
  /** The process all others of the server are children of. */
  postmaster: number;
  version: string;
  owner(database: string): pg.ClientConfig;
  /** What the program takes as DATABASE_URL. */
  url(database: string): string;
  superuser<T extends pg.QueryResultRow>(text: string, values?: unknown[], database?: string): Promise<T[]>;
  stop(): Promise<void>;
}

export async function startCluster(say: (line: string) => void): Promise<Cluster> {
  const dataDir = process.env.BENCH_DATA_DIR ?? join(cache, 'data');
  const onFailure = (error: unknown) => say(`the database ended: ${error}`);
  const embedded = await borrowEmbedded({ dataDir, say, onFailure });
  const { host, port, user, password } = embedded.owner as {
    host: string;
    port: number;
    user: string;
    password: string;
  };
  const superuser: Cluster['superuser'] = async (text, values = [], database = 'postgres') => {
    const client = new pg.Client({
      host,
      port,
      user: 'postgres',
      password: passwordFrom(embedded.secret, 'superuser'),
      database,
    });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as never;
    } finally {
      await client.end();
    }
  };
  const [about] = await superuser<{ version: string; backend: number }>(
    `select current_setting('server_version') as version, pg_backend_pid() as backend`,
  );
  return {
    postmaster: Number((await readFile(join(await pgdata(superuser), 'postmaster.pid'), 'utf8')).split('\n')[0]),
    version: about?.version as string,
    owner: (database) => ({ host, port, user, password, database }),
    url: (database) =>
      `postgres://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${database}`,
    superuser,
    stop: embedded.stop,
  };
}

async function pgdata(superuser: Cluster['superuser']): Promise<string> {
  const [row] = await superuser<{ data_directory: string }>('show data_directory');
  return row?.data_directory as string;
}

export async function makeDatabase(cluster: Cluster, name: string): Promise<void> {
  await cluster.superuser(`drop database if exists ${quoted(name)} with (force)`);
  await cluster.superuser(
    `create database ${quoted(name)} owner ${quoted(cluster.owner(name).user as string)} template template0 encoding 'UTF8'`,
  );
}
