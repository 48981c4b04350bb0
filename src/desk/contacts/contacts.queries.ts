import { type RawBuilder, sql } from 'kysely';
import { containing, type PageStart } from '../../identity/by-name.ts';
import { findPage } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';

export interface ContactRow {
  ownerId: number;
  id: string;
  name: string;
  workAddress: string;
  tenantName: string | null;
  tenantSlug: string | null;
}

export interface ContactsWanted {
  /** Folded. */
  search?: string | undefined;
  owners?: number[] | undefined;
  /** Who may work on tickets. */
  working: boolean;
  limit: number;
}

const columns = sql`t.owner_id as "ownerId", t.id, t.display_name as name, t.work_address as "workAddress", tenant.name as "tenantName", tenant.slug as "tenantSlug"`;
const joins = sql`left join tenancy.tenants tenant on tenant.owner_id = t.owner_id`;
const order = {
  name: 'name',
  columns: [
    ['name_key', 'text'],
    ['id', 'uuid'],
  ],
  descending: false,
} as const;

export async function findContacts(tx: Tx, wanted: ContactsWanted): Promise<ContactRow[]> {
  const conditions: RawBuilder<unknown>[] = [sql`t.status = 'active'`];
  if (wanted.search) conditions.push(sql`t.name_key like ${containing(wanted.search)}`);
  if (wanted.working) {
    conditions.push(sql`exists (select from identity.memberships m join identity.roles r on r.owner_id = m.role_owner_id and r.id = m.role_id
      where m.owner_id = t.owner_id and m.contact_id = t.id and m.status = 'active' and 'ticket.update' = any(r.functions))`);
  }
  const list = { table: 'identity.contacts', class: 'required', conditions, order, owners: wanted.owners } as const;
  return (await findPage<ContactRow>(tx, list, { columns, joins, limit: wanted.limit })).rows;
}

/** One more than the page, to know whether there is a next. */
export async function findGroupMembers(
  tx: Tx,
  group: { ownerId: number; id: string },
  after: PageStart | null,
  limit: number,
): Promise<(ContactRow & { nameKey: string })[]> {
  const behind = after ? sql`and (t.name_key, t.id) > (${after[0]}, ${after[1]}::uuid)` : sql``;
  const { rows } = await sql<ContactRow & { nameKey: string }>`
    select ${columns}, t.name_key as "nameKey" from identity.assignment_group_members m
    join identity.contacts t on t.owner_id = m.owner_id and t.id = m.contact_id ${joins}
    where (m.group_owner_id, m.group_id) = (${group.ownerId}::int, ${group.id}::uuid) ${behind} order by t.name_key, t.id limit ${limit + 1}`.execute(
    tx.q,
  );
  return rows;
}
