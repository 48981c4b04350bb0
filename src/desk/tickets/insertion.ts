import type { Insertable } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Schema } from '../../platform/schema.ts';
import type { Tx } from '../../platform/units.ts';
import type { Target } from '../references.queries.ts';
import { insertChanges, type WrittenChange } from './history.ts';
import type { Ticket } from './tickets.api.ts';
import { priorityOf } from './tickets.priority.ts';
import { takeNumber } from './tickets.queries.ts';

type Key = Pick<Target, 'ownerId' | 'id'> | null;

export interface TicketWanted {
  owner: number;
  title: string;
  description?: string | undefined;
  type: Ticket['type'];
  impact: Ticket['impact'];
  urgency: Ticket['urgency'];
  requester: Key;
  affected?: Key;
  category?: Key;
  location?: Key;
  assignee?: Key;
  group?: Key;
  /** The request of the catalog that it fulfils, of the same tenant. */
  requestId?: string;
  /** Of a ticket that lived in another system: as it was there, with its history. */
  past?: {
    status: Ticket['status'];
    resolution?: string;
    openedAt: Date;
    updatedAt: Date;
    resolvedAt: Date | null;
    closedAt: Date | null;
    changes: readonly WrittenChange[];
  };
}

/** Writes a ticket whose references are resolved, with its history and audit entry. `then` asks for it, in the same trip. */
export async function insertTicket<T = undefined>(
  tx: Tx,
  wanted: TicketWanted,
  then?: (number: string) => Promise<T>,
): Promise<{ id: string; number: string; asked: T }> {
  const { owner, past } = wanted;
  const id = newId(past?.openedAt.getTime());
  const number = await takeNumber(tx, owner);
  const created: WrittenChange = { field: 'created', from: '', to: number, internal: false };
  // Sent together: none waits for what the one before it answers.
  const [, , , asked] = await Promise.all([
    tx.q
      .insertInto('desk.tickets')
      .values(rowOf(wanted, id, number))
      .execute(),
    insertChanges(tx, { ownerId: owner, id }, past ? past.changes : [created]),
    tx.record(past ? 'ticket.imported' : 'ticket.created', { kind: 'ticket', id, label: number, owner }),
    then?.(number) as Promise<T>,
  ]);
  tx.changed('tickets', owner);
  return { id, number, asked };
}

function rowOf(wanted: TicketWanted, id: string, number: string): Insertable<Schema['desk.tickets']> {
  const { owner, past } = wanted;
  return {
    owner_id: owner,
    id,
    number,
    type: wanted.type,
    title: wanted.title,
    description: wanted.description ?? '',
    impact: wanted.impact,
    urgency: wanted.urgency,
    priority: priorityOf(wanted.impact, wanted.urgency),
    request_id: wanted.requestId ?? null,
    ...keyed('requester', wanted.requester),
    ...keyed('affected', wanted.affected),
    ...keyed('category', wanted.category),
    ...keyed('location', wanted.location),
    ...keyed('assignee', wanted.assignee),
    ...keyed('group', wanted.group),
    ...(past && {
      status: past.status,
      resolution: past.resolution ?? '',
      opened_at: past.openedAt,
      updated_at: past.updatedAt,
      resolved_at: past.resolvedAt,
      closed_at: past.closedAt,
    }),
  };
}

/** The columns of a reference, for an insert or an update. */
export function keyed<F extends string>(field: F, key: Key | undefined) {
  return { [`${field}_owner_id`]: key?.ownerId ?? null, [`${field}_id`]: key?.id ?? null } as Record<
    `${F}_owner_id`,
    number | null
  > &
    Record<`${F}_id`, string | null>;
}
