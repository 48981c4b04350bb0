import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';
import { publicOwner } from '../../tenancy/owners.ts';
import type { Target, TargetKind } from '../references.queries.ts';
import type { MovedField, TicketMove } from './moves.api.ts';
import type { TicketKey } from './tickets.queries.ts';

/** Whose records a ticket refers to, field by field; null where it names nothing. Undefined: it was moved since it was found. */
export async function findReferenceOwners(
  tx: Tx,
  ticket: TicketKey,
): Promise<Record<MovedField, number | null> | undefined> {
  return tx.q
    .selectFrom('desk.tickets')
    .select([
      'requester_owner_id as requester',
      'affected_owner_id as affected',
      'category_owner_id as category',
      'location_owner_id as location',
      'group_owner_id as group',
      'assignee_owner_id as assignee',
    ])
    .where('owner_id', '=', ticket.ownerId)
    .where('id', '=', ticket.id)
    .executeTakeFirst();
}

/** The person of another tenant's contact, in this one. */
export async function findSamePerson(tx: Tx, contactId: string, owner: number): Promise<Target | undefined> {
  const { rows } = await sql<Target>`select c.owner_id as "ownerId", c.id, c.display_name as name
    from identity.contacts known join identity.contacts c
      on c.person_owner_id = known.person_owner_id and c.person_id = known.person_id
    where known.id = ${contactId}::uuid and c.owner_id = ${owner} and c.status = 'active' limit 1`.execute(tx.q);
  return rows[0];
}

const named = {
  category: 'desk.categories',
  location: 'desk.locations',
  group: 'identity.assignment_groups',
} as const;

/** A record that is called like this one, of the first of these tenants that has one. */
export async function findNamesake(
  tx: Tx,
  kind: Exclude<TargetKind, 'contact'>,
  id: string,
  owners: readonly number[],
): Promise<Target | undefined> {
  const table = sql.table(named[kind]);
  const { rows } = await sql<Target>`select t.owner_id as "ownerId", t.id, t.name from ${table} known join ${table} t
      on t.name_key = known.name_key and t.owner_id = any(${[...owners]}::int[]) and t.status = 'active'
    where known.id = ${id}::uuid order by array_position(${[...owners]}::int[], t.owner_id) limit 1`.execute(tx.q);
  return rows[0];
}

/** The watchers who may not be named by tickets of a tenant with this line. */
export async function findWatchersOutside(
  tx: Tx,
  ticket: TicketKey,
  line: readonly number[],
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select w.contact_id as id, coalesce(c.display_name, identity.contact_label(w.contact_owner_id, w.contact_id), '') as name
    from desk.watchers w left join identity.contacts c on c.owner_id = w.contact_owner_id and c.id = w.contact_id
    where w.owner_id = ${ticket.ownerId} and w.ticket_id = ${ticket.id}::uuid
      and w.contact_owner_id <> all(${[...line, publicOwner]}::int[]) order by 2, 1`.execute(tx.q);
  return rows;
}

export async function countComments(tx: Tx, ticket: TicketKey): Promise<TicketMove['comments']> {
  const { rows } = await sql<TicketMove['comments']>`select
      count(*) filter (where audience = 'public')::int as public, count(*) filter (where audience = 'internal')::int as internal
    from desk.comments where owner_id = ${ticket.ownerId} and ticket_id = ${ticket.id}::uuid`.execute(tx.q);
  return rows[0] as TicketMove['comments'];
}

export async function findSight(tx: Tx, from: number, to: number): Promise<TicketMove['sight']> {
  const { rows } = await sql<{ gained: number; lost: number }>`select gained::int, lost::int
    from desk.move_sight(${from}, ${to})`.execute(tx.q);
  return rows[0] ?? null;
}

/** The ticket is found by this number as long as it has another. */
export async function insertAlias(tx: Tx, ticket: TicketKey, number: string): Promise<void> {
  await tx.q
    .insertInto('desk.ticket_aliases')
    .values({ owner_id: ticket.ownerId, id: newId(), ticket_id: ticket.id, number })
    .execute();
}
