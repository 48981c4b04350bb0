-- A search over all tenants for a frequent word found every ticket with it, to keep the newest thousand: of a million tickets that took 1.3 s. The words' indexes
-- now know the week of each ticket, which its key begins with (UUIDv7), and the weeks are looked through backwards until there are enough: what is dated ahead, two, then four, and so
-- on. Where the newest have few, the word is rare, and all the rest is looked up at once, as before. Weeks are named one by one: a range of them is not
-- remembered exactly by the index once it is large.
create function desk.week_of(ticket_id uuid) returns int language sql immutable parallel safe set search_path = '' as $$
  select (('x' || left(replace(ticket_id::text, '-', ''), 12))::bit(48)::bigint / 604800000)::int
$$;
drop index desk.ticket_searches_words;
drop index desk.ticket_searches_internal_words;
create index ticket_searches_words on desk.ticket_searches using gin (owner_id, desk.week_of(ticket_id), words);
create index ticket_searches_internal_words on desk.ticket_searches using gin (owner_id, desk.week_of(ticket_id), internal_words);

create or replace function desk.search_tickets(sought text, most int) returns table (owner_id int, ticket_id uuid)
language plpgsql stable security definer set search_path = '' as $$
declare
  reach text := current_setting('app.reach', true);
  reads int[] := nullif(current_setting('app.reads', true), '')::int[];
  contact uuid := nullif(current_setting('app.contact', true), '')::uuid;
  groups uuid[] := coalesce(nullif(current_setting('app.groups', true), '')::uuid[], '{}');
  -- Each dictionary leaves out its own stop words; a word is found in either language.
  query tsquery := websearch_to_tsquery('pg_catalog.english', platform.fold_text(sought)) || websearch_to_tsquery('pg_catalog.spanish', platform.fold_text(sought));
  vector text := case when current_setting('app.read_internal', true) = 'on' then 'internal_words' else 'words' end;
  conditions text := '';
  weeks int := 1;
  since int := desk.week_of(platform.new_id()) + 1;
  until int;
  wanted int := most;
  found int;
  rare boolean;
begin
  if reach is null or reach not in ('one', 'set', 'all') or numnode(query) = 0 then return; end if;
  if reach <> 'all' then conditions := ' and s.owner_id = any($2)'; end if;
  if coalesce(current_setting('app.scope_ticket', true), 'own') <> 'all' then
    conditions := conditions || ' and exists (select from desk.tickets t where (t.owner_id, t.id) = (s.owner_id, s.ticket_id)
      and ($3 in (t.requester_id, t.affected_id) or t.id in (select desk.watched())' ||
      case current_setting('app.scope_ticket', true) when 'groups' then ' or t.group_id = any($4)' else '' end || '))';
  end if;
  loop
    -- Of tenants by name, nothing need be left out. The rest is a filter: an index would be gone through for all weeks.
    return query execute format('select s.owner_id, s.ticket_id from desk.ticket_searches s where s.%I @@ $1%s%s order by s.ticket_id desc limit $5', vector, conditions,
        case when reach <> 'all' then '' when until is null then ' and desk.week_of(s.ticket_id) >= $6'
          when since is null then ' and desk.week_of(s.ticket_id) + 0 < $7' else ' and desk.week_of(s.ticket_id) = any($8)' end)
      using query, reads, contact, groups, wanted, since, until, array(select generate_series(since, until - 1));
    get diagnostics found = row_count;
    exit when reach <> 'all' or since is null or found >= wanted;
    wanted := wanted - found;
    -- Little is dated ahead, whatever the word.
    rare := until is not null and found < most / 20;
    until := since;
    weeks := weeks * 2;
    since := case when not rare and weeks < 500 then until - weeks end;
  end loop;
end $$;
