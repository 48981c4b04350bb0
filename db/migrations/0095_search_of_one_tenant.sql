-- A search is cut off after the newest thousand tickets in which the words occur. What was asked for of one tenant was then looked for among those: whoever works for
-- many tenants found nothing of a quiet one beside a loud one. The tenants that are asked for are now part of the search (R5.1).
-- Whoever sees their own tickets alone begins with those, which are few: where all tenants are open, as while multi-tenancy is off, every ticket with a
-- frequent word was looked at to find theirs. And of whoever sees their groups' tickets each that was found is looked up by its key: it was planned as a join
-- with all tickets. `offset 0` keeps it from becoming a join or a table of all answers, `ctid` from an index of an order (docs/database.md 9.11).
drop function desk.search_tickets(text, int);
create function desk.search_tickets(sought text, most int, tenants int[] default null) returns table (owner_id int, ticket_id uuid)
language plpgsql stable security definer set search_path = '' as $$
declare
  reach text := current_setting('app.reach', true);
  own int := nullif(current_setting('app.owner', true), '')::int;
  contact uuid := nullif(current_setting('app.contact', true), '')::uuid;
  groups uuid[] := coalesce(nullif(current_setting('app.groups', true), '')::uuid[], '{}');
  scope text := coalesce(current_setting('app.scope_ticket', true), 'own');
  -- Each dictionary leaves out its own stop words; a word is found in either language.
  query tsquery := websearch_to_tsquery('pg_catalog.english', platform.fold_text(sought)) || websearch_to_tsquery('pg_catalog.spanish', platform.fold_text(sought));
  vector text := case when current_setting('app.read_internal', true) = 'on' then 'internal_words' else 'words' end;
  among int[];
  conditions text := '';
  weeks int := 1;
  since int := desk.week_of(platform.new_id()) + 1;
  until int;
  wanted int := most;
  found int;
  rare boolean;
begin
  if reach is null or reach not in ('one', 'set', 'all') or numnode(query) = 0 then return; end if;
  among := case when reach = 'all' then tenants
    when tenants is null then nullif(current_setting('app.reads', true), '')::int[]
    else array(select unnest(tenants) intersect select unnest(nullif(current_setting('app.reads', true), '')::int[])) end;
  if reach <> 'all' or tenants is not null then conditions := ' and s.owner_id = any($2)'; end if;

  if scope = 'own' then
    return query execute format('select s.owner_id, s.ticket_id from (
        select t.owner_id, t.id from desk.tickets t where (t.requester_owner_id, t.requester_id) = ($3, $4)
        union select t.owner_id, t.id from desk.tickets t where (t.affected_owner_id, t.affected_id) = ($3, $4)
        union select w.owner_id, w.ticket_id from desk.watchers w where (w.contact_owner_id, w.contact_id) = ($3, $4)) mine,
      lateral (select x.* from desk.ticket_searches x where (x.owner_id, x.ticket_id) = (mine.owner_id, mine.id) offset 0) s
      where s.%I @@ $1%s order by s.ticket_id desc limit $5', vector, conditions)
      using query, among, own, contact, most;
    return;
  end if;
  if scope = 'groups' then
    conditions := conditions || ' and exists (select from desk.tickets t where t.ctid <> ''(0,0)'' and (t.owner_id, t.id) = (s.owner_id, s.ticket_id)
      and ($3 in (t.requester_id, t.affected_id) or t.id in (select desk.watched()) or t.group_id = any($4)) offset 0)';
  end if;
  loop
    -- Of tenants by name, nothing need be left out. The rest is a filter: an index would be gone through for all weeks.
    return query execute format('select s.owner_id, s.ticket_id from desk.ticket_searches s where s.%I @@ $1%s%s order by s.ticket_id desc limit $5', vector, conditions,
        case when among is not null or reach <> 'all' then '' when until is null then ' and desk.week_of(s.ticket_id) >= $6'
          when since is null then ' and desk.week_of(s.ticket_id) + 0 < $7' else ' and desk.week_of(s.ticket_id) = any($8)' end)
      using query, among, contact, groups, wanted, since, until, array(select generate_series(since, until - 1));
    get diagnostics found = row_count;
    exit when among is not null or reach <> 'all' or since is null or found >= wanted;
    wanted := wanted - found;
    -- Little is dated ahead, whatever the word; and of whoever sees few tickets it is not the word that is rare.
    rare := until is not null and scope = 'all' and found < most / 20;
    until := since;
    weeks := weeks * 2;
    since := case when not rare and weeks < 500 then until - weeks end;
  end loop;
end $$;
grant execute on function desk.search_tickets(text, int, int[]) to {{everyone}};
