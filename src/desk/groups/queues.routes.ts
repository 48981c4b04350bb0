import { type Route, route } from '../../platform/routes.ts';
import * as api from './queues.api.ts';
import { chooseQueue, queueOf } from './queues.ts';

export const queueRoutes: readonly Route[] = [
  route(api.getQueue, ({ tx, query }) => queueOf(tx, query.tenant)),
  route(api.setQueue, ({ tx, body }) => chooseQueue(tx, body)),
];
