import { type Route, rawRoute, route, secretRoute } from '../../platform/routes.ts';
import { loadMe } from '../sessions/me.ts';
import { sessionPrincipal } from '../sessions/sessions.ts';
import * as api from './invitations.api.ts';
import { acceptInvitation, invite, listOfInvitations, lookAtInvitation, revokeInvitation } from './invitations.ts';

export const invitationRoutes: readonly Route[] = [
  route(api.listInvitations, ({ tx, query }) => listOfInvitations(tx, query)),
  secretRoute(api.invite, ({ tx, body }) => invite(tx, body)),
  route(api.revokeInvitation, ({ tx, params }) => revokeInvitation(tx, params.id)),
  rawRoute(api.lookAtInvitation, ({ db, principal, body, origin }) =>
    lookAtInvitation(db, sessionPrincipal(principal), body.token, origin),
  ),
  rawRoute(api.acceptInvitation, async ({ db, principal, body, origin }) => {
    const session = sessionPrincipal(principal);
    await acceptInvitation(db, session, body.token, origin);
    return loadMe(db, session, origin);
  }),
];
