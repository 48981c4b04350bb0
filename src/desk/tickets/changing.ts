import { completeTask } from '../../catalog/fulfillment/engine.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { mayWrite } from '../../tenancy/placement.ts';
import { refuseDesk } from '../desk.refusals.ts';
import type { Target } from '../references.queries.ts';
import { refuseOutsideTheLine, targetKinds, targetOf } from '../references.ts';
import { changesBetween, insertChanges } from './history.ts';
import { keyed } from './insertion.ts';
import type { Ticket, TicketActions, TicketChanges } from './tickets.api.ts';
import { ticketActions } from './tickets.policy.ts';
import { priorityOf } from './tickets.priority.ts';
import { now, type Setting, setTicket, type TicketRow } from './tickets.queries.ts';
import { knownTicket, shownTicket } from './tickets.view.ts';

/** Which ticket, in the version that the caller saw (R2.6). */
export interface Seen {
  number: string;
  version: number;
}

export function updateTicket(tx: Tx, seen: Seen, wanted: TicketChanges): Promise<Ticket> {
  return change(tx, seen, 'update', 'ticket.updated', async (ticket) => {
    const { category, location, requester, affected, ...plain } = wanted;
    const impact = plain.impact ?? ticket.impact;
    const urgency = plain.urgency ?? ticket.urgency;
    return {
      ...plain,
      priority: priorityOf(impact, urgency),
      ...(await references(tx, ticket, { category, location, requester, affected })),
    };
  });
}

export function assignTicket(
  tx: Tx,
  seen: Seen,
  wanted: { group?: string | null; assignee?: string | null },
): Promise<Ticket> {
  return change(tx, seen, 'assign', 'ticket.assigned', (ticket) => references(tx, ticket, wanted));
}

export function startTicket(tx: Tx, seen: Seen): Promise<Ticket> {
  return change(tx, seen, 'start', 'ticket.started', () => ({ status: 'in_progress' }));
}

export function holdTicket(tx: Tx, seen: Seen): Promise<Ticket> {
  return change(tx, seen, 'hold', 'ticket.held', () => ({ status: 'on_hold' }));
}

/** Also completes the part of the request that the ticket fulfils. */
export async function resolveTicket(tx: Tx, seen: Seen, resolution: string): Promise<Ticket> {
  const resolved = await change(tx, seen, 'resolve', 'ticket.resolved', () => ({
    status: 'resolved',
    resolution,
    resolved_at: now,
  }));
  const { requestId } = await knownTicket(tx, seen.number);
  if (requestId) await completeTask(tx, requestId);
  return resolved;
}

export function reopenTicket(tx: Tx, seen: Seen): Promise<Ticket> {
  return change(tx, seen, 'reopen', 'ticket.reopened', () => ({
    status: 'in_progress',
    resolution: '',
    resolved_at: null,
  }));
}

export function closeTicket(tx: Tx, seen: Seen): Promise<Ticket> {
  return change(tx, seen, 'close', 'ticket.closed', () => ({ status: 'closed', closed_at: now }));
}

export function cancelTicket(tx: Tx, seen: Seen): Promise<Ticket> {
  return change(tx, seen, 'cancel', 'ticket.cancelled', () => ({ status: 'cancelled', closed_at: now }));
}

/** Every change of a ticket: guarded by its policy and version, followed by history, audit entry and live listeners. */
async function change(
  tx: Tx,
  { number, version }: Seen,
  action: keyof TicketActions,
  entry: string,
  setting: (ticket: TicketRow) => Setting | Promise<Setting>,
): Promise<Ticket> {
  const before = await knownTicket(tx, number);
  // Whoever looks at an old state is told so before being told what the new one does not allow.
  if (mayWrite(tx.scope, before.ownerId) && before.version !== version) refuse('version-stale');
  refuseUnless(tx, before, action);
  const written = await setTicket(tx, before, version, await setting(before));
  if (!written) refuse((await knownTicket(tx, number)).version === version ? 'read-only' : 'version-stale');
  const after = await knownTicket(tx, number);
  const changes = changesBetween(before, after);
  await insertChanges(tx, before, changes);
  const fields = changes.map((one) => one.field);
  await tx.record(entry, { kind: 'ticket', id: before.id, label: before.number, owner: before.ownerId }, { fields });
  tx.changed('tickets', before.ownerId);
  return shownTicket(tx, after);
}

/** Visible but not writable is read-only; everything else that the policy refuses is not possible now. */
export function refuseUnless(tx: Tx, ticket: TicketRow, action: keyof TicketActions): void {
  if (!mayWrite(tx.scope, ticket.ownerId)) refuse('read-only');
  if (!ticketActions(tx.scope, ticket)[action]) refuseDesk('ticket.not-possible', { number: ticket.number });
}

/** The columns of the references that are given; null clears one. */
async function references(
  tx: Tx,
  ticket: TicketRow,
  wanted: { [F in keyof typeof targetKinds]?: string | null | undefined },
): Promise<Setting> {
  const targets: Record<string, Target | null> = {};
  for (const [field, id] of Object.entries(wanted)) {
    if (id !== undefined)
      targets[field] =
        id === null ? null : await targetOf(tx, targetKinds[field as keyof typeof targetKinds], id, field);
  }
  await refuseOutsideTheLine(tx, ticket.ownerId, targets);
  return Object.assign({}, ...Object.entries(targets).map(([field, target]) => keyed(field, target)));
}
