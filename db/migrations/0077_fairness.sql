-- What the provider lets a tenant have, what tenants have had, and whose request is fulfilled next (decisions 0024, 0025).

-- 0: as much as there is. The provider has no limits: it could lock itself out of changing them.
alter table tenancy.tenants
  add column calls_per_minute int not null default 0 constraint tenant_calls_per_minute_range check (calls_per_minute between 0 and 1000000),
  add column calls_at_once int not null default 0 constraint tenant_calls_at_once_range check (calls_at_once between 0 and 1000),
  add column queued_requests int not null default 0 constraint tenant_queued_requests_range check (queued_requests between 0 and 1000000),
  add constraint provider_has_no_limits check (owner_id <> 3 or (calls_per_minute, calls_at_once, queued_requests) = (0, 0, 0));
create index tenants_limited on tenancy.tenants (owner_id) where calls_per_minute > 0 or calls_at_once > 0;

-- Calls of a tenant in a minute (since 1970), counted by one process; each writes its own rows, so none waits for another. Figures,
-- not records: nothing refers to them, and after an hour they are gone.
create table tenancy.usage (
  minute int not null,
  tenant int not null,
  process uuid not null,
  calls int not null,
  refused int not null,
  primary key (tenant, minute, process)
);
create index usage_by_minute on tenancy.usage (minute);

-- A process tells what it has counted since it last did, and learns the limits and what the others have counted.
create function tenancy.exchange_usage(this_process uuid, this_minute int, counted jsonb)
returns table (owner int, minute int, calls_per_minute int, calls_at_once int, others int, processes int)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
begin
  insert into tenancy.usage as u (minute, tenant, process, calls, refused)
    select c.minute, c.owner, this_process, c.calls, c.refused from jsonb_to_recordset(counted) as c(owner int, minute int, calls int, refused int)
    on conflict (tenant, minute, process) do update set calls = u.calls + excluded.calls, refused = u.refused + excluded.refused;
  delete from tenancy.usage u where u.minute < this_minute - 60;
  return query
    select t.owner_id, this_minute, t.calls_per_minute, t.calls_at_once,
        coalesce(sum(u.calls) filter (where u.minute = this_minute and u.process <> this_process), 0)::int, count(distinct u.process)::int
      from tenancy.tenants t left join tenancy.usage u on u.tenant = t.owner_id and u.minute >= this_minute - 1
      where t.calls_per_minute > 0 or t.calls_at_once > 0
      group by t.owner_id;
end $$;
grant execute on function tenancy.exchange_usage(uuid, int, jsonb) to {{system}};

-- A request's place in the queue of all that wait to be fulfilled; null while it does not. Of each tenant one is next before any
-- has a second: a new one comes after its tenant's last, and otherwise where the queue has got to.
alter table catalog.requests add column turn int;
create index requests_queued on catalog.requests (owner_id, turn) where turn is not null;
create index requests_by_turn on catalog.requests (turn) where turn is not null;

-- How many of a tenant's requests are queued, how many may be (0: any number), and the turn of the next one.
create function catalog.queued_of(tenant int) returns table (queued int, most int, turn int) language sql stable security definer set search_path = '' as $$
  select q.queued, t.queued_requests, greatest(q.last + 1, coalesce((select min(r.turn) from catalog.requests r where r.turn is not null), 0))
    from tenancy.tenants t, lateral (
      select count(*)::int as queued, max(r.turn) as last from catalog.requests r where r.owner_id = t.owner_id and r.turn is not null) q
    where t.owner_id = tenant
$$;
grant execute on function catalog.queued_of(int) to {{everyone}}, {{system}};

-- What a tenant has had of late, for those who read its records; answers nothing to others.
create function tenancy.usage_of(which int) returns table (calls int, calls_in_hour int, busiest_minute int, refused_in_hour int, queued int)
language sql stable security definer set search_path = '' as $$
  with minutes as (
    select u.minute, sum(u.calls)::int as calls, sum(u.refused)::int as refused from tenancy.usage u
      where u.tenant = which and u.minute > floor(extract(epoch from now()) / 60) - 60 group by u.minute)
  select coalesce(max(m.calls) filter (where m.minute = floor(extract(epoch from now()) / 60)), 0), coalesce(sum(m.calls), 0)::int, coalesce(max(m.calls), 0),
      coalesce(sum(m.refused), 0)::int, (select q.queued from catalog.queued_of(which) q)
    from minutes m
    where current_setting('app.reach', true) = 'all' or which = nullif(current_setting('app.owner', true), '')::int
      or which = any (nullif(current_setting('app.reads', true), '')::int[])
$$;
grant execute on function tenancy.usage_of(int) to {{everyone}};

-- One's own limits, also while multi-tenancy is off and no tenant's record can be read (R1.3).
create function tenancy.own_limits() returns table (calls_per_minute int, calls_at_once int, queued_requests int)
language sql stable security definer set search_path = '' as $$
  select t.calls_per_minute, t.calls_at_once, t.queued_requests from tenancy.tenants t where t.owner_id = nullif(current_setting('app.owner', true), '')::int
$$;
grant execute on function tenancy.own_limits() to {{everyone}};

-- R4.2: limits are changed like everything else of a tenant, by the offering's form; before the terms of usage, where the order of
-- the fields is what people see.
update catalog.offerings set form = replace(form::text, E'\n  "terms": {', $form$
  "callsPerMinute": {
   "type": "integer",
   "x-label": {
    "en": "Calls a minute",
    "es": "Llamadas por minuto"
   },
   "x-help": {
    "en": "Of the API, by all its people and programs together. 0: no limit.",
    "es": "A la API, de todas sus personas y programas juntos. 0: sin límite."
   },
   "minimum": 0,
   "maximum": 1000000,
   "x-section": {
    "en": "Limits",
    "es": "Límites"
   },
   "x-when": {
    "action": "update"
   }
  },
  "callsAtOnce": {
   "type": "integer",
   "x-label": {
    "en": "Calls at once",
    "es": "Llamadas a la vez"
   },
   "x-help": {
    "en": "More than these wait. 0: no limit.",
    "es": "Las demás esperan. 0: sin límite."
   },
   "minimum": 0,
   "maximum": 1000,
   "x-when": {
    "action": "update"
   }
  },
  "queuedRequests": {
   "type": "integer",
   "x-label": {
    "en": "Requests waiting to be fulfilled",
    "es": "Solicitudes en espera de cumplimiento"
   },
   "x-help": {
    "en": "Further ones are refused until some are done. 0: no limit.",
    "es": "Las siguientes se rechazan hasta que se cumplan algunas. 0: sin límite."
   },
   "minimum": 0,
   "maximum": 1000000,
   "x-when": {
    "action": "update"
   }
  },
  "terms": {$form$)::json where key = 'manage-tenants';
