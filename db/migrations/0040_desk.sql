-- The service desk: tickets, what is said on them, and what they are sorted by.

-- What a ticket is about. Optional (R6.1): a tenant's own, public ones, and those of the tenants above.
create table desk.categories (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  name text not null constraint category_name_length check (length(name) between 1 and 255),
  name_key text collate "C" not null,
  description text not null default '' constraint category_description_length check (length(description) <= 1024),
  status text not null default 'active' constraint category_status_unknown check (status in ('active', 'inactive')),
  primary key (owner_id, id),
  constraint category_name_taken unique (owner_id, name_key)
);
select tenancy.own('desk.categories', 'optional');
create index categories_by_name on desk.categories (name_key, id);
create index categories_by_id on desk.categories (id);

-- Where something is: a site, a building, a room.
create table desk.locations (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  name text not null constraint location_name_length check (length(name) between 1 and 255),
  name_key text collate "C" not null,
  description text not null default '' constraint location_description_length check (length(description) <= 1024),
  status text not null default 'active' constraint location_status_unknown check (status in ('active', 'inactive')),
  primary key (owner_id, id),
  constraint location_name_taken unique (owner_id, name_key)
);
select tenancy.own('desk.locations', 'optional');
create index locations_by_name on desk.locations (name_key, id);
create index locations_by_id on desk.locations (id);

-- They are deactivated, never deleted: tickets name them.
revoke delete on desk.categories, desk.locations, identity.assignment_groups from {{writes_one}}, {{writes_set}}, {{writes_all}};
create index assignment_groups_by_name on identity.assignment_groups (name_key, id);
create index assignment_groups_by_id on identity.assignment_groups (id);
-- Fields of tickets are given by id, whatever the tenant.
create index if not exists contacts_by_id on identity.contacts (id);

-- The group that receives a tenant's new tickets when nobody says another; made by the desk's part of Add Tenant (R4.4).
create table desk.default_groups (
  owner_id int not null,
  id uuid not null,
  primary key (owner_id, id),
  constraint default_group_once unique (owner_id)
);
select tenancy.own('desk.default_groups', 'required');
select tenancy.refer('desk.default_groups', 'group', 'identity.assignment_groups', 'provider', required => true);

-- A ticket is somebody's report or wish, worked on until it is closed. `number` is KEY-42, from the tenant's series.
-- Columns that are filtered or sorted are of types whose operators are leakproof: others cannot use an index under the wall.
create table desk.tickets (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  number text collate "C" not null constraint ticket_number_form check (number ~ '^[A-Z0-9]{2,8}-[1-9][0-9]{0,8}$'),
  -- The number as it sorts: 9 before 10.
  number_order text collate "C" generated always as (split_part(number, '-', 1) || '-' || lpad(split_part(number, '-', 2), 9, '0')) stored,
  type text not null constraint ticket_type_unknown check (type in ('incident', 'request')),
  status text not null default 'new' constraint ticket_status_unknown check (status in ('new', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled')),
  title text not null constraint ticket_title_length check (length(title) between 1 and 255),
  description text not null default '' constraint ticket_description_length check (length(description) <= 20000),
  resolution text not null default '' constraint ticket_resolution_length check (length(resolution) <= 5000),
  impact text not null constraint ticket_impact_unknown check (impact in ('high', 'medium', 'low')),
  urgency text not null constraint ticket_urgency_unknown check (urgency in ('high', 'medium', 'low')),
  -- 1 critical … 4 low, from impact and urgency; a number, because lists are sorted by it.
  priority smallint not null constraint ticket_priority_range check (priority between 1 and 4),
  opened_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  resolved_at timestamptz,
  closed_at timestamptz,
  primary key (owner_id, id),
  constraint ticket_number_taken unique (owner_id, number)
);
select tenancy.own('desk.tickets', 'required');
select tenancy.refer('desk.tickets', 'category', 'desk.categories', 'line');
select tenancy.refer('desk.tickets', 'location', 'desk.locations', 'line');
-- Null only for tickets of other systems that name nobody.
select tenancy.refer('desk.tickets', 'requester', 'identity.contacts', 'line');
select tenancy.refer('desk.tickets', 'affected', 'identity.contacts', 'line');
select tenancy.refer('desk.tickets', 'assignee', 'identity.contacts', 'provider');
select tenancy.refer('desk.tickets', 'group', 'identity.assignment_groups', 'provider');
-- Tickets are cancelled, never deleted.
revoke delete on desk.tickets from {{writes_one}}, {{writes_set}}, {{writes_all}};

-- Each order of the list, for one owner and for all of them (docs/database.md 9); every one ends in id, for pages by key.
create index tickets_by_opened on desk.tickets (owner_id, opened_at, id);
create index tickets_all_by_opened on desk.tickets (opened_at, id);
create index tickets_by_updated on desk.tickets (owner_id, updated_at, id);
create index tickets_all_by_updated on desk.tickets (updated_at, id);
create index tickets_by_priority on desk.tickets (owner_id, priority, opened_at, id);
create index tickets_all_by_priority on desk.tickets (priority, opened_at, id);
create index tickets_by_number on desk.tickets (owner_id, number_order, id);
create index tickets_all_by_number on desk.tickets (number_order, id);
create index tickets_numbered on desk.tickets (number);
-- One status, and what is open: most tickets are closed, and a walk through all orders would pass them by one by one. The
-- lists say “open” in these very words, or PostgreSQL could not know that the index holds all it needs.
create index tickets_by_status on desk.tickets (owner_id, status, opened_at, id);
create index tickets_all_by_status on desk.tickets (status, opened_at, id);
create index tickets_open_by_opened on desk.tickets (owner_id, opened_at, id) where status in ('new', 'in_progress', 'on_hold');
create index tickets_all_open_by_opened on desk.tickets (opened_at, id) where status in ('new', 'in_progress', 'on_hold');
create index tickets_open_by_priority on desk.tickets (owner_id, priority, opened_at, id) where status in ('new', 'in_progress', 'on_hold');
create index tickets_all_open_by_priority on desk.tickets (priority, opened_at, id) where status in ('new', 'in_progress', 'on_hold');

-- The numbers that a ticket had in other tenants before it was moved (R7.3): it is still found by them.
create table desk.ticket_aliases (
  owner_id int not null,
  id uuid not null,
  number text collate "C" not null constraint alias_number_form check (number ~ '^[A-Z0-9]{2,8}-[1-9][0-9]{0,8}$'),
  primary key (owner_id, id),
  constraint ticket_alias_taken unique (number)
);
select tenancy.own('desk.ticket_aliases', 'required');
select tenancy.refer('desk.ticket_aliases', 'ticket', 'desk.tickets', 'own', required => true, on_delete => 'cascade');
revoke update, delete on desk.ticket_aliases from {{writes_one}}, {{writes_set}}, {{writes_all}};

-- Who is told of a ticket, and may read it therefore. Provider-eligible: the provider's analysts watch tenants' tickets.
create table desk.watchers (
  owner_id int not null,
  id uuid not null,
  primary key (owner_id, id)
);
select tenancy.own('desk.watchers', 'required');
select tenancy.refer('desk.watchers', 'ticket', 'desk.tickets', 'own', required => true, on_delete => 'cascade');
select tenancy.refer('desk.watchers', 'contact', 'identity.contacts', 'provider', required => true, on_delete => 'cascade');
create unique index watcher_twice on desk.watchers (owner_id, ticket_id, contact_id);

-- What was said on a ticket. Author and name are kept as they were, like in the audit: a fact, not a reference that a move
-- of tenants could make illegal.
create table desk.comments (
  owner_id int not null,
  id uuid not null,
  at timestamptz not null default now(),
  author_owner_id int,
  author_contact_id uuid,
  author_name text not null constraint comment_author_length check (length(author_name) <= 255),
  audience text not null constraint comment_audience_unknown check (audience in ('internal', 'public')),
  body text not null constraint comment_length check (length(body) between 1 and 20000),
  primary key (owner_id, id)
);
select tenancy.own('desk.comments', 'required');
select tenancy.refer('desk.comments', 'ticket', 'desk.tickets', 'own', required => true, on_delete => 'cascade');
create index comments_of_ticket on desk.comments (owner_id, ticket_id, at, id);
revoke update, delete on desk.comments from {{writes_one}}, {{writes_set}}, {{writes_all}};

-- What changed on a ticket, for people: values as they were shown, names as they were then.
create table desk.ticket_changes (
  owner_id int not null,
  id uuid not null,
  at timestamptz not null default now(),
  by_owner_id int,
  by_contact_id uuid,
  by_name text not null constraint change_by_length check (length(by_name) <= 255),
  field text not null constraint change_field_length check (length(field) between 1 and 50),
  from_value text not null default '',
  to_value text not null default '',
  internal boolean not null default false,
  primary key (owner_id, id)
);
select tenancy.own('desk.ticket_changes', 'required');
select tenancy.refer('desk.ticket_changes', 'ticket', 'desk.tickets', 'own', required => true, on_delete => 'cascade');
create index changes_of_ticket on desk.ticket_changes (owner_id, ticket_id, at, id);
revoke update, delete on desk.ticket_changes from {{writes_one}}, {{writes_set}}, {{writes_all}};

-- Internal comments and changes do not exist for roles without ticket.read-internal, however they ask, and cannot be
-- written by them either. The setting comes from the role's functions, by the same statement as the reach.
create policy internal on desk.comments as restrictive to {{everyone}}
  using (audience = 'public' or (select current_setting('app.read_internal', true)) = 'on');
create policy internal on desk.ticket_changes as restrictive to {{everyone}}
  using (not internal or (select current_setting('app.read_internal', true)) = 'on');

-- R5.9. The tickets that whoever acts watches; as a function, because a policy on tickets that reads watchers, whose policy
-- reads tickets, would be a circle. Takes no argument: it answers for the acting contact alone.
create function desk.watched() returns setof uuid language sql stable security definer set search_path = '' as $$
  select w.ticket_id from desk.watchers w
    where w.contact_owner_id = nullif(current_setting('app.owner', true), '')::int and w.contact_id = nullif(current_setting('app.contact', true), '')::uuid
$$;
grant execute on function desk.watched() to {{everyone}};

select tenancy.narrow('desk.tickets', $$
  (select tenancy.scope('ticket')) = 'all'
  or requester_id = (select nullif(current_setting('app.contact', true), '')::uuid)
  or affected_id = (select nullif(current_setting('app.contact', true), '')::uuid)
  or id in (select desk.watched())
  or ((select tenancy.scope('ticket')) = 'groups' and group_id in (select unnest(nullif(current_setting('app.groups', true), '')::uuid[])))
$$);
select tenancy.narrow('desk.watchers', 'exists (select from desk.tickets t where (t.owner_id, t.id) = (watchers.owner_id, watchers.ticket_id))');
select tenancy.narrow('desk.ticket_aliases', 'exists (select from desk.tickets t where (t.owner_id, t.id) = (ticket_aliases.owner_id, ticket_aliases.ticket_id))');
select tenancy.narrow('desk.comments', 'exists (select from desk.tickets t where (t.owner_id, t.id) = (comments.owner_id, comments.ticket_id))');
select tenancy.narrow('desk.ticket_changes', 'exists (select from desk.tickets t where (t.owner_id, t.id) = (ticket_changes.owner_id, ticket_changes.ticket_id))');
