import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { refuseOutsideTheLine, targetOf } from '../references.ts';
import { refuseUnless } from './changing.ts';
import type { Ticket } from './tickets.api.ts';
import type { TicketRow } from './tickets.queries.ts';
import { knownTicket, ticketOf } from './tickets.view.ts';

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
  const { numInsertedOrUpdatedRows } = await tx.q
    .insertInto('desk.watchers')
    .values({
      owner_id: ticket.ownerId,
      id: newId(),
      ticket_id: ticket.id,
      contact_owner_id: contact.ownerId,
      contact_id: contact.id,
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'ticket_id', 'contact_id']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows) await note(tx, ticket, 'ticket.watched', contact.name);
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
  const { numDeletedRows } = await tx.q
    .deleteFrom('desk.watchers')
    .where('owner_id', '=', ticket.ownerId)
    .where('ticket_id', '=', ticket.id)
    .where('contact_id', '=', contactId)
    .executeTakeFirst();
  if (numDeletedRows) await note(tx, ticket, 'ticket.unwatched', contactId);
}

async function note(tx: Tx, ticket: TicketRow, entry: string, watcher: string): Promise<void> {
  await tx.record(entry, { kind: 'ticket', id: ticket.id, label: ticket.number, owner: ticket.ownerId }, { watcher });
  tx.changed('tickets', ticket.ownerId);
}
