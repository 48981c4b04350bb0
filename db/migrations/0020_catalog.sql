-- The catalog: what can be requested, and the requests.

create table catalog.categories (
  owner_id int not null,
  id uuid not null,
  key text collate "C" not null constraint category_key_form check (key ~ '^[a-z0-9-]{1,60}$'),
  name jsonb not null constraint category_name_in_both_languages check (name ? 'en' and name ? 'es'),
  position int not null default 100,
  -- Holds administrative offerings: shown only to those who may administer (R4.1).
  administrative boolean not null default false,
  primary key (owner_id, id),
  constraint catalog_category_key_taken unique (owner_id, key)
);
select tenancy.own('catalog.categories', 'optional');

-- Something that can be requested. `required_function` is who may see and request it; `fulfillment` names the program's way.
create table catalog.offerings (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  key text collate "C" not null constraint offering_key_form check (key ~ '^[a-z0-9-]{1,60}$'),
  name jsonb not null constraint offering_name_in_both_languages check (name ? 'en' and name ? 'es'),
  summary jsonb not null constraint offering_summary_in_both_languages check (summary ? 'en' and summary ? 'es'),
  description jsonb not null constraint offering_description_in_both_languages check (description ? 'en' and description ? 'es'),
  icon text not null default 'box',
  -- Not jsonb, which forgets the order of the fields: they are asked in the order in which they are written.
  form json not null,
  required_function text,
  approval text not null default 'none' constraint approval_unknown check (approval in ('none', 'one', 'four-eyes')),
  fulfillment text not null,
  status text not null default 'active' constraint offering_status_unknown check (status in ('active', 'inactive')),
  position int not null default 100,
  primary key (owner_id, id),
  constraint offering_key_taken unique (owner_id, key)
);
select tenancy.own('catalog.offerings', 'optional');
select tenancy.refer('catalog.offerings', 'category', 'catalog.categories', required => true);

-- A request of an offering. Fulfilled as the membership that submitted it; judged by its role at that moment (R5.8).
create table catalog.requests (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  number_key text collate "C" not null,
  number int not null,
  about text not null default '',
  form_values jsonb not null,
  changes jsonb not null default '[]',
  result jsonb not null default '{}',
  phase text not null default 'draft' constraint phase_unknown check (phase in ('draft', 'submitted', 'approval', 'fulfillment', 'completed', 'rejected', 'cancelled')),
  stuck boolean not null default false,
  approvals_needed int not null default 0,
  membership_id uuid not null,
  fulfilling_owner int,
  created_at timestamptz not null default now(),
  submitted_at timestamptz,
  completed_at timestamptz,
  primary key (owner_id, id),
  constraint request_number_taken unique (owner_id, number_key, number)
);
select tenancy.own('catalog.requests', 'required');
select tenancy.refer('catalog.requests', 'offering', 'catalog.offerings', required => true);
select tenancy.refer('catalog.requests', 'requester', 'identity.contacts', 'provider', required => true);
select tenancy.narrow('catalog.requests', $$ case tenancy.scope('request') when 'all' then true else requester_id = nullif(current_setting('app.contact', true), '')::uuid end $$);
select tenancy.open_to_system('catalog.requests', 'select, update');
create index requests_by_time on catalog.requests (owner_id, created_at desc, id desc);
create index requests_all_by_time on catalog.requests (created_at desc, id desc);
create index requests_by_number on catalog.requests (number_key, number);

create table catalog.approvals (
  owner_id int not null,
  id uuid not null,
  decision text not null constraint decision_unknown check (decision in ('approved', 'rejected')),
  comment text not null default '' constraint approval_comment_length check (length(comment) <= 2000),
  person_id uuid not null,
  -- As it was then: who decided is a fact, even where enabling has cleared the reference (R6.6).
  approver_name text not null constraint approver_name_length check (length(approver_name) <= 255),
  at timestamptz not null default now(),
  primary key (owner_id, id)
);
select tenancy.own('catalog.approvals', 'required');
select tenancy.refer('catalog.approvals', 'request', 'catalog.requests', 'own', required => true, on_delete => 'cascade');
select tenancy.refer('catalog.approvals', 'approver', 'identity.contacts', 'provider');
-- Four eyes are two different people (R4.3), whatever memberships they act under.
create unique index approval_twice on catalog.approvals (owner_id, request_id, person_id);

-- One product's part of a fulfillment (R4.4). These rows are the truth; the queue only carries their identity.
create table catalog.tasks (
  owner_id int not null,
  id uuid not null,
  position int not null,
  part text not null,
  state text not null default 'waiting' constraint task_state_unknown check (state in ('waiting', 'running', 'done', 'failed')),
  attempts int not null default 0,
  error jsonb,
  next_attempt_at timestamptz,
  done_at timestamptz,
  primary key (owner_id, id)
);
select tenancy.own('catalog.tasks', 'required');
select tenancy.refer('catalog.tasks', 'request', 'catalog.requests', 'own', required => true, on_delete => 'cascade');
select tenancy.open_to_system('catalog.tasks', 'select, update');
create index tasks_to_do on catalog.tasks (next_attempt_at) where state in ('waiting', 'failed');

-- What happened to a request, for whoever reads it.
create table catalog.request_entries (
  owner_id int not null,
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  -- Who, kept as it was: a fact, not a reference. Null: the program itself.
  by_owner_id int,
  by_name text not null,
  note jsonb,
  primary key (owner_id, id)
);
select tenancy.own('catalog.request_entries', 'required');
select tenancy.refer('catalog.request_entries', 'request', 'catalog.requests', 'own', required => true, on_delete => 'cascade');
select tenancy.open_to_system('catalog.request_entries', 'insert');

-- Whoever sees a request sees its parts: the sub-select is answered under the policies of requests.
do $$ declare name text; begin
  foreach name in array array['catalog.approvals', 'catalog.tasks', 'catalog.request_entries'] loop
    perform tenancy.narrow(name, 'exists (select from catalog.requests r where r.owner_id = ' || split_part(name, '.', 2) || '.owner_id and r.id = request_id)');
  end loop;
end $$;

-- An approval rule needs people to satisfy it (R4.3): how many different people could approve, beside any one requester.
create function catalog.approvers() returns int language sql stable security definer set search_path = '' as $$
  select count(distinct c.person_id)::int from identity.memberships m
    join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
    join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id)
    join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
    where (m.status, c.status, p.status, r.status) = ('active', 'active', 'active', 'active') and 'request.approve' = any(r.functions) and m.owner_id in (1, 3)
$$;
grant execute on function catalog.approvers() to {{everyone}};

-- The label of a tenant's series, for numbers such as KEY-R7: taken under the row's lock, last in the unit of work.
create function tenancy.next_number(owner int, series_name text, out key text, out number int) language plpgsql volatile security definer set search_path = '' as $$
begin
  -- Of the reserved owner *unassigned*, and of tenants that are older than the product, the series begins with its first number.
  insert into tenancy.series (owner_id, id, name, last) values (owner, platform.new_id(), series_name, 1)
    on conflict on constraint series_taken do update set last = tenancy.series.last + 1 returning last into number;
  select t.key into key from tenancy.tenants t where t.owner_id = owner;
end $$;
grant execute on function tenancy.next_number(int, text) to {{everyone}};
