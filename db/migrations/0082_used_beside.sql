-- A unit of work that reads keeps to one instant (decision 28). Where another one of the same session has noted its use since, there
-- is nothing left to note, and the wish is no reason to fail.
create or replace function identity.mark_used(kind text, credential bytea) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if kind = 'session' then
    update identity.sessions x set used_at = now(), expires_at = least(now() + interval '12 hours', x.created_at + interval '7 days')
      from (select y.owner_id, y.id from identity.sessions y where y.token_hash = credential for update skip locked) used
      where (x.owner_id, x.id) = (used.owner_id, used.id);
  elsif kind = 'token' then
    update identity.tokens x set used_at = now()
      from (select y.owner_id, y.id from identity.tokens y where y.token_hash = credential for update skip locked) used
      where (x.owner_id, x.id) = (used.owner_id, used.id);
  end if;
exception when serialization_failure then
  null;
end $$;
