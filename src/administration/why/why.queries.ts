import { type RawBuilder, sql } from 'kysely';
import { foldName } from '../../platform/fold.ts';
import type { Schema } from '../../platform/schema.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';

export interface FactsRow {
  ownerId: number;
  id: string;
  label: string;
  tenantName: string | null;
  tenantSlug: string | null;
  people: (string | null)[];
  watchers: string[];
  groupId: string | null;
  fulfillment: string | null;
  requires: string[];
}

interface Place {
  table: keyof Schema & string;
  label: RawBuilder<unknown>;
  found: (key: string) => RawBuilder<unknown>;
  people?: RawBuilder<unknown>;
  watchers?: RawBuilder<unknown>;
  group?: RawBuilder<unknown>;
  fulfillment?: RawBuilder<unknown>;
  requires?: RawBuilder<unknown>;
}

const byId = (key: string) => sql`t.id::text = lower(${key})`;
const named = (table: Place['table']): Place => ({ table, label: sql`t.name`, found: byId });

const places: Record<string, Place> = {
  ticket: {
    table: 'desk.tickets',
    label: sql`t.number`,
    found: (key) => sql`t.number = upper(${key})`,
    people: sql`array[t.requester_id, t.affected_id]`,
    watchers: sql`array(select w.contact_id from desk.watchers w where (w.owner_id, w.ticket_id) = (t.owner_id, t.id))`,
    group: sql`t.group_id`,
  },
  request: {
    table: 'catalog.requests',
    label: sql`t.number_key || '-R' || t.number`,
    found: (key) => sql`t.number_key || '-R' || t.number = upper(${key})
      and t.number_key = upper(split_part(${key}, '-', 1))`,
    people: sql`array[t.requester_id]`,
    fulfillment: sql`(select o.fulfillment from catalog.offerings o where (o.owner_id, o.id) = (t.offering_owner_id, t.offering_id))`,
  },
  person: { ...named('identity.contacts'), label: sql`t.display_name` },
  role: named('identity.roles'),
  category: named('desk.categories'),
  location: named('desk.locations'),
  'assignment-group': named('identity.assignment_groups'),
  'tenant-group': named('tenancy.groups'),
  'terms-statement': named('identity.terms_statements'),
  // A tenant's own comes before a public one of the same key, as where it is requested.
  offering: {
    table: 'catalog.offerings',
    label: sql`t.name ->> 'en'`,
    found: (key) =>
      sql`t.status = 'active' and t.id = (select o.id from catalog.offerings o where o.key = lower(${key}) and o.status = 'active' order by o.owner_id desc limit 1)`,
    fulfillment: sql`t.fulfillment`,
    requires: sql`array_remove(array[case when (select c.administrative from catalog.categories c where (c.owner_id, c.id) = (t.category_owner_id, t.category_id))
      then 'administration.request' end, t.required_function], null)`,
  },
  tenant: { table: 'tenancy.tenants', label: sql`t.name`, found: (key) => sql`t.slug = lower(${key})` },
};

/** A record as the asker sees it: what is not there for them is not there. */
export async function findFacts(tx: Tx, kind: string, key: string): Promise<FactsRow | undefined> {
  const place = places[kind] as Place;
  const { rows } = await sql<FactsRow>`
    select t.owner_id as "ownerId", t.id, ${place.label} as label, tenant.name as "tenantName", tenant.slug as "tenantSlug",
      ${place.people ?? sql`array[]::uuid[]`} as people, ${place.watchers ?? sql`array[]::uuid[]`} as watchers,
      ${place.group ?? sql`null::uuid`} as "groupId", ${place.fulfillment ?? sql`null::text`} as fulfillment,
      ${place.requires ?? sql`array[]::text[]`} as requires
    from ${sql.table(place.table)} t left join tenancy.tenants tenant on tenant.owner_id = t.owner_id
    where ${place.found(key)} limit 1`.execute(tx.q);
  return rows[0];
}

/** Whether whoever acts could change the row: a lock is given under the policies of writing, and goes with the unit of work. */
export async function canLock(tx: Tx, kind: string, row: { ownerId: number; id: string }): Promise<boolean> {
  const place = places[kind] as Place;
  const { rows } = await sql`select 1 from ${sql.table(place.table)} t
    where t.owner_id = ${row.ownerId} and t.id = ${row.id}::uuid for no key update`.execute(tx.q);
  return rows.length === 1;
}

/** Whether whoever acts could add to a table at all: a role that writes nothing has no grant for it. */
export async function canInsert(tx: Tx, table: string): Promise<boolean> {
  const { rows } = await sql<{ granted: boolean }>`
    select has_table_privilege(current_user, ${table}, 'insert') or has_any_column_privilege(current_user, ${table}, 'insert') as granted`.execute(
    tx.q,
  );
  return rows[0]?.granted === true;
}

/** R8.3, R8.6: whether nothing is answered under the membership until terms of usage are accepted. */
export async function findTermsWaiting(system: SystemTx, membershipId: string): Promise<boolean> {
  const { rows } = await sql<{
    waiting: boolean;
  }>`select identity.terms_waiting(${membershipId}::uuid) as waiting`.execute(system.q);
  return rows[0]?.waiting === true;
}

/** A contact in the asker's reach: by identity, or as the home tenant's people sign in. */
export async function findPerson(
  tx: Tx,
  person: string,
): Promise<{ ownerId: number; id: string; name: string } | undefined> {
  const at = person.lastIndexOf('@');
  const userName = foldName(at < 0 ? person : person.slice(0, at));
  const { rows } = await sql<{ ownerId: number; id: string; name: string }>`
    select c.owner_id as "ownerId", c.id, c.display_name as name from identity.contacts c
    left join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id) and p.owner_id = c.owner_id
    left join tenancy.tenants t on t.owner_id = c.owner_id
    where c.id::text = lower(${person}) or (p.user_name_key = ${userName} and ${at < 0 ? sql`true` : sql`t.slug = lower(${person.slice(at + 1)})`})
    order by c.id::text = lower(${person}) desc limit 2`.execute(tx.q);
  // A name that two people have is nobody's.
  return rows.length === 1 || rows[0]?.id === person.toLowerCase() ? rows[0] : undefined;
}

export interface MembershipRow {
  id: string;
  role: string;
  readReach: string;
}

/** The reach of a role is told in words, though the role itself may be out of the asker's sight. */
export async function findMemberships(
  system: SystemTx,
  contact: { ownerId: number; id: string },
): Promise<MembershipRow[]> {
  const { rows } = await sql<MembershipRow>`
    select m.id, r.name as role, r.read_reach as "readReach" from identity.memberships m
    join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
    where m.owner_id = ${contact.ownerId} and m.contact_id = ${contact.id}::uuid and m.status = 'active' order by r.name_key, m.id`.execute(
    system.q,
  );
  return rows;
}
