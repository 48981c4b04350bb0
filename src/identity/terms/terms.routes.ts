import { type Route, rawRoute, route, systemRoute } from '../../platform/routes.ts';
import { clearSessionCookie } from '../sessions/cookie.ts';
import { loadMe } from '../sessions/me.ts';
import { sessionPrincipal } from '../sessions/sessions.ts';
import * as acceptance from './acceptance.api.ts';
import { accept, myTerms, reject } from './acceptance.ts';
import * as consents from './consents.api.ts';
import { exportConsents } from './consents.export.ts';
import { listOfConsents, listOfSigningKeys } from './consents.ts';
import * as statements from './statements.api.ts';
import {
  addStatement,
  listOfStatements,
  publishStatement,
  setStatementStatus,
  statementOf,
  termsVersionOf,
  updateStatement,
} from './statements.ts';

export const termsRoutes: readonly Route[] = [
  route(statements.listTermsStatements, ({ tx, query }) => listOfStatements(tx, query)),
  route(statements.getTermsStatement, ({ tx, params }) => statementOf(tx, params.id)),
  route(statements.addTermsStatement, ({ tx, body }) => addStatement(tx, body)),
  route(statements.updateTermsStatement, ({ tx, params, version, body }) =>
    updateStatement(tx, params.id, version, body),
  ),
  route(statements.publishTerms, ({ tx, params, version }) => publishStatement(tx, params.id, version)),
  route(statements.deactivateTermsStatement, ({ tx, params, version }) =>
    setStatementStatus(tx, params.id, version, 'inactive'),
  ),
  route(statements.reactivateTermsStatement, ({ tx, params, version }) =>
    setStatementStatus(tx, params.id, version, 'active'),
  ),
  route(statements.getTermsVersion, ({ tx, params }) => termsVersionOf(tx, params.id)),

  rawRoute(acceptance.getMyTerms, ({ db, principal, origin }) => myTerms(db, principal, origin)),
  rawRoute(acceptance.acceptTerms, async ({ db, principal, body, origin }) => {
    const session = sessionPrincipal(principal);
    await accept(db, session, body, origin);
    return loadMe(db, session, origin);
  }),
  rawRoute(acceptance.rejectTerms, async ({ db, principal, body, origin, reply }) => {
    await reject(db, sessionPrincipal(principal), body, origin);
    clearSessionCookie(reply);
  }),

  route(consents.listConsents, ({ tx, query }) => listOfConsents(tx, query)),
  rawRoute(consents.exportConsents, async ({ db, principal, origin, query, language, reply }) => {
    if (!principal) return;
    const { format, ...filters } = query;
    const file = await exportConsents({ db, principal, origin, filters, format, language });
    reply
      .header('content-disposition', `attachment; filename="consents.${format}"`)
      .header('cache-control', 'no-store');
    reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8').send(file);
  }),
  systemRoute(consents.listSigningKeys, ({ system }) => listOfSigningKeys(system)),
];
