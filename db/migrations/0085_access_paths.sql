-- What serves lists at every reach where until now the whole table was read (docs/database.md 9; test/access-paths.test.ts).

-- The lists' own orders, at the reach of all tenants; at smaller ones their keys and (owner_id, name_key) serve.
create index roles_by_name on identity.roles (name_key, id);
create index invitations_by_id on identity.invitations (id);
create index groups_by_name on tenancy.groups (name_key, id);
-- All are the provider's, so whoever does not read it must find out at once that there are none.
create index groups_of_one_by_name on tenancy.groups (owner_id, name_key, id);
-- The provider first, then by name.
create index tenants_listed on tenancy.tenants ((owner_id = 3) desc, name_key, owner_id);

-- What is found by its id alone, as categories and contacts are: a statement that was consented to, the role in a path.
create index terms_statements_by_id on identity.terms_statements (id);
create index terms_versions_by_id on identity.terms_versions (id);
create index roles_by_id on identity.roles (id);
create index groups_by_id on tenancy.groups (id);
