import type pg from 'pg';

/**
 * Takes keys to other tables, plain indexes and triggers off while rows are loaded, and puts them back as they were: keys
 * are then checked over all rows by PostgreSQL, which is what makes a generated installation a legal one. Row security is
 * not forced meanwhile, because `copy` refuses it; the owning login then stands outside the policies.
 */
export async function suspended(
  client: pg.Client,
  tables: readonly string[],
  say: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  const keys = await definitionsOfKeys(client, tables);
  const indexes = await definitionsOfIndexes(client, tables);
  const forced = await forcedAmong(client, tables);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint "${name}"`);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  for (const table of forced) await client.query(`alter table ${table} no force row level security`);
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
  await work();
  await client.query(`set maintenance_work_mem = '1GB'`);
  say(`building ${indexes.length} indexes`);
  for (const { definition } of indexes) await client.query(definition);
  say(`checking ${keys.length} keys`);
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint "${name}" ${definition}`);
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
  for (const table of forced) await client.query(`alter table ${table} force row level security`);
}

async function forcedAmong(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select oid::regclass::text as name from pg_class where relforcerowsecurity and oid = any($1::regclass[])',
    [tables],
  );
  return rows.map(({ name }) => name);
}

async function definitionsOfKeys(client: pg.Client, tables: readonly string[]) {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conrelid = any($1::regclass[]) order by conrelid::regclass::text, conname`,
    [tables],
  );
  return rows;
}

async function definitionsOfIndexes(client: pg.Client, tables: readonly string[]) {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
     order by i.indrelid::regclass::text, i.indexrelid`,
    [tables],
  );
  return rows;
}
