-- R11.1: every change, sign-in, role switch, consent and export, written in the same transaction, append-only for every
-- login but the owner's. `transaction` is for the sealing that comes later: identity order is not commit order.
create table platform.audit_entries (
  owner_id int not null,
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  action text not null,
  -- What it was about: kind, identity and human label (a key or a name, never a secret).
  subject_kind text not null,
  subject_id uuid,
  subject_label text not null default '',
  details jsonb not null default '{}',
  -- Who did it, under which membership, of which tenant. Null: nobody signed in (a refused sign-in), or the program itself.
  actor_person_id uuid,
  actor_membership_id uuid,
  actor_owner_id int,
  actor_label text not null default '',
  request_id text not null default '',
  address text not null default '',
  transaction xid8 not null default pg_current_xact_id(),
  primary key (owner_id, id)
);
select tenancy.own('platform.audit_entries', 'required', append_only => true);
create index audit_by_instant on platform.audit_entries (owner_id, at desc, id desc);
create index audit_all_by_instant on platform.audit_entries (at desc, id desc);
create index audit_by_subject on platform.audit_entries (owner_id, subject_id, at desc);
grant insert on platform.audit_entries to {{everyone}};
-- Whoever acts records what they did, wherever it was; nobody records in another's name (T-17).
create policy in_own_name on platform.audit_entries for insert to {{everyone}} with check (
  actor_membership_id = nullif(current_setting('app.membership', true), '')::uuid and actor_person_id = nullif(current_setting('app.person', true), '')::uuid);
grant insert, select on platform.audit_entries to {{system}};
create policy system_records on platform.audit_entries for insert to {{system}} with check (true);
create policy system_reads on platform.audit_entries for select to {{system}} using (true);

-- The answer to a write that named an idempotency key (R4.5): unique for person and endpoint, so that nobody meets another's.
create table platform.idempotency_keys (
  owner_id int not null,
  id uuid not null,
  person_id uuid not null,
  endpoint text not null,
  key text not null constraint idempotency_key_length check (length(key) between 1 and 200),
  body_hash bytea not null,
  status int,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (owner_id, id),
  constraint idempotency_key_taken unique (owner_id, person_id, endpoint, key)
);
select tenancy.own('platform.idempotency_keys', 'personal');
create index idempotency_keys_by_age on platform.idempotency_keys (created_at);
select tenancy.open_to_system('platform.idempotency_keys', 'select, delete');
