import type { ClientBase } from 'pg';
import type { Table } from './backup.catalog.ts';
import { StartRefusal } from './migrate.ts';

/** Nobody may write meanwhile; and there must be nothing yet, but for what the migrations brought, which is replaced. */
export async function lockForRestore(client: ClientBase, tables: Table[]): Promise<void> {
  const { rows } = await client.query<{ used: boolean }>(`
    select exists (select from tenancy.tenants where owner_id > 2) or exists (select from identity.people) as used`);
  if (rows[0]?.used) {
    throw new StartRefusal(
      'The database holds data already: restore into an empty one (a new DATA_DIR or another DATABASE_URL).',
    );
  }
  await client.query(`set local lock_timeout = '10s'`);
  await client.query(`truncate ${tables.map(({ name }) => name).join(', ')}`).catch((error) => {
    if ((error as { code?: string }).code !== '55P03') throw error;
    throw new StartRefusal('The database is in use: stop the program, then restore.');
  });
}

/**
 * Loads tables in any order: the keys between them are taken away and put back, which checks every row again, and the
 * triggers, which would do a second time what the backup already holds, rest. All of it in the caller's transaction.
 */
export async function withoutConstraints<T>(client: ClientBase, tables: Table[], load: () => Promise<T>): Promise<T> {
  const { rows: keys } = await client.query<{ name: string; owner: string; definition: string }>(`
    select quote_ident(k.conname) as name, k.conrelid::regclass::text as owner, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname !~ '^(pg_|jobs$)' order by 2, 1`);
  const { rows: forced } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relforcerowsecurity and relkind = 'r'`,
  );
  // COPY refuses to load a table whose policies bind the one who loads, even where they let everything through.
  for (const { name } of forced) await client.query(`alter table ${name} no force row level security`);
  for (const { name, owner } of keys) await client.query(`alter table ${owner} drop constraint ${name}`);
  for (const { name } of tables) await client.query(`alter table ${name} disable trigger user`);
  const result = await load();
  for (const { name } of tables) await client.query(`alter table ${name} enable trigger user`);
  await ageTransactions(client, tables);
  for (const { name, owner, definition } of keys) {
    await client.query(`alter table ${owner} add constraint ${name} ${definition}`);
  }
  for (const { name } of forced) await client.query(`alter table ${name} force row level security`);
  return result;
}

/** Numbers of transactions mean nothing in another cluster: what is restored is older than anything that happens here. */
async function ageTransactions(client: ClientBase, tables: Table[]): Promise<void> {
  const { rows } = await client.query<{ owner: string; name: string }>(
    `select a.attrelid::regclass::text as owner, quote_ident(a.attname) as name from pg_attribute a
     where a.atttypid = 'xid8'::regtype and a.attnum > 0 and not a.attisdropped and a.attrelid::regclass::text = any($1)`,
    [tables.map(({ name }) => name)],
  );
  for (const { owner, name } of rows) await client.query(`update ${owner} set ${name} = '3'`);
}
