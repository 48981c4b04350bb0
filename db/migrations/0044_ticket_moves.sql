-- R7.3: what moving a ticket to another tenant would change for people, told before it is done.

-- Whether a role that is held in one tenant reads another's records. Follows tenancy.scope_of for one tenant, so that nobody's
-- whole reach need be made for it.
create function tenancy.reads_tenant(r identity.roles, held_in int, held_beyond boolean, tenant int) returns boolean language sql stable security definer set search_path = '' as $$
  select case r.read_reach
      when 'all' then true
      when 'own' then held_in = tenant
      when 'tenant' then r.read_tenant_owner_id = tenant
      when 'group' then tenant in (select tenancy.members_of(r.read_group_id))
      when 'subtenants' then below.it
      when 'supertenants' then above.it
      when 'related' then below.it or above.it
    end
    and (held_in = 3 or (below.it or (held_beyond and r.beyond)) and (select t.status from tenancy.tenants t where t.owner_id = tenant) = 'active')
  from (select exists (select from tenancy.closure c where c.ancestor_id = held_in and c.descendant_id = tenant)) below(it),
    (select exists (select from tenancy.closure c where c.ancestor_id = tenant and c.descendant_id = held_in)) above(it)
$$;

-- How many people who see all tickets of their reach would see one that moves no longer, or newly. Those who see only tickets that
-- name them are not among them: the references say what becomes of those. Answers for tenants that whoever asks may read.
create function desk.move_sight(from_tenant int, to_tenant int) returns table (gained bigint, lost bigint) language plpgsql stable security definer set search_path = '' as $$
begin
  if current_setting('app.reach', true) <> 'all' and not array[from_tenant, to_tenant] <@ nullif(current_setting('app.reads', true), '')::int[] then return; end if;
  return query
    with readers as (
      select c.person_id, bool_or(tenancy.reads_tenant(r, m.owner_id, m.beyond, from_tenant)) as before, bool_or(tenancy.reads_tenant(r, m.owner_id, m.beyond, to_tenant)) as after
      from identity.roles r join identity.memberships m on (m.role_owner_id, m.role_id) = (r.owner_id, r.id)
        join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
        join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id)
        join tenancy.tenants t on t.owner_id = m.owner_id join tenancy.tenants home on home.owner_id = p.owner_id
      where r.scope_ticket = 'all' and 'ticket.read' = any(r.functions)
        and (m.status, r.status, c.status, p.status, t.status, home.status) = ('active', 'active', 'active', 'active', 'active', 'active')
      group by 1)
    select count(*) filter (where r.after and not r.before), count(*) filter (where r.before and not r.after) from readers r;
end $$;
grant execute on function desk.move_sight(int, int) to {{everyone}};
