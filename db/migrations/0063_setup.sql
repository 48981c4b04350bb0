-- Setting multi-tenancy up (R1.4, R1.6): whose the records become that have no tenant, by rule.
--
-- A rule is a text, such as an offering's form can carry; the first that fits a record counts:
--   record/desk.tickets/DESK-4=acme   one record, by its id or by what people call it, wherever it is now
--   location/<id>=acme                what is at a location, the location, and people whose tickets mostly name it
--   domain/acme.com=acme              people by the domain of their work address, and what they have requested
--   requester=                        what was requested goes where its requester is, or goes
--   kind/desk.categories=public       all records of a kind that have no tenant; `public` where the class allows
-- All but `record` look at records without a tenant alone.

-- The kinds that rules give to tenants: what stands for itself. Parts follow their whole, and contacts their person.
create function tenancy.assignable_kinds() returns table (table_name text, class text, requested boolean, located boolean, part_of text, label text, unique_name text)
language sql stable set search_path = '' as $$
  select o.name, o.class, requested.is, located.is, whole.field || '_id',
    case when has.number_key then $l$t.number_key || '-R' || t.number$l$ when has.number then 't.number' when has.user_name then 't.user_name' when has.named then 't.name' when has.key then 't.key' else 't.id::text' end,
    case when has.user_name then 'user_name_key' when has.name_key then 'name_key' when has.key then 'key' end
  from tenancy.owned_tables o
    cross join lateral (select bool_or(r.field = 'requester') is true as is from tenancy.reference_fields r where r.table_name = o.name) requested
    cross join lateral (select bool_or(r.field = 'location') is true as is from tenancy.reference_fields r where r.table_name = o.name) located
    left join lateral (select r.field from tenancy.reference_fields r where r.table_name = o.name and r.kind = 'own' limit 1) whole on true
    cross join lateral (
      select bool_or(a.attname = 'number_key') as number_key, bool_or(a.attname = 'number' and a.atttypid = 'text'::regtype) as number, bool_or(a.attname = 'user_name') as user_name,
        bool_or(a.attname = 'name' and a.atttypid = 'text'::regtype) as named, bool_or(a.attname = 'name_key') as name_key, bool_or(a.attname = 'key') as key
      from pg_catalog.pg_attribute a where a.attrelid = o.name::regclass and a.attnum > 0 and not a.attisdropped) has
  where (o.class = 'optional' or o.name = 'identity.people' or (o.class = 'required' and requested.is))
    and not exists (select from tenancy.reference_fields r join pg_catalog.pg_attribute a on a.attrelid = r.table_name::regclass and a.attname = r.field || '_id'
      where r.table_name = o.name and r.kind = 'own' and a.attnotnull)
  order by o.position
$$;

-- The rules taken apart. No target: the tenant is unknown or not active, or (for `requester`) decided by the record.
create function tenancy.assignment_rules(rules text[]) returns table (rule int, kind text, subject text, detail text, target int)
language sql stable set search_path = '' as $$
  select x.n::int, split_part(x.place, '/', 1), split_part(x.place, '/', 2),
    case when x.place like 'record/%' then lower(substr(x.place, length('record/' || split_part(x.place, '/', 2) || '/') + 1)) end,
    case x.slug when 'public' then 2 else t.owner_id end
  from (select n, regexp_replace(r, '=[^=]*$', '') as place, lower(substring(r from '[^=]*$')) as slug from unnest(rules) with ordinality u(r, n)) x
    left join tenancy.tenants t on t.slug = x.slug and t.owner_id > 2 and t.status = 'active'
$$;

create function tenancy.domain_of(address text) returns text language sql immutable set search_path = '' as $$
  select nullif(lower(substring(address from '@([^@\s>]+)>?\s*$')), '')
$$;

-- Where people are, as far as their tickets tell: the location that most of them name.
create function tenancy.usual_locations() returns table (contact_owner_id int, contact_id uuid, location_id uuid) language sql stable set search_path = '' as $$
  select distinct on (x.contact_owner_id, x.contact_id) x.contact_owner_id, x.contact_id, x.location_id
  from (select t.requester_owner_id as contact_owner_id, t.requester_id as contact_id, t.location_id, count(*) as n, max(t.opened_at) as latest
    from desk.tickets t where t.location_id is not null and t.requester_id is not null group by 1, 2, 3) x
  order by x.contact_owner_id, x.contact_id, x.n desc, x.latest desc, x.location_id
$$;

-- Whether whoever acts gives records to tenants: who changes the switch, and in setup who administers tenants.
create function tenancy.assigns() returns boolean language sql stable set search_path = '' as $$
  select case s.multi_tenancy when 'on' then false when 'setup' then tenancy.acts_with('tenant.administer') or tenancy.acts_with('solution.administer')
    else tenancy.acts_with('solution.administer') end from tenancy.solution s
$$;

-- What the rules would do, record by record, of all kinds or of one. `held`: why it would stay where it is.
create function tenancy.plan_assignment(rules text[], only_kind text default null) returns table (rule int, table_name text, id uuid, owner_id int, target int, held text)
language plpgsql stable security definer set search_path = '' as $$
declare
  k record;
  candidates text;
  holds text;
  further text;
begin
  if not tenancy.assigns() then perform tenancy.refuse('not_the_switch'); end if;
  for k in select * from tenancy.assignable_kinds() a where only_kind is null or a.table_name = only_kind loop
    holds := '';
    further := '';
    candidates := format($q$
      select t.id, t.owner_id, r.rule, r.target from r join %1$s t on r.detail = t.id::text where r.kind = 'record' and r.subject = %1$L
      union all select t.id, t.owner_id, r.rule, r.target from r join %1$s t on r.detail = lower(%2$s) where r.kind = 'record' and r.subject = %1$L
      union all select t.id, t.owner_id, r.rule, r.target from r join %1$s t on t.owner_id = 1 where r.kind = 'kind' and r.subject = %1$L$q$, k.table_name, k.label);
    if k.located then
      candidates := candidates || format($q$
      union all select t.id, t.owner_id, r.rule, r.target from %s t join r on r.kind = 'location' and r.subject = t.location_id::text where t.owner_id = 1$q$, k.table_name);
    end if;
    if k.requested then
      candidates := candidates || format($q$
      union all select t.id, t.owner_id, r.rule, r.target from %1$s t join tenancy.usual_locations() u on (u.contact_owner_id, u.contact_id) = (t.requester_owner_id, t.requester_id)
        join r on r.kind = 'location' and r.subject = u.location_id::text where t.owner_id = 1%2$s
      union all select t.id, t.owner_id, r.rule, r.target from %1$s t join identity.contacts c on (c.owner_id, c.id) = (t.requester_owner_id, t.requester_id)
        join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id)
        join r on r.kind = 'domain' and lower(r.subject) = coalesce(tenancy.domain_of(c.work_address), tenancy.domain_of(p.email)) where t.owner_id = 1
      union all select t.id, t.owner_id, r.rule, case when going.id is not null then going.target when c.owner_id > 2 then c.owner_id end
        from %1$s t join identity.contacts c on (c.owner_id, c.id) = (t.requester_owner_id, t.requester_id) join r on r.kind = 'requester'
        left join going on c.owner_id = c.person_owner_id and going.id = c.person_id where t.owner_id = 1$q$,
        k.table_name, case when k.located then ' and t.location_id is null' else '' end);
    end if;
    if k.table_name = 'identity.people' then
      candidates := candidates || $q$
      union all select t.id, t.owner_id, r.rule, r.target from identity.people t join identity.contacts c on (c.owner_id, c.person_owner_id, c.person_id) = (t.owner_id, t.owner_id, t.id)
        join r on r.kind = 'domain' and lower(r.subject) = coalesce(tenancy.domain_of(c.work_address), tenancy.domain_of(t.email)) where t.owner_id = 1
      union all select t.id, t.owner_id, r.rule, r.target from identity.people t join identity.contacts c on (c.owner_id, c.person_owner_id, c.person_id) = (t.owner_id, t.owner_id, t.id)
        join tenancy.usual_locations() u on (u.contact_owner_id, u.contact_id) = (c.owner_id, c.id)
        join r on r.kind = 'location' and r.subject = u.location_id::text where t.owner_id = 1$q$;
      holds := $q$
        when f.target <> 3 and exists (select from identity.contacts c join identity.memberships m on (m.owner_id, m.contact_id) = (c.owner_id, c.id)
          join identity.roles o on (o.owner_id, o.id) = (m.role_owner_id, m.role_id)
          where (c.owner_id, c.person_owner_id, c.person_id) = (t.owner_id, t.owner_id, t.id) and o.stock in ('system-administrator', 'provider-analyst', 'provider-auditor')) then 'provider-role'
        when exists (select from identity.contacts c where (c.owner_id, c.person_owner_id, c.person_id) = (f.target, t.owner_id, t.id)) then 'there-already'$q$;
    elsif k.table_name = 'desk.locations' then
      candidates := candidates || $q$
      union all select t.id, t.owner_id, r.rule, r.target from desk.locations t join r on r.kind = 'location' and r.subject = t.id::text where t.owner_id = 1$q$;
    elsif k.table_name = 'catalog.requests' then
      -- What administers the installation is the provider's affair, whoever asked.
      further := $q$ and not exists (select from catalog.offerings o join catalog.categories g on (g.owner_id, g.id) = (o.category_owner_id, o.category_id)
        where (o.owner_id, o.id) = (t.offering_owner_id, t.offering_id) and g.administrative)$q$;
    end if;
    if k.class = 'required' then holds := holds || $q$ when f.target = 2 then 'never-public'$q$; end if;
    if k.unique_name is not null then
      holds := holds || format($q$ when exists (select from %1$s x where x.owner_id = f.target and x.%2$I = t.%2$I) then 'name-taken'$q$, k.table_name, k.unique_name);
    end if;
    if k.part_of is not null then further := further || format(' and t.%I is null', k.part_of); end if;
    return query execute format($q$
      with r as materialized (select * from tenancy.assignment_rules($1)),
        going as materialized (%s),
        first as (select distinct on (c.id) c.id, c.owner_id, c.rule, c.target from (%s) c(id, owner_id, rule, target) where c.target is not null order by c.id, c.rule)
      select f.rule, %L::text, f.id, f.owner_id, f.target, case %s end from first f join %s t on (t.owner_id, t.id) = (f.owner_id, f.id)
        where f.target <> f.owner_id%s$q$,
      -- Where requesters go: people are planned without it.
      case when k.requested then $q$select p.id, p.target from tenancy.plan_assignment($1, 'identity.people') p where p.held is null$q$
        else 'select null::uuid as id, null::int as target where false' end,
      candidates, k.table_name, coalesce(nullif(holds, ''), 'when false then null::text'), k.table_name, further) using rules;
  end loop;
end $$;
grant execute on function tenancy.plan_assignment(text[], text) to {{everyone}};

-- Does what the rules say. Contacts and memberships go with their person, parts with their whole (`on update cascade`).
create function tenancy.assign(rules text[]) returns table (table_name text, from_owner int, target int, records bigint, labels text[]) language plpgsql security definer set search_path = '' as $$
declare
  g record;
begin
  if not tenancy.assigns() then perform tenancy.refuse('not_the_switch'); end if;
  for g in select p.table_name, p.owner_id, p.target, array_agg(p.id order by p.id) as ids from tenancy.plan_assignment(rules) p
      join tenancy.owned_tables o on o.name = p.table_name where p.held is null group by p.table_name, o.position, p.owner_id, p.target order by o.position, p.target loop
    table_name := g.table_name;
    from_owner := g.owner_id;
    target := g.target;
    records := cardinality(g.ids);
    labels := array(select tenancy.record_label(g.table_name, g.owner_id, i) from unnest(g.ids[1:100]) i);
    execute format('update %s set owner_id = $1 where owner_id = $2 and id = any($3)', g.table_name) using g.target, g.owner_id, g.ids;
    if g.table_name = 'identity.people' then
      update identity.contacts c set owner_id = g.target where c.owner_id = g.owner_id and c.person_owner_id = g.target and c.person_id = any(g.ids);
    end if;
    return next;
  end loop;
end $$;
grant execute on function tenancy.assign(text[]) to {{everyone}};

-- What has no tenant, by kind, with some of it: what enabling gives to the provider.
create function tenancy.unassigned() returns table (table_name text, records bigint, labels text[]) language plpgsql stable security definer set search_path = '' as $$
declare
  k record;
begin
  if not tenancy.assigns() then return; end if;
  for k in select * from tenancy.assignable_kinds() loop
    return query execute format($q$
      select %1$L::text, count(*), array(select tenancy.record_label(%1$L, 1, x.id) from %1$s x where x.owner_id = 1 order by x.id desc limit 5)
        from %1$s t where t.owner_id = 1%2$s having count(*) > 0$q$,
      k.table_name, case when k.part_of is not null then format(' and t.%I is null', k.part_of) else '' end);
  end loop;
end $$;
grant execute on function tenancy.unassigned() to {{everyone}};

-- The targets that rules name and that are none: unknown, or not active.
create function tenancy.unknown_targets(rules text[]) returns setof int language sql stable security definer set search_path = '' as $$
  select r.rule from tenancy.assignment_rules(rules) r where tenancy.assigns() and r.target is null and r.kind <> 'requester' order by 1
$$;
grant execute on function tenancy.unknown_targets(text[]) to {{everyone}};

-- The plan in figures: for each rule, kind and tenant how many records, with some of them by name; the same of what is held.
create function tenancy.preview_assignment(rules text[]) returns table (rule int, table_name text, target int, held text, records bigint, labels text[])
language sql stable security definer set search_path = '' as $$
  select p.rule, p.table_name, p.target, p.held, count(*),
    array(select tenancy.record_label(p.table_name, split_part(s, ' ', 1)::int, split_part(s, ' ', 2)::uuid)
      from unnest((array_agg(p.owner_id || ' ' || p.id order by p.id))[1:5]) s)
  from tenancy.plan_assignment(rules) p group by p.rule, p.table_name, p.target, p.held order by p.rule, p.table_name, p.target, p.held
$$;
grant execute on function tenancy.preview_assignment(text[]) to {{everyone}};

-- R1.4: what would have been refused or hidden, had multi-tenancy been on: the readiness report. One row for each membership, endpoint, outcome,
-- field, kind of record and tenant; what happens again raises `times`. Nobody writes it but note_ahead, and it is
-- emptied when setup begins anew. Names are kept as they were, like in the audit.
create table tenancy.refusals_ahead (
  owner_id int not null,
  id uuid not null,
  membership_id uuid not null,
  contact_id uuid not null,
  person_label text not null,
  role_label text not null,
  endpoint text not null,
  -- The type of the refusal, or `hidden`: the answer would have lacked records.
  outcome text not null,
  -- Of the body, where that names the record.
  field text not null default '',
  -- The table of the records, and whose they are; '' and null where the refusal names none.
  kind text not null default '',
  record_owner_id int,
  sample text not null default '',
  -- The most at once.
  records int not null default 0,
  times bigint not null default 1,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  primary key (owner_id, id),
  constraint refusal_ahead_once unique nulls not distinct (owner_id, membership_id, endpoint, outcome, field, kind, record_owner_id)
);
select tenancy.own('tenancy.refusals_ahead', 'provider', append_only => true);
create index refusals_ahead_by_last on tenancy.refusals_ahead (owner_id, last_at desc, id desc);

-- Notes it for whoever acts. `named` are the records that the call or its answer named, by id or number, with the field of
-- the body; those that the role would reach while it is on are not what it would be refused for.
create function tenancy.note_ahead(endpoint text, outcome text, named jsonb) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  who record;
  reach int[];
  above int[];
  k record;
  path text;
  noted int := 0;
  n int;
begin
  if (select s.multi_tenancy from tenancy.solution s) <> 'setup' then return; end if;
  select m.id, m.owner_id, m.contact_id, c.display_name, r.name as role_name, r.read_reach, r.read_tenant_owner_id, r.read_group_id, r.write_reach, r.write_tenant_owner_id, r.write_group_id
    into who from identity.memberships m join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id) join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
    where m.id = nullif(current_setting('app.membership', true), '')::uuid;
  if who.id is null then return; end if;
  reach := case when endpoint like 'GET %' or who.write_reach = 'same' then tenancy.reach_of(who.read_reach, who.owner_id, who.read_tenant_owner_id, who.read_group_id)
    else tenancy.reach_of(who.write_reach, who.owner_id, who.write_tenant_owner_id, who.write_group_id) end;
  above := array(select 2 union select c.ancestor_id from tenancy.closure c where c.descendant_id = any(reach));
  for k in select a.table_name, a.class, a.label from tenancy.assignable_kinds() a union all select 'identity.contacts', 'required', '' loop
    -- By what an index finds: tickets and requests are named by their numbers.
    path := case k.label when 't.number' then 't.number = v.value'
      when $l$t.number_key || '-R' || t.number$l$ then $p$v.value ~ '-R\d{1,9}$' and (t.number_key, t.number) = (split_part(v.value, '-R', 1), case when v.value ~ '-R\d{1,9}$' then split_part(v.value, '-R', 2)::int end)$p$
      else $p$t.id = case when v.value ~ '^[0-9a-fA-F]{8}-' then v.value::uuid end$p$ end;
    execute format($q$
      insert into tenancy.refusals_ahead as a (owner_id, id, membership_id, contact_id, person_label, role_label, endpoint, outcome, field, kind, record_owner_id, sample, records)
      select 3, platform.new_id(), $1, $2, $3, $4, $5, $6, v.field, %1$L, t.owner_id, tenancy.record_label(%1$L, t.owner_id, (array_agg(t.id order by t.id desc))[1]), count(distinct t.id)
        from jsonb_to_recordset($7) v(value text, field text) join %1$s t on %2$s
        where t.owner_id <> all($8) %3$s group by v.field, t.owner_id
      on conflict on constraint refusal_ahead_once do update set times = a.times + 1, last_at = now(), sample = excluded.sample, records = greatest(a.records, excluded.records),
        person_label = excluded.person_label, role_label = excluded.role_label$q$,
      k.table_name, path,
      case when k.class = 'optional' then 'and t.owner_id <> all($9)' when k.table_name = 'identity.contacts' and outcome <> 'hidden' then 'and t.owner_id <> 3' else '' end)
      using who.id, who.contact_id, who.display_name, who.role_name, endpoint, outcome, named, reach, above;
    get diagnostics n = row_count;
    noted := noted + n;
  end loop;
  if noted = 0 and outcome <> 'hidden' then
    insert into tenancy.refusals_ahead as a (owner_id, id, membership_id, contact_id, person_label, role_label, endpoint, outcome)
      values (3, platform.new_id(), who.id, who.contact_id, who.display_name, who.role_name, endpoint, outcome)
      on conflict on constraint refusal_ahead_once do update set times = a.times + 1, last_at = now();
  end if;
  -- Bounded: what has not happened for longest goes first.
  if (select count(*) from tenancy.refusals_ahead) > 10000 then
    delete from tenancy.refusals_ahead a where a.id in (select o.id from tenancy.refusals_ahead o order by o.last_at desc, o.id desc offset 9000);
  end if;
end $$;
grant execute on function tenancy.note_ahead(text, text, jsonb) to {{everyone}};

-- R6.6: how many references cross, by the kind of record and the field.
create function tenancy.crossing_counts() returns table (table_name text, field text, crossings bigint) language plpgsql stable security definer set search_path = '' as $$
declare
  f record;
begin
  if not tenancy.assigns() then return; end if;
  for f in select r.* from tenancy.reference_fields r join tenancy.owned_tables o on o.name = r.table_name where r.kind <> 'own' order by o.position, r.field loop
    return query execute format($q$
      select %1$L::text, %2$L::text, count(*) from %3$s t join tenancy.reference_pairs p on (p.owner_id, p.target_owner_id) = (t.owner_id, t.%4$I) where p.irregular having count(*) > 0$q$,
      f.table_name, f.field, f.table_name, f.field || '_climb');
  end loop;
end $$;
grant execute on function tenancy.crossing_counts() to {{everyone}};
