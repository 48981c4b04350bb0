import { type RawBuilder, sql, type Updateable } from 'kysely';
import type { Schema } from '../../platform/schema.ts';
import type { Tx } from '../../platform/units.ts';
import type { Ticket } from './tickets.api.ts';

export interface TicketKey {
  ownerId: number;
  id: string;
}

export interface TicketRow extends TicketKey {
  number: string;
  version: number;
  tenantName: string | null;
  tenantSlug: string | null;
  type: Ticket['type'];
  status: Ticket['status'];
  title: string;
  description: string;
  resolution: string;
  impact: Ticket['impact'];
  urgency: Ticket['urgency'];
  priority: number;
  categoryId: string | null;
  categoryName: string | null;
  locationId: string | null;
  locationName: string | null;
  requesterId: string | null;
  requesterName: string | null;
  affectedId: string | null;
  affectedName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  groupId: string | null;
  groupName: string | null;
  requestId: string | null;
  openedAt: Date;
  updatedAt: Date;
  resolvedAt: Date | null;
  closedAt: Date | null;
}

/** The label of a person out of reach is asked only where the row itself cannot be read (R5.4). */
const person = (field: string) => sql`${sql.ref(`t.${field}_id`)} as ${sql.ref(`${field}Id`)},
  case when ${sql.ref(`t.${field}_id`)} is null then null else coalesce(${sql.ref(`${field}.display_name`)},
    identity.contact_label(${sql.ref(`t.${field}_owner_id`)}, ${sql.ref(`t.${field}_id`)})) end as ${sql.ref(`${field}Name`)}`;
const joined = (table: string, field: string) => sql`left join ${sql.table(table)} ${sql.ref(field)}
  on ${sql.ref(`${field}.owner_id`)} = ${sql.ref(`t.${field}_owner_id`)} and ${sql.ref(`${field}.id`)} = ${sql.ref(`t.${field}_id`)}`;

export const ticketColumns: RawBuilder<unknown> = sql`t.owner_id as "ownerId", t.id, t.number, t.version, t.type, t.status, t.title,
  t.impact, t.urgency, t.priority, t.opened_at as "openedAt", t.updated_at as "updatedAt", t.resolved_at as "resolvedAt", t.closed_at as "closedAt",
  tenant.name as "tenantName", tenant.slug as "tenantSlug",
  t.request_id as "requestId", t.category_id as "categoryId", category.name as "categoryName", t.location_id as "locationId", location.name as "locationName",
  ${person('requester')}, ${person('affected')}, ${person('assignee')},
  t.group_id as "groupId", case when t.group_id is null then null else coalesce("group".name,
    identity.assignment_group_label(t.group_owner_id, t.group_id)) end as "groupName"`;

/** With the texts, which lists leave out. */
export const wholeTicketColumns: RawBuilder<unknown> = sql`${ticketColumns}, t.description, t.resolution`;

/** Left joins only: what a ticket refers to may be out of reach. */
export const ticketJoins: RawBuilder<unknown> = sql`left join tenancy.tenants tenant on tenant.owner_id = t.owner_id
  ${joined('desk.categories', 'category')} ${joined('desk.locations', 'location')}
  ${joined('identity.contacts', 'requester')} ${joined('identity.contacts', 'affected')} ${joined('identity.contacts', 'assignee')}
  ${joined('identity.assignment_groups', 'group')}`;

/** By its number, or by one that it had in another tenant (R7.3). */
export async function findTicket(tx: Tx, number: string): Promise<TicketRow | undefined> {
  const wanted = number.toUpperCase();
  const select = sql`select ${wholeTicketColumns} from desk.tickets t ${ticketJoins}`;
  const { rows } = await sql<TicketRow>`${select} where t.number = ${wanted}`.execute(tx.q);
  if (rows.length) return rows[0];
  const moved = await sql<TicketRow>`${select} where (t.owner_id, t.id) =
    (select a.owner_id, a.ticket_id from desk.ticket_aliases a where a.number = ${wanted})`.execute(tx.q);
  return moved.rows[0];
}

/** The next of the tenant's series, as `KEY-42`; holds the series until the unit of work ends, so it is taken last. */
export async function takeNumber(tx: Tx, owner: number): Promise<string> {
  const { rows } = await sql<{ number: string }>`select n.key || '-' || n.number as number
    from tenancy.next_number(${owner}, 'ticket') n`.execute(tx.q);
  return (rows[0] as { number: string }).number;
}

/** The instant of the unit of work, as the database's clock has it. */
export const now = sql<Date>`now()`;
type Columns = Updateable<Schema['desk.tickets']>;
export type Setting = { [C in keyof Columns]: Columns[C] | typeof now };

/** @returns whether the ticket was there in that version and could be written. */
export async function setTicket(tx: Tx, ticket: TicketKey, version: number, setting: Setting): Promise<boolean> {
  const { numUpdatedRows } = await tx.q
    .updateTable('desk.tickets')
    .set({ ...(setting as Columns), version: sql<number>`version + 1`, updated_at: now })
    .where('owner_id', '=', ticket.ownerId)
    .where('id', '=', ticket.id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The list “updated” follows what is said; the version stays, so that nobody's form is stale for a comment. */
export async function touchTicket(tx: Tx, ticket: TicketKey): Promise<void> {
  await tx.q
    .updateTable('desk.tickets')
    .set({ updated_at: now })
    .where('owner_id', '=', ticket.ownerId)
    .where('id', '=', ticket.id)
    .execute();
}

export async function findDefaultGroup(tx: Tx, owner: number): Promise<{ ownerId: number; id: string } | undefined> {
  return tx.q
    .selectFrom('desk.default_groups')
    .select(['group_owner_id as ownerId', 'group_id as id'])
    .where('owner_id', '=', owner)
    .executeTakeFirst();
}

export interface Watcher {
  id: string;
  name: string;
}

export async function findWatchers(tx: Tx, ticket: TicketKey): Promise<Watcher[]> {
  return watchersOf(tx, sql`${ticket.ownerId}::int, ${ticket.id}::uuid`);
}

/** Of the ticket that has this number now: can be asked together with the ticket, by one trip to the database. */
export async function findWatchersByNumber(tx: Tx, number: string): Promise<Watcher[]> {
  return watchersOf(tx, sql`select t.owner_id, t.id from desk.tickets t where t.number = ${number.toUpperCase()}`);
}

async function watchersOf(tx: Tx, ticket: RawBuilder<unknown>): Promise<Watcher[]> {
  const { rows } = await sql<Watcher>`
    select w.contact_id as id, coalesce(c.display_name, identity.contact_label(w.contact_owner_id, w.contact_id), '') as name
    from desk.watchers w left join identity.contacts c on c.owner_id = w.contact_owner_id and c.id = w.contact_id
    where (w.owner_id, w.ticket_id) = (${ticket}) order by 2, 1`.execute(tx.q);
  return rows;
}
