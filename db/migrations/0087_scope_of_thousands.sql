-- Whoever works for thousands of tenants paid for it at each unit of work: the set that they read was made three times, and what is shared above
-- each of its tenants looked up one by one. Of a subtree with nothing left out that is the subtree itself and what is above its top; what is
-- written like what is read is the same set; and what is left out is filtered instead of sorted. What it answers is the same, but for the order of sets.
create or replace function tenancy.scope_of(kind text, credential bytea, membership uuid, fulfilling int default null) returns tenancy.scope_row
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  s tenancy.scope_row;
  m record;
  wanted uuid := membership;
  n_whole int;
  n_reads int;
  n_writes int;
  write_reach text;
begin
  if kind = 'session' then
    select x.id, x.person_id, x.owner_id, coalesce(membership, x.membership_id), x.used_at < now() - interval '5 minutes'
      into s.session_id, s.person_id, s.person_owner_id, wanted, s.stale
      from identity.sessions x where x.token_hash = credential and x.expires_at > now();
    if s.session_id is null then s.problem := 'not-signed-in'; return s; end if;
  elsif kind = 'token' then
    select x.id, x.membership_id, coalesce(x.used_at < now() - interval '5 minutes', true) into s.token_id, wanted, s.stale
      from identity.tokens x where x.token_hash = credential and x.expires_at > now();
    if s.token_id is null then s.problem := 'not-signed-in'; return s; end if;
  end if;
  if wanted is null then s.problem := 'membership-needed'; return s; end if;

  select case when x.multi_tenancy = 'setup' and current_setting('app.rehearsal', true) = 'on' then 'on' else x.multi_tenancy end as state,
      b.id, b.owner_id, b.beyond, b.contact_id, b.status, c.person_id, c.person_owner_id, c.display_name, c.status as contact_status,
      t.status as tenant_status, t.provider_people, r.status as role_status, r.name as role_name, r.stock, r.functions, r.scope_ticket, r.scope_request,
      r.read_reach, r.read_tenant_owner_id, r.read_group_id, r.write_reach, r.write_tenant_owner_id, r.write_group_id, r.beyond as role_beyond,
      p.status as person_status, p.language, p.time_zone, h.status as home_status,
      array(select g.group_id from identity.assignment_group_members g where g.owner_id = b.owner_id and g.contact_id = b.contact_id) as groups,
      array(select n.owner_id from tenancy.tenants n where n.status <> 'active' and n.owner_id is distinct from fulfilling) as closed
    into m
    from tenancy.solution x
    cross join identity.memberships b
    join identity.contacts c on (c.owner_id, c.id) = (b.owner_id, b.contact_id)
    join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id)
    join tenancy.tenants h on h.owner_id = p.owner_id
    join tenancy.tenants t on t.owner_id = b.owner_id
    join identity.roles r on (r.owner_id, r.id) = (b.role_owner_id, b.role_id)
    where b.id = wanted;
  s.state := m.state;
  if m.id is null or m.status <> 'active' or m.contact_status <> 'active' or m.role_status <> 'active' or
      (s.person_id is not null and m.person_id <> s.person_id) then
    s.problem := case when kind = 'session' then 'membership-needed' else 'not-signed-in' end;
    return s;
  end if;
  s.person_id := m.person_id;
  s.person_owner_id := m.person_owner_id;
  if m.person_status <> 'active' then s.problem := 'not-signed-in'; return s; end if;
  s.language := m.language;
  s.time_zone := m.time_zone;
  if m.tenant_status = 'provisioning' then s.problem := 'tenant-not-ready'; return s; end if;
  -- The home tenant manages sign-in, so while it is suspended its people stay out everywhere (R9.3, R5.10).
  if m.tenant_status <> 'active' or m.home_status <> 'active' then s.problem := 'tenant-suspended'; return s; end if;

  s.membership_id := m.id;
  s.contact_id := m.contact_id;
  s.owner_id := m.owner_id;
  s.display_name := m.display_name;
  -- R8.3, R8.6: until the terms in force are accepted there is no role, hence nothing to read or write. A job finishes what was begun.
  if kind <> 'job' and identity.terms_due(kind, m.owner_id, s.person_id, s.session_id) then s.problem := 'terms-not-accepted'; return s; end if;
  s.provider := m.owner_id = 3;
  s.provider_people := case when s.state = 'on' and not s.provider then m.provider_people else 'names' end;
  s.functions := m.functions;
  s.role_name := m.role_name;
  s.role_stock := m.stock;
  s.scope_ticket := m.scope_ticket;
  s.scope_request := m.scope_request;
  s.groups := m.groups;
  s.tenancy := case
    when s.state = 'setup' and s.provider and 'tenant.administer' = any(s.functions) then 'setup'
    when s.state = 'on' then 'on'
    else 'off' end;
  s.update_public := 'public.update' = any(s.functions) and (s.provider or not exists (select from tenancy.tenants t where t.owner_id = 3));
  s.closed := m.closed;
  write_reach := case m.write_reach when 'same' then m.read_reach else m.write_reach end;

  if s.state <> 'on' then
    -- R1.3, R1.9: both reaches open; a role that writes nothing still writes nothing.
    s.reach := 'all';
    s.writes_kind := case write_reach when 'none' then 'none' else 'all' end;
  else
    if m.read_reach = 'all' and s.provider then
      s.reach := 'all';
    else
      -- The tenant of the membership is active, and in its own line: nothing to leave out.
      s.reads := case m.read_reach when 'own' then array[m.owner_id]
        else tenancy.reach_of(m.read_reach, m.owner_id, m.read_tenant_owner_id, m.read_group_id) end;
      -- R5.5, at the moment of use: what a tenant gave reaches no further than its own tenant and what is below, wherever the
      -- tenants of its reach have been moved since.
      if not s.provider and m.read_reach not in ('own', 'subtenants') and not (m.beyond and m.role_beyond) then
        s.reads := array(select r from unnest(s.reads) r where r in (select c.descendant_id from tenancy.closure c where c.ancestor_id = m.owner_id));
      end if;
      -- R9.3: the records of a tenant that is not active are readable by the provider alone.
      n_whole := cardinality(s.reads);
      if not s.provider and m.read_reach <> 'own' then s.reads := array(select r from unnest(s.reads) r where r not in (select unnest(s.closed))); end if;
      n_reads := cardinality(s.reads);
      s.reach := case n_reads when 1 then 'one' else 'set' end;
      if m.read_reach = 'own' then
        s.reads_optional := array[2] || array(select c.ancestor_id from tenancy.closure c where c.descendant_id = m.owner_id);
      elsif m.read_reach = 'subtenants' and n_reads = n_whole then
        -- What is above any of them is one of them, or above them all.
        s.reads_optional := s.reads || 2 || array(select c.ancestor_id from tenancy.closure c where c.descendant_id = m.owner_id and c.ancestor_id <> m.owner_id);
      else
        s.reads_optional := array(select unnest(s.reads) union select 2
          union select c.ancestor_id from tenancy.closure c where c.descendant_id = any(s.reads));
      end if;
    end if;
    if write_reach = 'none' then
      s.writes_kind := 'none';
    elsif write_reach = 'all' and s.reach = 'all' then
      s.writes_kind := 'all';
    elsif write_reach = 'own' and m.read_reach = 'own' then
      s.writes := s.reads;
      s.writes_kind := 'one';
    else
      if m.write_reach = 'same' or write_reach = m.read_reach and write_reach not in ('tenant', 'group') then
        s.writes := s.reads;
      else
        s.writes := tenancy.reach_of(write_reach, m.owner_id, m.write_tenant_owner_id, m.write_group_id);
        -- Write is never wider than read (R5.2), whatever the sets have become since the role was saved.
        if s.reach <> 'all' then s.writes := array(select w from unnest(s.writes) w where w in (select unnest(s.reads))); end if;
      end if;
      s.writes := array(select w from unnest(s.writes) w where w not in (select unnest(s.closed)));
      n_writes := cardinality(s.writes);
      s.writes_kind := case n_writes when 0 then 'none' when 1 then 'one' else 'set' end;
    end if;
  end if;
  s.role := '{{prefix}}_r_' || s.reach || '_w_' || s.writes_kind ||
    case when s.scope_ticket = 'all' and s.scope_request = 'all' then '' else '_narrow' end;
  return s;
end $$;
