import type { ClientBase } from 'pg';
import { quoted } from '../../src/platform/roles.ts';

/** One wall, and how it is broken; the rollback mends it. */
export interface Mutation {
  kind: 'policy' | 'trigger' | 'key' | 'check' | 'grant' | 'security';
  /** Table and wall. */
  name: string;
  table: string;
  break: string;
  /** What a policy is about (`all`: everything), and whom of: `reads_one`, `writes_set`, … */
  verb?: string;
  roles?: string[];
  /** No role has the right that the policy narrows. */
  withoutRight?: boolean;
}

/** All that can be broken, and which table's records are parts of which other's. */
export interface Walls {
  mutations: Mutation[];
  wholes: Map<string, string>;
}

const ours = `('platform', 'tenancy', 'identity', 'catalog', 'desk', 'selfservice')`;

/** Every policy, trigger, key and check of tenancy, and a right too much for every table, read from the catalog of the database. */
export async function wallsOf(client: ClientBase, prefix: string): Promise<Walls> {
  const everyone = quoted(`${prefix}_everyone`);
  const parts = await rowsOf<{ part: string; whole: string }>(
    client,
    `select table_name as part, target_name as whole from tenancy.reference_fields where kind = 'own'`,
  );
  return {
    mutations: [
      ...(await policies(client, prefix)),
      ...(await triggers(client)),
      ...(await constraints(client)),
      ...(await tables(client, everyone)),
    ],
    wholes: new Map(parts.map(({ part, whole }) => [part, whole])),
  };
}

async function rowsOf<T extends object>(client: ClientBase, text: string): Promise<T[]> {
  return (await client.query(text)).rows as T[];
}

interface Policy {
  relation: string;
  name: string;
  permissive: boolean;
  verb: string;
  roles: string[];
  qual: string | null;
  checked: string | null;
  granted: boolean;
}

/** What lets rows through lets all through; what holds some back is gone. The owner's own are no wall. */
async function policies(client: ClientBase, prefix: string): Promise<Mutation[]> {
  const found = await rowsOf<Policy>(
    client,
    `select format('%I.%I', schemaname, tablename) as relation, policyname as name, permissive = 'PERMISSIVE' as permissive, lower(cmd) as verb,
      roles::text[] as roles, qual, with_check as checked,
      exists (select from unnest(roles) r, pg_roles person where person.rolname like '${prefix}\\_r\\_%' and pg_has_role(person.oid, r, 'usage') and case cmd
        when 'DELETE' then has_table_privilege(person.oid, format('%I.%I', schemaname, tablename), 'delete')
        when 'ALL' then true
        else has_any_column_privilege(person.oid, format('%I.%I', schemaname, tablename), cmd) end) as granted
      from pg_policies where schemaname in ${ours} and policyname not in ('owner_all', 'reads_all', 'system') and policyname not like 'writes\\_all%'
        and policyname not in ('system_records', 'system_reads') order by 1, 2`,
  );
  return found.map(({ relation, name, permissive, verb, roles, qual, checked, granted }) => {
    const open = `${qual === null ? '' : ' using (true)'}${checked === null ? '' : ' with check (true)'}`;
    const policy = `policy ${quoted(name)} on ${relation}`;
    return {
      kind: 'policy' as const,
      name: `${relation} ${name}`,
      table: relation,
      break: permissive ? `alter ${policy}${open}` : `drop ${policy}`,
      verb,
      roles: roles.map((role) => role.replace(`${prefix}_`, '')),
      withoutRight: !granted,
    };
  });
}

async function triggers(client: ClientBase): Promise<Mutation[]> {
  const found = await rowsOf<{ relation: string; name: string }>(
    client,
    `select format('%I.%I', n.nspname, c.relname) as relation, t.tgname as name
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where not t.tgisinternal and n.nspname in ${ours} order by 1, 2`,
  );
  return found.map(({ relation, name }) => ({
    kind: 'trigger' as const,
    name: `${relation} ${name}`,
    table: relation,
    break: `drop trigger ${quoted(name)} on ${relation}`,
  }));
}

/** Keys that hold the line, and checks that tenancy rests on. */
async function constraints(client: ClientBase): Promise<Mutation[]> {
  const found = await rowsOf<{ relation: string; name: string; type: string }>(
    client,
    `select conrelid::regclass::text as relation, conname as name, contype as type
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname in ${ours}
        and (contype = 'f' or (contype = 'c' and (conname like '%\\_whole' or conname in ('groups_are_the_providers', 'write_wider_than_read', 'provider_has_no_parent', 'provider_stays_active'))))
        and conparentid = 0 order by 1, 2`,
  );
  return found.map(({ relation, name, type }) => ({
    kind: type === 'f' ? ('key' as const) : ('check' as const),
    name: `${relation} ${name}`,
    table: relation,
    break: `alter table ${relation} drop constraint ${quoted(name)}`,
  }));
}

async function tables(client: ClientBase, everyone: string): Promise<Mutation[]> {
  const found = await rowsOf<{ relation: string; wall: boolean }>(
    client,
    `select format('%I.%I', n.nspname, c.relname) as relation, c.relrowsecurity as wall
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ${ours} order by 1`,
  );
  return found.flatMap(({ relation, wall }) => [
    {
      kind: 'grant' as const,
      name: `${relation} truncate to everyone`,
      table: relation,
      break: `grant truncate, trigger on ${relation} to ${everyone}`,
    },
    {
      kind: 'grant' as const,
      name: `${relation} select to public`,
      table: relation,
      break: `grant select, update on ${relation} to public`,
    },
    ...(wall
      ? ['enable', 'force'].map((how) => ({
          kind: 'security' as const,
          name: `${relation} without ${how}`,
          table: relation,
          break: `alter table ${relation} ${how === 'enable' ? 'disable' : 'no force'} row level security`,
        }))
      : []),
  ]);
}
