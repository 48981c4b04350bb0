import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';
import { priorityName } from './tickets.priority.ts';
import type { TicketRow } from './tickets.queries.ts';

/** What changed on a ticket, as people read it. */
export interface FieldChange {
  field: string;
  from: string;
  to: string;
  /** Only for people with ticket.read-internal. */
  internal: boolean;
}

/** Who works on a ticket and how the desk weighs it is the desk's own business. */
const internalFields = ['assignee', 'group', 'impact', 'urgency'];

const shown: Record<string, (row: TicketRow) => string | null> = {
  type: (row) => row.type,
  status: (row) => row.status,
  title: (row) => row.title,
  description: (row) => row.description,
  resolution: (row) => row.resolution,
  impact: (row) => row.impact,
  urgency: (row) => row.urgency,
  priority: (row) => priorityName(row.priority),
  category: (row) => row.categoryName,
  location: (row) => row.locationName,
  requester: (row) => row.requesterName,
  affected: (row) => row.affectedName,
  group: (row) => row.groupName,
  assignee: (row) => row.assigneeName,
};

export function changesBetween(before: TicketRow, after: TicketRow): FieldChange[] {
  return Object.entries(shown)
    .map(([field, value]) => ({
      field,
      from: value(before) ?? '',
      to: value(after) ?? '',
      internal: internalFields.includes(field),
    }))
    .filter((change) => change.from !== change.to);
}

export interface WrittenChange extends FieldChange {
  /** Default: now, by whoever acts. Of another system's tickets: as it says. */
  at?: Date;
  by?: string;
}

/** Rows of the ticket's history, in this order. */
export async function insertChanges(
  tx: Tx,
  ticket: { ownerId: number; id: string },
  changes: readonly WrittenChange[],
): Promise<void> {
  // In one statement at most so many: each row has ten values, and a statement takes 65,535.
  const begin = Date.now();
  for (let i = 0; i < changes.length; i += 1000) {
    const rows = changes.slice(i, i + 1000).map((change, place) => ({
      owner_id: ticket.ownerId,
      // Changes of one instant are shown in this order: their ids follow one another.
      id: newId(begin + i + place),
      ticket_id: ticket.id,
      ...(change.at ? { at: change.at } : {}),
      by_owner_id: change.by === undefined ? tx.scope.ownerId : null,
      by_contact_id: change.by === undefined ? tx.scope.contactId : null,
      by_name: change.by ?? tx.scope.displayName,
      field: change.field,
      from_value: change.from,
      to_value: change.to,
      internal: change.internal && tx.scope.functions.includes('ticket.read-internal'),
    }));
    if (rows.length) await tx.q.insertInto('desk.ticket_changes').values(rows).execute();
  }
}
