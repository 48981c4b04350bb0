import { type RawBuilder, sql } from 'kysely';
import { findPage, type List, type ListOrder } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';

interface TicketKey {
  ownerId: number;
  id: string;
}

export interface CommentRow {
  id: string;
  at: Date;
  authorId: string | null;
  authorName: string;
  audience: 'internal' | 'public';
  text: string;
}

export interface ChangeRow {
  id: string;
  at: Date;
  by: string;
  field: string;
  from: string;
  to: string;
  internal: boolean;
}

/** As it happened; served by an index of one ticket's rows. */
const order: ListOrder = {
  name: 'at',
  columns: [
    ['at', 'timestamptz'],
    ['id', 'uuid'],
  ],
  descending: false,
};

function ofTicket(table: List['table'], ticket: TicketKey): List {
  return {
    table,
    class: 'required',
    conditions: [sql`t.ticket_id = ${ticket.id}::uuid`],
    order,
    owners: [ticket.ownerId],
  };
}

export function findComments(tx: Tx, ticket: TicketKey, page: { limit: number; cursor?: string | undefined }) {
  const columns = sql`t.id, t.at, t.author_contact_id as "authorId", identity.shown_name(t.author_owner_id, t.author_contact_id, t.author_name) as "authorName", t.audience, t.body as text`;
  return findPage<CommentRow>(tx, ofTicket('desk.comments', ticket), { ...page, columns });
}

/** People's names, in the values of what changed (R5.4). */
function shown(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when t.field in ('requester', 'affected', 'assignee', 'watcher', 'watchers') then identity.shown_name(null, null, ${value}) else ${value} end`;
}

export function findChanges(tx: Tx, ticket: TicketKey, page: { limit: number; cursor?: string | undefined }) {
  const columns = sql`t.id, t.at, identity.shown_name(t.by_owner_id, t.by_contact_id, t.by_name) as by, t.field, ${shown(sql`t.from_value`)} as "from", ${shown(sql`t.to_value`)} as "to", t.internal`;
  return findPage<ChangeRow>(tx, ofTicket('desk.ticket_changes', ticket), { ...page, columns });
}
