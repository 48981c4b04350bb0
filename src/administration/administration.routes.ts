import { type Route, rawRoute, route } from '../platform/routes.ts';
import { listAudit } from './audit/audit.api.ts';
import { listOfEntries } from './audit/audit.ts';
import * as verification from './audit/verification.api.ts';
import { headsOf, verifyAudit } from './audit/verification.ts';

export const administrationRoutes: readonly Route[] = [
  route(listAudit, ({ tx, query }) => listOfEntries(tx, query)),
  rawRoute(verification.verifyAudit, ({ db, principal, origin, body }) => {
    if (!principal) throw new Error('nobody verifies');
    return verifyAudit({ db, principal, origin, ...body });
  }),
  route(verification.listAuditHeads, ({ tx, query }) => headsOf(tx, query)),
];
