import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import type { Ticket, TicketSummary } from './tickets.api.ts';
import { ticketActions } from './tickets.policy.ts';
import { priorityName } from './tickets.priority.ts';
import { findTicket, findWatchers, findWatchersByNumber, type TicketRow, type Watcher } from './tickets.queries.ts';

/** @throws Refusal `not-found`: absent and out of reach are the same (R5.4). */
export async function knownTicket(tx: Tx, number: string): Promise<TicketRow> {
  return (await findTicket(tx, number)) ?? refuse('not-found');
}

export async function ticketOf(tx: Tx, number: string): Promise<Ticket> {
  const [row, watchers] = await Promise.all([findTicket(tx, number), findWatchersByNumber(tx, number)]);
  if (!row) return refuse('not-found');
  // Found by a number that it had before it was moved: the watchers are of no ticket.
  return row.number === number.toUpperCase() ? withWatchers(tx, row, watchers) : shownTicket(tx, row);
}

/** A ticket as people see it, with what it offers them. */
export async function shownTicket(tx: Tx, row: TicketRow): Promise<Ticket> {
  return withWatchers(tx, row, await findWatchers(tx, row));
}

function withWatchers(tx: Tx, row: TicketRow, watchers: Watcher[]): Ticket {
  return {
    ...summaryOf(row),
    description: row.description,
    resolution: row.resolution,
    watchers,
    watching: watchers.some((watcher) => watcher.id === tx.scope.contactId),
    can: ticketActions(tx.scope, row),
  };
}

export function summaryOf(row: TicketRow): TicketSummary {
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    tenant: row.tenantSlug === null ? null : { name: row.tenantName ?? '', slug: row.tenantSlug },
    type: row.type,
    status: row.status,
    title: row.title,
    impact: row.impact,
    urgency: row.urgency,
    priority: priorityName(row.priority),
    category: named(row.categoryId, row.categoryName),
    location: named(row.locationId, row.locationName),
    requester: named(row.requesterId, row.requesterName),
    affected: named(row.affectedId, row.affectedName),
    assignee: named(row.assigneeId, row.assigneeName),
    group: named(row.groupId, row.groupName),
    openedAt: row.openedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}

function named(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? '' };
}
