import { type Route, rawRoute } from '../../platform/routes.ts';
import type { Principal } from '../../platform/units.ts';
import { signedIn } from '../sessions/signed-in.ts';
import * as api from './links.api.ts';
import { lookAtPasswordLink, makePasswordLink, redeemPasswordLink } from './links.ts';

export const linkRoutes: readonly Route[] = [
  // Raw, so that no idempotency key keeps the answer: the secret is stored nowhere (R4.7).
  rawRoute(api.makePasswordLink, ({ db, principal, params, origin }) =>
    db.as(principal as Principal, (tx) => makePasswordLink(tx, params.id), {
      access: api.makePasswordLink.access,
      origin,
    }),
  ),
  rawRoute(api.lookAtLink, ({ db, body, origin }) => lookAtPasswordLink(db, body.token, origin)),
  rawRoute(api.usePasswordLink, async (call) => {
    const userAgent = call.request.headers['user-agent'] ?? '';
    const language = call.request.headers['accept-language'] ? call.language : undefined;
    return signedIn(call, await redeemPasswordLink(call.db, { ...call.body, userAgent, language }, call.origin));
  }),
];
