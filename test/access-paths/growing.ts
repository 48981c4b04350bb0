import type { World } from '../world.ts';

/** Whose records there are, and how many of each kind. */
export interface Crowd {
  /** The neighbour, whose records stand around everybody else's in every order. */
  loud: number;
  /** Tenants that have a few records of each kind. */
  quiet: readonly number[];
}

/** Records of the neighbour in each table. */
const many = 4_500;
const few = 3;
/** The id of what there is once. */
const some = '00000000-0000-7000-8000-00000000abcd';

/** The id of one of several. */
function numbered(number: string): string {
  return `('00000000-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
}

/**
 * What thousands of records there are beside those of the readers. By SQL: by the API they would take hours. A record of
 * every kind has the same id as the others of its row in `growth`, so that they refer to each other.
 */
const rows: Record<string, string> = {
  'identity.people': `(owner_id, id, user_name, user_name_key, display_name)
    select owner_id, id, 'u' || n, 'u' || n, name from growth`,
  'identity.contacts': `(owner_id, id, person_owner_id, person_id, display_name, name_key)
    select owner_id, id, owner_id, id, name, name from growth`,
  'identity.roles': `(owner_id, id, name, name_key, read_reach) select owner_id, id, name, name, 'own' from growth`,
  'identity.memberships': `(owner_id, id, contact_id, role_owner_id, role_id) select owner_id, id, id, owner_id, id from growth`,
  'identity.invitations': `(owner_id, id, token_hash, address, address_key, inviter_membership_id, expires_at, role_owner_id, role_id)
    select owner_id, id, sha256(id::text::bytea), name, name, id, now() + interval '5 days', owner_id, id from growth`,
  'identity.sessions': `(owner_id, id, token_hash, person_id, expires_at) select owner_id, id, sha256(id::text::bytea), id, now() + interval '5 days' from growth`,
  'identity.tokens': `(owner_id, id, token_hash, name, membership_id, expires_at)
    select owner_id, id, sha256(id::text::bytea), name, id, now() + interval '5 days' from growth`,
  'identity.assignment_groups': `(owner_id, id, name, name_key) select owner_id, id, name, name from growth`,
  'identity.assignment_group_members': `(owner_id, id, group_owner_id, group_id, contact_id) select owner_id, id, owner_id, id, id from growth`,
  'identity.terms_statements': `(owner_id, id, name, name_key, published) select owner_id, id, name, name, 1 from growth`,
  'identity.terms_versions': `(owner_id, id, number, name, text_en, text_es, hash, published_by, statement_id)
    select owner_id, id, 1, name, 'Text', 'Texto', '', '', id from growth`,
  'identity.consents': `(owner_id, id, at, decision, person_id, person_owner_id, person_name, membership_id, session_id, statement_id, version_id, version_number, statement_name, hash, language, text_hash, address)
    select owner_id, id, moment, 'accepted', id, owner_id, name, id, id, id, id, 1, name, '', 'en', '', '' from growth`,
  'catalog.requests': `(owner_id, id, number_key, number, about, form_values, phase, membership_id, created_at, offering_owner_id, offering_id, requester_owner_id, requester_id)
    select g.owner_id, g.id, g.key, 1000000 + n, g.name, '{}', case when n % 7 = 0 then 'approval' else 'completed' end, g.id, g.moment, o.owner_id, o.id, g.owner_id, g.id
    from growth g, (select * from catalog.offerings where key = 'access' and owner_id = 2) o`,
  'catalog.approvals': `(owner_id, id, decision, person_id, approver_name, request_id) select owner_id, id, 'approved', id, name, id from growth`,
  'desk.categories': `(owner_id, id, name, name_key) select owner_id, id, name, name from growth`,
  'desk.locations': `(owner_id, id, name, name_key) select owner_id, id, name, name from growth`,
  'desk.tickets': `(owner_id, id, number, type, title, status, impact, urgency, priority, opened_at, updated_at, requester_owner_id, requester_id, category_owner_id, category_id, group_owner_id, group_id)
    select owner_id, id, key || '-' || 1000000 + n, 'incident', name, (array['new', 'closed', 'resolved'])[1 + n % 3], 'low', 'low', 1 + n % 4, moment, moment, owner_id, id, owner_id, id, owner_id, id from growth`,
  'desk.ticket_searches': `(owner_id, id, words, internal_words, ticket_id) select owner_id, id, to_tsvector('simple', name), to_tsvector('simple', name), id from growth`,
  'desk.ticket_aliases': `(owner_id, id, number, ticket_id) select owner_id, id, key || '-' || 2000000 + n, id from growth`,
  'desk.comments': `(owner_id, id, at, author_name, audience, body, ticket_id) select owner_id, id, moment, name, 'public', name, id from growth`,
  'desk.ticket_changes': `(owner_id, id, at, by_name, field, ticket_id) select owner_id, id, moment, name, 'status', id from growth`,
  'desk.watchers': `(owner_id, id, ticket_id, contact_owner_id, contact_id) select owner_id, id, id, owner_id, id from growth`,
  'platform.audit_entries': `(owner_id, id, at, action, subject_kind, subject_id, subject_label, actor_owner_id, actor_label)
    select owner_id, id, moment, 'ticket.created', 'ticket', id, name, case when n % 2 = 0 then owner_id else 3 end, name from growth`,
  'platform.read_windows': `(owner_id, id, membership_id, endpoint, subject) select owner_id, id, id, '', id from growth`,
  'tenancy.groups': `(owner_id, id, name, name_key)
    select 3, '${some}'::uuid, 'Crowd', 'crowd' union all select 3, ${numbered('g')}, 'Group ' || g, 'group ' || g from generate_series(0, 89) g`,
  'tenancy.group_members': `(owner_id, id, member_owner_id, group_id)
    select 3, gen_random_uuid(), t.owner_id, g from tenancy.tenants t, unnest(array['${some}', ${numbered('t.owner_id % 90')}]) g where t.key like 'X%'`,
  'platform.audit_heads': `(owner_id, seals, entries, hash) select t.owner_id, 1, 1, '' from tenancy.tenants t where t.key like 'X%'`,
  'platform.audit_seals': `(owner_id, sequence, first, last, sealed_at, seen, previous, hash)
    select t.owner_id, 1, 1, 1, now(), '1', '', sha256(t.slug::bytea) from tenancy.tenants t where t.key like 'X%'`,
  'desk.default_groups': `(owner_id, id, group_owner_id, group_id)
    select t.owner_id, gen_random_uuid(), 2, '${some}' from tenancy.tenants t where t.key like 'X%'`,
  'selfservice.brandings': `(owner_id, id) select t.owner_id, gen_random_uuid() from tenancy.tenants t where t.key like 'X%'`,
};

/** Fills every table that grows, for the neighbour and for the quiet tenants, and tells the planner. */
export async function grow({ sql }: World, { loud, quiet }: Crowd): Promise<void> {
  // The neighbour's records are the first and the last of every order, those of the others stand in the middle.
  await sql(`create temp table growth as
    select t.owner_id, t.key, n, gen_random_uuid() as id, t.owner_id = ${loud} as is_loud,
      case when t.owner_id <> ${loud} then 'meadow ' when n % 2 = 0 then 'alarm ' else 'zebra ' end || n as name,
      now() - interval '1 year' + case when t.owner_id <> ${loud} then interval '0' when n % 2 = 0 then interval '1 day' else interval '-1 day' end
        + (n % 300) * interval '1 second' as moment
    from tenancy.tenants t, lateral generate_series(1, case t.owner_id when ${loud} then ${many} else ${few} end) n
    where t.owner_id = any('{${[loud, ...quiet].join()}}'::int[])`);
  await sql(`insert into identity.assignment_groups (owner_id, id, name, name_key)
    values (2, '${some}', 'Public', 'public')`);
  for (const [table, values] of Object.entries(rows)) {
    // What triggers would make of each row, its words, is inserted here for all at once.
    await sql(`alter table ${table} disable trigger user`);
    await sql(`insert into ${table} ${values}`);
    await sql(`alter table ${table} enable trigger user`);
  }
  await sql('vacuum analyze');
}

/** The tables with thousands of rows. */
export async function growing({ sql }: World): Promise<Set<string>> {
  const rows = await sql<{ name: string }>(
    `select o.name from tenancy.owned_tables o join pg_class c on c.oid = o.name::regclass where c.reltuples >= 4000`,
  );
  return new Set(rows.map(({ name }) => name));
}
