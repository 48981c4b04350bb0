-- Where imported tickets and people came from, so that importing again changes nothing. Owned like what they stand for.
create table desk.imported_tickets (
  owner_id int not null,
  id uuid not null,
  source text collate "C" not null constraint import_source_length check (length(source) between 1 and 100),
  source_id text collate "C" not null constraint import_source_id_length check (length(source_id) between 1 and 100),
  imported_at timestamptz not null default now(),
  primary key (owner_id, id),
  constraint imported_once unique (owner_id, source, source_id)
);
select tenancy.own('desk.imported_tickets', 'required');
select tenancy.refer('desk.imported_tickets', 'ticket', 'desk.tickets', 'own', required => true, on_delete => 'cascade');
create index imported_tickets_by_source on desk.imported_tickets (source, source_id);

create table desk.imported_people (
  owner_id int not null,
  id uuid not null,
  source text collate "C" not null,
  name text collate "C" not null,
  primary key (owner_id, id),
  constraint imported_person_once unique (owner_id, source, name)
);
select tenancy.own('desk.imported_people', 'required');
select tenancy.refer('desk.imported_people', 'contact', 'identity.contacts', 'own', required => true, on_delete => 'cascade');
create index imported_people_by_source on desk.imported_people (source, name);

-- A person whom an import finds in several tenants has the provider as home (R5.10); not one that somebody can sign in for.
create function identity.make_provider_home(home int, person uuid, name text, folded text) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not tenancy.acts_with('import.run') then return false; end if;
  if exists (select from identity.passwords x where (x.owner_id, x.person_id) = (home, person)) or exists (select from identity.links x where (x.owner_id, x.person_id) = (home, person)) then return false; end if;
  update identity.people p set owner_id = 3, user_name = name, user_name_key = folded where (p.owner_id, p.id) = (home, person);
  return found;
end $$;
grant execute on function identity.make_provider_home(int, uuid, text, text) to {{everyone}};
