import { type Route, rawRoute, route } from '../platform/routes.ts';
import { exportAudit, listAudit } from './audit/audit.api.ts';
import { exportEntries } from './audit/audit.export.ts';
import { listOfEntries } from './audit/audit.ts';
import * as verification from './audit/verification.api.ts';
import { headsOf, verifyAudit } from './audit/verification.ts';
import { explainedRefusal } from './why/refusal.ts';
import { askWhy, explainRefusal } from './why/why.api.ts';
import { why } from './why/why.ts';

export const administrationRoutes: readonly Route[] = [
  route(listAudit, ({ tx, query }) => listOfEntries(tx, query)),
  rawRoute(exportAudit, async ({ db, principal, origin, query, language, reply }) => {
    if (!principal) return;
    const { format = 'csv', ...filters } = query;
    const file = await exportEntries({ db, principal, origin, filters, format, language });
    reply.header('content-disposition', `attachment; filename="audit.${format}"`).header('cache-control', 'no-store');
    reply.type(format === 'json' ? 'application/json' : 'text/csv; charset=utf-8').send(file);
  }),
  rawRoute(verification.verifyAudit, ({ db, principal, origin, body }) => {
    if (!principal) throw new Error('nobody verifies');
    return verifyAudit({ db, principal, origin, ...body });
  }),
  route(verification.listAuditHeads, ({ tx, query }) => headsOf(tx, query)),
  rawRoute(askWhy, ({ db, principal, origin, query }) => {
    if (!principal) throw new Error('nobody asks');
    return why({ db, principal, origin, ...query });
  }),
  route(explainRefusal, ({ query }) => explainedRefusal(query.refusal)),
];
