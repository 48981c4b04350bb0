import type { Scope } from '../../platform/scope.ts';
import { mayWrite } from '../../tenancy/placement.ts';
import type { Ticket, TicketActions } from './tickets.api.ts';

/** What the rules look at. */
export interface Standing {
  ownerId: number;
  status: Ticket['status'];
  requesterId: string | null;
  affectedId: string | null;
  /** The request of the catalog that it fulfils. */
  requestId: string | null;
}

/** Which actions a ticket offers, by state and permission: once for guard, API and button (R10.4). */
export function ticketActions(scope: Scope, ticket: Standing): TicketActions {
  const writes = mayWrite(scope, ticket.ownerId);
  const has = (name: string) => writes && scope.functions.includes(name);
  const open = ['new', 'in_progress', 'on_hold'].includes(ticket.status);
  const final = ['closed', 'cancelled'].includes(ticket.status);
  const mine = [ticket.requesterId, ticket.affectedId].includes(scope.contactId);
  const speaks = has('ticket.comment');
  const decides = has('ticket.resolve') || (mine && speaks);
  return {
    update: has('ticket.update') && !final,
    assign: has('ticket.assign') && open,
    start: has('ticket.update') && ['new', 'on_hold'].includes(ticket.status),
    hold: has('ticket.update') && ['new', 'in_progress'].includes(ticket.status),
    resolve: has('ticket.resolve') && open,
    reopen: decides && ticket.status === 'resolved',
    close: decides && ticket.status === 'resolved',
    // What was requested is resolved, also with why it cannot be: a request does not wait for a cancelled ticket.
    cancel:
      ticket.requestId === null && ((has('ticket.update') && open) || (mine && speaks && ticket.status === 'new')),
    comment: speaks && !final,
    commentInternal: speaks && !final && has('ticket.read-internal'),
    watch: writes,
    addWatcher: has('ticket.update') && !final,
    // R7.3. A request stays where it was made, and its ticket with it.
    move: has('ticket.move') && ticket.requestId === null && scope.scopeTicket === 'all' && writesSeveral(scope),
  };
}

/** Whether there is another tenant that a record could be given to, as far as whoever acts may know of tenants (R1.3). */
function writesSeveral({ tenancy, writesKind }: Scope): boolean {
  return tenancy !== 'off' && ['set', 'all'].includes(writesKind);
}
