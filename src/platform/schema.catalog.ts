import type { ClientBase } from 'pg';

/** PostgreSQL's own schemas and the queue's (pg-boss makes its tables, and daily ones), and whatever belongs to an extension. */
const ours = `n.nspname !~ '^(pg_|information_schema$|jobs$)'`;
const notOf = (catalog: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/** `grant …` lines of an access list, one a grantee; what the owner has is left out, for it differs between versions. */
const grants = (acl: string, owner: string, on: string) => `
  select 'grant ' || lower(string_agg(x.privilege_type, ', ' order by x.privilege_type collate "C")) || ' on ' || ${on}
    || ' to ' || case x.grantee when 0 then 'public' else x.grantee::regrole::text end as line
  from aclexplode(${acl}) x where x.grantee <> ${owner} group by x.grantee`;

async function lines(client: ClientBase, text: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(text);
  return rows.map(({ line }) => line);
}

/** Extensions, schemas, default privileges, types and sequences: each kind is one part of the text. */
export async function findSurroundings(client: ClientBase): Promise<string[]> {
  const kinds = [
    `select 'create extension ' || extname as line from pg_extension where extname <> 'plpgsql' order by 1`,
    `select 'create schema ' || n.nspname as line from pg_namespace n where ${ours} and n.nspname <> 'public' order by 1`,
    `select g.line from pg_namespace n, lateral (${grants('n.nspacl', 'n.nspowner', `'schema ' || n.nspname`)}) g
      where ${ours} and n.nspname <> 'public' order by 1`,
    `select 'alter default privileges revoke execute on functions from public' as line from pg_default_acl d
      where d.defaclobjtype = 'f' and not exists (select from aclexplode(d.defaclacl) x where x.grantee = 0)`,
    `select format('create type %I.%I as (%s)', n.nspname, c.relname,
        (select string_agg(format(e'\n  %I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ',' order by a.attnum)
          from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) || e'\n') as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'c' and ${ours} and ${notOf('pg_class', 'c.oid')} order by 1`,
    `select format('create sequence %I.%I as %s start with %s', n.nspname, c.relname, format_type(s.seqtypid, null), s.seqstart) as line
      from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
      where ${ours} and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i') order by 1`,
    `select g.line from pg_class c join pg_namespace n on n.oid = c.relnamespace,
        lateral (${grants('c.relacl', 'c.relowner', `'sequence ' || c.oid::regclass::text`)}) g where c.relkind = 'S' and ${ours} order by 1`,
    `select format('create view %s%s as %s', c.oid::regclass, case when c.reloptions is null then '' else format(' with (%s)', array_to_string(c.reloptions, ', ')) end,
        pg_get_viewdef(c.oid, true)) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and ${ours} and ${notOf('pg_class', 'c.oid')} order by 1`,
  ];
  const parts: string[] = [];
  for (const kind of kinds) {
    const found = await lines(client, kind);
    if (found.length) parts.push(found.map((line) => line.replace(/;?$/, ';')).join('\n'));
  }
  return parts;
}

/** Each function with whom it is granted to. */
export async function findFunctions(client: ClientBase): Promise<string[]> {
  return lines(
    client,
    `select trim(e' \n' from pg_get_functiondef(p.oid)) || ';' || coalesce((select string_agg(e'\n' || g.line || ';', '' order by g.line) from (
        ${grants('p.proacl', 'p.proowner', `'function ' || p.oid::regprocedure::text`)}) g), '')
      || case when p.proacl is null then e'\n-- open to public' else '' end as line
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and ${notOf('pg_proc', 'p.oid')} order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid)`,
  );
}

interface TablePart {
  table: string;
  place: 'inside' | 'after';
  line: string;
}

/** Columns and constraints, then indexes, security, policies, grants and triggers, in the order in which they are shown. */
export async function findTableParts(client: ClientBase): Promise<TablePart[]> {
  const columnGrants = `select 'grant ' || lower(x.privilege_type) || ' (' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) || ') on ' || t.name || ' to '
      || x.grantee::regrole::text as line
    from pg_attribute a, aclexplode(a.attacl) x where a.attrelid = t.oid and a.attnum > 0 group by x.grantee, x.privilege_type`;
  const roles = `(select string_agg(case r when 0 then 'public' else r::regrole::text end, ', ' order by r::regrole::text collate "C") from unnest(p.polroles) r)`;
  const onOneLine = (expression: string) => `regexp_replace(${expression}, '\\s+', ' ', 'g')`;
  const { rows } = await client.query<TablePart>(`
    with t as (select c.oid, c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity, c.relacl, c.relowner, c.relispartition, c.relkind
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} and ${notOf('pg_class', 'c.oid')})
    select t.name as table, p.place, p.line from t, lateral (
      select 1 as part, 'inside' as place, a.attnum::text as place_in, a.attnum as n, quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attcollation not in (0, 100) then ' collate ' || quote_ident((select o.collname from pg_collation o where o.oid = a.attcollation)) else '' end
        || case when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
          when a.attidentity <> '' then ' generated always as identity' when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
        || case when a.attnotnull then ' not null' else '' end as line
        from pg_attribute a left join pg_attrdef d on (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      -- PostgreSQL 18 keeps "not null" as constraints, too; the columns say it already.
      union all select 2, 'inside', k.conname, array_position(array['p', 'u', 'x', 'c', 'f'], k.contype::text),
        'constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = t.oid and k.contype in ('p', 'u', 'x', 'c', 'f')
      union all select 3, 'after', i.indexrelid::regclass::text, 0, pg_get_indexdef(i.indexrelid) from pg_index i
        where i.indrelid = t.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
      union all select 4, 'after', '', 0, 'alter table ' || t.name || ' enable row level security' where t.relrowsecurity
      union all select 4, 'after', '', 1, 'alter table ' || t.name || ' force row level security' where t.relforcerowsecurity
      union all select 5, 'after', p.polname, 0, 'create policy ' || quote_ident(p.polname) || ' on ' || t.name || case when p.polpermissive then '' else ' as restrictive' end
        || case p.polcmd when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update' when 'd' then ' for delete' else '' end || ' to ' || ${roles}
        || coalesce(' using (' || ${onOneLine('pg_get_expr(p.polqual, p.polrelid)')} || ')', '')
        || coalesce(' with check (' || ${onOneLine('pg_get_expr(p.polwithcheck, p.polrelid)')} || ')', '')
        from pg_policy p where p.polrelid = t.oid
      union all select 6, 'after', g.line, 0, g.line from (${grants('t.relacl', 't.relowner', 't.name')}) g
      union all select 6, 'after', g.line, 1, g.line from (${columnGrants}) g
      union all select 7, 'after', x.tgname, 0, pg_get_triggerdef(x.oid) from pg_trigger x where x.tgrelid = t.oid and not x.tgisinternal
    ) p order by t.name collate "C", p.part, p.n, p.place_in collate "C"`);
  return rows;
}
