-- From a credential to role and scope, by the database, at every request: a change of role, membership, group, hierarchy or
-- switch takes effect on the next request of anyone affected, without caches (R1.2, R5.8).

create type tenancy.scope_row as (
  problem text,            -- null, or why there is no scope: not-signed-in, membership-needed, tenant-suspended, tenant-not-ready, terms-not-accepted
  role text,               -- the database role to switch to
  state text,              -- of the switch: off, setup, on
  tenancy text,            -- the same as this principal sees it (R1.4)
  person_id uuid, person_owner_id int, membership_id uuid, contact_id uuid, owner_id int,
  provider boolean,        -- the membership is the provider's
  functions text[], scope_ticket text, scope_request text,
  reach text, reads int[], writes_kind text, writes int[], reads_optional int[], closed int[],
  groups uuid[],           -- assignment groups of the contact
  update_public boolean,
  provider_people text,    -- names or groups: how people of the provider are shown to the principal (R5.4)
  language text, time_zone text, display_name text, session_id uuid, token_id uuid, role_name text, role_stock text,
  stale boolean            -- the credential's last use was noted more than five minutes ago
);

create function tenancy.reach_of(reach text, own int, tenant int, group_id uuid) returns int[] language plpgsql stable set search_path = '' as $$
begin
  return case reach
    when 'own' then array[own]
    when 'tenant' then array[tenant]
    when 'group' then array(select m from tenancy.members_of(group_id) m)
    when 'subtenants' then array(select c.descendant_id from tenancy.closure c where c.ancestor_id = own)
    when 'supertenants' then array(select c.ancestor_id from tenancy.closure c where c.descendant_id = own)
    when 'related' then array(select c.descendant_id from tenancy.closure c where c.ancestor_id = own union select c.ancestor_id from tenancy.closure c where c.descendant_id = own)
    when 'all' then array(select t.owner_id from tenancy.tenants t where t.owner_id > 2)
  end;
end $$;

-- `kind` is session, token or job. A session names the membership it acts under, or none for the last used; a job names
-- its membership directly. `fulfilling` is the tenant that a fulfillment may write although it is still provisioning (R4.4).
create function tenancy.scope_of(kind text, credential bytea, membership uuid, fulfilling int default null) returns tenancy.scope_row
language plpgsql stable security definer set search_path = '' as $$
declare
  s tenancy.scope_row;
  m record;
  home record;
  wanted uuid := membership;
  n_reads int;
  n_writes int;
  write_reach text;
begin
  select tenancy.rehearsed(x.multi_tenancy) into s.state from tenancy.solution x;
  if kind = 'session' then
    select x.id, x.person_id, x.owner_id, x.membership_id, x.used_at < now() - interval '5 minutes'
      into s.session_id, s.person_id, s.person_owner_id, wanted, s.stale
      from identity.sessions x where x.token_hash = credential and x.expires_at > now();
    if s.session_id is null then s.problem := 'not-signed-in'; return s; end if;
    wanted := coalesce(membership, wanted);
  elsif kind = 'token' then
    select x.id, x.membership_id, coalesce(x.used_at < now() - interval '5 minutes', true) into s.token_id, wanted, s.stale
      from identity.tokens x where x.token_hash = credential and x.expires_at > now();
    if s.token_id is null then s.problem := 'not-signed-in'; return s; end if;
  end if;
  if wanted is null then s.problem := 'membership-needed'; return s; end if;

  select b.id, b.owner_id, b.beyond, b.contact_id, b.status, c.person_id, c.person_owner_id, c.display_name, c.status as contact_status, t.status as tenant_status, t.provider_people, r as role
    into m
    from identity.memberships b
    join identity.contacts c on (c.owner_id, c.id) = (b.owner_id, b.contact_id)
    join tenancy.tenants t on t.owner_id = b.owner_id
    join identity.roles r on (r.owner_id, r.id) = (b.role_owner_id, b.role_id)
    where b.id = wanted;
  if m.id is null or m.status <> 'active' or m.contact_status <> 'active' or (m.role).status <> 'active' or
      (s.person_id is not null and m.person_id <> s.person_id) then
    s.problem := case when kind = 'session' then 'membership-needed' else 'not-signed-in' end;
    return s;
  end if;
  s.person_id := m.person_id;
  s.person_owner_id := m.person_owner_id;
  select p.status, p.language, p.time_zone, t.status as tenant_status into home
    from identity.people p join tenancy.tenants t on t.owner_id = p.owner_id where (p.owner_id, p.id) = (m.person_owner_id, m.person_id);
  if home.status <> 'active' then s.problem := 'not-signed-in'; return s; end if;
  s.language := home.language;
  s.time_zone := home.time_zone;
  if m.tenant_status = 'provisioning' then s.problem := 'tenant-not-ready'; return s; end if;
  -- The home tenant manages sign-in, so while it is suspended its people stay out everywhere (R9.3, R5.10).
  if m.tenant_status <> 'active' or home.tenant_status <> 'active' then s.problem := 'tenant-suspended'; return s; end if;

  s.membership_id := m.id;
  s.contact_id := m.contact_id;
  s.owner_id := m.owner_id;
  s.display_name := m.display_name;
  -- R8.3, R8.6: until the terms in force are accepted there is no role, hence nothing to read or write. A job finishes what was begun.
  if kind <> 'job' and identity.terms_due(kind, m.owner_id, s.person_id, s.session_id) then s.problem := 'terms-not-accepted'; return s; end if;
  s.provider := m.owner_id = 3;
  s.provider_people := case when s.state = 'on' and not s.provider then m.provider_people else 'names' end;
  s.functions := (m.role).functions;
  s.role_name := (m.role).name;
  s.role_stock := (m.role).stock;
  s.scope_ticket := (m.role).scope_ticket;
  s.scope_request := (m.role).scope_request;
  s.groups := array(select g.group_id from identity.assignment_group_members g where g.owner_id = m.owner_id and g.contact_id = m.contact_id);
  s.tenancy := case
    when s.state = 'setup' and s.provider and 'tenant.administer' = any(s.functions) then 'setup'
    when s.state = 'on' then 'on'
    else 'off' end;
  s.update_public := 'public.update' = any(s.functions) and (s.provider or not exists (select from tenancy.tenants t where t.owner_id = 3));
  s.closed := array(select t.owner_id from tenancy.tenants t where t.status <> 'active' and t.owner_id is distinct from fulfilling);
  write_reach := case (m.role).write_reach when 'same' then (m.role).read_reach else (m.role).write_reach end;

  if s.state <> 'on' then
    -- R1.3, R1.9: both reaches open; a role that writes nothing still writes nothing.
    s.reach := 'all';
    s.writes_kind := case write_reach when 'none' then 'none' else 'all' end;
  else
    if (m.role).read_reach = 'all' and s.provider then
      s.reach := 'all';
    else
      s.reads := tenancy.reach_of((m.role).read_reach, m.owner_id, (m.role).read_tenant_owner_id, (m.role).read_group_id);
      -- R5.5, at the moment of use: what a tenant gave reaches no further than its own tenant and what is below, wherever the
      -- tenants of its reach have been moved since.
      if not s.provider and not (m.beyond and (m.role).beyond) then
        s.reads := array(select unnest(s.reads) intersect select c.descendant_id from tenancy.closure c where c.ancestor_id = m.owner_id);
      end if;
      -- R9.3: the records of a tenant that is not active are readable by the provider alone.
      if not s.provider then s.reads := array(select unnest(s.reads) except select unnest(s.closed)); end if;
      n_reads := cardinality(s.reads);
      s.reach := case n_reads when 1 then 'one' else 'set' end;
      s.reads_optional := array(select unnest(s.reads) union select 2
        union select c.ancestor_id from tenancy.closure c where c.descendant_id = any(s.reads));
    end if;
    if write_reach = 'none' then
      s.writes_kind := 'none';
    elsif write_reach = 'all' and s.reach = 'all' then
      s.writes_kind := 'all';
    else
      s.writes := case (m.role).write_reach when 'same' then s.reads
        else tenancy.reach_of(write_reach, m.owner_id, (m.role).write_tenant_owner_id, (m.role).write_group_id) end;
      -- Write is never wider than read (R5.2), whatever the sets have become since the role was saved.
      if s.reach <> 'all' then s.writes := array(select unnest(s.writes) intersect select unnest(s.reads)); end if;
      s.writes := array(select unnest(s.writes) except select unnest(s.closed));
      n_writes := cardinality(s.writes);
      s.writes_kind := case n_writes when 0 then 'none' when 1 then 'one' else 'set' end;
    end if;
  end if;
  s.role := '{{prefix}}_r_' || s.reach || '_w_' || s.writes_kind ||
    case when s.scope_ticket = 'all' and s.scope_request = 'all' then '' else '_narrow' end;
  return s;
end $$;
grant execute on function tenancy.scope_of(text, bytea, uuid, int) to {{app}};

-- Notes that a session or token was used, at most every five minutes; a session that is used lives on, up to a week from
-- sign-in. Skips a row that another request has locked: a long unit of work must not hold up the others of its session.
create function identity.mark_used(kind text, credential bytea) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if kind = 'session' then
    update identity.sessions x set used_at = now(), expires_at = least(now() + interval '12 hours', x.created_at + interval '7 days')
      from (select y.owner_id, y.id from identity.sessions y where y.token_hash = credential for update skip locked) used
      where (x.owner_id, x.id) = (used.owner_id, used.id);
  elsif kind = 'token' then
    update identity.tokens x set used_at = now()
      from (select y.owner_id, y.id from identity.tokens y where y.token_hash = credential for update skip locked) used
      where (x.owner_id, x.id) = (used.owner_id, used.id);
  end if;
end $$;
grant usage on schema identity to {{app}};
grant execute on function identity.mark_used(text, bytea) to {{app}};
-- Without a membership (signed in, choosing one): who is it, and what may be chosen.
grant execute on function tenancy.members_of(uuid) to {{everyone}}, {{system}};

-- The hierarchy as far as a principal may see it: the closure itself is read by the functions above only.
create function tenancy.line_of(tenant int) returns setof int language sql stable security definer set search_path = '' as $$
  select c.ancestor_id from tenancy.closure c where c.descendant_id = tenant order by c.distance
$$;
grant execute on function tenancy.line_of(int) to {{everyone}}, {{system}};
create function tenancy.below(tenant int) returns setof int language sql stable security definer set search_path = '' as $$
  select c.descendant_id from tenancy.closure c where c.ancestor_id = tenant
$$;
grant execute on function tenancy.below(int) to {{everyone}}, {{system}};
-- The organization that heads the pages: a person's own tenant, by name, where tenancy shows no more than that (R10.1).
create function tenancy.tenant_label(tenant int) returns text language sql stable security definer set search_path = '' as $$
  select t.name from tenancy.tenants t where t.owner_id = tenant and tenant > 2
$$;
grant execute on function tenancy.tenant_label(int) to {{everyone}}, {{system}};
