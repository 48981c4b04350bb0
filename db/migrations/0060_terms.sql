-- Terms of usage (R8): what a tenant's people accept before they go on, and the proof that they did.

-- A statement: its name, and the text that is being written. What people read is a version. Optional: a public or a parent's
-- statement serves those below. `published` is the number of the newest version, 0 while there is none.
create table identity.terms_statements (
  owner_id int not null,
  id uuid not null,
  version int not null default 1,
  name text not null constraint terms_name_length check (length(name) between 1 and 255),
  name_key text collate "C" not null,
  description text not null default '' constraint terms_description_length check (length(description) <= 1024),
  status text not null default 'active' constraint terms_status_unknown check (status in ('active', 'inactive')),
  draft_en text not null default '' constraint terms_draft_en_length check (length(draft_en) <= 200000),
  draft_es text not null default '' constraint terms_draft_es_length check (length(draft_es) <= 200000),
  published int not null default 0 constraint terms_published_positive check (published >= 0),
  primary key (owner_id, id),
  constraint terms_name_taken unique (owner_id, name_key)
);
select tenancy.own('identity.terms_statements', 'optional');
create index terms_statements_by_name on identity.terms_statements (name_key, id);
-- Tenants and consents name them, so they are deactivated, never deleted.
revoke delete on identity.terms_statements from {{writes_one}}, {{writes_set}}, {{writes_all}};

-- A text as it was published (R8.1): never changed, never deleted, whoever asks. `hash` is the SHA-256 of three lines, each
-- ended by a line feed: `name`, `en` and `es`, a space, and the SHA-256 of that text in UTF-8, all in hexadecimal.
create table identity.terms_versions (
  owner_id int not null,
  id uuid not null constraint terms_version_id_taken unique,
  number int not null constraint terms_version_number_positive check (number > 0),
  name text not null,
  text_en text not null,
  text_es text not null,
  hash text not null,
  published_at timestamptz not null default now(),
  published_by text not null,
  primary key (owner_id, id),
  constraint terms_version_empty check (text_en <> '' or text_es <> '')
);
select tenancy.own('identity.terms_versions', 'optional');
select tenancy.refer('identity.terms_versions', 'statement', 'identity.terms_statements', 'own', required => true);
create unique index terms_version_taken on identity.terms_versions (owner_id, statement_id, number);
revoke update, delete on identity.terms_versions from {{writes_one}}, {{writes_set}}, {{writes_all}};

create function identity.text_hash(words text) returns text language sql immutable set search_path = '' as $$
  select encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;
create function identity.hash_terms() returns trigger language plpgsql set search_path = '' as $$
begin
  new.hash := identity.text_hash(format(E'name %s\nen %s\nes %s\n', identity.text_hash(new.name), identity.text_hash(new.text_en), identity.text_hash(new.text_es)));
  return new;
end $$;
create trigger terms_versions_1_hash before insert on identity.terms_versions for each row execute function identity.hash_terms();
grant execute on function identity.text_hash(text) to {{everyone}};

-- What was published and what was consented to stays as it was, for the owning login as well. Only its tenant may change,
-- when what had none becomes the provider's (R1.6) or a statement becomes public.
create function identity.keep_as_it_was() returns trigger language plpgsql set search_path = '' as $$
declare
  filled boolean := true;
begin
  -- A restore empties what is empty.
  if tg_op = 'TRUNCATE' then execute format('select exists (select from %s)', tg_relid::regclass) into filled; end if;
  if not filled then return null; end if;
  if tg_op = 'UPDATE' and to_jsonb(new) - 'owner_id' = to_jsonb(old) - 'owner_id' then return new; end if;
  perform tenancy.refuse('terms_stay_as_they_were');
  return null;
end $$;
create trigger terms_versions_2_keep before update or delete on identity.terms_versions for each row execute function identity.keep_as_it_was();
create trigger terms_versions_3_keep before truncate on identity.terms_versions for each statement execute function identity.keep_as_it_was();

-- R8.4: who accepted or rejected what. Appended by identity.decide_terms alone, which takes all but language and address from
-- the credential; no login of the program can write or change a row. The version is named by identity, number and hash and
-- not referred to: a tenant that moves away from the statement's owner keeps its proof.
create table identity.consents (
  owner_id int not null,
  id uuid not null,
  at timestamptz not null default clock_timestamp(),
  decision text not null constraint consent_decision_unknown check (decision in ('accepted', 'rejected')),
  person_id uuid not null,
  person_owner_id int not null,
  person_name text not null,
  membership_id uuid not null,
  session_id uuid not null,
  statement_id uuid not null,
  version_id uuid not null,
  version_number int not null,
  statement_name text not null,
  hash text not null,
  language text not null constraint consent_language_unknown check (language in ('en', 'es')),
  text_hash text not null,
  address text not null,
  primary key (owner_id, id)
);
select tenancy.own('identity.consents', 'required', append_only => true);
create index consents_by_instant on identity.consents (owner_id, at desc, id desc);
create index consents_all_by_instant on identity.consents (at desc, id desc);
create index consents_by_person on identity.consents (person_id, owner_id, version_id) where decision = 'accepted';
create trigger consents_1_keep before update or delete on identity.consents for each row execute function identity.keep_as_it_was();
create trigger consents_2_keep before truncate on identity.consents for each statement execute function identity.keep_as_it_was();

-- R8.2, R8.5: what a tenant says.
alter table tenancy.tenants
  add column terms text not null default 'inherit' constraint tenant_terms_unknown check (terms in ('inherit', 'none', 'statement')),
  add column terms_asked text not null default 'once' constraint tenant_terms_asked_unknown check (terms_asked in ('once', 'sign-in'));
select tenancy.refer('tenancy.tenants', 'terms_statement', 'identity.terms_statements', 'line');
alter table tenancy.tenants add constraint tenant_terms_without_statement check ((terms = 'statement') = (terms_statement_id is not null));

-- R8.3: the first tenant up the line that says something decides, and how often is asked goes with it. A statement that is
-- inactive, or has no version yet, says nothing. One row, with no version where none is what was said; no row: nobody says anything.
create function identity.terms_in_force(tenant int) returns table (decided_by int, decided_by_name text, asked text, statement_id uuid, version_id uuid, number int, name text)
language sql stable security definer set search_path = '' as $$
  select t.owner_id, t.name, t.terms_asked, v.statement_id, v.id, v.number, v.name
    from tenancy.closure c join tenancy.tenants t on t.owner_id = c.ancestor_id
    left join identity.terms_statements s on t.terms = 'statement' and (s.owner_id, s.id) = (t.terms_statement_owner_id, t.terms_statement_id) and s.status = 'active'
    left join identity.terms_versions v on (v.owner_id, v.statement_id, v.number) = (s.owner_id, s.id, s.published)
    where c.descendant_id = tenant and (t.terms = 'none' or v.id is not null)
    order by c.distance limit 1
$$;
grant execute on function identity.terms_in_force(int) to {{everyone}};

-- Whether a person must accept first. A token needs to have been preceded by one acceptance of the version (R8.6); a session
-- by one of its own where the tenant asks at every sign-in. Each tenant is given its own consent.
create function identity.terms_due(kind text, tenant int, person uuid, session uuid) returns boolean language plpgsql stable set search_path = '' as $$
declare
  wanted uuid;
  each_time boolean;
begin
  -- Asked at every unit of work, and mostly nobody of the line says anything: seen at once, by a plan that is kept.
  if not exists (select from tenancy.closure c join tenancy.tenants t on t.owner_id = c.ancestor_id where c.descendant_id = tenant and t.terms = 'statement') then
    return false;
  end if;
  select f.version_id, f.asked = 'sign-in' and kind = 'session' into wanted, each_time from identity.terms_in_force(tenant) f;
  return wanted is not null and not exists (select from identity.consents c
    where c.person_id = person and c.owner_id = tenant and c.version_id = wanted and c.decision = 'accepted' and (not each_time or c.session_id = session));
end $$;

-- What a credential is asked, or has accepted: readable before there is a scope. `problem` as scope_of has it, but for the
-- terms themselves. The tenant that says so is named while multi-tenancy is on, and then by its name alone.
create function identity.terms_of(kind text, credential bytea, membership uuid) returns table (problem text, due boolean, version_id uuid, number int, name text,
  text_en text, text_es text, hash text, published_at timestamptz, asked text, decided_by text, accepted_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare
  s tenancy.scope_row := tenancy.scope_of(kind, credential, membership);
begin
  if s.problem <> 'terms-not-accepted' then return query select s.problem, false, null::uuid, null::int, null, null, null, null, null::timestamptz, null, null, null::timestamptz; return; end if;
  return query select null::text, s.problem is not null, v.id, v.number, v.name, v.text_en, v.text_es, v.hash, v.published_at, f.asked,
      case when s.state = 'on' then f.decided_by_name end,
      (select max(c.at) from identity.consents c where c.person_id = s.person_id and c.owner_id = s.owner_id and c.version_id = v.id and c.decision = 'accepted')
    from identity.terms_in_force(s.owner_id) f join identity.terms_versions v on v.id = f.version_id;
end $$;
grant execute on function identity.terms_of(text, bytea, uuid) to {{system}};

-- R8.4: notes what a session's person says to the version that they read. Publishing waits for it, or it for publishing: what
-- is not asked any more is refused. `problem` as scope_of has it, or terms-changed, or terms-not-asked.
create function identity.decide_terms(consent uuid, credential bytea, membership uuid, read uuid, said text, read_in text, come_from text)
returns table (problem text, owner_id int, person_id uuid, person_owner_id int, person_name text, membership_id uuid, session_id uuid, label text)
language plpgsql volatile security definer set search_path = '' as $$
declare
  s tenancy.scope_row;
  v identity.terms_versions;
begin
  perform from identity.terms_statements x join identity.terms_versions y on (y.owner_id, y.statement_id) = (x.owner_id, x.id) where y.id = read for share of x;
  s := tenancy.scope_of('session', credential, membership);
  if s.problem is distinct from 'terms-not-accepted' then
    problem := coalesce(s.problem, 'terms-not-asked'); return next; return;
  end if;
  select y.* into v from identity.terms_in_force(s.owner_id) f join identity.terms_versions y on y.id = f.version_id;
  if v.id is distinct from read then problem := 'terms-changed'; return next; return; end if;
  insert into identity.consents (owner_id, id, decision, person_id, person_owner_id, person_name, membership_id, session_id,
      statement_id, version_id, version_number, statement_name, hash, language, text_hash, address)
    values (s.owner_id, consent, said, s.person_id, s.person_owner_id, s.display_name, s.membership_id, s.session_id,
      v.statement_id, v.id, v.number, v.name, v.hash, read_in, identity.text_hash(case read_in when 'es' then v.text_es else v.text_en end), come_from);
  return query select null::text, s.owner_id, s.person_id, s.person_owner_id, s.display_name, s.membership_id, s.session_id, v.name || ' ' || v.number;
end $$;
grant execute on function identity.decide_terms(uuid, bytea, uuid, uuid, text, text, text) to {{system}};

-- The keys that exports are signed with (R8.7): nobody's to read but the program's, when it signs. The newest one signs.
create table platform.signing_keys (
  id text primary key constraint signing_key_id_form check (id ~ '^[0-9a-f]{16}$'),
  number int not null constraint signing_key_number_taken unique,
  private_key text not null,
  public_key text not null,
  made_at timestamptz not null default now()
);
grant select, insert on platform.signing_keys to {{system}};
