-- Whoever works for thousands of tenants waited for a look at each of them, two microseconds each, although the newest tickets of all mostly hold
-- the page. How far back so many of everybody's tickets reach is nobody's record, and is answered to nobody: it is where a list stops looking through
-- them (docs/database.md 9.10).
create function desk.tickets_since(before timestamptz, tickets int) returns timestamptz language sql stable security definer set search_path = '' as $$
  select t.opened_at from desk.tickets t where t.opened_at <= coalesce(before, 'infinity') order by t.opened_at desc offset tickets limit 1
$$;
grant execute on function desk.tickets_since(timestamptz, int) to {{everyone}};
