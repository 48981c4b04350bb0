import pg from 'pg';
import { inject } from 'vitest';
import { quoted } from '../src/platform/roles.ts';

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

/** A database of its own for a test file, with every migration applied: a clone of the one that the run has made. */
export async function testDatabase(): Promise<TestDatabase> {
  const { sockets, prefix, owner, app, template } = inject('cluster');
  const database = `${template}_${process.pid}_${++made}`;
  const at = { host: sockets, port: 5432 };
  const clusterWide = async (statement: string) => {
    const client = new pg.Client({ ...at, ...owner, database: 'postgres' });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await clusterWide(`create database ${quoted(database)} template ${quoted(template)}`);
  return {
    app: { ...at, ...app, database },
    owner: { ...at, ...owner, database },
    prefix,
    close: () => clusterWide(`drop database if exists ${quoted(database)} with (force)`),
  };
}
