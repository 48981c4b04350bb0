-- R3.4, R9.3: the preview of a move says exactly what happens where tenants are not active.

-- Who would gain or lose sight of what by the move: people by their role, the tenants whose records it is about, and how many
-- records those have. `shared` is sight of what the tenants share down the line (R6.3), without their other records. Follows
-- tenancy.scope_of: reach by reach, where the anchor of the reach stands to the subtree and to the tenants that leave or join its line.
-- A reach that only its tenant gave is cut to that tenant and what is below (R5.5): from the own tenant, up is nothing and related
-- is below; one that names another tenant or a group is worked out tenant by tenant, as it is now and as it would be.
-- R9.3: of tenants that are not active only the provider reads, so that nobody else has anything shared along their lines. What is
-- below such a tenant is not active either. A tenant that is no longer read as a whole is not seen as a sharer either: the subtree
-- and the tenants that leave its line are above and below each other through that line alone.
create or replace function tenancy.sight_changes(tenant int, parent int)
returns table (role_id uuid, gained boolean, shared boolean, people bigint, viewer_tenants bigint, tenants bigint, first_owners int[], records bigint)
-- It runs once: to compile so large a statement gains nothing.
language plpgsql stable security definer set search_path = '' set jit = off as $$
declare
  t record;
  whole text := '';
begin
  if not tenancy.acts_with('tenant.administer') or (select s.multi_tenancy from tenancy.solution s) <> 'on' then return; end if;
  -- Records that stand for themselves, as tenancy.exposure counts them, and the optional ones.
  for t in select o.name, o.class from tenancy.owned_tables o where o.class in ('required', 'optional') and o.name <> 'desk.default_groups'
      and (o.class = 'optional' or o.name like 'desk.%' or o.name like 'catalog.%' or o.name = 'identity.contacts')
      and not exists (select from tenancy.reference_fields r where r.table_name = o.name and r.kind = 'own' and (r.target_name like 'desk.%' or r.target_name like 'catalog.%')
        and (select a.attnotnull from pg_catalog.pg_attribute a where a.attrelid = o.name::regclass and a.attname = r.field || '_id')) loop
    whole := whole || format(' union all select x.owner_id, null, %L::boolean, count(*) from %s x where x.owner_id in (select p.owner_id from concerned p) group by 1', t.class = 'optional', t.name);
  end loop;
  return query execute format($q$
    with placed as materialized (
      select c.descendant_id as owner_id, 'subtree' as place from tenancy.closure c where c.ancestor_id = $1
      union all select l.owner_id, case when l.gained then 'gained' else 'lost' end from tenancy.line_change($1, $2) l),
    holders as (
      select m.owner_id, c.person_id, r.id as role_id, r.name as role_name, r.read_group_id,
        r.scope_ticket = 'own' and r.scope_request = 'own' and not 'person.read' = any(r.functions) as narrow,
        m.owner_id <> 3 and not (m.beyond and r.beyond) as bound,
        case r.read_reach when 'tenant' then r.read_tenant_owner_id when 'group' then g.tenant_owner_id else m.owner_id end as anchor,
        case when r.read_reach = 'tenant' then 'own' when r.read_reach <> 'group' then r.read_reach when g.kind = 'foreign_key' then 'supertenants' else g.kind end as kind,
        m.owner_id = 3 as provider
      from identity.memberships m join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
        join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
        join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id)
        join tenancy.tenants own on own.owner_id = m.owner_id join tenancy.tenants home on home.owner_id = p.owner_id
        left join tenancy.groups g on r.read_reach = 'group' and g.id = r.read_group_id
      where (m.status, r.status, c.status, p.status, own.status, home.status) = ('active', 'active', 'active', 'active', 'active', 'active')),
    viewers as materialized (
      select h.owner_id, h.person_id, h.role_id, h.role_name, h.read_group_id, h.narrow, h.anchor, h.provider,
        case when not h.bound then h.kind when h.anchor is distinct from h.owner_id then 'cut'
          else case h.kind when 'supertenants' then 'own' when 'own' then 'own' else 'subtenants' end end as kind,
        h.kind as whole_kind
      from holders h),
    bounds as materialized (
      select row_number() over () as id, k.*, o.place as own_place, a.place as anchor_place
      from (select distinct v.owner_id, v.whole_kind as kind, v.anchor, v.read_group_id from viewers v where v.kind = 'cut') k
        left join placed o on o.owner_id = k.owner_id left join placed a on a.owner_id = k.anchor
      where k.kind = 'defined' or o.place is not null or a.place is not null),
    bound_reads as materialized (
      select b.id, x.owner_id, x.place, x.later
      from bounds b cross join lateral (select y.* from (
          select c.descendant_id as owner_id, p.place, l.later from tenancy.closure c left join placed p on p.owner_id = c.descendant_id cross join (values (false), (true)) l(later)
            where c.ancestor_id = b.owner_id and not (l.later and coalesce(b.own_place = 'lost' and p.place = 'subtree', false))
          union all
          select p.owner_id, p.place, true from placed p where p.place = 'subtree' and b.own_place = 'gained') y
          join tenancy.tenants z on z.owner_id = y.owner_id and z.status = 'active') x
      where case when b.kind = 'own' then x.owner_id = b.anchor when b.kind = 'defined' then x.owner_id in (select tenancy.members_of(b.read_group_id))
        else b.kind in ('subtenants', 'related') and case
            when x.later and x.place = 'subtree' and b.anchor_place in ('lost', 'gained') then b.anchor_place = 'gained'
            else exists (select from tenancy.closure c where (c.ancestor_id, c.descendant_id) = (b.anchor, x.owner_id)) end
          or b.kind in ('supertenants', 'related') and case
            when x.later and b.anchor_place = 'subtree' and x.place in ('lost', 'gained') then x.place = 'gained'
            else exists (select from tenancy.closure c where (c.ancestor_id, c.descendant_id) = (x.owner_id, b.anchor)) end end),
    bound_lines as (
      select r.id, c.ancestor_id as owner_id, r.later from bound_reads r join tenancy.closure c on c.descendant_id = r.owner_id
        left join placed p on p.owner_id = c.ancestor_id
        where not (r.later and coalesce(r.place = 'subtree' and p.place = 'lost', false))
      union
      select r.id, p.owner_id, true from bound_reads r join placed p on p.place = 'gained' where r.later and r.place = 'subtree'),
    bound_changes as materialized (
      select r.id, r.owner_id, bool_and(r.later) as gained, false as shared from bound_reads r group by 1, 2 having count(*) = 1
      union all
      -- What is read before or after, with all its records, is told above.
      select l.id, l.owner_id, bool_and(l.later), true from bound_lines l
        where not exists (select from bound_reads r where (r.id, r.owner_id) = (l.id, l.owner_id)) group by 1, 2 having count(*) = 1),
    concerned as materialized (
      select p.owner_id, p.place from placed p
      union all
      select distinct c.owner_id, 'aside' from bound_changes c where not exists (select from placed p where p.owner_id = c.owner_id)),
    -- One heap, summed: as a join of tenants and counts it has no statistics, and PostgreSQL 15 joins it row by row.
    counted as materialized (
      select a.owner_id, a.place, x.name, x.name_key, x.status = 'active' as open, a.n, a.n_shared
      from (select u.owner_id, max(u.place) as place, sum(u.n) as n, coalesce(sum(u.n) filter (where u.optional), 0) as n_shared
          from (select p.owner_id, p.place, false as optional, 0::bigint as n from concerned p %s) u group by 1) a
        join tenancy.tenants x on x.owner_id = a.owner_id),
    -- A defined group sees what is shared above any of its members: what another member leaves in sight is no change.
    members as materialized (
      select d.read_group_id, d.provider, s.owner_id, exists (select from placed p where p.owner_id = s.owner_id and p.place = 'subtree') as moves
      from (select distinct v.read_group_id, v.provider from viewers v where v.kind = 'defined') d cross join lateral (select tenancy.members_of(d.read_group_id) as owner_id) s
        join tenancy.tenants z on z.owner_id = s.owner_id and (z.status = 'active' or d.provider)),
    defined as (
      select d.read_group_id, d.provider, x.owner_id, x.place
      from (select distinct m.read_group_id, m.provider from members m where m.moves) d cross join counted x
      where x.place in ('lost', 'gained')
        and not exists (select from members m join tenancy.closure k on k.descendant_id = m.owner_id
          where (m.read_group_id, m.provider) = (d.read_group_id, d.provider) and k.ancestor_id = x.owner_id and not m.moves)),
    effects as (
      select v.*, null::bigint as bound_id, e.target, e.target = 'gained' as gained, v.kind in ('own', 'subtenants') or v.narrow as shared
        from viewers v join placed p on p.owner_id = v.anchor and p.place = 'subtree' cross join (values ('gained'), ('lost')) e(target)
        where v.kind in ('supertenants', 'related') or v.kind in ('own', 'subtenants')
          and (v.provider or exists (select from tenancy.tenants a where a.owner_id = v.anchor and a.status = 'active'))
      union all
      select v.*, null, 'subtree', p.place = 'gained', v.narrow
        from viewers v join placed p on p.owner_id = v.anchor and p.place <> 'subtree' where v.kind in ('subtenants', 'related')
      union all
      select v.*, null, 'defined', e.gained, true from viewers v cross join (values (true), (false)) e(gained) where v.kind = 'defined'
      union all
      select v.*, b.id, case when c.shared then 'bound line' else 'bound' end, c.gained, c.shared or v.narrow
        from viewers v join bounds b on (b.owner_id, b.kind) = (v.owner_id, v.whole_kind) and b.anchor is not distinct from v.anchor and b.read_group_id is not distinct from v.read_group_id
          join (select distinct x.id, x.gained, x.shared from bound_changes x) c on c.id = b.id
        where v.kind = 'cut'),
    grouped as (
      -- R9.3: a tenant that is not active is seen by the provider alone.
      select f.role_id, f.role_name, f.read_group_id, f.bound_id, f.target, f.gained, f.shared, f.provider,
        count(distinct f.person_id) as people, count(distinct f.owner_id) as viewer_tenants
      from effects f group by 1, 2, 3, 4, 5, 6, 7, 8)
    select b.role_id, b.gained, b.shared, b.people, b.viewer_tenants, s.n, s.owners, s.records
    from grouped b cross join lateral (
      select count(*) as n, (array_agg(x.owner_id order by x.name_key, x.owner_id))[1:10] as owners,
        coalesce(sum(case when b.shared then x.n_shared else x.n end), 0)::bigint as records
      from counted x where (x.open or b.provider) and case when b.bound_id is not null
        then x.owner_id in (select c.owner_id from bound_changes c where (c.id, c.gained, c.shared) = (b.bound_id, b.gained, b.target = 'bound line'))
        when b.target = 'defined' then (x.owner_id, x.place) in (select d.owner_id, d.place from defined d where (d.read_group_id, d.provider) = (b.read_group_id, b.provider)) and x.place = case when b.gained then 'gained' else 'lost' end
        else x.place = b.target end) s
    where s.n > 0
    order by b.people * (s.records + 1) desc, b.role_name, b.role_id, b.gained, b.shared, b.target $q$, whole) using tenant, parent;
end $$;
