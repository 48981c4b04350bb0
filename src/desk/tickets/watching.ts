import type { Tx } from '../../platform/units.ts';
import { refuseOutsideTheLine, targetOf } from '../references.ts';
import { refuseUnless } from './changing.ts';
import type { Ticket } from './tickets.api.ts';
import type { TicketRow } from './tickets.queries.ts';
import { knownTicket, ticketOf } from './tickets.view.ts';
import { deleteWatcher, insertWatcher } from './watching.queries.ts';

export async function watchTicket(tx: Tx, number: string): Promise<Ticket> {
  return setWatcher(tx, number, { ownerId: tx.scope.ownerId, id: tx.scope.contactId, name: tx.scope.displayName });
}

export async function addWatcher(tx: Tx, number: string, contactId: string): Promise<Ticket> {
  refuseUnless(tx, await knownTicket(tx, number), 'addWatcher');
  return setWatcher(tx, number, await targetOf(tx, 'contact', contactId, 'watcher'));
}

async function setWatcher(
  tx: Tx,
  number: string,
  contact: { ownerId: number; id: string; name: string },
): Promise<Ticket> {
  const ticket = await knownTicket(tx, number);
  refuseUnless(tx, ticket, 'watch');
  await refuseOutsideTheLine(tx, ticket.ownerId, { watcher: contact });
  if (await insertWatcher(tx, ticket, contact)) await note(tx, ticket, 'ticket.watched', contact.name);
  return ticketOf(tx, number);
}

/** Answers nothing: watching may have been all that let the caller read the ticket. */
export async function removeWatcher(
  tx: Tx,
  number: string,
  contactId: string,
  action: 'watch' | 'addWatcher' = 'addWatcher',
): Promise<void> {
  const ticket = await knownTicket(tx, number);
  refuseUnless(tx, ticket, action);
  if (await deleteWatcher(tx, ticket, contactId)) await note(tx, ticket, 'ticket.unwatched', contactId);
}

async function note(tx: Tx, ticket: TicketRow, entry: string, watcher: string): Promise<void> {
  await tx.record(entry, { kind: 'ticket', id: ticket.id, label: ticket.number, owner: ticket.ownerId }, { watcher });
  tx.changed('tickets', ticket.ownerId);
}
