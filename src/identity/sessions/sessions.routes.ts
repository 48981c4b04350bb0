import { type Route, rawRoute, systemRoute } from '../../platform/routes.ts';
import { clearSessionCookie } from './cookie.ts';
import { loadMe } from './me.ts';
import {
  changePassword,
  chooseMembership,
  endSession,
  getMe,
  listSessions,
  setPreferences,
  signIn,
  signOut,
  signOutEverywhere,
} from './sessions.api.ts';
import {
  changeOwnPassword,
  endAllSessions,
  endOwnSession,
  listOwnSessions,
  sessionPrincipal,
  setOwnPreferences,
  signedInPerson,
  switchMembership,
} from './sessions.ts';
import { signInWithPassword } from './sign-in.ts';
import { signedIn } from './signed-in.ts';

export const sessionRoutes: readonly Route[] = [
  rawRoute(signIn, async (call) => {
    const userAgent = call.request.headers['user-agent'] ?? '';
    return signedIn(call, await signInWithPassword(call.db, { ...call.body, userAgent }, call.origin));
  }),
  systemRoute(signOut, async ({ system, principal, reply }) => {
    const who = await signedInPerson(system, principal);
    await endOwnSession(system, who, who.sessionId);
    clearSessionCookie(reply);
  }),
  rawRoute(getMe, ({ db, principal, origin }) => loadMe(db, principal as NonNullable<typeof principal>, origin)),
  rawRoute(chooseMembership, async ({ db, principal, body, origin }) => {
    const session = sessionPrincipal(principal);
    await switchMembership(db, session, body.membershipId, origin);
    return loadMe(db, { ...session, membershipId: body.membershipId }, origin);
  }),
  rawRoute(setPreferences, async ({ db, principal, body, origin }) => {
    const session = sessionPrincipal(principal);
    await db.asSystem(async (system) => setOwnPreferences(system, await signedInPerson(system, session), body), origin);
    return loadMe(db, session, origin);
  }),
  rawRoute(changePassword, ({ db, principal, body, origin }) =>
    changeOwnPassword(db, sessionPrincipal(principal), body, origin),
  ),
  systemRoute(listSessions, async ({ system, principal }) =>
    listOwnSessions(system, await signedInPerson(system, principal)),
  ),
  systemRoute(endSession, async ({ system, principal, params }) =>
    endOwnSession(system, await signedInPerson(system, principal), params.id),
  ),
  systemRoute(signOutEverywhere, async ({ system, principal, reply }) => {
    await endAllSessions(system, await signedInPerson(system, principal));
    clearSessionCookie(reply);
  }),
];
