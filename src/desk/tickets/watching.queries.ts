import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';
import type { TicketKey } from './tickets.queries.ts';

/** @returns whether they did not watch it before. */
export async function insertWatcher(
  tx: Tx,
  ticket: TicketKey,
  contact: { ownerId: number; id: string },
): Promise<boolean> {
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
  return Boolean(numInsertedOrUpdatedRows);
}

export async function deleteWatcher(tx: Tx, ticket: TicketKey, contactId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.q
    .deleteFrom('desk.watchers')
    .where('owner_id', '=', ticket.ownerId)
    .where('ticket_id', '=', ticket.id)
    .where('contact_id', '=', contactId)
    .executeTakeFirst();
  return Boolean(numDeletedRows);
}
