import pg from 'pg';
import type { Installation } from '../installation.ts';
import { checkLogin } from '../platform/logins.ts';

export interface Finding {
  check: string;
  result: string;
  good: boolean;
}

/** What holds the walls up, looked at in the database itself. */
export async function examine(installation: Installation): Promise<Finding[]> {
  const owner = new pg.Client(installation.owner);
  await owner.connect();
  try {
    return [
      { check: 'PostgreSQL', result: installation.version, good: true },
      { check: 'program', result: `Node ${process.version}`, good: true },
      await migrationsOf(owner),
      await login(installation),
      await walls(owner),
      await switchState(owner),
    ];
  } finally {
    await owner.end();
  }
}

async function migrationsOf(owner: pg.Client): Promise<Finding> {
  const { rows } = await owner.query<{ last: string; count: number }>(
    'select max(name) as last, count(*)::int as count from platform.migrations',
  );
  return { check: 'schema', result: `${rows[0]?.count} migrations, the last is ${rows[0]?.last}`, good: true };
}

async function login(installation: Installation): Promise<Finding> {
  const check = `login ${installation.app.user}`;
  return checkLogin(installation.app).then(
    () => ({ check, result: 'owns nothing, bypasses nothing, inherits nothing', good: true }),
    (error: Error) => ({ check, result: error.message, good: false }),
  );
}

/** Every table that has an owner column: row-level security enabled and forced, with policies. */
async function walls(owner: pg.Client): Promise<Finding> {
  const { rows } = await owner.query<{ name: string; walled: boolean }>(`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity and
      exists (select from pg_policy p where p.polrelid = c.oid) and exists (select from tenancy.owned_tables o where o.name = n.nspname || '.' || c.relname) as walled
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('platform', 'tenancy', 'identity', 'catalog', 'desk', 'selfservice')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'owner_id' and not a.attisdropped)
      and (n.nspname, c.relname) <> ('tenancy', 'reference_pairs')`);
  const open = rows.filter((row) => !row.walled).map((row) => row.name);
  const result = open.length ? `not walled: ${open.join(', ')}` : `policies in force on ${rows.length} tables`;
  return { check: 'row-level security', result, good: open.length === 0 };
}

async function switchState(owner: pg.Client): Promise<Finding> {
  const { rows } = await owner.query<{ state: string }>('select multi_tenancy as state from tenancy.solution');
  return { check: 'multi-tenancy', result: rows[0]?.state ?? '', good: true };
}
