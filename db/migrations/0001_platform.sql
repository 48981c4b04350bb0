-- What everything else stands on: schemas, the roles that a unit of work switches to, instants and identities.
--
-- `{{name}}` is a role of this installation; the runner puts in the quoted name with its prefix, because roles belong to
-- the cluster and two installations may share one. The roles themselves are made by src/platform/roles.ts.

create extension if not exists btree_gin;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- The schema platform is made by the runner, for its own table of migrations.
create schema tenancy;
create schema identity;
create schema catalog;
create schema desk;
create schema selfservice;

grant usage on schema platform, tenancy, identity, catalog, desk, selfservice to {{everyone}}, {{system}};
grant usage on schema tenancy to {{app}};

-- Functions are closed by default: each is granted to whom it is for.
alter default privileges revoke execute on functions from public;

-- One row: that this database is ours, and which installation it is. Start-up refuses a database with other tables in it.
create table platform.installation (
  one boolean primary key default true constraint installation_is_one_row check (one),
  id uuid not null,
  made_at timestamptz not null default now()
);
grant select on platform.installation to {{everyone}}, {{system}}, {{app}};

-- Identities made inside the database (by triggers) are UUIDv7 like the program's: 48 bits of milliseconds, then random.
create function platform.new_id() returns uuid language sql volatile parallel safe set search_path = '' as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;
grant execute on function platform.new_id() to {{everyone}}, {{system}};

-- `unaccent` is not immutable because its dictionary could change; ours does not. Needed in stored columns.
create function platform.fold_text(value text) returns text language sql immutable strict parallel safe set search_path = '' as $$
  select lower(public.unaccent('public.unaccent'::regdictionary, value))
$$;
grant execute on function platform.fold_text(text) to {{everyone}}, {{system}};
grant select on platform.migrations to {{system}};
