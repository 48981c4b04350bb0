-- How a tenant looks to its own people: the picture that heads their pages beside the name (R10.1). One row for each
-- tenant, made by self-service's part of Add Tenant; no picture until one is set.
create table selfservice.brandings (
  owner_id int not null,
  id uuid not null,
  picture bytea,
  media_type text constraint logo_media_type_unknown check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  picture_hash text not null default '',
  primary key (owner_id, id),
  constraint branding_once unique (owner_id),
  constraint logo_whole check ((picture is null) = (media_type is null)),
  constraint logo_size check (length(picture) <= 200000)
);
select tenancy.own('selfservice.brandings', 'required');

-- A person's own organization, whatever their reach is: name, formats and logo of the tenant they act for.
create function selfservice.organization() returns table (name text, time_zone text, currency text, date_format text, time_format text, decimal_symbol text, logo text)
language sql stable security definer set search_path = '' as $$
  select t.name, t.time_zone, t.currency, t.date_format, t.time_format, t.decimal_symbol, b.picture_hash
  from tenancy.tenants t left join selfservice.brandings b on b.owner_id = t.owner_id
  where t.owner_id = nullif(current_setting('app.owner', true), '')::int and t.owner_id > 2 and current_setting('app.tenancy', true) <> 'off'
$$;
grant execute on function selfservice.organization() to {{everyone}};

create function selfservice.logo() returns table (picture bytea, media_type text) language sql stable security definer set search_path = '' as $$
  select b.picture, b.media_type from selfservice.brandings b
  where b.owner_id = nullif(current_setting('app.owner', true), '')::int and b.picture is not null and current_setting('app.tenancy', true) <> 'off'
$$;
grant execute on function selfservice.logo() to {{everyone}};
