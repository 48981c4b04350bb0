import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { newId } from './ids.ts';
import { prepareQueues } from './jobs.ts';
import { ensureRoles, quoted } from './roles.ts';

export interface MigrateSettings {
  /** The owning login: makes roles and tables. */
  owner: pg.ClientConfig;
  /** The name of the program's login, which exists already. */
  appLogin: string;
  /** Of this installation's roles. */
  prefix: string;
  /** Where the numbered files are. */
  folder: URL;
  /** Names of the job queues to have. */
  queues?: readonly string[];
  say?: (line: string) => void;
}

/** A reason not to start; the message is one sentence that says what to do. */
export class StartRefusal extends Error {}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Brings the database to this program's schema. Forward only; each file in its own transaction under one advisory lock, so
 * processes that start together do the work once. Refuses a database of another program, and one that is newer than this.
 */
export async function migrate(settings: MigrateSettings): Promise<number> {
  const client = new pg.Client(settings.owner);
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('tenantry.migrate'))`);
    await refuseForeignDatabase(client);
    await ensureRoles(client, settings.prefix, settings.appLogin);
    await client.query(`create schema if not exists platform`);
    await client.query(`create table if not exists platform.migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    const migrations = await readMigrations(settings.folder);
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from platform.migrations',
    );
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    refuseUnknown(applied, migrations);
    let count = 0;
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue;
      settings.say?.(`database: ${migration.name}`);
      await apply(client, migration, settings);
      count++;
    }
    await prepareQueues(client, settings.prefix, settings.appLogin, settings.queues ?? []);
    return count;
  } finally {
    await client.end();
  }
}

/** What the database has, beside what this program brings. */
export async function comparedMigrations(
  client: pg.Client,
  folder: URL,
): Promise<{ applied: string[]; missing: string[]; unknown: string[] }> {
  const known = (await readMigrations(folder)).map(({ name }) => name);
  const { rows } = await client.query<{ name: string }>('select name from platform.migrations order by name');
  const applied = rows.map(({ name }) => name);
  return {
    applied,
    missing: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

async function apply(client: pg.Client, migration: Migration, settings: MigrateSettings): Promise<void> {
  const { rows } = await client.query<{ owner: string }>('select current_user as owner');
  const sql = migration.sql.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => {
    if (name === 'prefix') return settings.prefix;
    if (name === 'owner') return quoted(rows[0]?.owner as string);
    if (name === 'app') return quoted(settings.appLogin);
    return quoted(`${settings.prefix}_${name}`);
  });
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into platform.migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    if (migration.name.startsWith('0001_'))
      await client.query('insert into platform.installation (id) values ($1)', [newId()]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const { message, position, where } = error as { message: string; position?: string; where?: string };
    const line = position ? ` line ${sql.slice(0, Number(position)).split('\n').length}` : '';
    throw new Error(`${migration.name}${line}: ${message}${where ? ` (${where})` : ''}`, { cause: error });
  }
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function refuseForeignDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ ours: boolean; others: boolean }>(`
    select to_regclass('platform.migrations') is not null as ours,
      exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm')
        and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')) as others`);
  if (!rows[0]?.ours && rows[0]?.others) {
    throw new StartRefusal(
      'The database holds the tables of another program: give Tenantry an empty database of its own.',
    );
  }
}

function refuseUnknown(applied: Map<string, string>, migrations: Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const [name, checksum] of applied) {
    if (!known.has(name)) {
      throw new StartRefusal(
        `The database was used by a newer version of the program (${name}): start that version or restore a backup.`,
      );
    }
    if (known.get(name) !== checksum) {
      throw new StartRefusal(
        `The migration ${name} was changed after it had been applied: use the program's released files.`,
      );
    }
  }
}
