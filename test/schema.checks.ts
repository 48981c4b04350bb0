import type { ClientBase } from 'pg';
import * as lists from './schema.lists.ts';
import { policiesOf } from './schema.policies.ts';
import { foundingFaults, referenceFaults, roleFaults, shapeFaults } from './schema.queries.ts';

interface Wall {
  name: string;
  class: string | null;
  enabled: boolean;
  forced: boolean;
  owner_type: string | null;
  key: string[] | null;
  policies: string[];
  grants: string[];
  columns: string[];
}

/** Schemas of extensions' and of the queue's own making hold no tenant's content (their rules are further down). */
const ours = `n.nspname in ('platform', 'tenancy', 'identity', 'catalog', 'desk', 'selfservice', 'public')`;

/** Every fault of the schema in one sentence; none when every wall stands. `prefix` is that of the installation's roles. */
export async function schemaFaults(client: ClientBase, prefix: string, app: string): Promise<string[]> {
  const bare = (name: string) =>
    name === app ? 'app' : name.startsWith(`${prefix}_`) ? name.slice(prefix.length + 1) : name;
  const walls = await findWalls(client, bare);
  return [...walls.flatMap(faultsOfTable), ...staleLines(walls), ...(await simpleFaults(client, bare))];
}

async function findWalls(client: ClientBase, bare: (name: string) => string): Promise<Wall[]> {
  const { rows } = await client.query<
    Wall & { raw_policies: string[][]; raw_grants: { role: string; rights: string }[] }
  >(`
    select n.nspname || '.' || c.relname as name, o.class, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      (select format_type(a.atttypid, null) || case when a.attnotnull then '' else ' null' end from pg_attribute a where a.attrelid = c.oid and a.attname = 'owner_id') as owner_type,
      (select array_agg(a.attname::text order by k.n) from pg_constraint p, unnest(p.conkey) with ordinality k(num, n) join pg_attribute a on (a.attrelid, a.attnum) = (c.oid, k.num)
        where p.conrelid = c.oid and p.contype = 'p') as key,
      (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      array(select array[p.policyname::text, lower(p.permissive), lower(p.cmd), array_to_string(p.roles, ','), coalesce(p.qual, ''), coalesce(p.with_check, '')]
        from pg_policies p where (p.schemaname, p.tablename) = (n.nspname, c.relname)) as raw_policies,
      (select coalesce(json_agg(json_build_object('role', role, 'rights', rights)), '[]') from (
        select x.grantee::regrole::text as role, string_agg(x.right, ', ' order by x.right) as rights from (
          select x.grantee, lower(x.privilege_type) as right from aclexplode(c.relacl) x where x.grantee <> c.relowner
          union all
          select x.grantee, lower(x.privilege_type) || ' (' || string_agg(a.attname, ', ' order by a.attnum) || ')'
            from pg_attribute a, aclexplode(a.attacl) x where a.attrelid = c.oid group by x.grantee, x.privilege_type) x
        group by x.grantee) g) as raw_grants
    from pg_class c join pg_namespace n on n.oid = c.relnamespace left join tenancy.owned_tables o on o.name = n.nspname || '.' || c.relname
    where c.relkind in ('r', 'p') and ${ours} and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by 1`);
  const { rows: login } = await client.query<{ owner: string }>('select current_user as owner');
  const named = (role: string) => (role === login[0]?.owner ? 'owner' : bare(role));
  return rows.map(({ raw_policies, raw_grants, ...wall }) => ({
    ...wall,
    policies: raw_policies.map(([name, kind, verb, to, ...conditions]) =>
      [name, kind, verb, (to ?? '').split(',').map(named).sort().join(', '), ...conditions.map(onOneLine)].join(' | '),
    ),
    grants: raw_grants.map(({ role, rights }) => `${named(role.replaceAll('"', ''))}: ${rights}`).sort(),
  }));
}

function onOneLine(condition: string): string {
  return condition.replaceAll(/\s+/g, ' ').trim();
}

function faultsOfTable(wall: Wall): string[] {
  const { name } = wall;
  if (name in lists.untenanted) {
    const expected = lists.untenantedGrants[name] ?? [];
    return same(wall.grants, expected)
      ? []
      : [`${name} grants ${wall.grants.join('; ') || 'nothing'} instead of ${expected.join('; ') || 'nothing'}`];
  }
  if (!wall.class) return [`${name} has no wall: call tenancy.own, or list it as untenanted`];
  const faults: string[] = [];
  if (wall.owner_type !== 'integer') faults.push(`${name}.owner_id is ${wall.owner_type ?? 'missing'}`);
  if (wall.key?.[0] !== 'owner_id') faults.push(`the primary key of ${name} does not begin with owner_id`);
  if (!wall.enabled || !wall.forced) faults.push(`${name} has row-level security that is not enabled and forced`);
  return [...faults, ...policyFaults(wall), ...grantFaults(wall)];
}

function policyFaults({ name, class: tableClass, policies, grants }: Wall): string[] {
  const appendOnly = tableClass !== 'personal' && !policies.some((policy) => policy.startsWith('writes_'));
  const expected = policiesOf(tableClass as string, appendOnly);
  const missing = expected
    .filter((policy) => !policies.includes(policy) && !(`${name} ${policy.split(' ')[0]}` in lists.droppedPolicies))
    .map((policy) => `${name} lacks the policy ${policy}`);
  if (lists.narrowed.includes(name) && !policies.some((policy) => policy.startsWith('narrow | restrictive | all |')))
    missing.push(`${name} shows all in reach to roles with a narrow scope`);
  const written = grants.some((grant) => grant.startsWith('writes_'));
  if (appendOnly && written) missing.push(`${name} is written without policies for it`);
  const further = policies.filter((policy) => !expected.includes(policy) && !isListed(name, policy));
  return [...missing, ...further.map((policy) => `${name} has a policy that its class does not: ${policy}`)];
}

function isListed(table: string, policy: string): boolean {
  const [name, kind, , to] = policy.split(' | ');
  if (name === 'narrow') return kind === 'restrictive' && to === 'narrow';
  if (name === 'system') return table in lists.systemGrants && to === 'system';
  const opening = lists.openings[`${table} ${name}`];
  if (opening) return policy === `${name} | ${opening}`;
  return `${table} ${name}` in lists.furtherPolicies;
}

function grantFaults({ name, class: tableClass, grants }: Wall): string[] {
  const ofClass =
    tableClass === 'personal'
      ? ['everyone: delete, insert, select, update']
      : [
          'everyone: select',
          ...['writes_all', 'writes_one', 'writes_set'].map((role) => `${role}: delete, insert, update`),
        ];
  const system = lists.systemGrants[name];
  const expected = [...(lists.ownGrants[name] ?? ofClass), ...(system ? [`system: ${system}`] : [])].sort();
  return same(grants, expected) ? [] : [`${name} grants ${grants.join('; ')} instead of ${expected.join('; ')}`];
}

function same(a: string[], b: string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

/** A line in a list that nothing needs any more would let something else pass one day. */
function staleLines(walls: Wall[]): string[] {
  const tables = new Map(walls.map((wall) => [wall.name, wall]));
  const named = [lists.untenanted, lists.untenantedGrants, lists.systemGrants, lists.ownGrants].flatMap((list) =>
    Object.keys(list),
  );
  const gone = [...new Set(named)]
    .filter((name) => !tables.has(name))
    .map((name) => `a list names the table ${name}, which there is not`);
  const policies = Object.keys(lists.furtherPolicies).filter((line) => {
    const [table, policy] = line.split(' ');
    return !tables.get(table as string)?.policies.some((text) => text.startsWith(`${policy} |`));
  });
  return [...gone, ...policies.map((line) => `a list names the policy ${line}, which there is not`)];
}

async function simpleFaults(client: ClientBase, bare: (name: string) => string): Promise<string[]> {
  const { rows: definers } = await client.query<{ name: string }>(
    `select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} and p.prosecdef`,
  );
  const faults = definers
    .filter(({ name }) => !(name in lists.securityDefiners))
    .map(({ name }) => `the security definer function ${name} has no reason on the list`);
  const founding = {
    keys: Object.keys({ ...lists.otherKeys, ...lists.foundingKeys }),
    checks: Object.keys(lists.foundingChecks),
    triggers: Object.keys(lists.triggers),
    everUnowned: Object.keys(lists.everUnowned),
  };
  const queries = [...referenceFaults(Object.keys(lists.otherKeys)), ...foundingFaults(founding), ...shapeFaults];
  for (const text of queries) {
    const { rows } = await client.query<{ fault: string }>(text);
    faults.push(...rows.map(({ fault }) => fault));
  }
  return [...faults, ...(await roleFaults(client, bare))];
}
