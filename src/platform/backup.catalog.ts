import type { ClientBase } from 'pg';

export interface Table {
  /** With its schema, quoted where needed. */
  name: string;
  /** What is stored and not computed, quoted where needed. */
  columns: string[];
}

/**
 * Every table that holds rows, of every schema but PostgreSQL's own; without the runner's note of migrations, and without
 * the queue: its tables are another program's (some are named after days), and its sweeps find again what is undone.
 */
export async function findTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array(select quote_ident(a.attname) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^(pg_|information_schema$|jobs$)'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      and c.oid <> 'platform.migrations'::regclass
    order by 1`);
  return rows;
}

export function copyStatement({ name, columns }: Table, direction: 'to stdout' | 'from stdin'): string {
  return `copy ${name} (${columns.join(', ')}) ${direction} (encoding 'UTF8')`;
}

export async function findSequences(client: ClientBase): Promise<Record<string, { last: string; called: boolean }>> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname !~ '^(pg_|information_schema$|jobs$)' order by 1`);
  const found: Record<string, { last: string; called: boolean }> = {};
  for (const { name } of rows) {
    const { rows: state } = await client.query<{ last: string; called: boolean }>(
      `select last_value as last, is_called as called from ${name}`,
    );
    if (state[0]) found[name] = state[0];
  }
  return found;
}
