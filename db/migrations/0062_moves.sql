-- R3.4: what moving a tenant with its subtree would change, told before it is done. Both questions come down to the tenants that leave
-- the line of the subtree and those that join it: the closure changes by the product of the subtree and those, and by nothing else.

create function tenancy.line_change(tenant int, parent int) returns table (owner_id int, gained boolean) language sql stable security definer set search_path = '' as $$
  with before as (select c.ancestor_id from tenancy.closure c join tenancy.tenants t on t.parent_owner_id = c.descendant_id where t.owner_id = tenant),
    after as (select c.ancestor_id from tenancy.closure c where c.descendant_id = parent)
  select b.ancestor_id, false from before b where b.ancestor_id not in (select a.ancestor_id from after a)
  union all select a.ancestor_id, true from after a where a.ancestor_id not in (select b.ancestor_id from before b)
$$;

-- The references that the move would leave outside the line, which forbid it: in the order of table, field and record, behind the
-- one given. While the switch is not on, they forbid nothing; they are listed as crossings instead (R6.6).
create function tenancy.stranded_references(tenant int, parent int, after_table text, after_field text, after_id uuid, greatest_count int)
returns table (table_name text, field text, owner_id int, id uuid, target_owner_id int, label text, target_label text)
language plpgsql stable security definer set search_path = '' as $$
declare
  f record;
  lost int[] := array(select l.owner_id from tenancy.line_change(tenant, parent) l where not l.gained);
  subtree int[];
  remaining int := greatest_count;
  n int;
begin
  if not tenancy.acts_with('tenant.administer') or lost = '{}' or (select s.multi_tenancy from tenancy.solution s) <> 'on' then return; end if;
  -- Of the pairs in use, which are few, and not of every tenant of the subtree.
  subtree := array(select distinct p.owner_id from tenancy.reference_pairs p join tenancy.closure c on c.descendant_id = p.owner_id
    where c.ancestor_id = tenant and p.target_owner_id = any(lost));
  for f in select r.table_name, r.field, r.target_name from tenancy.reference_fields r
      where r.kind <> 'own' and (r.table_name collate "C", r.field collate "C") >= (after_table, after_field) order by r.table_name collate "C", r.field collate "C" loop
    return query execute format(
      $q$select %1$L::text, %2$L::text, t.owner_id, t.id, t.%3$I, tenancy.record_label(%4$L, t.owner_id, t.id), tenancy.record_label(%5$L, t.%3$I, t.%6$I)
        from (select * from %7$s x where x.owner_id = any($1) and x.%8$I = any($2) and ($3::uuid is null or x.id > $3) order by x.id limit $4) t order by t.id$q$,
      f.table_name, f.field, f.field || '_owner_id', f.table_name, f.target_name, f.field || '_id', f.table_name, f.field || '_climb')
      using subtree, lost, case when (f.table_name, f.field) = (after_table, after_field) then after_id end, remaining;
    get diagnostics n = row_count;
    remaining := remaining - n;
    exit when remaining <= 0;
  end loop;
end $$;
grant execute on function tenancy.stranded_references(int, int, text, text, uuid, int) to {{everyone}};

-- Who would gain or lose sight of what by the move: people by their role, the tenants whose records it is about, and how many
-- records those have. `shared` is sight of what the tenants share down the line (R6.3), without their other records. Follows
-- tenancy.scope_of: reach by reach, where the anchor of the reach stands to the subtree and to the tenants that leave or join its line.
create function tenancy.sight_changes(tenant int, parent int)
returns table (role_id uuid, role_name text, gained boolean, shared boolean, people bigint, viewer_tenants bigint, tenants bigint, first_names text[], records bigint)
language plpgsql stable security definer set search_path = '' as $$
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
    whole := whole || format(' union all select x.owner_id, %L::boolean, count(*) from %s x where x.owner_id in (select p.owner_id from placed p) group by 1', t.class = 'optional', t.name);
  end loop;
  return query execute format($q$
    with placed as materialized (
      select c.descendant_id as owner_id, 'subtree' as place from tenancy.closure c where c.ancestor_id = $1
      union all select l.owner_id, case when l.gained then 'gained' else 'lost' end from tenancy.line_change($1, $2) l),
    counted as materialized (
      select p.owner_id, p.place, x.name, x.name_key, x.status = 'active' as open, coalesce(sum(c.n), 0) as n, coalesce(sum(c.n) filter (where c.optional), 0) as n_shared
      from placed p join tenancy.tenants x on x.owner_id = p.owner_id
        left join (select 0 as owner_id, false as optional, 0::bigint as n where false %s) c(owner_id, optional, n) on c.owner_id = p.owner_id
      group by 1, 2, 3, 4, 5),
    holders as materialized (
      select m.owner_id, c.person_id, r.id as role_id, r.name as role_name, r.read_reach, r.read_tenant_owner_id, r.read_group_id, g.kind as group_kind, g.tenant_owner_id as group_tenant,
        -- R5.5: what a tenant gave reaches its own tenant and what is below, and no further.
        m.owner_id <> 3 and not (m.beyond and r.beyond) as cut,
        r.scope_ticket = 'own' and r.scope_request = 'own' and not 'person.read' = any(r.functions) as narrow
      from identity.memberships m join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
        join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
        join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id)
        join tenancy.tenants own on own.owner_id = m.owner_id join tenancy.tenants home on home.owner_id = p.owner_id
        left join tenancy.groups g on r.read_reach = 'group' and g.id = r.read_group_id
      where (m.status, r.status, c.status, p.status, own.status, home.status) = ('active', 'active', 'active', 'active', 'active', 'active')),
    -- A cut reach upwards is the own tenant; a cut one to relatives what is below. Named tenants and groups that are cut come last.
    viewers as materialized (
      select h.owner_id, h.person_id, h.role_id, h.role_name, h.read_group_id, h.narrow,
        case h.read_reach when 'tenant' then h.read_tenant_owner_id when 'group' then h.group_tenant else h.owner_id end as anchor,
        case when h.cut and h.read_reach = 'supertenants' then 'own' when h.cut and h.read_reach = 'related' then 'subtenants'
          when h.read_reach = 'tenant' then 'own' when h.read_reach <> 'group' then h.read_reach
          when h.group_kind = 'foreign_key' then 'supertenants' else h.group_kind end as kind
      from holders h where not (h.cut and h.read_reach in ('tenant', 'group'))),
    -- The tenants that a cut reach named, and where the move leaves them; what is below the holder changes by the subtree alone.
    named as materialized (
      select h.*, p.owner_id as tenant, p.place = 'subtree' as moves,
        coalesce(o.place, case when exists (select from tenancy.closure k where k.ancestor_id = h.owner_id and k.descendant_id = p.owner_id) then 'stays' end) as standing
      from holders h
        cross join lateral (select h.read_tenant_owner_id as x where h.read_reach = 'tenant' union all select x from tenancy.members_of(h.read_group_id) x where h.read_reach = 'group') n
        join placed p on p.owner_id = n.x left join placed o on o.owner_id = h.owner_id and o.place <> 'subtree'
      where h.cut and h.read_reach in ('tenant', 'group')),
    -- A defined group sees what is shared above any of its members: what another member leaves in sight is no change.
    defined as (
      select d.read_group_id, x.owner_id, x.place
      from (select distinct v.read_group_id from viewers v where v.kind = 'defined') d cross join counted x
      where x.place <> 'subtree'
        and exists (select from tenancy.members_of(d.read_group_id) s join placed p on p.owner_id = s and p.place = 'subtree')
        and not exists (select from tenancy.members_of(d.read_group_id) s join tenancy.closure k on k.descendant_id = s
          where k.ancestor_id = x.owner_id and s not in (select p.owner_id from placed p where p.place = 'subtree'))),
    effects as (
      select v.*, e.target, e.target = 'gained' as gained, v.kind in ('own', 'subtenants') or v.narrow as shared
        from viewers v join placed p on p.owner_id = v.anchor and p.place = 'subtree' cross join (values ('gained'), ('lost')) e(target)
        where v.kind in ('own', 'subtenants', 'supertenants', 'related')
      union all
      select v.*, 'subtree', p.place = 'gained', v.narrow
        from viewers v join placed p on p.owner_id = v.anchor and p.place <> 'subtree' where v.kind in ('subtenants', 'related')
      union all
      select v.*, 'defined', e.gained, true from viewers v cross join (values (true), (false)) e(gained) where v.kind = 'defined'
      union all
      -- The holder leaves or joins the line of what was named: it goes out of sight, or comes into it.
      select n.owner_id, n.person_id, n.role_id, n.role_name, n.read_group_id, n.narrow, n.tenant, 'named', 'named', n.standing = 'gained', n.narrow
        from named n where n.moves and n.standing in ('gained', 'lost')
      union all
      -- The holder stays above it, and what is shared down the line changes as for everybody there.
      select distinct n.owner_id, n.person_id, n.role_id, n.role_name, n.read_group_id, n.narrow, null::int, 'named', e.target, e.target = 'gained', true
        from named n cross join (values ('gained'), ('lost')) e(target) where n.moves and n.standing = 'stays'),
    grouped as (
      -- R9.3: a tenant that is not active is seen by the provider alone.
      select f.role_id, f.role_name, f.read_group_id, f.target, case f.target when 'named' then f.anchor end as named, f.gained, f.shared, f.owner_id = 3 as provider,
        count(distinct f.person_id) as people, count(distinct f.owner_id) as viewer_tenants
      from effects f group by 1, 2, 3, 4, 5, 6, 7, 8)
    select b.role_id, b.role_name, b.gained, b.shared, b.people, b.viewer_tenants, s.n, s.names, s.records
    from grouped b cross join lateral (
      select count(*) as n, (array_agg(x.name order by x.name_key, x.owner_id))[1:10] as names,
        coalesce(sum(case when b.shared then x.n_shared else x.n end), 0)::bigint as records
      from counted x where (x.open or b.provider) and case when b.target = 'defined'
        then (x.owner_id, x.place) in (select d.owner_id, d.place from defined d where d.read_group_id = b.read_group_id) and x.place = case when b.gained then 'gained' else 'lost' end
        when b.target = 'named' then x.owner_id = b.named else x.place = b.target end) s
    where s.n > 0
    order by b.people * (s.records + 1) desc, b.role_name, b.role_id, b.gained, b.shared, b.target $q$, whole) using tenant, parent;
end $$;
grant execute on function tenancy.sight_changes(int, int) to {{everyone}};
