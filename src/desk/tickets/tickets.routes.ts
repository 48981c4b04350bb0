import { type Route, rawRoute, route } from '../../platform/routes.ts';
import * as changing from './changing.ts';
import * as api from './comments.api.ts';
import { addComment, commentsOf, historyOf } from './comments.ts';
import * as moving from './moves.api.ts';
import { moveTicket, previewMove } from './moves.ts';
import * as tickets from './tickets.api.ts';
import { exportTickets } from './tickets.export.ts';
import { createTicket, listOfTickets } from './tickets.ts';
import { ticketOf } from './tickets.view.ts';
import { addWatcher, removeWatcher, watchTicket } from './watching.ts';

const seen = ({ params, version }: { params: { number: string }; version: number }) => ({
  number: params.number,
  version,
});

export const ticketRoutes: readonly Route[] = [
  route(tickets.listTickets, ({ tx, query }) => listOfTickets(tx, query)),
  rawRoute(tickets.exportTickets, async ({ db, principal, origin, query, language, reply }) => {
    if (!principal) return;
    const file = await exportTickets({ db, principal, origin, filters: query, language });
    reply.header('content-disposition', 'attachment; filename="tickets.csv"').header('cache-control', 'no-store');
    reply.type('text/csv; charset=utf-8').send(file);
  }),
  route(tickets.getTicket, ({ tx, params }) => ticketOf(tx, params.number)),
  route(tickets.createTicket, ({ tx, body }) => createTicket(tx, body)),
  route(tickets.updateTicket, (call) => changing.updateTicket(call.tx, seen(call), call.body)),
  route(tickets.assignTicket, (call) => changing.assignTicket(call.tx, seen(call), call.body)),
  route(tickets.startTicket, (call) => changing.startTicket(call.tx, seen(call))),
  route(tickets.holdTicket, (call) => changing.holdTicket(call.tx, seen(call))),
  route(tickets.resolveTicket, (call) => changing.resolveTicket(call.tx, seen(call), call.body.resolution)),
  route(tickets.reopenTicket, (call) => changing.reopenTicket(call.tx, seen(call))),
  route(tickets.closeTicket, (call) => changing.closeTicket(call.tx, seen(call))),
  route(tickets.cancelTicket, (call) => changing.cancelTicket(call.tx, seen(call))),
  route(moving.previewTicketMove, ({ tx, params, query }) => previewMove(tx, params.number, query.tenant)),
  route(moving.moveTicket, (call) => moveTicket(call.tx, seen(call), call.body)),
  route(tickets.watchTicket, ({ tx, params }) => watchTicket(tx, params.number)),
  route(tickets.unwatchTicket, ({ tx, params }) => removeWatcher(tx, params.number, tx.scope.contactId, 'watch')),
  route(tickets.addWatcher, ({ tx, params }) => addWatcher(tx, params.number, params.contact)),
  route(tickets.removeWatcher, ({ tx, params }) => removeWatcher(tx, params.number, params.contact)),
  route(api.listComments, ({ tx, params, query }) => commentsOf(tx, params.number, query)),
  route(api.addComment, ({ tx, params, body }) => addComment(tx, params.number, body)),
  route(api.listHistory, ({ tx, params, query }) => historyOf(tx, params.number, query)),
];
