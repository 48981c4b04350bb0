import type { Principal } from '../../platform/database.ts';
import { type Route, rawRoute, route } from '../../platform/routes.ts';
import { loadMe } from '../sessions/me.ts';
import { sessionPrincipal } from '../sessions/sessions.ts';
import * as api from './invitations.api.ts';
import { acceptInvitation, invite, listOfInvitations, lookAtInvitation, revokeInvitation } from './invitations.ts';

export const invitationRoutes: readonly Route[] = [
  route(api.listInvitations, ({ tx }) => listOfInvitations(tx)),
  // Raw, so that no idempotency key keeps the answer: the secret is stored nowhere (R4.7).
  rawRoute(api.invite, ({ db, principal, body, origin }) =>
    db.as(principal as Principal, (tx) => invite(tx, body), { access: api.invite.access, origin }),
  ),
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
