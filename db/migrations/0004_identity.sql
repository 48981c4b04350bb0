-- People, what they may do, and how they prove who they are.

-- A person has one home tenant, which alone manages profile, password and sign-in (R5.10). User names are unique within it.
create table identity.people (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  user_name text not null constraint user_name_length check (length(user_name) between 1 and 100),
  user_name_key text collate "C" not null,
  display_name text not null constraint display_name_length check (length(display_name) between 1 and 255),
  email text not null default '' constraint person_email_length check (length(email) <= 255),
  language text not null default 'en' constraint language_unknown check (language in ('en', 'es')),
  time_zone text not null default 'UTC',
  status text not null default 'active' constraint person_status_unknown check (status in ('active', 'inactive')),
  created_at timestamptz not null default now(),
  primary key (owner_id, id),
  constraint person_id_taken unique (id),
  constraint user_name_taken unique (owner_id, user_name_key)
);
select tenancy.own('identity.people', 'required');
select tenancy.open_to_system('identity.people', 'select, insert, update');
create index people_by_user_name on identity.people (user_name_key);

-- What a tenant knows of a person who works for it or is served by it: one contact for each person and tenant. Records
-- refer to contacts (requester, assignee, approver), never to people, so a person of two tenants is no reference across them.
create table identity.contacts (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  person_owner_id int not null,
  person_id uuid not null,
  display_name text not null constraint contact_name_length check (length(display_name) between 1 and 255),
  name_key text collate "C" not null,
  work_address text not null default '' constraint work_address_length check (length(work_address) <= 255),
  status text not null default 'active' constraint contact_status_unknown check (status in ('active', 'inactive')),
  primary key (owner_id, id),
  -- The one reference that no hierarchy limits: a person may belong to any tenants (R5.6).
  constraint contact_person_unknown foreign key (person_owner_id, person_id) references identity.people (owner_id, id) on update cascade,
  constraint contact_taken unique (owner_id, person_id)
);
select tenancy.own('identity.contacts', 'required');
select tenancy.open_to_system('identity.contacts', 'select, insert, update');
create index contacts_by_person on identity.contacts (person_owner_id, person_id);
create index contacts_by_name on identity.contacts (owner_id, name_key);
create index contacts_name_search on identity.contacts using gin (owner_id, name_key gin_trgm_ops);

-- R5.4: a legal reference shows its target's label and nothing more, even where the target is out of reach. A tenant may have
-- the provider's people shown as their assignment group (the first by name), or as the provider where they are in none.
create function identity.shown_name(contact_owner_id int, contact_id uuid, given text) returns text language plpgsql stable security definer set search_path = '' as $$
declare
  contact uuid := contact_id;
begin
  if current_setting('app.provider_people', true) is distinct from 'groups' or given is null then return given; end if;
  if contact_owner_id <> 3 then return given; end if;
  -- What is kept as a name alone, as it was then.
  if contact is null then
    select c.id into contact from identity.contacts c where c.owner_id = 3 and c.display_name = given limit 1;
    if contact is null and contact_owner_id is null then return given; end if;
  end if;
  return coalesce(
    (select g.name from identity.assignment_group_members m join identity.assignment_groups g on (g.owner_id, g.id) = (m.group_owner_id, m.group_id)
      where m.owner_id = 3 and m.contact_id = contact order by g.name, g.id limit 1),
    (select t.name from tenancy.tenants t where t.owner_id = 3), '');
end $$;
grant execute on function identity.shown_name(int, uuid, text) to {{everyone}};

create function identity.contact_label(contact_owner_id int, contact_id uuid) returns text language sql stable security definer set search_path = '' as $$
  select identity.shown_name(c.owner_id, c.id, c.display_name) from identity.contacts c where c.owner_id = contact_owner_id and c.id = contact_id
$$;
grant execute on function identity.contact_label(int, uuid) to {{everyone}};

-- Whether a contact is the acting person's own, also where it cannot be read: the same person in another tenant.
create function identity.is_acting_person(contact_owner_id int, contact_id uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce((select c.person_id = nullif(current_setting('app.person', true), '')::uuid from identity.contacts c where c.owner_id = contact_owner_id and c.id = contact_id), true)
$$;
grant execute on function identity.is_acting_person(int, uuid) to {{everyone}};

-- A role: functions (what may be called), reach (which tenants, R5.2) and scope for each kind of record (R5.9). Optional:
-- public roles can be granted, not edited, by tenants (R5.5). `stock` names one that the product delivers (R5.11).
create table identity.roles (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  stock text,
  name text not null constraint role_name_length check (length(name) between 1 and 255),
  name_key text collate "C" not null,
  description text not null default '' constraint role_description_length check (length(description) <= 1024),
  status text not null default 'active' constraint role_status_unknown check (status in ('active', 'inactive')),
  functions text[] not null default '{}',
  read_reach text not null constraint read_reach_unknown check (read_reach in ('all', 'tenant', 'group', 'own', 'subtenants', 'supertenants', 'related')),
  read_tenant_owner_id int constraint read_tenant_unknown references tenancy.tenants,
  write_reach text not null default 'same' constraint write_reach_unknown check (write_reach in ('same', 'none', 'all', 'tenant', 'group', 'own', 'subtenants', 'supertenants', 'related')),
  write_tenant_owner_id int constraint write_tenant_unknown references tenancy.tenants,
  scope_ticket text not null default 'all' constraint scope_ticket_unknown check (scope_ticket in ('own', 'groups', 'all')),
  scope_request text not null default 'all' constraint scope_request_unknown check (scope_request in ('own', 'groups', 'all')),
  -- Last saved by the provider: only then may it reach beyond its holder's tenant and what is below (R5.5).
  beyond boolean not null default false,
  primary key (owner_id, id),
  constraint role_name_taken unique (owner_id, name_key),
  constraint stock_role_taken unique (owner_id, stock)
);
select tenancy.own('identity.roles', 'optional');
select tenancy.refer('identity.roles', 'read_group', 'tenancy.groups', 'provider');
select tenancy.refer('identity.roles', 'write_group', 'tenancy.groups', 'provider');
alter table identity.roles
  add constraint read_reach_names_its_tenant check ((read_reach = 'tenant') = (read_tenant_owner_id is not null)),
  add constraint write_reach_names_its_tenant check ((write_reach = 'tenant') = (write_tenant_owner_id is not null)),
  add constraint read_reach_names_its_group check ((read_reach = 'group') = (read_group_id is not null)),
  add constraint write_reach_names_its_group check ((write_reach = 'group') = (write_group_id is not null));
select tenancy.open_to_system('identity.roles', 'select');

-- What a person acts under, exactly one at a time (R5.1): a contact of a tenant with a role.
create table identity.memberships (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  status text not null default 'active' constraint membership_status_unknown check (status in ('active', 'ended')),
  created_at timestamptz not null default now(),
  -- Granted by the provider: only then may a role reach beyond its holder's tenant and what is below (R5.5).
  beyond boolean not null default false,
  primary key (owner_id, id),
  constraint membership_id_taken unique (id)
);
select tenancy.own('identity.memberships', 'required');
select tenancy.refer('identity.memberships', 'contact', 'identity.contacts', 'own', required => true);
select tenancy.refer('identity.memberships', 'role', 'identity.roles', 'line', required => true);
create unique index membership_twice on identity.memberships (owner_id, contact_id, role_id) where status <> 'ended';
select tenancy.open_to_system('identity.memberships', 'select, insert, update');

-- Assignment groups: the teams that tickets go to. Optional: a public or a provider's group serves those below.
create table identity.assignment_groups (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  name text not null constraint assignment_group_name_length check (length(name) between 1 and 255),
  name_key text collate "C" not null,
  description text not null default '' constraint assignment_group_description_length check (length(description) <= 1024),
  status text not null default 'active' constraint assignment_group_status_unknown check (status in ('active', 'inactive')),
  primary key (owner_id, id),
  constraint assignment_group_name_taken unique (owner_id, name_key)
);
select tenancy.own('identity.assignment_groups', 'optional');
create function identity.assignment_group_label(group_owner_id int, group_id uuid) returns text language sql stable security definer set search_path = '' as $$
  select g.name from identity.assignment_groups g where g.owner_id = group_owner_id and g.id = group_id
$$;
grant execute on function identity.assignment_group_label(int, uuid) to {{everyone}};

create table identity.assignment_group_members (
  owner_id int not null,
  id uuid not null,
  primary key (owner_id, id)
);
select tenancy.own('identity.assignment_group_members', 'required');
select tenancy.refer('identity.assignment_group_members', 'group', 'identity.assignment_groups', 'line', required => true, on_delete => 'cascade');
select tenancy.refer('identity.assignment_group_members', 'contact', 'identity.contacts', 'own', required => true, on_delete => 'cascade');
create unique index assignment_group_member_twice on identity.assignment_group_members (owner_id, group_id, contact_id);

-- Only sign-in reads these (R4.7, T-31): no role that a person acts under has a grant.
create table identity.passwords (
  owner_id int not null,
  id uuid not null,
  hash text not null,
  changed_at timestamptz not null default now(),
  primary key (owner_id, id)
);
select tenancy.own('identity.passwords', 'required');
select tenancy.refer('identity.passwords', 'person', 'identity.people', 'own', required => true, on_delete => 'cascade');
create unique index password_once on identity.passwords (owner_id, person_id);
revoke all on identity.passwords from {{everyone}}, {{writes_one}}, {{writes_set}}, {{writes_all}};
select tenancy.open_to_system('identity.passwords', 'select, insert, update, delete');

-- Signed-in browsers. The token itself is never stored, only its SHA-256.
create table identity.sessions (
  owner_id int not null,
  id uuid not null,
  token_hash bytea not null constraint session_token_taken unique,
  -- The membership last used; every request names its own, and it is checked.
  membership_id uuid,
  created_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  address text not null default '',
  user_agent text not null default '',
  primary key (owner_id, id)
);
select tenancy.own('identity.sessions', 'required');
select tenancy.refer('identity.sessions', 'person', 'identity.people', 'own', required => true, on_delete => 'cascade');
revoke all on identity.sessions from {{everyone}}, {{writes_one}}, {{writes_set}}, {{writes_all}};
select tenancy.open_to_system('identity.sessions', 'select, insert, update, delete');

-- API tokens: bound to one membership, expiring, hashed; shown once.
create table identity.tokens (
  owner_id int not null,
  id uuid not null,
  token_hash bytea not null constraint token_taken unique,
  name text not null constraint token_name_length check (length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  used_at timestamptz,
  expires_at timestamptz not null,
  primary key (owner_id, id)
);
select tenancy.own('identity.tokens', 'required');
select tenancy.refer('identity.tokens', 'membership', 'identity.memberships', 'own', required => true, on_delete => 'cascade');
revoke all on identity.tokens from {{everyone}}, {{writes_one}}, {{writes_set}}, {{writes_all}};
select tenancy.open_to_system('identity.tokens', 'select, insert, update, delete');

-- One-time links (R4.7): single use, 72 h, stored hashed, bound to person, tenant and purpose (T-22, T-27).
create table identity.links (
  owner_id int not null,
  id uuid not null,
  token_hash bytea not null constraint link_taken unique,
  purpose text not null constraint link_purpose_unknown check (purpose in ('password')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  -- Who made it, for what they may at the moment of its use (R5.5); null: the command line.
  maker_membership_id uuid,
  primary key (owner_id, id)
);
select tenancy.own('identity.links', 'required');
-- The home tenant's, which alone manages sign-in (R5.10); invitations of other tenants are in identity.invitations.
select tenancy.refer('identity.links', 'person', 'identity.people', 'own', required => true, on_delete => 'cascade');
revoke all on identity.links from {{everyone}}, {{writes_one}}, {{writes_set}}, {{writes_all}};
select tenancy.open_to_system('identity.links', 'select, insert, update, delete');

-- Failed sign-ins, counted by account and by address in windows of minutes. Untenanted: a name that exists nowhere is counted too.
create table identity.sign_in_attempts (
  bucket text not null,
  window_started_at timestamptz not null,
  failures int not null,
  primary key (bucket, window_started_at)
);
grant select, insert, update, delete on identity.sign_in_attempts to {{system}};

-- The first administrator's address until it is used (1 h; every start makes a new one).
create table identity.first_run_links (
  token_hash bytea primary key,
  expires_at timestamptz not null
);
grant select, insert, update, delete on identity.first_run_links to {{system}};
