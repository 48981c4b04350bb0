-- R10.5: why nobody is answered under a membership, although it reaches everything: its person has not accepted the terms of usage.
-- As a token would be asked (R8.6); a tenant that asks at every sign-in asks sessions again. Told of who acts there and nothing else.
create function identity.terms_waiting(membership uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select identity.terms_due('token', m.owner_id, c.person_id, null)
    from identity.memberships m join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id) where m.id = membership
$$;
grant execute on function identity.terms_waiting(uuid) to {{system}};
