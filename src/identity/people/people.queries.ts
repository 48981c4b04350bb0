import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';
import { containing, type PageStart } from '../by-name.ts';

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

const columns = sql`c.owner_id as "ownerId", c.id, c.version, c.name_key as "nameKey", c.display_name as "displayName",
  c.work_address as "workAddress", c.status, c.person_owner_id as "personOwnerId", c.person_id as "personId",
  t.name as "tenantName", t.slug as "tenantSlug",
  p.user_name as "userName", p.email, p.language, p.time_zone as "timeZone"`;

const tables = sql`identity.contacts c
  left join identity.people p on (p.owner_id, p.id) = (c.person_owner_id, c.person_id) and c.owner_id = c.person_owner_id
  left join tenancy.tenants t on t.owner_id = c.owner_id`;

export interface PeopleFilter {
  search?: string | undefined;
  owner?: number | undefined;
  status?: string | undefined;
  after: PageStart | null;
  limit: number;
}

/** By name; one more than the page, to know whether there is a next. */
export async function findPeople(tx: Tx, filter: PeopleFilter): Promise<PersonRow[]> {
  const conditions = [sql`true`];
  if (filter.search) conditions.push(sql`c.name_key like ${containing(filter.search)}`);
  if (filter.owner !== undefined) conditions.push(sql`c.owner_id = ${filter.owner}`);
  if (filter.status) conditions.push(sql`c.status = ${filter.status}`);
  if (filter.after) conditions.push(sql`(c.name_key, c.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`);
  const { rows } = await sql<PersonRow>`select ${columns} from ${tables}
    where ${sql.join(conditions, sql` and `)} order by c.name_key, c.id limit ${filter.limit + 1}`.execute(tx.q);
  return rows;
}

export async function findContact(tx: Tx, id: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`select ${columns} from ${tables} where c.id = ${id}::uuid`.execute(tx.q);
  return rows[0];
}

export async function findHeldRoles(tx: Tx, contactIds: string[]): Promise<HeldRole[]> {
  if (!contactIds.length) return [];
  const judge = tx.scope.functions.includes('person.administer');
  const { rows } = await sql<HeldRole>`
    select m.id, m.contact_id as "contactId", m.owner_id as "ownerId", m.role_id as "roleId", coalesce(r.name, '') as "roleName", r.stock,
      case when ${judge} and r.id is not null then identity.excess(r, m.owner_id) = '{}' else false end as within
    from identity.memberships m
    left join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
    where m.contact_id = any(${contactIds}::uuid[]) and m.status = 'active'
    order by r.name_key, m.id`.execute(tx.q);
  return rows;
}

export async function findMembership(tx: Tx, id: string): Promise<HeldRole | undefined> {
  const row = await tx.q
    .selectFrom('identity.memberships')
    .select('contact_id')
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (!row) return undefined;
  return (await findHeldRoles(tx, [row.contact_id])).find((held) => held.id === id);
}
