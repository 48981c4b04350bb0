-- The solution, its tenants and their hierarchy.

-- One row: the state of the switch (R1.1) and the options of the whole solution (R2.8).
create table tenancy.solution (
  one boolean primary key default true constraint solution_is_one_row check (one),
  multi_tenancy text not null default 'off' constraint multi_tenancy_state_unknown check (multi_tenancy in ('off', 'setup', 'on')),
  product_name text not null default 'Tenantry' constraint product_name_length check (length(product_name) between 1 and 80),
  greatest_tenants int constraint greatest_tenants_positive check (greatest_tenants > 0),
  greatest_depth int not null default 10 constraint greatest_depth_range check (greatest_depth between 1 and 40),
  version int not null default 1,
  changed_at timestamptz not null default now()
);
insert into tenancy.solution default values;
grant select on tenancy.solution to {{everyone}}, {{system}}, {{app}};

-- R1.4: while it is being set up, what people do is tried under the rules of `on` first, in a unit of work that is never committed
-- (platform/rehearsal.ts). The setting only narrows: outside setup it means nothing.
create function tenancy.rehearsed(state text) returns text language sql stable set search_path = '' as $$
  select case when state = 'setup' and current_setting('app.rehearsal', true) = 'on' then 'on' else state end
$$;

-- A tenant is an independent client with its own people and data, and owns its own record (R6.1). `owner_id` is the small
-- number that every other table carries; `id` is the identity that leaves the database. Three owners are reserved:
-- 1 unassigned (R1.8), 2 public (R6.2), 3 the provider, always the first tenant (R2.3).
create sequence tenancy.owner_ids as int start with 16 minvalue 16;
create table tenancy.tenants (
  owner_id int primary key default nextval('tenancy.owner_ids'),
  id uuid not null constraint tenants_id_taken unique,
  version int not null default 1,
  name text not null constraint tenant_name_length check (length(name) between 1 and 255),
  -- The name without regard to case and Unicode form, folded by the program: PostgreSQL 15 has no casefold, and lower() depends on the locale.
  name_key text collate "C" not null,
  key text collate "C" not null constraint tenant_key_form check (key ~ '^[A-Z0-9]{2,8}$') constraint tenant_key_taken unique,
  slug text collate "C" not null constraint tenant_slug_form check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' and slug <> 'none') constraint tenant_slug_taken unique,
  tenant_number text not null default '' constraint tenant_number_length check (length(tenant_number) <= 30),
  status text not null default 'provisioning' constraint tenant_status_unknown check (status in ('provisioning', 'active', 'inactive', 'erased')),
  parent_owner_id int constraint tenant_parent_unknown references tenancy.tenants,
  subtenants_allowed boolean not null default false,
  depth int not null default 0,
  location text not null default '' constraint tenant_location_length check (length(location) <= 255),
  primary_contact text not null default '' constraint tenant_primary_contact_length check (length(primary_contact) <= 255),
  phone text not null default '' constraint tenant_phone_length check (length(phone) <= 50),
  fax text not null default '' constraint tenant_fax_length check (length(fax) <= 50),
  alternate_phone text not null default '' constraint tenant_alternate_phone_length check (length(alternate_phone) <= 50),
  description text not null default '' constraint tenant_description_length check (length(description) <= 1024),
  directory_group text not null default '' constraint tenant_directory_group_length check (length(directory_group) <= 255),
  time_zone text not null default 'UTC',
  currency text not null default 'EUR' constraint tenant_currency_form check (currency ~ '^[A-Z]{3}$'),
  date_format text not null default 'locale' constraint tenant_date_format_unknown check (date_format in ('locale', 'iso', 'dmy', 'mdy')),
  time_format text not null default 'locale' constraint tenant_time_format_unknown check (time_format in ('locale', '12', '24')),
  decimal_symbol text not null default 'locale' constraint tenant_decimal_symbol_unknown check (decimal_symbol in ('locale', '.', ',')),
  tax_region text not null default '' constraint tenant_tax_region_length check (length(tax_region) <= 100),
  tax_identifiers text not null default '' constraint tenant_tax_identifiers_length check (length(tax_identifiers) <= 255),
  email text not null default '' constraint tenant_email_length check (length(email) <= 255),
  web_site text not null default '' constraint tenant_web_site_length check (length(web_site) <= 255),
  -- R5.4: how its people read those of the provider: by their names, or by their assignment group's.
  provider_people text not null default 'names' constraint tenant_provider_people_unknown check (provider_people in ('names', 'groups')),
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  constraint tenant_name_taken unique nulls not distinct (parent_owner_id, name_key),
  constraint provider_has_no_parent check (owner_id > 3 or parent_owner_id is null),
  constraint provider_stays_active check (owner_id > 3 or status = 'active')
);
create index tenants_by_parent on tenancy.tenants (parent_owner_id, name_key);
create index tenants_by_name on tenancy.tenants (name_key, owner_id);
create index tenants_name_search on tenancy.tenants using gin (name_key gin_trgm_ops);
-- Few at any time: read by scope_of at every request, to keep their records from being changed (R9.3).
create index tenants_closed on tenancy.tenants (owner_id) where status <> 'active';

-- The hierarchy, one row for each tenant and each tenant of its line, itself included (distance 0). Kept by the triggers
-- below alone. The key of reference_pairs to this table is what makes a reference outside the line impossible (R6.4).
create table tenancy.closure (
  descendant_id int not null constraint closure_descendant_unknown references tenancy.tenants on delete cascade,
  ancestor_id int not null constraint closure_ancestor_unknown references tenancy.tenants on delete cascade,
  distance int not null,
  primary key (descendant_id, ancestor_id)
);
create index closure_by_ancestor on tenancy.closure (ancestor_id, descendant_id);

insert into tenancy.tenants (owner_id, id, name, name_key, key, slug, status) values
  (1, platform.new_id(), 'unassigned', 'reserved 1', 'DESK', 'unassigned', 'active'),
  (2, platform.new_id(), 'public', 'reserved 2', 'PUBLIC', 'public', 'active');
insert into tenancy.closure values (1, 1, 0), (2, 2, 0);

-- Every change of the hierarchy and of the switch takes this lock first: two concurrent moves (A under B, B under A) each
-- see a tree without a cycle, and only the lock keeps them from making one.
create function tenancy.lock_hierarchy() returns void language sql volatile set search_path = '' as $$
  select pg_advisory_xact_lock(hashtext('tenancy.hierarchy'))
$$;

create function tenancy.refuse(constraint_name text) returns void language plpgsql set search_path = '' as $$
begin
  raise exception using errcode = '23514', constraint = constraint_name, message = constraint_name;
end $$;

-- Numbers of records come from a series per tenant and kind (`KEY-42`, `KEY-R7`); `last` is taken last in the unit of work.
-- The rows are made by each product's part of Add Tenant (R4.4).
create table tenancy.series (
  owner_id int not null,
  id uuid not null,
  name text collate "C" not null,
  last int not null default 0,
  primary key (owner_id, id),
  constraint series_taken unique (owner_id, name)
);

create function tenancy.check_tenant() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  parent tenancy.tenants;
  deepest int;
begin
  -- Nothing structural: no lock, no checks.
  if tg_op = 'UPDATE' and old.status <> 'erased' and (new.owner_id, new.id, new.parent_owner_id, new.status, new.subtenants_allowed, new.key) is not distinct from
      (old.owner_id, old.id, old.parent_owner_id, old.status, old.subtenants_allowed, old.key) then
    new.version := old.version + 1;
    return new;
  end if;
  perform tenancy.lock_hierarchy();
  if tg_op = 'UPDATE' then
    new.version := old.version + 1;
    if new.owner_id <> old.owner_id or new.id <> old.id then perform tenancy.refuse('tenant_identity_fixed'); end if;
    if new.key <> old.key and exists (select from tenancy.series s where s.owner_id = new.owner_id and s.last > 0) then
      perform tenancy.refuse('tenant_key_fixed');
    end if;
    if old.status = 'erased' then perform tenancy.refuse('tenant_erased'); end if;
    if new.status = 'provisioning' and old.status <> 'provisioning' then perform tenancy.refuse('tenant_status_step'); end if;
    -- R9.1: provisioning ends in active alone; otherwise reactivating would open a tenant whose parts are missing (R4.4).
    if old.status = 'provisioning' and new.status = 'inactive' then perform tenancy.refuse('tenant_status_step'); end if;
    if new.status = 'inactive' and old.status <> 'inactive' then
      if exists (select from tenancy.tenants c where c.parent_owner_id = new.owner_id and c.status in ('active', 'provisioning')) then
        perform tenancy.refuse('tenant_has_active_subtenants');
      end if;
      new.closed_at := now();
    end if;
    if new.status = 'active' then new.closed_at := null; end if;
    if old.subtenants_allowed and not new.subtenants_allowed and
        exists (select from tenancy.tenants c where c.parent_owner_id = new.owner_id and c.status in ('active', 'provisioning')) then
      perform tenancy.refuse('subtenants_exist');
    end if;
  else
    if new.owner_id <> 3 and not exists (select from tenancy.tenants p where p.owner_id = 3) then perform tenancy.refuse('provider_first'); end if;
    if (select s.greatest_tenants from tenancy.solution s) <= (select count(*) from tenancy.tenants t where t.owner_id > 2 and t.status <> 'erased') then
      perform tenancy.refuse('greatest_tenants_reached');
    end if;
  end if;
  if new.parent_owner_id is null then
    new.depth := 0;
    return new;
  end if;
  if tg_op = 'UPDATE' and new.parent_owner_id is not distinct from old.parent_owner_id and not (new.status = 'active' and old.status <> 'active') then
    return new;
  end if;
  select * into parent from tenancy.tenants p where p.owner_id = new.parent_owner_id;
  if parent.owner_id is null or parent.owner_id < 3 then perform tenancy.refuse('tenant_parent_unknown'); end if;
  if parent.status <> 'active' then perform tenancy.refuse('tenant_parent_inactive'); end if;
  if not parent.subtenants_allowed then perform tenancy.refuse('tenant_parent_closed'); end if;
  if exists (select from tenancy.closure c where c.descendant_id = parent.owner_id and c.ancestor_id = new.owner_id) then
    perform tenancy.refuse('tenant_parent_below');
  end if;
  new.depth := parent.depth + 1;
  select coalesce(max(c.distance), 0) into deepest from tenancy.closure c where c.ancestor_id = new.owner_id;
  if new.depth + deepest > (select s.greatest_depth from tenancy.solution s) then perform tenancy.refuse('greatest_depth_reached'); end if;
  return new;
end $$;
create trigger tenants_1_check before insert or update on tenancy.tenants for each row execute function tenancy.check_tenant();

-- A tenant is deactivated, never deleted: its number is never used again (R9.1).
create function tenancy.keep_tenant() returns trigger language plpgsql set search_path = '' as $$
begin
  perform tenancy.refuse('tenant_never_deleted');
  return null;
end $$;
create trigger tenants_1_keep before delete on tenancy.tenants for each row execute function tenancy.keep_tenant();

-- R6.4: the pairs of owners between which a reference exists, but for those that are always legal (own, public, and the
-- provider for provider-eligible fields). A pair in the line has the key to the closure; a pair outside it can only exist
-- while the switch is not on, and is then *irregular*: that is the list of crossings (R6.6) and the readiness report (R1.4).
create table tenancy.reference_pairs (
  owner_id int not null constraint pair_owner_unknown references tenancy.tenants,
  target_owner_id int not null constraint pair_target_unknown references tenancy.tenants,
  irregular boolean not null default false,
  line_owner_id int generated always as (case when irregular then null else owner_id end) stored,
  primary key (owner_id, target_owner_id),
  constraint reference_outside_the_line foreign key (line_owner_id, target_owner_id) references tenancy.closure (descendant_id, ancestor_id)
);
create index reference_pairs_in_line on tenancy.reference_pairs (line_owner_id, target_owner_id) where line_owner_id is not null;
create index reference_pairs_by_target on tenancy.reference_pairs (target_owner_id);

-- The catalogue of what tenancy.own and tenancy.refer have made, for the checks over everything and for the functions
-- that go through all tables. `position` is the order of creation, so targets come before what refers to them.
create table tenancy.owned_tables (
  name text primary key,
  class text not null constraint class_unknown check (class in ('required', 'optional', 'provider', 'personal')),
  position int generated always as identity
);
create table tenancy.reference_fields (
  table_name text not null constraint reference_field_table_unknown references tenancy.owned_tables,
  field text not null,
  target_name text not null constraint reference_field_target_unknown references tenancy.owned_tables,
  kind text not null constraint reference_kind_unknown check (kind in ('line', 'provider', 'own')),
  primary key (table_name, field)
);
grant select on tenancy.owned_tables, tenancy.reference_fields to {{everyone}}, {{system}};

-- Makes the pair known when a row refers to another owner for the first time. Fires only for fields where that is so.
create function tenancy.note_pair() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  target int;
  row_owner int;
  state text;
begin
  execute format('select ($1).owner_id, ($1).%I', tg_argv[0]) using new into row_owner, target;
  if exists (select from tenancy.closure c where c.descendant_id = row_owner and c.ancestor_id = target) then
    insert into tenancy.reference_pairs (owner_id, target_owner_id) values (row_owner, target) on conflict do nothing;
    return new;
  end if;
  -- Turning on takes this row for update first: an irregular pair cannot slip in behind it. The lock before it is the one of
  -- tenancy.check_unassigned, in the order of tenancy.lock_switch: the other order would be a deadlock of one record and the switch.
  perform pg_advisory_xact_lock_shared(hashtext('tenancy.switch'));
  select s.multi_tenancy into state from tenancy.solution s for share;
  state := tenancy.rehearsed(state);
  insert into tenancy.reference_pairs (owner_id, target_owner_id, irregular) values (row_owner, target, state <> 'on') on conflict do nothing;
  if state = 'on' and not exists (select from tenancy.reference_pairs p where p.owner_id = row_owner and p.target_owner_id = target and not p.irregular) then
    raise exception using errcode = '23503', constraint = 'reference_outside_the_line', message = 'reference_outside_the_line';
  end if;
  return new;
end $$;

-- Deletes the pairs among those given that no row uses any more: a stale pair would forbid a move.
create function tenancy.delete_unused_pairs(owners int[], targets int[]) returns void language plpgsql set search_path = '' as $$
declare
  f record;
  used text := '';
begin
  for f in select r.table_name, r.field from tenancy.reference_fields r where r.kind <> 'own' loop
    used := used || format(' and not exists (select from %s t where t.owner_id = p.owner_id and t.%I = p.target_owner_id)', f.table_name, f.field || '_climb');
  end loop;
  execute 'delete from tenancy.reference_pairs p using unnest($1, $2) as g(o, t) where p.owner_id = g.o and p.target_owner_id = g.t' || used using owners, targets;
end $$;

-- Writes only the difference of the closure when a tenant arrives or moves with its subtree (R3.3).
create function tenancy.keep_closure() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  lost_owners int[];
  lost_targets int[];
begin
  if tg_op = 'INSERT' then
    insert into tenancy.closure select new.owner_id, new.owner_id, 0
      union all select new.owner_id, c.ancestor_id, c.distance + 1 from tenancy.closure c where c.descendant_id = new.parent_owner_id;
    return null;
  end if;
  if new.parent_owner_id is not distinct from old.parent_owner_id then return null; end if;
  select array_agg(d.descendant_id), array_agg(a.ancestor_id) into lost_owners, lost_targets
    from tenancy.closure d, tenancy.closure a
    where d.ancestor_id = new.owner_id and a.descendant_id = old.parent_owner_id
      and not exists (select from tenancy.closure k where k.descendant_id = new.parent_owner_id and k.ancestor_id = a.ancestor_id);
  if lost_owners is not null then
    perform tenancy.delete_unused_pairs(lost_owners, lost_targets);
    if (select s.multi_tenancy from tenancy.solution s) <> 'on' then
      update tenancy.reference_pairs p set irregular = true from unnest(lost_owners, lost_targets) as l(o, t) where p.owner_id = l.o and p.target_owner_id = l.t;
    end if;
    delete from tenancy.closure c using unnest(lost_owners, lost_targets) as l(o, t) where c.descendant_id = l.o and c.ancestor_id = l.t;
  end if;
  insert into tenancy.closure
    select d.descendant_id, a.ancestor_id, d.distance + a.distance + 1
    from tenancy.closure d, tenancy.closure a
    where d.ancestor_id = new.owner_id and a.descendant_id = new.parent_owner_id
    on conflict (descendant_id, ancestor_id) do update set distance = excluded.distance;
  update tenancy.tenants t set depth = new.depth + c.distance
    from tenancy.closure c where c.ancestor_id = new.owner_id and c.descendant_id = t.owner_id and c.distance > 0 and t.depth <> new.depth + c.distance;
  -- Pairs that the new place makes legal are regular from now on.
  update tenancy.reference_pairs p set irregular = false
    from tenancy.closure c where p.irregular and c.descendant_id = p.owner_id and c.ancestor_id = p.target_owner_id;
  return null;
end $$;
create trigger tenants_2_closure after insert or update of parent_owner_id on tenancy.tenants for each row execute function tenancy.keep_closure();
