-- Four ways in which somebody of the provider whose role reads few tenants came further than those (found by an attack with an account).

-- R5.5: a group that is not active has no members, so a role that reaches it was within everybody's, and could be granted, or its holder's sign-in renewed, until the group was
-- active again. What is granted is judged as it will be then.
create function tenancy.reach_when_active(reach text, own int, tenant int, group_id uuid) returns int[] language plpgsql stable set search_path = '' as $$
begin
  if reach <> 'group' then return tenancy.reach_of(reach, own, tenant, group_id); end if;
  return array(select tenancy.members_of(group_id)
    union select m.member_owner_id from tenancy.group_members m where m.owner_id = 3 and m.group_id = reach_when_active.group_id);
end $$;
do $$
declare
  body text := pg_get_functiondef('identity.excess_of'::regproc);
begin
  if position('tenancy.reach_of(wanted.' in body) = 0 then raise exception 'identity.excess_of is not what it was'; end if;
  execute replace(body, 'tenancy.reach_of(wanted.', 'tenancy.reach_when_active(wanted.');
end $$;

-- And whoever does not read all members of a group neither gives others sight of them nor takes it away.
create function tenancy.check_group_status() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if nullif(current_setting('app.membership', true), '') is not null and current_setting('app.reach', true) is distinct from 'all' and exists (
      select from tenancy.group_members m where (m.owner_id, m.group_id) = (new.owner_id, new.id)
        and m.member_owner_id <> all (coalesce(nullif(current_setting('app.reads', true), '')::int[], '{}'))) then
    perform tenancy.refuse('group_beyond_reach');
  end if;
  return null;
end $$;
create trigger status_in_reach after update of status on tenancy.groups for each row when (new.status <> old.status) execute function tenancy.check_group_status();

-- R5.4: a group that follows the hierarchy is called like its tenant, and the members of a group are tenants. Those that are out of reach are neither named nor
-- removed: who sets the members of a group sets those that they read.
create policy tenant_in_reach_one on tenancy.groups as restrictive to {{reads_one}}
  using (tenant_owner_id is null or tenant_owner_id = (select nullif(current_setting('app.read_owner', true), '')::int));
create policy tenant_in_reach_one on tenancy.group_members as restrictive to {{reads_one}}
  using (member_owner_id = (select nullif(current_setting('app.read_owner', true), '')::int));
do $$
begin
  execute format('create policy tenant_in_reach_set on tenancy.groups as restrictive to {{reads_set}} using (tenant_owner_id is null or %s)',
    replace(tenancy.within('reads'), 'owner_id', 'tenant_owner_id'));
  execute format('create policy tenant_in_reach_set on tenancy.group_members as restrictive to {{reads_set}} using (%s)',
    replace(tenancy.within('reads'), 'owner_id', 'member_owner_id'));
end $$;

-- R1.7, R5.5: to turn the walls off is to let oneself see everything, so it is for those who do; and so is the preview, which names all tenants.
create or replace function tenancy.acts_with(function_name text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from identity.memberships m join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
    where m.id = nullif(current_setting('app.membership', true), '')::uuid and m.status = 'active' and function_name = any(r.functions)
      and m.owner_id in (1, 3)
      and (function_name <> 'solution.administer' or r.read_reach = 'all' or (select s.multi_tenancy from tenancy.solution s) <> 'on'))
$$;
