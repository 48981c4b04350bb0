import { type RawBuilder, sql } from 'kysely';
import { findPage } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';
import { byName, containing } from '../by-name.ts';

export interface PersonRow {
  ownerId: number;
  id: string;
  version: number;
  nameKey: string;
  displayName: string;
  workAddress: string;
  status: 'active' | 'inactive';
  personOwnerId: number;
  personId: string;
  tenantName: string | null;
  tenantSlug: string | null;
  /** Of the home tenant's contact only (R5.10). */
  userName: string | null;
  email: string | null;
  language: 'en' | 'es' | null;
  timeZone: string | null;
  /** R5.10: the name alone does not say who it is, once tenants are told apart. */
  severalTenants: boolean;
}

export interface HeldRole {
  id: string;
  contactId: string;
  ownerId: number;
  roleId: string;
  roleName: string;
  stock: string | null;
  /** Whether the caller could grant it (R5.5); not asked for callers who could not anyway. */
  within: boolean;
}

const columns = sql`t.owner_id as "ownerId", t.id, t.version, t.name_key as "nameKey", t.display_name as "displayName",
  t.work_address as "workAddress", t.status, t.person_owner_id as "personOwnerId", t.person_id as "personId",
  tenant.name as "tenantName", tenant.slug as "tenantSlug",
  p.user_name as "userName", p.email, p.language, p.time_zone as "timeZone",
  t.owner_id > 3 or t.owner_id = 3 and (select current_setting('app.reach') <> 'all'
    or (select x.owner_id from tenancy.tenants x where x.owner_id > 3 and x.status <> 'erased' order by x.owner_id limit 1) is not null) as "severalTenants"`;

const joins = sql`left join identity.people p on (p.owner_id, p.id) = (t.person_owner_id, t.person_id) and t.owner_id = t.person_owner_id
  left join tenancy.tenants tenant on tenant.owner_id = t.owner_id`;

export interface PeopleFilter {
  search?: string | undefined;
  owner?: number | undefined;
  status?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export async function findPeople(tx: Tx, filter: PeopleFilter): Promise<{ rows: PersonRow[]; next: string | null }> {
  const conditions: RawBuilder<unknown>[] = [];
  if (filter.search) conditions.push(sql`t.name_key like ${containing(filter.search)}`);
  if (filter.status) conditions.push(sql`t.status = ${filter.status}`);
  const owners = filter.owner === undefined ? undefined : [filter.owner];
  const list = { table: 'identity.contacts', class: 'required', conditions, order: byName, owners } as const;
  return findPage<PersonRow>(tx, list, { columns, joins, cursor: filter.cursor, limit: filter.limit });
}

export async function findContact(tx: Tx, id: string): Promise<PersonRow | undefined> {
  const { rows } =
    await sql<PersonRow>`select ${columns} from identity.contacts t ${joins} where t.id = ${id}::uuid`.execute(tx.q);
  return rows[0];
}

/** Of contacts, by their whole keys: no index knows the contact of a membership without its tenant. */
export async function findHeldRoles(tx: Tx, contacts: readonly { ownerId: number; id: string }[]): Promise<HeldRole[]> {
  if (!contacts.length) return [];
  const keys = sql`unnest(${contacts.map(({ ownerId }) => ownerId)}::int[], ${contacts.map(({ id }) => id)}::uuid[])`;
  const judge = tx.scope.functions.includes('person.administer');
  const { rows } = await sql<HeldRole>`
    select m.id, m.contact_id as "contactId", m.owner_id as "ownerId", m.role_id as "roleId", coalesce(r.name, '') as "roleName", r.stock,
      case when ${judge} and r.id is not null then identity.excess(r, m.owner_id) = '{}' else false end as within
    from ${keys} c (owner_id, id), lateral (select * from identity.memberships x
      where (x.owner_id, x.contact_id) = (c.owner_id, c.id) and x.status = 'active' offset 0) m
    left join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
    order by r.name_key, m.id`.execute(tx.q);
  return rows;
}

export async function findMembership(tx: Tx, id: string): Promise<HeldRole | undefined> {
  const row = await tx.q
    .selectFrom('identity.memberships')
    .select(['owner_id', 'contact_id'])
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (!row) return undefined;
  return (await findHeldRoles(tx, [{ ownerId: row.owner_id, id: row.contact_id }])).find((held) => held.id === id);
}
