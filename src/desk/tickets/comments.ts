import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';
import { refuseDesk } from '../desk.refusals.ts';
import { refuseUnless } from './changing.ts';
import type { Change, Comment, NewComment } from './comments.api.ts';
import { findChanges, findComments } from './comments.queries.ts';
import { ticketActions } from './tickets.policy.ts';
import { findWatchers, type TicketRow, touchTicket } from './tickets.queries.ts';
import { knownTicket } from './tickets.view.ts';

interface Paged {
  limit?: number;
  cursor?: string;
}

export async function commentsOf(
  tx: Tx,
  number: string,
  { limit = 100, cursor }: Paged,
): Promise<{ items: Comment[]; next: string | null }> {
  const { rows, next } = await findComments(tx, await knownTicket(tx, number), { limit, cursor });
  const items = rows.map(({ id, at, authorId, authorName, audience, text }) => ({
    id,
    at: at.toISOString(),
    author: { id: authorId, name: authorName },
    audience,
    text,
  }));
  return { items, next };
}

export async function historyOf(
  tx: Tx,
  number: string,
  { limit = 100, cursor }: Paged,
): Promise<{ items: Change[]; next: string | null }> {
  const { rows, next } = await findChanges(tx, await knownTicket(tx, number), { limit, cursor });
  return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next };
}

export interface CommentAnswer {
  comment: Comment;
  readers: { audience: Comment['audience']; people: string[] };
}

/** T-35: what somebody who can write internally says is internal until they choose otherwise. */
export async function addComment(tx: Tx, number: string, wanted: NewComment): Promise<CommentAnswer> {
  const ticket = await knownTicket(tx, number);
  refuseUnless(tx, ticket, 'comment');
  const inside = ticketActions(tx.scope, ticket).commentInternal;
  if (wanted.audience === 'internal' && !inside) refuseDesk('ticket.audience-refused');
  const audience = wanted.audience ?? (inside ? 'internal' : 'public');
  const comment = await insertComment(tx, ticket, audience, wanted.text);
  await tx.record(
    'ticket.commented',
    { kind: 'ticket', id: ticket.id, label: ticket.number, owner: ticket.ownerId },
    { audience },
  );
  tx.changed('tickets', ticket.ownerId);
  return { comment, readers: { audience, people: audience === 'internal' ? [] : await readersOf(tx, ticket) } };
}

async function insertComment(tx: Tx, ticket: TicketRow, audience: Comment['audience'], text: string): Promise<Comment> {
  const id = newId();
  // Before the comment: whoever changes the ticket takes the same locks in the same order.
  await touchTicket(tx, ticket);
  const { at } = await tx.q
    .insertInto('desk.comments')
    .values({
      owner_id: ticket.ownerId,
      id,
      ticket_id: ticket.id,
      author_owner_id: tx.scope.ownerId,
      author_contact_id: tx.scope.contactId,
      author_name: tx.scope.displayName,
      audience,
      body: text,
    })
    .returning('at')
    .executeTakeFirstOrThrow();
  return { id, at: at.toISOString(), author: { id: tx.scope.contactId, name: tx.scope.displayName }, audience, text };
}

/** Beside the analysts. */
async function readersOf(tx: Tx, ticket: TicketRow): Promise<string[]> {
  const watchers = await findWatchers(tx, ticket);
  const names = [ticket.requesterName, ticket.affectedName, ...watchers.map((watcher) => watcher.name)];
  return [...new Set(names.filter((name): name is string => Boolean(name)))];
}
