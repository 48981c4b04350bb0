-- R5.5: nobody grants, creates or edits a role with a function, scope or reach that they lack. Held by triggers, so that
-- every path is one path: screens, API, offerings, imports, and those that are yet to come (T-26).

-- What a role would allow its holder in tenant `holder` beyond what the granting membership allows at this moment; empty
-- when nothing. The reaches are compared as the roles say them, not as the switch opens them: what is granted in `off`
-- counts on the day it is turned on. Reads hierarchy and groups that the caller may not see, hence security definer.
create function identity.excess_of(granter uuid, wanted identity.roles, holder int) returns text[] language plpgsql stable security definer set search_path = '' as $$
declare
  own int;
  mine identity.roles;
  excess text[];
  outside boolean;
  all_reads boolean;
  my_reads int[];
  my_writes int[];
  reads int[];
  writes int[];
begin
  select b.owner_id into own from identity.memberships b where b.id = granter and b.status = 'active';
  if own is null then return array['membership']; end if;
  select r.* into mine from identity.memberships b join identity.roles r on (r.owner_id, r.id) = (b.role_owner_id, b.role_id) where b.id = granter;
  excess := array(select 'function.' || f from unnest(wanted.functions) f where f <> all(mine.functions));
  if array_position(array['own', 'groups', 'all'], wanted.scope_ticket) > array_position(array['own', 'groups', 'all'], mine.scope_ticket) then
    excess := array_append(excess, 'scope.ticket');
  end if;
  if array_position(array['own', 'groups', 'all'], wanted.scope_request) > array_position(array['own', 'groups', 'all'], mine.scope_request) then
    excess := array_append(excess, 'scope.request');
  end if;

  outside := own <> 3 and exists (select from tenancy.tenants t where t.owner_id = 3);
  all_reads := mine.read_reach = 'all' and not outside;
  my_reads := tenancy.reach_of(mine.read_reach, own, mine.read_tenant_owner_id, mine.read_group_id);
  my_writes := case mine.write_reach when 'same' then my_reads when 'none' then '{}'
    else tenancy.reach_of(mine.write_reach, own, mine.write_tenant_owner_id, mine.write_group_id) end;
  if outside then
    my_reads := array(select unnest(my_reads) intersect select c.descendant_id from tenancy.closure c where c.ancestor_id = own);
  end if;
  my_writes := array(select unnest(my_writes) intersect select unnest(my_reads));
  reads := tenancy.reach_of(wanted.read_reach, holder, wanted.read_tenant_owner_id, wanted.read_group_id);
  writes := case wanted.write_reach when 'same' then reads when 'none' then '{}'
    else tenancy.reach_of(wanted.write_reach, holder, wanted.write_tenant_owner_id, wanted.write_group_id) end;
  if not all_reads and (wanted.read_reach = 'all' or not reads <@ my_reads) then excess := array_append(excess, 'reach.read'); end if;
  if not (all_reads and mine.write_reach in ('same', 'all')) and wanted.write_reach <> 'none' and
      ('all' in (wanted.write_reach, case wanted.write_reach when 'same' then wanted.read_reach end) or not writes <@ my_writes) then
    excess := array_append(excess, 'reach.write');
  end if;
  return excess;
end $$;
grant execute on function identity.excess_of(uuid, identity.roles, int) to {{system}};

-- The same for whoever acts; nobody acts in sign-in, at start-up and in migrations, and then nothing is refused.
create function identity.excess(wanted identity.roles, holder int) returns text[] language sql stable security definer set search_path = '' as $$
  select case when nullif(current_setting('app.membership', true), '') is null then '{}'
    else identity.excess_of(current_setting('app.membership', true)::uuid, wanted, holder) end
$$;
grant execute on function identity.excess(identity.roles, int) to {{everyone}};

create function identity.refuse_excess(wanted identity.roles, holder int) returns void language plpgsql stable security definer set search_path = '' as $$
begin
  if identity.excess(wanted, holder) <> '{}' then perform tenancy.refuse('role_wider_than_own'); end if;
end $$;

-- A membership that begins, or begins again, is a grant. So is an invitation, which names no membership yet.
create function identity.check_grant() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  granted identity.roles;
begin
  select * into granted from identity.roles r where (r.owner_id, r.id) = (new.role_owner_id, new.role_id);
  -- R5.11: delivered for the provider; outside it, *all tenants* would be the neighbours.
  if granted.stock in ('system-administrator', 'provider-analyst', 'provider-auditor') and new.owner_id not in (1, 3) then
    perform tenancy.refuse('role_is_the_providers');
  end if;
  if tg_op = 'UPDATE' then
    -- Moving a contact between owners is tenancy's operation, and no grant.
    if (new.role_owner_id, new.role_id) is not distinct from (old.role_owner_id, old.role_id) then return new; end if;
  end if;
  if granted.status <> 'active' then perform tenancy.refuse('role_inactive'); end if;
  perform identity.refuse_excess(granted, new.owner_id);
  return new;
end $$;
create trigger memberships_1_grant before insert or update of owner_id, role_owner_id, role_id on identity.memberships
  for each row execute function identity.check_grant();
-- An ended membership stays ended: beginning anew is another grant, and another row.
create function identity.keep_ended() returns trigger language plpgsql set search_path = '' as $$
begin
  perform tenancy.refuse('membership_ended');
  return null;
end $$;
create trigger memberships_2_ended before update of status on identity.memberships for each row
  when (old.status = 'ended' and new.status <> 'ended') execute function identity.keep_ended();

-- R5.2: write is never wider than read. What cannot be shown to lie inside is refused; named tenants inside a named group
-- are looked up below, and scope_of cuts off whatever the groups become later.
alter table identity.roles add constraint write_wider_than_read check (
  write_reach in ('same', 'none') or read_reach = 'all'
  or (write_reach = read_reach and write_tenant_owner_id is not distinct from read_tenant_owner_id and write_group_id is not distinct from read_group_id)
  or (write_reach = 'own' and read_reach in ('subtenants', 'supertenants', 'related'))
  or (write_reach in ('subtenants', 'supertenants') and read_reach = 'related')
  or (write_reach = 'tenant' and read_reach = 'group'));

-- Whether whoever acts is of the provider, or of nobody yet.
create function identity.acts_for_provider() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from identity.memberships m where m.id = nullif(current_setting('app.membership', true), '')::uuid and m.owner_id in (1, 3))
$$;

create function identity.mark_beyond() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if nullif(current_setting('app.membership', true), '') is not null then new.beyond := identity.acts_for_provider(); end if;
  return new;
end $$;
create trigger memberships_0_beyond before insert or update of role_owner_id, role_id on identity.memberships for each row execute function identity.mark_beyond();

create function identity.check_role() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.read_reach = 'group' and new.write_reach = 'tenant' and new.write_tenant_owner_id not in (select tenancy.members_of(new.read_group_id)) then
    perform tenancy.refuse('write_wider_than_read');
  end if;
  if nullif(current_setting('app.membership', true), '') is null then return new; end if;
  new.beyond := identity.acts_for_provider();
  if new.stock is not null or (tg_op = 'UPDATE' and old.stock is not null) then perform tenancy.refuse('stock_role_fixed'); end if;
  if tg_op = 'UPDATE' then perform identity.refuse_excess(old, old.owner_id); end if;
  perform identity.refuse_excess(new, new.owner_id);
  return new;
end $$;
create trigger roles_1_check before insert or update on identity.roles for each row execute function identity.check_role();
-- Roles are deactivated, never deleted: memberships and audit entries name them.
revoke delete on identity.roles, identity.people, identity.contacts, identity.memberships from {{writes_one}}, {{writes_set}}, {{writes_all}};

-- There is always somebody who can administer the solution; the lock keeps the last two from leaving at once.
create function identity.keep_administrator() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('identity.administrator'));
  if exists (select from identity.roles r join identity.memberships m on (m.role_owner_id, m.role_id) = (r.owner_id, r.id) where r.stock = 'system-administrator')
    and not exists (
      select from identity.roles r
        join identity.memberships m on (m.role_owner_id, m.role_id) = (r.owner_id, r.id)
        join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
        join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id)
        where r.stock = 'system-administrator' and (m.status, c.status, p.status) = ('active', 'active', 'active')) then
    perform tenancy.refuse('last_administrator');
  end if;
  return null;
end $$;
create trigger memberships_3_administrator after update on identity.memberships for each row
  when (old.status = 'active' and new.status <> 'active') execute function identity.keep_administrator();
create trigger contacts_3_administrator after update on identity.contacts for each row
  when (old.status = 'active' and new.status <> 'active') execute function identity.keep_administrator();
create trigger people_3_administrator after update on identity.people for each row
  when (old.status = 'active' and new.status <> 'active') execute function identity.keep_administrator();

-- R5.10: other tenants see display name and work address, as the home tenant keeps them. Its people cannot write the other
-- tenants' contacts, hence security definer.
create function identity.follow_home_contact() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update identity.contacts c set display_name = new.display_name, name_key = new.name_key, work_address = new.work_address, version = c.version + 1
    where (c.person_owner_id, c.person_id) = (new.person_owner_id, new.person_id) and c.owner_id <> new.owner_id;
  return null;
end $$;
create trigger contacts_4_follow after update of display_name, work_address on identity.contacts for each row
  when (new.owner_id = new.person_owner_id and (old.display_name, old.work_address) is distinct from (new.display_name, new.work_address))
  execute function identity.follow_home_contact();
-- Lists of people over all tenants are read in the order of names.
create index contacts_all_by_name on identity.contacts (name_key, id);

-- Whoever manages people ends their sessions and tokens and makes their one-time links, in the transaction of the change.
-- Without the hashes: no secret is readable, whatever a role allows (T-31).
grant select (owner_id, id, person_id), delete on identity.sessions to {{writes_one}}, {{writes_set}}, {{writes_all}};
grant select (owner_id, id, membership_id), delete on identity.tokens to {{writes_one}}, {{writes_set}}, {{writes_all}};
grant select (owner_id, id, person_id, purpose, expires_at, used_at), insert, delete on identity.links to {{writes_one}}, {{writes_set}}, {{writes_all}};

-- Old counts of failed sign-ins are swept by their age.
create index sign_in_attempts_by_age on identity.sign_in_attempts (window_started_at);
