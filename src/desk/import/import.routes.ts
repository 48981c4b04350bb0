import { type Route, route } from '../../platform/routes.ts';
import * as api from './import.api.ts';
import { importTickets } from './import.ts';

export const importRoutes: readonly Route[] = [
  route(api.importTickets, ({ tx, body }) => importTickets(tx, body.source, body.tickets, body.samePeople ?? false)),
];
