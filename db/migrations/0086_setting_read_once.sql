-- The policy of those who reach one tenant read the setting anew for each row that it judged, which is what a page with its six joined names
-- is made of: some three hundred. As a sub-select it is read once a statement, and an index is searched by it as before.
do $$
declare
  condition text := 'owner_id = (select nullif(current_setting(''app.read_owner'', true), '''')::int)';
  p record;
begin
  execute replace(pg_get_functiondef('tenancy.own'::regproc),
    quote_literal('owner_id = nullif(current_setting(''app.read_owner'', true), '''')::int'), quote_literal(condition));
  for p in select schemaname, tablename from pg_policies where policyname = 'reads_one' and qual like '%app.read_owner%' loop
    execute format('alter policy reads_one on %I.%I using (%s)', p.schemaname, p.tablename, condition);
  end loop;
end $$;
