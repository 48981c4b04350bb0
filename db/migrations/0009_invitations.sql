-- R5.10: an invitation of somebody who has their home elsewhere. It names no person: whoever signs in, holds the secret and
-- goes by that address may accept it. So inviting never looks for the person, and cannot tell whether there is one (T-10).
create table identity.invitations (
  owner_id int not null,
  id uuid not null,
  token_hash bytea not null constraint invitation_token_taken unique,
  address text not null constraint invitation_address_length check (length(address) between 1 and 255),
  address_key text collate "C" not null,
  -- Judged again when it is accepted: an inviter who may no longer grant the role has invited nobody (R5.5).
  inviter_membership_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (owner_id, id)
);
select tenancy.own('identity.invitations', 'required');
select tenancy.refer('identity.invitations', 'role', 'identity.roles', 'line', required => true);
create trigger invitations_1_grant before insert on identity.invitations for each row execute function identity.check_grant();
revoke select, update on identity.invitations from {{everyone}}, {{writes_one}}, {{writes_set}}, {{writes_all}};
grant select (owner_id, id, address, address_key, inviter_membership_id, role_owner_id, role_id, created_at, expires_at) on identity.invitations to {{everyone}};
select tenancy.open_to_system('identity.invitations', 'select, delete');
