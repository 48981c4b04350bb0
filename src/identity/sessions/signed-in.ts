import type { RawCall } from '../../platform/routes.ts';
import { secretHash } from '../secrets.ts';
import { setSessionCookie } from './cookie.ts';
import { loadMe } from './me.ts';
import type { Me } from './sessions.api.ts';

/** Hands a new session to the browser and answers who that is. */
export async function signedIn(call: Pick<RawCall<unknown>, 'db' | 'reply' | 'origin'>, secret: string): Promise<Me> {
  setSessionCookie(call.reply, secret);
  return loadMe(call.db, { kind: 'session', tokenHash: secretHash(secret), membershipId: null }, call.origin);
}
