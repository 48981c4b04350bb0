-- R11.1: reads of other tenants' records, and the chain that shows whether an entry was changed, removed, inserted or
-- put elsewhere afterwards (docs/decisions/0017, 0018).

-- A payload is erased, never an entry: texts and details go, and what was sealed of them keeps the chain whole.
alter table platform.audit_entries add column erased_at timestamptz;
create index audit_by_transaction on platform.audit_entries (transaction);
-- R11.2: what others did in a tenant, among all that its own people did.
create index audit_from_outside on platform.audit_entries (owner_id, at desc, id desc) where actor_owner_id <> owner_id;

-- One row: a list, a search or a part of a record that a membership reads of another tenant, for a quarter of an hour. The
-- first call has its entry at once, under the same id; what follows is counted here, and told by a second entry at the
-- end. So no entry is ever altered, and a page that refreshes itself fills no audit.
create table platform.read_windows (
  owner_id int not null,
  id uuid not null,
  membership_id uuid not null,
  endpoint text not null,
  -- The record whose part was listed, or ''.
  subject text not null,
  begun_at timestamptz not null default clock_timestamp(),
  last_at timestamptz not null default clock_timestamp(),
  calls int not null default 1,
  primary key (owner_id, id),
  constraint read_window_taken unique (owner_id, membership_id, endpoint, subject)
);
select tenancy.own('platform.read_windows', 'required', append_only => true);
create index read_windows_by_begin on platform.read_windows (begun_at);

-- Ends a window: repeats get their entry, in the name of whoever made the first call.
create function platform.close_read_window(w platform.read_windows) returns void language plpgsql set search_path = '' as $$
begin
  if w.calls > 1 then
    insert into platform.audit_entries (owner_id, id, action, subject_kind, subject_id, subject_label, details,
        actor_person_id, actor_membership_id, actor_owner_id, actor_label, request_id, address)
      select e.owner_id, platform.new_id(), e.action || '-again', e.subject_kind, e.subject_id, e.subject_label,
        jsonb_build_object('endpoint', w.endpoint, 'repeats', w.calls - 1, 'since', w.begun_at, 'until', w.last_at, 'first', e.id),
        e.actor_person_id, e.actor_membership_id, e.actor_owner_id, e.actor_label, e.request_id, e.address
      from platform.audit_entries e where (e.owner_id, e.id) = (w.owner_id, w.id);
  end if;
  delete from platform.read_windows x where (x.owner_id, x.id) = (w.owner_id, w.id);
end $$;

-- The reads of one batch, in one transaction of its own. Sorted, so that two processes meet the windows in one order.
create function platform.record_reads(reads jsonb) returns void language plpgsql security definer set search_path = '' as $$
declare
  r record;
  w platform.read_windows;
  entry uuid;
begin
  for r in select * from jsonb_to_recordset(reads) as x (owner int, action text, kind text, subject uuid, label text, endpoint text, details jsonb,
      person uuid, membership uuid, actor_owner int, actor text, request text, address text, joined boolean)
    order by owner, membership, endpoint, coalesce(subject::text, label)
  loop
    entry := platform.new_id();
    loop
      exit when not r.joined;
      select * into w from platform.read_windows x
        where (x.owner_id, x.membership_id, x.endpoint, x.subject) = (r.owner, r.membership, r.endpoint, coalesce(r.subject::text, r.label)) for update;
      if found and w.begun_at > clock_timestamp() - interval '15 minutes' then
        update platform.read_windows x set calls = x.calls + 1, last_at = clock_timestamp() where (x.owner_id, x.id) = (w.owner_id, w.id);
        entry := null;
        exit;
      end if;
      if found then perform platform.close_read_window(w); end if;
      -- Another process may have begun the same window in this instant: look again.
      insert into platform.read_windows (owner_id, id, membership_id, endpoint, subject)
        values (r.owner, entry, r.membership, r.endpoint, coalesce(r.subject::text, r.label)) on conflict do nothing;
      exit when found;
    end loop;
    continue when entry is null;
    insert into platform.audit_entries (owner_id, id, action, subject_kind, subject_id, subject_label, details,
        actor_person_id, actor_membership_id, actor_owner_id, actor_label, request_id, address)
      values (r.owner, entry, r.action, r.kind, r.subject, r.label, r.details, r.person, r.membership, r.actor_owner, r.actor, r.request, r.address);
  end loop;
end $$;
grant usage on schema platform to {{app}};
grant execute on function platform.record_reads(jsonb) to {{app}};

create function platform.close_read_windows() returns int language plpgsql security definer set search_path = '' as $$
declare
  w platform.read_windows;
  closed int := 0;
begin
  for w in select * from platform.read_windows x where x.begun_at <= clock_timestamp() - interval '15 minutes' order by x.begun_at limit 1000 for update skip locked loop
    perform platform.close_read_window(w);
    closed := closed + 1;
  end loop;
  return closed;
end $$;
grant execute on function platform.close_read_windows() to {{system}};

-- The chain. A link is an entry's place in its tenant's chain, with the digest of its payload. A seal covers the links of one
-- batch and holds the hash of the seal before it. The head is where the chain of a tenant ends. No login of the program may
-- write any of them: platform.seal_audit does, with the rights of the owning login.
create table platform.audit_links (
  owner_id int not null,
  id uuid not null,
  sequence bigint not null,
  digest bytea not null,
  primary key (owner_id, id),
  constraint audit_link_taken unique (owner_id, sequence)
);
select tenancy.own('platform.audit_links', 'required', append_only => true);

create table platform.audit_seals (
  owner_id int not null,
  sequence int not null,
  first bigint not null,
  last bigint not null,
  sealed_at timestamptz not null,
  -- No transaction from this number on had begun: an entry of a later one that gives an earlier instant was inserted.
  seen xid8 not null,
  previous bytea not null,
  hash bytea not null,
  primary key (owner_id, sequence)
);
select tenancy.own('platform.audit_seals', 'required', append_only => true);

create table platform.audit_heads (
  owner_id int not null primary key,
  seals int not null,
  entries bigint not null,
  hash bytea not null
);
select tenancy.own('platform.audit_heads', 'required', append_only => true);

-- What was recorded while multi-tenancy was off stays with nobody's tenant when it is turned on, while the records themselves
-- find their owner (R1.6): an entry in another chain would be an entry removed here and inserted there. Skipped, not refused:
-- what goes through all tables goes on.
create function platform.keep_chain() returns trigger language plpgsql set search_path = '' as $$
begin
  return null;
end $$;
create trigger keep_chain before update on platform.audit_entries for each row when (new.owner_id <> old.owner_id) execute function platform.keep_chain();
create trigger keep_chain before update on platform.audit_links for each row when (new.owner_id <> old.owner_id) execute function platform.keep_chain();
create trigger keep_chain before update on platform.audit_seals for each row when (new.owner_id <> old.owner_id) execute function platform.keep_chain();
create trigger keep_chain before update on platform.audit_heads for each row when (new.owner_id <> old.owner_id) execute function platform.keep_chain();

-- One row: how far it is sealed. Transaction numbers belong to a cluster; `cluster` says of which, because a restored
-- database counts from elsewhere.
create table platform.audit_sealing (
  one boolean primary key default true constraint audit_sealing_is_one_row check (one),
  cluster bigint not null,
  horizon xid8 not null,
  seals bigint not null default 0
);
insert into platform.audit_sealing (cluster, horizon) select system_identifier, '0'::xid8 from pg_control_system();
grant select on platform.audit_sealing to {{everyone}}, {{system}};

-- What of an entry is sealed, as text that anybody can compute again: each value with its length in bytes, '-' for none.
create function platform.sealed_value(value text) returns text language sql immutable parallel safe set search_path = '' as $$
  select coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-')
$$;
create function platform.payload_digest(e platform.audit_entries) returns bytea language sql stable set search_path = '' as $$
  select sha256(convert_to(platform.sealed_value(e.owner_id::text) || platform.sealed_value(e.id::text)
    || platform.sealed_value((extract(epoch from e.at) * 1000000)::bigint::text) || platform.sealed_value(e.action)
    || platform.sealed_value(e.subject_kind) || platform.sealed_value(e.subject_id::text) || platform.sealed_value(e.subject_label)
    || platform.sealed_value(e.details::text) || platform.sealed_value(e.actor_person_id::text) || platform.sealed_value(e.actor_membership_id::text)
    || platform.sealed_value(e.actor_owner_id::text) || platform.sealed_value(e.actor_label) || platform.sealed_value(e.request_id)
    || platform.sealed_value(e.address) || platform.sealed_value(e.transaction::text), 'UTF8'))
$$;

-- Seals at most so many entries and answers how many. One process at a time, the others have nothing to do. An entry is sealed
-- once no transaction is under way that began before its own ended: identities and instants are not the order of commits, so
-- whoever seals "what came after the last" loses what was committed late.
create function platform.seal_audit(most int) returns int language plpgsql security definer set search_path = '' as $$
declare
  state platform.audit_sealing;
  low xid8;
  high xid8;
  here bigint := (select c.system_identifier from pg_control_system() c);
  elsewhere boolean;
  sealed int;
  reached xid8;
  fresh int;
begin
  if not pg_try_advisory_xact_lock(hashtext('platform.seal_audit')) then return 0; end if;
  select pg_snapshot_xmin(s), pg_snapshot_xmax(s) into low, high from pg_current_snapshot() s;
  select * into state from platform.audit_sealing;
  -- A restored database: what is not sealed yet may have numbers that this cluster comes to much later, or has long passed.
  elsewhere := state.cluster <> here or state.horizon > high;
  if not elsewhere and not exists (select from platform.audit_entries e where e.transaction >= state.horizon and e.transaction < low
      and not exists (select from platform.audit_links l where (l.owner_id, l.id) = (e.owner_id, e.id))) then
    return 0;
  end if;
  with candidates as materialized (
    select e.owner_id, e.id, e.transaction, platform.payload_digest(e) as digest from platform.audit_entries e
      where (case when elsewhere then e.transaction < low or e.transaction >= high else e.transaction >= state.horizon and e.transaction < low end)
        and not exists (select from platform.audit_links l where (l.owner_id, l.id) = (e.owner_id, e.id))
      order by e.transaction, e.id limit most
  ), placed as materialized (
    select c.*, coalesce(h.entries, 0) + row_number() over (partition by c.owner_id order by c.transaction, c.id) as sequence,
        coalesce(h.seals, 0) + 1 as seal, coalesce(h.hash, sha256('')) as previous
      from candidates c left join platform.audit_heads h on h.owner_id = c.owner_id
  ), linked as (
    insert into platform.audit_links (owner_id, id, sequence, digest) select p.owner_id, p.id, p.sequence, p.digest from placed p
  ), batches as materialized (
    select p.owner_id, p.seal, p.previous, min(p.sequence) as first, max(p.sequence) as last, date_trunc('milliseconds', clock_timestamp()) as at,
        string_agg(uuid_send(p.id) || p.digest, '' order by p.sequence) as content
      from placed p group by p.owner_id, p.seal, p.previous
  ), hashed as materialized (
    select b.*, sha256(b.previous || convert_to(concat_ws(':', b.owner_id, b.seal, b.first, b.last, (extract(epoch from b.at) * 1000)::bigint, high), 'UTF8') || b.content) as hash
      from batches b
  ), seals as (
    insert into platform.audit_seals (owner_id, sequence, first, last, sealed_at, seen, previous, hash)
      select h.owner_id, h.seal, h.first, h.last, h.at, high, h.previous, h.hash from hashed h
  ), heads as (
    insert into platform.audit_heads (owner_id, seals, entries, hash) select h.owner_id, h.seal, h.last, h.hash from hashed h
      on conflict (owner_id) do update set seals = excluded.seals, entries = excluded.entries, hash = excluded.hash
  )
  select (select count(*) from placed), (select max(p.transaction::text::numeric)::text::xid8 from placed p), (select count(*) from hashed) into sealed, reached, fresh;
  update platform.audit_sealing s set seals = s.seals + fresh,
    cluster = case when sealed = most then s.cluster else here end,
    -- With a full batch there is more: of the last transaction, too. A database from elsewhere is looked through to its end first.
    horizon = case when sealed < most then low when elsewhere then s.horizon else reached end;
  return sealed;
end $$;
grant execute on function platform.seal_audit(int) to {{system}};
