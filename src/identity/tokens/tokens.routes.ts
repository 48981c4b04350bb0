import { type RawCall, type Route, rawRoute } from '../../platform/routes.ts';
import type { SystemTx } from '../../platform/units.ts';
import { sessionPrincipal } from '../sessions/sessions.ts';
import * as api from './tokens.api.ts';
import { createToken, type Holder, listOfTokens, revokeToken } from './tokens.ts';

// Raw, because no role that a person acts under reads or writes tokens: first who it is, then the narrow door of sign-in.
// And so that no idempotency key keeps a token.
export const tokenRoutes: readonly Route[] = [
  rawRoute(api.listTokens, (call) => asHolder(call, (system, holder) => listOfTokens(system, holder))),
  rawRoute(api.createToken, (call) => asHolder(call, (system, holder) => createToken(system, holder, call.body))),
  rawRoute(api.revokeToken, (call) => asHolder(call, (system, holder) => revokeToken(system, holder, call.params.id))),
];

/** A token cannot make or list tokens: who steals one must not be able to outlive its revocation. */
async function asHolder<T>(
  call: Pick<RawCall<unknown>, 'db' | 'principal' | 'origin'>,
  work: (system: SystemTx, holder: Holder) => Promise<T>,
): Promise<T> {
  const session = sessionPrincipal(call.principal);
  const holder = await call.db.as(session, async ({ scope }) => scope, { origin: call.origin });
  return call.db.asSystem((system) => work(system, holder), call.origin);
}
