import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import type { Ticket, TicketSummary } from './tickets.api.ts';
import { ticketActions } from './tickets.policy.ts';
import { priorityName } from './tickets.priority.ts';
import { findTicket, findWatchers, type TicketRow } from './tickets.queries.ts';

/** @throws Refusal `not-found`: absent and out of reach are the same (R5.4). */
export async function knownTicket(tx: Tx, number: string): Promise<TicketRow> {
  return (await findTicket(tx, number)) ?? refuse('not-found');
}

export async function ticketOf(tx: Tx, number: string): Promise<Ticket> {
  return shownTicket(tx, await knownTicket(tx, number));
}

/** A ticket as people see it, with what it offers them. */
export async function shownTicket(tx: Tx, row: TicketRow): Promise<Ticket> {
  const watchers = await findWatchers(tx, row);
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
