import pg from 'pg';
import { StartRefusal } from './migrate.ts';
import { quoted } from './roles.ts';

/**
 * Looks, as the program's own login, whether the walls between tenants stand (T-43): every owned table is behind policies,
 * nothing can be read without switching to a role, and a role without a scope sees nothing. Answers what is wrong.
 */
export async function findGaps(app: pg.ClientConfig, prefix: string): Promise<string[]> {
  const client = new pg.Client(app);
  await client.connect();
  try {
    return [...(await findOpenTables(client)), ...(await findReadable(client)), ...(await findSeen(client, prefix))];
  } finally {
    await client.end();
  }
}

/** Refuses to start without walls. */
export async function assertWalls(app: pg.ClientConfig, prefix: string): Promise<void> {
  const gaps = await findGaps(app, prefix);
  if (gaps.length) {
    throw new StartRefusal(
      `The database does not keep tenants apart (${gaps.join('; ')}): restore it from a backup, or undo what was changed in it by hand.`,
    );
  }
}

/** An owner column says that a table belongs behind the wall; the pairs and the hierarchy itself are read by functions only. */
async function findOpenTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema$)' and (n.nspname, c.relname) <> ('tenancy', 'reference_pairs')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'owner_id' and not a.attisdropped)
      and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid)) order by 1`);
  return rows.map(({ name }) => `${name} has no policies in force`);
}

/**
 * Two tables tell the login itself which installation this is and how the switch stands, and the queue's tables hold
 * identities only (they are no tenant's); nothing else may be read.
 */
async function findReadable(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^(pg_|information_schema$|jobs$)'
      and has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'select, insert, update, references')
      and (n.nspname, c.relname) not in (('platform', 'installation'), ('tenancy', 'solution'))
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by 1`);
  return rows.map(({ name }) => `${name} is open to the program's bare login`);
}

/** The reserved tenants and the delivered roles are always there: whoever sees one of them without a scope sees everything. */
async function findSeen(client: pg.Client, prefix: string): Promise<string[]> {
  const gaps: string[] = [];
  for (const reach of ['one', 'set']) {
    await client.query('begin');
    try {
      await client.query(`set local role ${quoted(`${prefix}_r_${reach}_w_none`)}`);
      const { rows } = await client.query<{ seen: boolean }>(
        'select exists (select from tenancy.tenants) or exists (select from identity.roles) or exists (select from identity.people) as seen',
      );
      if (rows[0]?.seen) gaps.push(`a role that reaches ${reach} sees records without a scope`);
    } finally {
      await client.query('rollback');
    }
  }
  return gaps;
}
