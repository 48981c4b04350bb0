import pg from 'pg';
import { inject } from 'vitest';
import { quoted } from '../src/platform/roles.ts';
import type { TestCluster } from './cluster.ts';

export interface TestDatabase {
  /** The login that runs the program: what `new Database({ app, prefix })` takes. */
  app: pg.ClientConfig;
  /** The login that owns everything: for looking behind the wall. */
  owner: pg.ClientConfig;
  prefix: string;
  /** Drops it; connections have to be closed before. */
  close(): Promise<void>;
}

let made = 0;

/** The server of this worker, which no other file uses meanwhile. */
export function ownCluster(): TestCluster {
  // Vitest's number of the worker, from 1.
  return inject('clusters')[Number(process.env.VITEST_POOL_ID) - 1] as TestCluster;
}

/** What an administrator of a server gives us: an empty database, as the URL of the login that owns it. */
export async function emptyDatabase(): Promise<{ url: string; owner: pg.ClientConfig; close(): Promise<void> }> {
  const { sockets, owner, template } = ownCluster();
  const database = `${template}_empty_${process.pid}_${++made}`;
  await clusterWide(`create database ${quoted(database)} template template0`);
  return {
    url: `postgres://${owner.user}:${encodeURIComponent(owner.password)}@${encodeURIComponent(sockets)}/${database}`,
    owner: { host: sockets, port: 5432, ...owner, database },
    close: () => dropDatabase(database),
  };
}

/** A database of its own for a test file, with every migration applied: a clone of the one that the run has made, or of another. */
export async function testDatabase(from?: string): Promise<TestDatabase> {
  const { sockets, prefix, owner, app, template } = ownCluster();
  const database = `${template}_${process.pid}_${++made}`;
  const at = { host: sockets, port: 5432 };
  await clusterWide(`create database ${quoted(database)} template ${quoted(from ?? template)}`);
  return {
    app: { ...at, ...app, database },
    owner: { ...at, ...owner, database },
    prefix,
    close: () => dropDatabase(database),
  };
}

/** Forced, for what a killed program left connected; tried again while the server's own worker is in it, which nobody may end. */
async function dropDatabase(database: string): Promise<void> {
  for (let left = 50; ; left--) {
    try {
      return await clusterWide(`drop database if exists ${quoted(database)} with (force)`);
    } catch (error) {
      if (!left || (error as { code?: string }).code !== '42501') throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

async function clusterWide(statement: string): Promise<void> {
  const { sockets, owner } = ownCluster();
  const client = new pg.Client({ host: sockets, port: 5432, ...owner, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
