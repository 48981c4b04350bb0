-- tenancy.own and tenancy.refer: what every tenanted table calls under its definition, and the only place that writes policies.

-- R1.6: a record without a tenant is made only while the switch is not on. Whoever makes one holds the switch where it is
-- until the commit; whoever was overtaken by the switch while waiting is refused, and makes it again with a tenant. Asked after the
-- policies, which say no more than that there is nothing.
create function tenancy.check_unassigned() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and old.owner_id = new.owner_id then return null; end if;
  perform pg_advisory_xact_lock_shared(hashtext('tenancy.switch'));
  if (select s.multi_tenancy from tenancy.solution s) = 'on' then perform tenancy.refuse('overtaken_by_the_switch'); end if;
  return null;
end $$;

-- A list of owners in a setting; '' after a session has used it once (never null then), so nullif.
create function tenancy.own(name text, class text, append_only boolean default false) returns void language plpgsql set search_path = '' as $$
declare
  relation text := split_part(name, '.', 2);
  reads_one text := 'owner_id = nullif(current_setting(''app.read_owner'', true), '''')::int';
  -- The sub-select is hashed once; `= any` would be gone through at every row.
  reads_set text := 'owner_id in (select unnest(nullif(current_setting(''app.reads'', true), '''')::int[]))';
  reads_optional text := 'owner_id in (select unnest(nullif(current_setting(''app.reads_optional'', true), '''')::int[]))';
  writes_one text := 'owner_id = nullif(current_setting(''app.write_owner'', true), '''')::int';
  writes_set text := 'owner_id in (select unnest(nullif(current_setting(''app.writes'', true), '''')::int[]))';
  mine text := 'owner_id = nullif(current_setting(''app.owner'', true), '''')::int and person_id = nullif(current_setting(''app.person'', true), '''')::uuid';
  verb text;
begin
  insert into tenancy.owned_tables (name, class) values (own.name, own.class);
  execute format('alter table %s enable row level security, force row level security', name);
  if name <> 'tenancy.tenants' then
    execute format('alter table %s add constraint %I foreign key (owner_id) references tenancy.tenants', name, relation || '_owner_unknown');
  end if;
  -- "Forced" protects from an owner without a policy, and a key added by such an owner would be checked against no rows.
  execute format('create policy owner_all on %s to {{owner}} using (true) with check (true)', name);
  execute format('grant select on %s to {{everyone}}', name);

  if class = 'personal' then
    execute format('grant insert, update, delete on %s to {{everyone}}', name);
    execute format('create policy personal on %s to {{everyone}} using (%s)', name, mine);
    return;
  end if;

  if class = 'optional' then
    execute format('create policy reads_one on %s for select to {{reads_one}} using (%s)', name, reads_optional);
    execute format('create policy reads_set on %s for select to {{reads_set}} using (%s)', name, reads_optional);
  else
    execute format('create policy reads_one on %s for select to {{reads_one}} using (%s)', name, reads_one);
    execute format('create policy reads_set on %s for select to {{reads_set}} using (%s)', name, reads_set);
  end if;
  execute format('create policy reads_all on %s for select to {{reads_all}} using (true)', name);

  -- What is only appended may have no tenant in any state of the switch: an attempt to sign in as nobody known.
  if append_only then return; end if;

  if name not in ('tenancy.tenants', 'tenancy.series') then
    execute format('create trigger unassigned after insert or update of owner_id on %s for each row when (new.owner_id = 1) execute function tenancy.check_unassigned()', name);
  end if;

  execute format('grant insert, update, delete on %s to {{writes_one}}, {{writes_set}}, {{writes_all}}', name);
  foreach verb in array array['insert', 'update', 'delete'] loop
    execute format('create policy %I on %s for %s to {{writes_one}} %s (%s)', 'writes_one_' || verb, name, verb,
      case verb when 'insert' then 'with check' else 'using' end, writes_one);
    execute format('create policy %I on %s for %s to {{writes_set}} %s (%s)', 'writes_set_' || verb, name, verb,
      case verb when 'insert' then 'with check' else 'using' end, writes_set);
    execute format('create policy %I on %s for %s to {{writes_all}} %s (true)', 'writes_all_' || verb, name, verb,
      case verb when 'insert' then 'with check' else 'using' end);
    -- R9.3: the records of a tenant that is not active are read-only for those who write all, too.
    execute format('create policy %I on %s as restrictive for %s to {{writes_all}} %s (owner_id not in (select unnest(nullif(current_setting(''app.closed'', true), '''')::int[])))',
      'open_' || verb, name, verb, case verb when 'insert' then 'with check' else 'using' end);
    if class = 'optional' then
      -- R5.3: public records are written only by those whom scope_of says so of.
      execute format('create policy %I on %s for %s to {{writes_one}}, {{writes_set}} %s (owner_id = 2)', 'writes_public_' || verb, name, verb,
        case verb when 'insert' then 'with check' else 'using' end);
      execute format('create policy %I on %s as restrictive for %s to {{writes_one}}, {{writes_set}}, {{writes_all}} %s (owner_id <> 2 or current_setting(''app.update_public'', true) = ''on'')',
        'public_' || verb, name, verb, case verb when 'insert' then 'with check' else 'using' end);
    else
      -- R6.2: only optional records can be public.
      execute format('create policy %I on %s as restrictive for %s to {{writes_one}}, {{writes_set}}, {{writes_all}} %s (owner_id <> 2)',
        'never_public_' || verb, name, verb, case verb when 'insert' then 'with check' else 'using' end);
    end if;
  end loop;
end $$;

-- Visibility inside a tenant (R5.9): a restrictive condition for roles with a narrow scope. Roles that see all records in
-- reach never meet it, so their plans stay plain. `visible` may use the columns and tenancy.scope('ticket').
create function tenancy.narrow(name text, visible text) returns void language plpgsql set search_path = '' as $$
begin
  execute format('create policy narrow on %s as restrictive to {{narrow}} using (%s) with check (%s)', name, visible, visible);
end $$;

-- Declares that a table's rows refer to another owned table's, and lets the database hold R6.3 and R6.4:
--   line      the target is public, own, or of a tenant above
--   provider  the same, or the provider's (fields marked provider-eligible)
--   own       the target is of the same tenant: part of a whole, such as a comment of its ticket
-- Adds `<field>_owner_id` and `<field>_id` (or `<field>_id` alone for own), both or neither unless required.
create function tenancy.refer(name text, field text, target text, kind text default 'line', required boolean default false, on_delete text default 'no action')
returns void language plpgsql set search_path = '' as $$
declare
  relation text := split_part(name, '.', 2);
  nullable text := case when required then ' not null' else '' end;
  climb text;
begin
  insert into tenancy.reference_fields values (refer.name, refer.field, refer.target, refer.kind);
  if kind = 'own' then
    execute format('alter table %s add column %I uuid%s', name, field || '_id', nullable);
    execute format('alter table %s add constraint %I foreign key (owner_id, %I) references %s (owner_id, id) on update cascade on delete %s',
      name, relation || '_' || field || '_unknown', field || '_id', target, on_delete);
    execute format('create index on %s (owner_id, %I)', name, field || '_id');
    return;
  end if;
  climb := format('nullif(nullif(%I, owner_id), 2)', field || '_owner_id');
  if kind = 'provider' then climb := format('nullif(%s, 3)', climb); end if;
  execute format('alter table %s add column %I int%s, add column %I uuid%s', name, field || '_owner_id', nullable, field || '_id', nullable);
  execute format('alter table %s add column %I int generated always as (%s) stored', name, field || '_climb', climb);
  execute format('alter table %s add constraint %I check ((%I is null) = (%I is null))', name, relation || '_' || field || '_whole', field || '_owner_id', field || '_id');
  execute format('alter table %s add constraint %I foreign key (%I, %I) references %s (owner_id, id) on update cascade on delete %s',
    name, relation || '_' || field || '_unknown', field || '_owner_id', field || '_id', target,
    case on_delete when 'set null' then format('set null (%I, %I)', field || '_owner_id', field || '_id') else on_delete end);
  execute format('alter table %s add constraint %I foreign key (owner_id, %I) references tenancy.reference_pairs (owner_id, target_owner_id)',
    name, relation || '_' || field || '_outside_the_line', field || '_climb');
  execute format('create index on %s (%I, %I)', name, field || '_owner_id', field || '_id');
  execute format('create index on %s (owner_id, %I) where %I is not null', name, field || '_climb', field || '_climb');
  execute format('create trigger %I before insert or update of owner_id, %I on %s for each row when (new.%I is not null and new.%I <> new.owner_id and new.%I <> 2%s) execute function tenancy.note_pair(%L)',
    'pair_' || field, field || '_owner_id', name, field || '_owner_id', field || '_owner_id', field || '_owner_id',
    case kind when 'provider' then format(' and new.%I <> 3', field || '_owner_id') else '' end, field || '_owner_id');
end $$;

-- Sign-in, the queue and start-up work as one role that has grants on single tables only; this is where they are given.
create function tenancy.open_to_system(name text, verbs text) returns void language plpgsql set search_path = '' as $$
begin
  execute format('grant %s on %s to {{system}}', verbs, name);
  execute format('create policy system on %s to {{system}} using (true) with check (true)', name);
end $$;

-- The acting person's scope over a kind of record: own, groups or all.
create function tenancy.scope(kind text) returns text language sql stable set search_path = '' as $$
  select current_setting('app.scope_' || kind, true)
$$;
grant execute on function tenancy.scope(text) to {{everyone}};

select tenancy.own('tenancy.tenants', 'required');
-- R1.3: while multi-tenancy is off for a principal, tenants do not exist for it.
create policy named_only_when_seen on tenancy.tenants as restrictive for select to {{everyone}} using ((select current_setting('app.tenancy', true)) in ('setup', 'on'));
create policy never_reserved on tenancy.tenants as restrictive to {{everyone}} using (owner_id > 2);
select tenancy.open_to_system('tenancy.tenants', 'select');
grant usage on sequence tenancy.owner_ids to {{everyone}};

select tenancy.own('tenancy.series', 'required');

-- R3.5, R3.6: groups of tenants. Defined ones are the provider's; each tenant also has four that follow the hierarchy
-- (their members are read from the closure, never stored).
create table tenancy.groups (
  owner_id int not null constraint groups_are_the_providers check (owner_id = 3),
  id uuid not null,
  version int not null default 1,
  kind text not null default 'defined' constraint group_kind_unknown check (kind in ('defined', 'supertenants', 'subtenants', 'related', 'foreign_key')),
  tenant_owner_id int constraint group_tenant_unknown references tenancy.tenants,
  name text not null constraint group_name_length check (length(name) between 1 and 255),
  name_key text collate "C" not null,
  description text not null default '' constraint group_description_length check (length(description) <= 1024),
  status text not null default 'active' constraint group_status_unknown check (status in ('active', 'inactive')),
  primary key (owner_id, id),
  constraint group_tenant_whole check ((kind = 'defined') = (tenant_owner_id is null)),
  constraint system_group_taken unique (owner_id, tenant_owner_id, kind)
);
create unique index group_name_taken on tenancy.groups (owner_id, name_key) where kind = 'defined';
select tenancy.own('tenancy.groups', 'provider');

create table tenancy.group_members (
  owner_id int not null,
  id uuid not null,
  member_owner_id int not null constraint group_member_unknown references tenancy.tenants,
  primary key (owner_id, id)
);
select tenancy.own('tenancy.group_members', 'provider');
select tenancy.refer('tenancy.group_members', 'group', 'tenancy.groups', 'own', required => true, on_delete => 'cascade');
create unique index group_member_twice on tenancy.group_members (owner_id, group_id, member_owner_id);
create index group_members_by_member on tenancy.group_members (member_owner_id);

create function tenancy.make_system_groups() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into tenancy.groups (owner_id, id, kind, tenant_owner_id, name, name_key)
    select 3, platform.new_id(), k, new.owner_id, new.name, new.name_key from unnest(array['supertenants', 'subtenants', 'related', 'foreign_key']) k;
  return null;
end $$;
create trigger tenants_3_groups after insert on tenancy.tenants for each row when (new.owner_id > 2) execute function tenancy.make_system_groups();

-- The members of a group of either kind.
create function tenancy.members_of(group_id uuid) returns setof int language sql stable security definer set search_path = '' as $$
  select m.member_owner_id from tenancy.group_members m join tenancy.groups g on (g.owner_id, g.id) = (m.owner_id, m.group_id)
    where m.group_id = members_of.group_id and g.status = 'active'
  union
  select case when g.kind in ('subtenants') then c.descendant_id else c.ancestor_id end
    from tenancy.groups g join tenancy.closure c on
      (g.kind in ('supertenants', 'foreign_key') and c.descendant_id = g.tenant_owner_id) or (g.kind = 'subtenants' and c.ancestor_id = g.tenant_owner_id)
    where g.id = members_of.group_id
  union
  select x.id from tenancy.groups g, lateral (
      select c.ancestor_id as id from tenancy.closure c where c.descendant_id = g.tenant_owner_id
      union select c.descendant_id from tenancy.closure c where c.ancestor_id = g.tenant_owner_id) x
    where g.id = members_of.group_id and g.kind = 'related'
$$;
