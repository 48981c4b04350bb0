-- The switch (R1), the life of a tenant (R9), and what both need across the walls.

-- Whether whoever acts is of the provider, or of nobody yet (before the first enabling, and while it happens), and has a
-- function at this moment. For the functions below, which reach across the walls on behalf of a person.
create function tenancy.acts_with(function_name text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from identity.memberships m join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
    where m.id = nullif(current_setting('app.membership', true), '')::uuid and m.status = 'active' and function_name = any(r.functions)
      and m.owner_id in (1, 3))
$$;
grant execute on function tenancy.acts_with(text) to {{everyone}};
grant execute on function tenancy.lock_hierarchy() to {{everyone}};

-- R2.7: tenants are written only by people of the provider whose role administers them, whatever they may write else. Their
-- own records stay open while a tenant is inactive or provisioning: that is how it becomes active again.
do $$ declare verb text; begin
  foreach verb in array array['insert', 'update', 'delete'] loop
    execute format('drop policy %I on tenancy.tenants', 'open_' || verb);
    execute format('create policy %I on tenancy.tenants as restrictive for %s to {{everyone}} %s ((select tenancy.acts_with(''tenant.administer'')))',
      'administered_' || verb, verb, case verb when 'insert' then 'with check' else 'using' end);
  end loop;
end $$;

-- Keys and addresses in use, wherever: the provider proposes free ones (unique in the whole solution, R2.2).
create function tenancy.names_in_use(key_prefix text, slug_prefix text) returns table (key text, slug text) language sql stable security definer set search_path = '' as $$
  select t.key, t.slug from tenancy.tenants t where tenancy.acts_with('tenant.administer') and (starts_with(t.key, key_prefix) or starts_with(t.slug, slug_prefix))
$$;
grant execute on function tenancy.names_in_use(text, text) to {{everyone}};

-- R1.6, R2.5: everything that has no tenant becomes the provider's, people included. Tables in the order of their making, so
-- that what is referred to goes first and takes the references with it (`on update cascade`). Series of numbers stay: the
-- provider's records get numbers of its own key, and the old numbers stay with the old records.
create function tenancy.assign_unowned(target int) returns bigint language plpgsql security definer set search_path = '' as $$
declare
  t record;
  total bigint := 0;
  n bigint;
begin
  if not tenancy.acts_with('solution.administer') then perform tenancy.refuse('not_the_switch'); end if;
  for t in select o.name from tenancy.owned_tables o where o.name not in ('tenancy.tenants', 'tenancy.series') order by o.position loop
    execute format('update %s set owner_id = $1 where owner_id = 1', t.name) using target;
    get diagnostics n = row_count;
    total := total + n;
  end loop;
  return total;
end $$;
grant execute on function tenancy.assign_unowned(int) to {{everyone}};

-- What `clear` does with a reference: empties the field (`field`), deletes a row that is nothing but the reference, such as
-- a watcher (`row`), or nothing where the record cannot be without it, such as a membership without its role (null).
create function tenancy.clearing_of(table_name text, field text) returns text language sql stable set search_path = '' as $$
  select case
    when not (select a.attnotnull from pg_catalog.pg_attribute a where a.attrelid = table_name::regclass and a.attname = field || '_id') then 'field'
    when not exists (select from pg_catalog.pg_attribute a where a.attrelid = table_name::regclass and a.attnum > 0 and not a.attisdropped
      and a.attname <> 'id' and a.attname not like '%\_id' and a.attname not like '%\_climb') then 'row'
  end
$$;

-- What people call a record: its number, name or title; what is a part of another, such as a watcher, by the whole's.
create function tenancy.record_label(table_name text, record_owner_id int, record_id uuid) returns text language plpgsql stable set search_path = '' as $$
declare
  r jsonb;
  label text;
  whole record;
begin
  execute format('select to_jsonb(t) from %s t where owner_id = $1 and id = $2', table_name) into r using record_owner_id, record_id;
  label := coalesce(r ->> 'number_key' || '-R' || (r ->> 'number'), r ->> 'number', r ->> 'display_name', r -> 'name' ->> 'en', r ->> 'name', r ->> 'title');
  if label is not null then return label; end if;
  select f.field, f.target_name into whole from tenancy.reference_fields f
    where f.table_name = record_label.table_name and f.kind = 'own' and r ->> (f.field || '_id') is not null limit 1;
  return case when whole.field is null then '' else tenancy.record_label(whole.target_name, record_owner_id, (r ->> (whole.field || '_id'))::uuid) end;
end $$;

-- R6.6: references outside the line that are in use, with the record that refers and the one referred to.
create function tenancy.crossings(greatest_count int) returns table (table_name text, field text, owner_id int, id uuid, target_owner_id int, target_id uuid, clearable boolean, publishable boolean, label text, target_label text)
language plpgsql stable security definer set search_path = '' as $$
declare
  f record;
begin
  if not tenancy.acts_with('solution.administer') then return; end if;
  for f in select r.*, o.class from tenancy.reference_fields r join tenancy.owned_tables o on o.name = r.target_name where r.kind <> 'own' order by o.position, r.table_name, r.field loop
    return query execute format(
      $q$select %1$L::text, %2$L::text, t.owner_id, t.id, t.%3$I, t.%4$I, %5$L::boolean, %6$L::boolean,
        tenancy.record_label(%7$L, t.owner_id, t.id), tenancy.record_label(%8$L, t.%3$I, t.%4$I)
        from %9$s t join tenancy.reference_pairs p on (p.owner_id, p.target_owner_id) = (t.owner_id, t.%10$I) where p.irregular limit $1$q$,
      f.table_name, f.field, f.field || '_owner_id', f.field || '_id',
      tenancy.clearing_of(f.table_name, f.field) is not null,
      f.class = 'optional', f.table_name, f.target_name, f.table_name, f.field || '_climb') using greatest_count;
  end loop;
end $$;
grant execute on function tenancy.crossings(int) to {{everyone}};

-- Resolves one crossing: `clear` ends the reference, `publish` makes its target public, `give` makes the target the property
-- of the tenant whose record refers to it. What is no crossing (any more) is left as it is.
create function tenancy.resolve_crossing(table_name text, field text, record_id uuid, rule text) returns void language plpgsql security definer set search_path = '' as $$
declare
  f record;
  t record;
begin
  if not tenancy.acts_with('solution.administer') then perform tenancy.refuse('not_the_switch'); end if;
  select r.*, o.class, tenancy.clearing_of(r.table_name, r.field) as clearing into f
    from tenancy.reference_fields r join tenancy.owned_tables o on o.name = r.target_name
    where r.kind <> 'own' and (r.table_name, r.field) = (resolve_crossing.table_name, resolve_crossing.field);
  if f.table_name is null then return; end if;
  execute format('select t.owner_id, t.%I as target_owner_id, t.%I as target_id from %s t join tenancy.reference_pairs p on (p.owner_id, p.target_owner_id) = (t.owner_id, t.%I) where p.irregular and t.id = $1',
    f.field || '_owner_id', f.field || '_id', f.table_name, f.field || '_climb') into t using record_id;
  if t.owner_id is null then return; end if;
  if rule in ('publish', 'give') and f.class = 'optional' then
    execute format('update %s set owner_id = $1 where owner_id = $2 and id = $3', f.target_name)
      using case rule when 'publish' then 2 else t.owner_id end, t.target_owner_id, t.target_id;
  elsif rule = 'clear' and f.clearing = 'field' then
    execute format('update %s set %I = null, %I = null where owner_id = $1 and id = $2', f.table_name, f.field || '_owner_id', f.field || '_id') using t.owner_id, record_id;
  elsif rule = 'clear' and f.clearing = 'row' then
    execute format('delete from %s where owner_id = $1 and id = $2', f.table_name) using t.owner_id, record_id;
  end if;
end $$;
grant execute on function tenancy.resolve_crossing(text, text, uuid, text) to {{everyone}};

-- Resolves the crossings by a rule: `clear` ends the references; `publish` makes their targets public where the class allows
-- and ends the references to all others, such as people, so that it resolves every one.
create function tenancy.resolve_crossings(rule text) returns void language plpgsql security definer set search_path = '' as $$
declare
  f record;
begin
  if not tenancy.acts_with('solution.administer') then perform tenancy.refuse('not_the_switch'); end if;
  for f in select r.*, o.class, tenancy.clearing_of(r.table_name, r.field) as clearing
      from tenancy.reference_fields r join tenancy.owned_tables o on o.name = r.target_name where r.kind <> 'own' order by o.position loop
    if rule = 'publish' and f.class = 'optional' then
      execute format('update %s g set owner_id = 2 from %s t join tenancy.reference_pairs p on (p.owner_id, p.target_owner_id) = (t.owner_id, t.%I) where p.irregular and (g.owner_id, g.id) = (t.%I, t.%I)',
        f.target_name, f.table_name, f.field || '_climb', f.field || '_owner_id', f.field || '_id');
    elsif f.clearing = 'field' then
      execute format('update %s t set %I = null, %I = null from tenancy.reference_pairs p where p.irregular and (p.owner_id, p.target_owner_id) = (t.owner_id, t.%I)',
        f.table_name, f.field || '_owner_id', f.field || '_id', f.field || '_climb');
    elsif f.clearing = 'row' then
      execute format('delete from %s t using tenancy.reference_pairs p where p.irregular and (p.owner_id, p.target_owner_id) = (t.owner_id, t.%I)',
        f.table_name, f.field || '_climb');
    end if;
  end loop;
end $$;
grant execute on function tenancy.resolve_crossings(text) to {{everyone}};

-- R1.6: on, once no crossing is left. The row of the switch is taken first, so that no irregular pair slips in behind it.
create function tenancy.turn_on() returns void language plpgsql security definer set search_path = '' as $$
declare
  owners int[];
  targets int[];
begin
  if not tenancy.acts_with('solution.administer') then perform tenancy.refuse('not_the_switch'); end if;
  if not exists (select from tenancy.tenants t where t.owner_id = 3) then perform tenancy.refuse('provider_first'); end if;
  select array_agg(p.owner_id), array_agg(p.target_owner_id) into owners, targets from tenancy.reference_pairs p where p.irregular;
  if owners is not null then perform tenancy.delete_unused_pairs(owners, targets); end if;
  update tenancy.reference_pairs p set irregular = false
    from tenancy.closure c where p.irregular and c.descendant_id = p.owner_id and c.ancestor_id = p.target_owner_id;
  if exists (select from tenancy.reference_pairs p where p.irregular) then perform tenancy.refuse('crossings_remain'); end if;
  update tenancy.solution set multi_tenancy = 'on', version = version + 1, changed_at = now();
end $$;
grant execute on function tenancy.turn_on() to {{everyone}};

-- R1.4, R2.5: in setup the provider's administrators name tenants, and nothing is walled yet. Whoever has a role of the provider's
-- becomes the provider's; everything else stays unassigned, until a rule or the enabling says whose it is. Sessions, contacts and what hangs on
-- them follow (`on update cascade`).
create function tenancy.enter_setup() returns void language plpgsql security definer set search_path = '' as $$
declare
  attached uuid[];
begin
  if not tenancy.acts_with('solution.administer') then perform tenancy.refuse('not_the_switch'); end if;
  if not exists (select from tenancy.tenants t where t.owner_id = 3) then perform tenancy.refuse('provider_first'); end if;
  select array_agg(distinct c.person_id) into attached
    from identity.memberships m join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
      join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
    where m.owner_id = 1 and c.person_owner_id = 1 and r.stock in ('system-administrator', 'provider-analyst', 'provider-auditor');
  update identity.people p set owner_id = 3 where p.owner_id = 1 and p.id = any(attached);
  update identity.contacts c set owner_id = 3 where c.owner_id = 1 and c.person_id = any(attached);
  -- What was noted before is of another time.
  delete from tenancy.refusals_ahead;
  update tenancy.solution set multi_tenancy = 'setup', version = version + 1, changed_at = now();
end $$;
grant execute on function tenancy.enter_setup() to {{everyone}};

create function tenancy.turn_off() returns void language plpgsql security definer set search_path = '' as $$
begin
  if not tenancy.acts_with('solution.administer') then perform tenancy.refuse('not_the_switch'); end if;
  update tenancy.solution set multi_tenancy = 'off', version = version + 1, changed_at = now();
end $$;
grant execute on function tenancy.turn_off() to {{everyone}};

-- Taken by whoever changes the switch, before anything is looked at.
create function tenancy.lock_switch() returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  state text;
begin
  -- Waits for whoever is making a record without a tenant (tenancy.check_unassigned).
  perform pg_advisory_xact_lock(hashtext('tenancy.switch'));
  perform tenancy.lock_hierarchy();
  select s.multi_tenancy into state from tenancy.solution s for update;
  return state;
end $$;
grant execute on function tenancy.lock_switch() to {{everyone}};

create function tenancy.set_options(product text, tenants int, depth int, expected int) returns int language plpgsql security definer set search_path = '' as $$
declare
  changed int;
begin
  if not tenancy.acts_with('solution.administer') then perform tenancy.refuse('not_the_switch'); end if;
  if depth < (select max(t.depth) from tenancy.tenants t) then perform tenancy.refuse('depth_in_use'); end if;
  update tenancy.solution set product_name = product, greatest_tenants = tenants, greatest_depth = depth, version = version + 1
    where version = expected returning version into changed;
  return changed;
end $$;
grant execute on function tenancy.set_options(text, int, int, int) to {{everyone}};

-- R1.7: what turning it off would show, tenant by tenant: its records, and how many active memberships would newly read
-- them. Memberships that see their own records alone see no more than before (scope never widens, R1.9).
create function tenancy.exposure() returns table (owner_id int, name text, records bigint, people bigint) language plpgsql stable security definer set search_path = '' as $$
declare
  t record;
  counts text := '';
begin
  if not tenancy.acts_with('solution.administer') then return; end if;
  -- Records that stand for themselves: a comment or a task is part of its ticket or request, a default group a setting.
  for t in select o.name from tenancy.owned_tables o where o.class = 'required' and (o.name like 'desk.%' or o.name like 'catalog.%' or o.name = 'identity.contacts')
      and o.name <> 'desk.default_groups'
      and not exists (select from tenancy.reference_fields r where r.table_name = o.name and r.kind = 'own' and (r.target_name like 'desk.%' or r.target_name like 'catalog.%')
        and (select a.attnotnull from pg_catalog.pg_attribute a where a.attrelid = o.name::regclass and a.attname = r.field || '_id')) loop
    counts := counts || format(' union all select x.owner_id, count(*) from %s x where x.owner_id > 2 group by 1', t.name);
  end loop;
  return query execute format($q$
    with records as (select c.owner_id, sum(c.n)::bigint as n from (select 0 as owner_id, 0::bigint as n where false %s) c(owner_id, n) group by 1),
    viewers as (
      select m.id, m.owner_id, m.beyond and r.beyond as beyond, r.read_reach, r.read_tenant_owner_id, r.read_group_id
      from identity.memberships m join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
        join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
        join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id)
        join tenancy.tenants t on t.owner_id = m.owner_id join tenancy.tenants home on home.owner_id = p.owner_id
      where (m.status, r.status, c.status, p.status, t.status, home.status) = ('active', 'active', 'active', 'active', 'active', 'active')
        and (r.scope_ticket <> 'own' or r.scope_request <> 'own' or 'person.read' = any(r.functions))),
    total as (select count(*) as n from viewers),
    -- As scope_of has it: a tenant that is not active is read by the provider alone (R9.3).
    seen as (select x.o as owner_id, count(*) as n from viewers v, lateral unnest(tenancy.reach_of(v.read_reach, v.owner_id, v.read_tenant_owner_id, v.read_group_id)) x(o)
      join tenancy.tenants t on t.owner_id = x.o where v.owner_id = 3 or (t.status = 'active'
        and (v.beyond or exists (select from tenancy.closure c where c.ancestor_id = v.owner_id and c.descendant_id = x.o))) group by 1)
    select t.owner_id, t.name, coalesce(r.n, 0), total.n - coalesce(s.n, 0)
    from tenancy.tenants t cross join total left join records r on r.owner_id = t.owner_id left join seen s on s.owner_id = t.owner_id
    where t.owner_id > 2 order by t.name_key, t.owner_id $q$, counts);
end $$;
grant execute on function tenancy.exposure() to {{everyone}};

-- A preview that an administrator has seen; the submission carries its id, and is refused if the exposure has grown since.
create table tenancy.exposure_previews (
  owner_id int not null,
  id uuid not null,
  made_at timestamptz not null default now(),
  made_by uuid not null,
  figures jsonb not null,
  primary key (owner_id, id)
);
select tenancy.own('tenancy.exposure_previews', 'provider');
select tenancy.open_to_system('tenancy.exposure_previews', 'select, delete');

-- R4.4: which product has fulfilled its part of which tenant. A product that is added later finds here what it still has to do.
create table tenancy.fulfilled_parts (
  owner_id int not null,
  id uuid not null,
  part text not null,
  fulfilled_at timestamptz not null default now(),
  primary key (owner_id, id),
  constraint part_fulfilled_once unique (owner_id, part)
);
select tenancy.own('tenancy.fulfilled_parts', 'required');
select tenancy.open_to_system('tenancy.fulfilled_parts', 'select');
