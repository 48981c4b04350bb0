-- Full-text search over tickets. The wall disables GIN indexes (`@@` is not leakproof), so the words live in a table that
-- nobody reads directly, and one function asks it.

-- One row a ticket: its words in Spanish and English, folded, so that accents need not be typed. Two vectors, because
-- internal comments must not be found by those who may not read them (T-09).
create table desk.ticket_searches (
  owner_id int not null,
  id uuid not null,
  words tsvector not null,
  internal_words tsvector not null,
  primary key (owner_id, id)
);
select tenancy.own('desk.ticket_searches', 'required');
select tenancy.refer('desk.ticket_searches', 'ticket', 'desk.tickets', 'own', required => true, on_delete => 'cascade');
create unique index ticket_search_once on desk.ticket_searches (owner_id, ticket_id);
create index ticket_searches_words on desk.ticket_searches using gin (owner_id, words);
create index ticket_searches_internal_words on desk.ticket_searches using gin (owner_id, internal_words);
revoke all on desk.ticket_searches from {{everyone}}, {{writes_one}}, {{writes_set}}, {{writes_all}};

create function desk.words_of(value text) returns tsvector language sql immutable parallel safe set search_path = '' as $$
  select to_tsvector('pg_catalog.english', platform.fold_text(value)) || to_tsvector('pg_catalog.spanish', platform.fold_text(value))
$$;

-- Reads all comments, those that whoever writes may not read among them, hence security definer.
create function desk.index_ticket(ticket_owner int, ticket uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  said text;
  said_inside text;
  own_words tsvector;
begin
  -- Two who comment at once: the second waits for the first here, and then reads what both have said.
  perform from desk.tickets t where t.owner_id = ticket_owner and t.id = ticket for no key update;
  -- A vector holds 1 MB at most: what is said beyond that is not found, and can still be said.
  select left(string_agg(c.body, ' ' order by c.at desc) filter (where c.audience = 'public'), 200000),
      left(string_agg(c.body, ' ' order by c.at desc) filter (where c.audience = 'internal'), 200000)
    into said, said_inside from desk.comments c where c.owner_id = ticket_owner and c.ticket_id = ticket;
  select desk.words_of(concat_ws(' ', t.number, (select string_agg(a.number, ' ') from desk.ticket_aliases a where (a.owner_id, a.ticket_id) = (t.owner_id, t.id)), t.title, t.description, t.resolution, said)) into own_words
    from desk.tickets t where t.owner_id = ticket_owner and t.id = ticket;
  insert into desk.ticket_searches as s (owner_id, id, ticket_id, words, internal_words)
    values (ticket_owner, platform.new_id(), ticket, own_words, own_words || desk.words_of(coalesce(said_inside, '')))
    on conflict (owner_id, ticket_id) do update set words = excluded.words, internal_words = excluded.internal_words;
end $$;

create function desk.index_changed_ticket() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform desk.index_ticket(new.owner_id, new.id);
  return null;
end $$;
create trigger tickets_1_words after insert or update of title, description, resolution, number on desk.tickets
  for each row execute function desk.index_changed_ticket();
create function desk.index_commented_ticket() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform desk.index_ticket(new.owner_id, new.ticket_id);
  return null;
end $$;
create trigger comments_1_words after insert on desk.comments for each row execute function desk.index_commented_ticket();

-- The newest tickets in which the words occur, as keys only. Reach, scope and what may be read are taken from the settings
-- of the unit of work, never from arguments; the outer query joins the tickets under their policies all the same.
create function desk.search_tickets(sought text, most int) returns table (owner_id int, ticket_id uuid)
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
begin
  if reach is null or reach not in ('one', 'set', 'all') or numnode(query) = 0 then return; end if;
  if reach <> 'all' then conditions := ' and s.owner_id = any($2)'; end if;
  if coalesce(current_setting('app.scope_ticket', true), 'own') <> 'all' then
    conditions := conditions || ' and exists (select from desk.tickets t where (t.owner_id, t.id) = (s.owner_id, s.ticket_id)
      and ($3 in (t.requester_id, t.affected_id) or t.id in (select desk.watched())' ||
      case current_setting('app.scope_ticket', true) when 'groups' then ' or t.group_id = any($4)' else '' end || '))';
  end if;
  return query execute format('select s.owner_id, s.ticket_id from desk.ticket_searches s where s.%I @@ $1%s order by s.ticket_id desc limit $5', vector, conditions)
    using query, reads, contact, groups, most;
end $$;
grant execute on function desk.search_tickets(text, int) to {{everyone}};
