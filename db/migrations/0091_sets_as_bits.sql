-- A set of owners was hashed once for each table of a statement, eight times for a page of tickets: of 5,000 owners that was most of what the page cost. A set
-- that is large for its installation now travels as bits, too, one for each owner that there is: they are made once in a unit of work, and one is read where an owner
-- stands, without going through the set. An owner beyond the last bit is looked for in the set itself, as all are in a small one, so what is answered is
-- the same (docs/database.md 9.13).
alter type tenancy.scope_row add attribute bits_below int, add attribute reads_bits text, add attribute reads_optional_bits text;

-- Bit n is owner n, for all owners below `below`; others are left to the set. Made in blocks, since to set a bit copies what it is set in.
create function tenancy.bits_of(owners int[], below int) returns bytea language plpgsql immutable strict set search_path = '' as $$
declare
  blocks bytea[] := array_fill(decode(repeat('00', 256), 'hex'), array[below / 2048 + 1]);
  place int;
  owner int;
begin
  foreach owner in array owners loop
    continue when owner >= below;
    place := owner / 2048 + 1;
    blocks[place] := set_bit(blocks[place], owner % 2048, 1);
  end loop;
  return (select string_agg(b.block, '' order by b.place) from unnest(blocks) with ordinality b (block, place));
end $$;

-- What a policy of those who reach several tenants asks of a row, as SQL: `name` is one of the sets that a unit of work has in its settings.
create function tenancy.within(name text) returns text language sql immutable strict set search_path = '' as $$
  select replace($sql$case when owner_id < (select nullif(current_setting('app.SET_below', true), '')::int)
    then get_bit((select decode(current_setting('app.SET_bits', true), 'base64')), owner_id) = 1
    else owner_id in (select unnest(nullif(current_setting('app.SET', true), '')::int[])) end$sql$, 'SET', name)
$$;

do $$
declare
  changes text[] := array[
    $sql$reads_set text := 'owner_id in (select unnest(nullif(current_setting(''app.reads'', true), '''')::int[]))'$sql$, $sql$reads_set text := tenancy.within('reads')$sql$,
    $sql$writes_set text := 'owner_id in (select unnest(nullif(current_setting(''app.writes'', true), '''')::int[]))'$sql$, $sql$writes_set text := tenancy.within('writes')$sql$,
    $sql${{reads_set}} using (%s)', name, reads_optional)$sql$, $sql${{reads_set}} using (%s)', name, tenancy.within('reads_optional'))$sql$];
  own text := pg_get_functiondef('tenancy.own'::regproc);
  p record;
begin
  for i in 1 .. cardinality(changes) by 2 loop
    if position(changes[i] in own) = 0 then raise exception 'tenancy.own does not hold %', changes[i]; end if;
    own := replace(own, changes[i], changes[i + 1]);
  end loop;
  execute own;
  for p in select x.schemaname, x.tablename, x.policyname, x.cmd, o.class
      from pg_policies x join tenancy.owned_tables o on o.name = x.schemaname || '.' || x.tablename
      where x.policyname = 'reads_set' or x.policyname like 'writes\_set\_%' loop
    execute format('alter policy %I on %I.%I %s (%s)', p.policyname, p.schemaname, p.tablename, case p.cmd when 'INSERT' then 'with check' else 'using' end,
      tenancy.within(case when p.policyname <> 'reads_set' then 'writes' when p.class = 'optional' then 'reads_optional' else 'reads' end));
  end loop;
end $$;

do $$
declare
  -- What is shared above a set's tenants follows them, in every case.
  shared text := $sql$s.reads_optional := array(select unnest(s.reads) union select 2
          union select c.ancestor_id from tenancy.closure c where c.descendant_id = any(s.reads));$sql$;
  last text := '  s.role := ';
  scope text := pg_get_functiondef('tenancy.scope_of'::regproc);
begin
  if position(shared in scope) = 0 or position(last in scope) = 0 then raise exception 'tenancy.scope_of is not what it was'; end if;
  scope := replace(scope, shared, $sql$s.reads_optional := s.reads || array(select x.owner_id from (select 2 union select c.ancestor_id from tenancy.closure c where c.descendant_id = any(s.reads)) x (owner_id)
          where x.owner_id not in (select unnest(s.reads)));$sql$);
  scope := replace(scope, last, $sql$  -- To hash the set costs by its owners, to read its bits by all owners that there are.
  if s.reach = 'set' then
    select case when n_reads * 256::bigint > o.last_value then o.last_value + 1 end into s.bits_below from tenancy.owner_ids o;
    if s.bits_below is not null then
      bits := tenancy.bits_of(s.reads, s.bits_below);
      s.reads_bits := encode(bits, 'base64');
      if cardinality(s.reads_optional) - n_reads > 20 then
        bits := tenancy.bits_of(s.reads_optional, s.bits_below);
      else
        foreach shared in array s.reads_optional[n_reads + 1:] loop
          if shared < s.bits_below then bits := set_bit(bits, shared, 1); end if;
        end loop;
      end if;
      s.reads_optional_bits := encode(bits, 'base64');
    end if;
  end if;
$sql$ || last);
  scope := replace(scope, '  write_reach text;', '  write_reach text;
  bits bytea;
  shared int;');
  execute scope;
end $$;
