import { type Route, route } from '../platform/routes.ts';
import { listAudit } from './audit/audit.api.ts';
import { listOfEntries } from './audit/audit.ts';

export const administrationRoutes: readonly Route[] = [route(listAudit, ({ tx, query }) => listOfEntries(tx, query))];
