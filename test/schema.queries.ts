import type { ClientBase } from 'pg';

const ours = `n.nspname in ('platform', 'tenancy', 'identity', 'catalog', 'desk', 'selfservice')`;

/** The fields of tenancy.reference_fields, with what each of them must have. */
const fields = `select f.*, f.table_name::regclass as oid, split_part(f.table_name, '.', 2) as relation,
    case f.kind when 'own' then format('FOREIGN KEY (owner_id, %1$s_id) REFERENCES %2$s(owner_id, id)', f.field, f.target_name)
      else format('FOREIGN KEY (%1$s_owner_id, %1$s_id) REFERENCES %2$s(owner_id, id)', f.field, f.target_name) end as key,
    case f.kind when 'provider' then 'NULLIF(NULLIF(NULLIF(%1$s_owner_id, owner_id), 2), 3)' else 'NULLIF(NULLIF(%1$s_owner_id, owner_id), 2)' end as climb
  from tenancy.reference_fields f`;

/** Queries that answer `fault`, a sentence each. `listed` are keys between owned tables that have a reason. */
export function referenceFaults(listed: string[]): string[] {
  const list = listed.map((line) => `'${line}'`).join(', ');
  const keyOf = `starts_with(pg_get_constraintdef(k.oid), f.key)`;
  const field = (fault: string, condition: string) =>
    `select f.table_name || '.' || f.field || '${fault}' as fault from (${fields}) f where ${condition}`;
  return [
    `select s.name || ' has the key ' || k.conname || ', which is no reference field and has no reason on the list' as fault
      from pg_constraint k join tenancy.owned_tables s on s.name::regclass = k.conrelid join tenancy.owned_tables t on t.name::regclass = k.confrelid
      where k.contype = 'f' and s.name || ' ' || k.conname not in (${list})
        and not (pg_get_constraintdef(k.oid) = 'FOREIGN KEY (owner_id) REFERENCES tenancy.tenants(owner_id)' and k.conname = split_part(s.name, '.', 2) || '_owner_unknown')
        and not exists (select from (${fields}) f where f.oid = k.conrelid and k.conname = f.relation || '_' || f.field || '_unknown' and ${keyOf})`,
    `select 'a list names the key ' || line || ', which there is not' as fault from unnest(array[${list}]) line where not exists (
      select from pg_constraint k where k.contype = 'f' and k.conrelid = to_regclass(split_part(line, ' ', 1)) and k.conname = split_part(line, ' ', 2))`,
    `select o.name || ' does not refer to its tenant' as fault from tenancy.owned_tables o where o.name <> 'tenancy.tenants' and not exists (
      select from pg_constraint k where k.conrelid = o.name::regclass and pg_get_constraintdef(k.oid) = 'FOREIGN KEY (owner_id) REFERENCES tenancy.tenants(owner_id)')`,
    field(
      ' has no key to its target',
      `not exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = f.oid and k.convalidated and ${keyOf})`,
    ),
    field(
      ' has no key to the pairs of owners',
      `f.kind <> 'own' and not exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = f.oid and k.convalidated
        and pg_get_constraintdef(k.oid) = format('FOREIGN KEY (owner_id, %s_climb) REFERENCES tenancy.reference_pairs(owner_id, target_owner_id)', f.field))`,
    ),
    field(
      ' does not climb as its kind does',
      `f.kind <> 'own' and not exists (select from pg_attribute a join pg_attrdef d on (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
        where a.attrelid = f.oid and a.attname = f.field || '_climb' and a.attgenerated = 's' and pg_get_expr(d.adbin, d.adrelid) = format(f.climb, f.field))`,
    ),
    field(
      ' is not held to be whole or empty',
      `f.kind <> 'own' and not exists (select from pg_constraint k where k.contype = 'c' and k.conrelid = f.oid
        and pg_get_constraintdef(k.oid) = format('CHECK (((%1$s_owner_id IS NULL) = (%1$s_id IS NULL)))', f.field))`,
    ),
    field(
      ' makes no pair on first use',
      `f.kind <> 'own' and not exists (select from pg_trigger t where t.tgrelid = f.oid and t.tgname = 'pair_' || f.field and t.tgenabled = 'O')`,
    ),
    field(
      ' has no index for its target',
      `not exists (select from pg_index i where i.indrelid = f.oid and i.indpred is null and pg_get_indexdef(i.indexrelid) ~
        (case f.kind when 'own' then format('\\(owner_id, %s_id[,)]', f.field) else format('\\(%1$s_owner_id, %1$s_id[,)]', f.field) end))`,
    ),
    field(
      ' has no index for its pairs',
      `f.kind <> 'own' and not exists (select from pg_index i where i.indrelid = f.oid
        and pg_get_indexdef(i.indexrelid) ~ format('\\(owner_id, %1$s_climb\\) WHERE \\(%1$s_climb IS NOT NULL\\)', f.field))`,
    ),
    `select k.conrelid::regclass || ' has the key ' || k.conname || ' of which a half may be empty' as fault from pg_constraint k join pg_namespace n on n.oid = k.connamespace
      where ${ours} and k.contype = 'f' and (select count(*) from unnest(k.conkey) x join pg_attribute a on (a.attrelid, a.attnum) = (k.conrelid, x) where not a.attnotnull) > 1
        and not exists (select from pg_constraint c where c.conrelid = k.conrelid and c.contype = 'c' and c.conkey @> k.conkey and k.conkey @> c.conkey)`,
  ];
}

/** What must be there, and nothing beside it: keys, checks and triggers that no other query asks for. */
export function foundingFaults(lists: {
  keys: string[];
  checks: string[];
  triggers: string[];
  everUnowned: string[];
}): string[] {
  const [keys, checks, triggers, everUnowned] = [lists.keys, lists.checks, lists.triggers, lists.everUnowned].map(
    (lines) => `array[${lines.map((line) => `'${line}'`).join(', ')}]::text[]`,
  );
  const isThere = (from: string, relation: string, name: string) =>
    `exists (select from ${from} where ${relation} = to_regclass(split_part(line, ' ', 1)) and ${name} = split_part(line, ' ', 2))`;
  const lacks = (lines: string | undefined, what: string, found: string) =>
    `select replace(line, ' ', ' lacks the ${what} ') as fault from unnest(${lines}) line where not ${found}`;
  return [
    lacks(keys, 'key', isThere(`pg_constraint k`, `k.contype = 'f' and k.convalidated and k.conrelid`, 'k.conname')),
    lacks(
      checks,
      'check',
      isThere(`pg_constraint k`, `k.contype = 'c' and k.convalidated and k.conrelid`, 'k.conname'),
    ),
    lacks(triggers, 'trigger', isThere('pg_trigger t', `t.tgenabled = 'O' and t.tgrelid`, 't.tgname')),
    `select t.tgrelid::regclass || ' has the trigger ' || t.tgname || ', which has no reason on the list' as fault
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where ${ours} and not t.tgisinternal and t.tgname <> 'unassigned' and t.tgname not like 'pair\\_%' and n.nspname || '.' || c.relname || ' ' || t.tgname <> all(${triggers})`,
    `select o.name || ' takes records of no tenant while the switch is on' as fault from tenancy.owned_tables o
      where o.class <> 'personal' and o.name <> all(${everUnowned}) and exists (
        select from pg_policies p where p.schemaname || '.' || p.tablename = o.name and p.policyname = 'writes_all_insert')
      and not exists (select from pg_trigger t where t.tgrelid = o.name::regclass and t.tgname = 'unassigned' and t.tgenabled = 'O')`,
  ];
}

/** The same, of what holds for every table, view, function and trigger. */
export const shapeFaults = [
  // The queue is not walled: the roles of a unit of work send jobs, and read nobody's.
  `select c.oid::regclass || ' lets ' || case x.grantee when 0 then 'everybody' else x.grantee::regrole::text end || ' ' || lower(x.privilege_type) as fault
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) x
    where n.nspname = 'jobs' and c.relkind in ('r', 'p') and (x.grantee = 0 or x.grantee::regrole::text !~ '_app"?$') and x.grantee <> c.relowner
      and not (c.relname in ('job', 'job_common') and x.privilege_type = 'INSERT') and not (c.relname = 'queue' and x.privilege_type = 'SELECT')`,
  `select c.oid::regclass || '.' || a.attname || ' is of the type ' || t.typname || ', which no index serves behind the wall' as fault
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where ${ours} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and (t.typtype in ('e', 'd') or t.typname in ('numeric', 'money', 'varchar', 'bpchar', '_numeric'))`,
  `select k.conrelid::regclass || ' has the constraint ' || k.conname || ', which is not named after what it refuses' as fault
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${ours} and k.contype in ('c', 'u', 'f', 'x') and k.conname ~ '_(check|key|fkey|excl)\\d*$'`,
  `select i.indrelid::regclass || ' has the unique index ' || c.relname || ', which is not named after what it refuses' as fault
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} and i.indisunique and c.relname ~ '_idx\\d*$'`,
  `select k.conrelid::regclass || ' has the constraint ' || k.conname || ', which is not validated' as fault
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${ours} and not k.convalidated`,
  `select 'the view ' || c.oid::regclass || ' looks with its owner’s eyes: make it security_invoker' as fault
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false)`,
  `select 'the materialized view ' || c.oid::regclass || ' has no policies' as fault
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind = 'm'`,
  `select 'the function ' || p.oid::regprocedure || ' has no empty search_path' as fault from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and not coalesce(p.proconfig @> array['search_path=""'], false)`,
  `select 'the function ' || p.oid::regprocedure || ' can be called by everybody' as fault from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and (p.proacl is null or exists (select from aclexplode(p.proacl) x where x.grantee = 0))`,
  `select t.tgrelid::regclass || ' has the trigger ' || t.tgname || ', which is switched off' as fault from pg_trigger t where t.tgenabled <> 'O'`,
];

const ofInstallation =
  /^(everyone|system|narrow|app|(reads|writes)_(one|set|all)|r_(one|set|all)_w_(none|one|set|all)(_narrow)?)$/;

/** What each combined role is a member of, and that nothing else is a member of anything. */
export async function roleFaults(client: ClientBase, bare: (name: string) => string): Promise<string[]> {
  const { rows } = await client.query<{
    name: string;
    powers: boolean;
    login: boolean;
    inherits: boolean;
    owns: boolean;
    parents: string[];
  }>(`
    select r.rolname as name, r.rolcanlogin as login, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as powers,
      exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_proc p where p.proowner = r.oid) as owns,
      coalesce((select bool_or(coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, r.rolinherit)) from pg_auth_members m where m.member = r.oid), false) as inherits,
      array(select p.rolname::text from pg_auth_members m join pg_roles p on p.oid = m.roleid where m.member = r.oid order by 1) as parents
    from pg_roles r where r.rolname ~ '^(?!pg_)'`);
  const faults: string[] = [];
  for (const role of rows) {
    const name = bare(role.name);
    // Other installations of the cluster, whose names may begin alike, have their own check.
    if (name === role.name || !ofInstallation.test(name)) continue;
    const parents = [...new Set(role.parents.map(bare))].sort().join(', ');
    if (role.powers || role.owns) faults.push(`the role ${name} has more rights than the program may have`);
    if (name === 'app') {
      if (role.inherits) faults.push('the program’s login inherits rights');
      if (
        role.parents.some((parent) => !/^(r_(one|set|all)_w_(none|one|set|all)(_narrow)?|system)$/.test(bare(parent)))
      )
        faults.push(`the program’s login may become ${parents}`);
      continue;
    }
    if (role.login) faults.push(`the role ${name} can sign in`);
    if (parents !== parentsOf(name))
      faults.push(`the role ${name} is a member of ${parents || 'nothing'} instead of ${parentsOf(name) || 'nothing'}`);
  }
  return faults;
}

function parentsOf(name: string): string {
  const [, reach, writes, narrow] = /^r_(one|set|all)_w_(none|one|set|all)(_narrow)?$/.exec(name) ?? [];
  if (!reach) return '';
  return [
    'everyone',
    ...(narrow ? ['narrow'] : []),
    `reads_${reach}`,
    ...(writes === 'none' ? [] : [`writes_${writes}`]),
  ].join(', ');
}
