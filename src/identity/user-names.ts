import { foldName } from '../platform/fold.ts';
import { refuseIdentity } from './identity.refusals.ts';

/** R5.10: `name@slug` says whose name it is at sign-in, so no name may look like that; an e-mail address may be one. */
export function refuseWrongUserName(userName: string): void {
  const folded = foldName(userName);
  if (!folded || /\s/u.test(folded) || /@[a-z0-9-]*$/.test(folded)) refuseIdentity('person.user-name-form');
}
