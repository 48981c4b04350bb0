import type { ClientBase } from 'pg';
import { quoted } from '../../src/platform/roles.ts';

/** One wall broken: what is done, and how it is made whole again. */
export interface Mutation {
  kind: 'policy' | 'trigger' | 'key' | 'check' | 'grant' | 'security';
  name: string;
  break: string;
  mend: string;
}

const ours = `('platform', 'tenancy', 'identity', 'catalog', 'desk', 'selfservice')`;

/** Every policy, trigger, key and check of tenancy, and a right too much for every table, read from the catalog of the database. */
export async function mutationsOf(client: ClientBase, prefix: string): Promise<Mutation[]> {
  const everyone = quoted(`${prefix}_everyone`);
  return [
    ...(await policies(client)),
    ...(await triggers(client)),
    ...(await constraints(client)),
    ...(await tables(client, everyone)),
  ];
}

async function rowsOf<T extends object>(client: ClientBase, text: string): Promise<T[]> {
  return (await client.query(text)).rows as T[];
}

interface Policy {
  relation: string;
  name: string;
  permissive: boolean;
  verb: string;
  roles: string;
  qual: string | null;
  checked: string | null;
}

/** What lets rows through lets all through; what holds some back is gone. The owner's own are no wall. */
async function policies(client: ClientBase): Promise<Mutation[]> {
  const found = await rowsOf<Policy>(
    client,
    `select format('%I.%I', schemaname, tablename) as relation, policyname as name, permissive = 'PERMISSIVE' as permissive, lower(cmd) as verb,
      (select string_agg(quote_ident(r), ', ') from unnest(roles) r) as roles, qual, with_check as checked
      from pg_policies where schemaname in ${ours} and policyname not in ('owner_all', 'reads_all', 'system') and policyname not like 'writes\\_all%'
        and policyname not in ('system_records', 'system_reads') order by 1, 2`,
  );
  return found.map(({ relation, name, permissive, verb, roles, qual, checked }) => {
    const conditions = `${qual === null ? '' : ` using (${qual})`}${checked === null ? '' : ` with check (${checked})`}`;
    const open = `${qual === null ? '' : ' using (true)'}${checked === null ? '' : ' with check (true)'}`;
    const policy = `policy ${quoted(name)} on ${relation}`;
    return {
      kind: 'policy' as const,
      name: `${relation} ${name}`,
      break: permissive ? `alter ${policy}${open}` : `drop ${policy}`,
      mend: permissive
        ? `alter ${policy}${conditions}`
        : `create ${policy} as restrictive for ${verb} to ${roles}${conditions}`,
    };
  });
}

async function triggers(client: ClientBase): Promise<Mutation[]> {
  const found = await rowsOf<{ relation: string; name: string; definition: string }>(
    client,
    `select format('%I.%I', n.nspname, c.relname) as relation, t.tgname as name, pg_get_triggerdef(t.oid) as definition
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where not t.tgisinternal and n.nspname in ${ours} order by 1, 2`,
  );
  return found.map(({ relation, name, definition }) => ({
    kind: 'trigger' as const,
    name: `${relation} ${name}`,
    break: `drop trigger ${quoted(name)} on ${relation}`,
    mend: definition,
  }));
}

/** Keys that hold the line, and checks that tenancy rests on. */
async function constraints(client: ClientBase): Promise<Mutation[]> {
  const found = await rowsOf<{ relation: string; name: string; type: string; definition: string }>(
    client,
    `select conrelid::regclass::text as relation, conname as name, contype as type, pg_get_constraintdef(c.oid) as definition
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname in ${ours}
        and (contype = 'f' or (contype = 'c' and (conname like '%\\_whole' or conname in ('groups_are_the_providers', 'write_wider_than_read', 'provider_has_no_parent', 'provider_stays_active'))))
        and conparentid = 0 order by 1, 2`,
  );
  return found.map(({ relation, name, type, definition }) => ({
    kind: type === 'f' ? ('key' as const) : ('check' as const),
    name: `${relation} ${name}`,
    break: `alter table ${relation} drop constraint ${quoted(name)}`,
    mend: `alter table ${relation} add constraint ${quoted(name)} ${definition}`,
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
      break: `grant truncate, trigger on ${relation} to ${everyone}`,
      mend: `revoke truncate, trigger on ${relation} from ${everyone}`,
    },
    {
      kind: 'grant' as const,
      name: `${relation} select to public`,
      break: `grant select, update on ${relation} to public`,
      mend: `revoke select, update on ${relation} from public`,
    },
    ...(wall
      ? ['enable', 'force'].map((how) => ({
          kind: 'security' as const,
          name: `${relation} without ${how}`,
          break: `alter table ${relation} ${how === 'enable' ? 'disable' : 'no force'} row level security`,
          mend: `alter table ${relation} ${how} row level security`,
        }))
      : []),
  ]);
}
