-- It was made twice.
drop index tenancy.tenants_not_active;
