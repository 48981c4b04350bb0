import { type Route, rawRoute } from '../../platform/routes.ts';
import { signedIn } from '../sessions/signed-in.ts';
import { createFirstAdministrator, lookAtFirstRun } from './first-run.api.ts';
import { lookAtFirstRunLink, useFirstRunLink } from './first-run.ts';

export const firstRunRoutes: readonly Route[] = [
  rawRoute(lookAtFirstRun, ({ db, body, origin }) => lookAtFirstRunLink(db, body.token, origin)),
  rawRoute(createFirstAdministrator, async (call) => {
    const userAgent = call.request.headers['user-agent'] ?? '';
    return signedIn(call, await useFirstRunLink(call.db, { ...call.body, userAgent }, call.origin));
  }),
];
