-- Each unit of work asks which tenants are not active (tenancy.scope_of). They are few among many, and are found without looking
-- at the others.
create index tenants_not_active on tenancy.tenants (owner_id) where status <> 'active';
