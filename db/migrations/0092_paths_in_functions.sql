-- What functions with rights of their own read was first seen by test/access-paths.test.ts when PostgreSQL told the plans of nested statements, too. Two of them, and the
-- search of 0095, went through what belongs to everybody. What they answer is the same.

-- The members of a group went through the groups of all tenants, four for each, because the key's owner was not in the question; at each unit of
-- work of whoever reaches a group.
create or replace function tenancy.members_of(group_id uuid) returns setof int language sql stable security definer set search_path = '' as $$
  select m.member_owner_id from tenancy.groups g join tenancy.group_members m on (m.owner_id, m.group_id) = (g.owner_id, g.id)
    where (g.owner_id, g.id) = (3, members_of.group_id) and g.status = 'active'
  union
  select c.descendant_id from tenancy.groups g join tenancy.closure c on c.ancestor_id = g.tenant_owner_id
    where (g.owner_id, g.id) = (3, members_of.group_id) and g.kind in ('subtenants', 'related')
  union
  select c.ancestor_id from tenancy.groups g join tenancy.closure c on c.descendant_id = g.tenant_owner_id
    where (g.owner_id, g.id) = (3, members_of.group_id) and g.kind in ('supertenants', 'foreign_key', 'related')
$$;

-- R5.5, as in 0008. A list of roles asks this of each role that it shows, and made sets of all tenants twice for each. They are made where
-- the reaches themselves do not tell.
create or replace function identity.excess_of(granter uuid, wanted identity.roles, holder int) returns text[] language plpgsql stable security definer set search_path = '' as $$
declare
  own int;
  mine identity.roles;
  excess text[];
  outside boolean;
  all_reads boolean;
  below boolean;
  wanted_writes text := case wanted.write_reach when 'same' then wanted.read_reach else wanted.write_reach end;
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
  -- What is below the holder is below whoever has the holder below them.
  below := mine.read_reach = 'subtenants' and exists (select from tenancy.closure c where (c.ancestor_id, c.descendant_id) = (own, holder));

  if not all_reads then
    if wanted.read_reach = 'all' then
      excess := array_append(excess, 'reach.read');
    elsif not (below and wanted.read_reach in ('own', 'subtenants')) then
      my_reads := identity.granted_reads(mine, own, outside);
      reads := tenancy.reach_of(wanted.read_reach, holder, wanted.read_tenant_owner_id, wanted.read_group_id);
      if not reads <@ my_reads then excess := array_append(excess, 'reach.read'); end if;
    end if;
  end if;

  if wanted_writes = 'none' or all_reads and mine.write_reach in ('same', 'all')
      or below and mine.write_reach in ('same', 'subtenants') and wanted_writes in ('own', 'subtenants') then
    return excess;
  end if;
  if wanted_writes = 'all' then return array_append(excess, 'reach.write'); end if;
  writes := case when wanted.write_reach = 'same' then coalesce(reads, tenancy.reach_of(wanted.read_reach, holder, wanted.read_tenant_owner_id, wanted.read_group_id))
    else tenancy.reach_of(wanted.write_reach, holder, wanted.write_tenant_owner_id, wanted.write_group_id) end;
  if not all_reads then my_reads := coalesce(my_reads, identity.granted_reads(mine, own, outside)); end if;
  my_writes := case
    when mine.write_reach = 'none' then '{}'
    when mine.write_reach in ('same', 'all') then my_reads
    else tenancy.reach_of(mine.write_reach, own, mine.write_tenant_owner_id, mine.write_group_id) end;
  -- Of all tenants, there is nothing that is not read but what has no tenant.
  my_writes := array(select w from unnest(my_writes) w where case when all_reads then w > 2 else w in (select unnest(my_reads)) end and (mine.write_reach <> 'all' or w > 2));
  if not writes <@ my_writes then excess := array_append(excess, 'reach.write'); end if;
  return excess;
end $$;

-- What the holder of such a role reads in such a tenant, as far as they may pass it on.
create function identity.granted_reads(role identity.roles, own int, outside boolean) returns int[] language sql stable set search_path = '' as $$
  select case when outside then array(select unnest(r) intersect select c.descendant_id from tenancy.closure c where c.ancestor_id = own) else r end
    from tenancy.reach_of(role.read_reach, own, role.read_tenant_owner_id, role.read_group_id) r
$$;
