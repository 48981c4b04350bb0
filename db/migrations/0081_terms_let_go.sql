-- R6.6, R8.2: a tenant whose statement is let go (a crossing that is cleared) says *inherit* from then on. A choice of a statement
-- without one would be neither of the three.
create function tenancy.let_terms_go() returns trigger language plpgsql set search_path = '' as $$
begin
  new.terms := 'inherit';
  return new;
end $$;
create trigger tenants_2_terms before update of terms_statement_id on tenancy.tenants for each row
  when (new.terms_statement_id is null and old.terms_statement_id is not null and new.terms = 'statement') execute function tenancy.let_terms_go();
