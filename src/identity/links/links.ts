import type { Database } from '../../platform/database.ts';
import type { Language } from '../../platform/refusals.ts';
import type { Origin, Tx } from '../../platform/units.ts';
import { refuseTenancy } from '../../tenancy/tenancy.refusals.ts';
import { findAdministrator } from '../first-run/administrators.queries.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { hasPassword, setLanguage, setPasswordHash } from '../passwords.queries.ts';
import { hashPassword, refuseWeakPassword } from '../passwords.ts';
import { managedPerson, personSubject, signInNameOf } from '../people/people.ts';
import { makeSecret, secretHash } from '../secrets.ts';
import { deleteSessions } from '../sessions/sessions.queries.ts';
import { startSession } from '../sessions/sign-in.ts';
import { addressBucket, countAttempt, refuseTooMany } from '../sessions/throttle.queries.ts';
import { deleteTokensOf, findUsableLink, insertLink, takeLink, type UsableLink } from './links.queries.ts';

export interface MadeLink {
  /** Behind the address of the program. The secret is after `#`, which browsers send to no server. */
  path: string;
  expiresAt: string;
}

/** R4.7: single use, 72 h, kept as a hash, for one person; the older one stops working. Shown once, stored nowhere. */
export async function makePasswordLink(tx: Tx, contactId: string): Promise<MadeLink & { signInName: string }> {
  const row = await managedPerson(tx, contactId);
  if (row.status !== 'active') refuseIdentity('person.inactive');
  const { secret, hash } = makeSecret();
  const expiresAt = await insertLink(tx, {
    ownerId: row.ownerId,
    personId: row.personId,
    hash,
    maker: tx.scope.membershipId,
  });
  await tx.record('person.link-made', personSubject(row));
  return { path: `/link#${secret}`, expiresAt, signInName: signInNameOf(tx, row, row.userName ?? '') };
}

/** For an administrator who is locked out, by the command line; @returns null when none (or more than one) goes by that name. */
export async function makeAdministratorLink(db: Database, userName?: string): Promise<MadeLink | null> {
  return db.asSystem(async (system) => {
    const administrator = await findAdministrator(system, userName);
    if (!administrator) return null;
    const { secret, hash } = makeSecret();
    const expiresAt = await insertLink(system, {
      ownerId: administrator.owner_id,
      personId: administrator.id,
      hash,
      maker: null,
    });
    const subject = {
      kind: 'person',
      id: administrator.id,
      label: administrator.user_name,
      owner: administrator.owner_id,
    };
    await system.record('person.administrator-link-made', subject);
    return { path: `/link#${secret}`, expiresAt };
  });
}

export async function lookAtPasswordLink(db: Database, token: string, origin: Origin) {
  const { displayName, organization, signInName } = await usableLink(db, token, origin);
  return { displayName, organization, signInName };
}

/** Sets the password, ends every session there was, and signs in: @returns the session's secret. */
export async function redeemPasswordLink(
  db: Database,
  use: { token: string; password: string; userAgent: string; language?: Language | undefined },
  origin: Origin,
): Promise<string> {
  const link = await usableLink(db, use.token, origin);
  if (link.tenantStatus !== 'active')
    refuseTenancy(link.tenantStatus === 'provisioning' ? 'tenant-not-ready' : 'tenant-suspended');
  refuseWeakPassword(use.password, link.userName);
  const hash = await hashPassword(use.password);
  return db.asSystem(async (system) => {
    // Taken by one of those who try at once.
    if (!(await takeLink(system, secretHash(use.token)))) refuseIdentity('link-not-usable');
    // Whoever added them wrote down their own language; at the first time the reader's browser knows better.
    if (use.language && !(await hasPassword(system, link))) await setLanguage(system, link, use.language);
    await setPasswordHash(system, link, hash);
    // Whoever had got in before is out: by session and by token.
    await deleteSessions(system, link.personId);
    await deleteTokensOf(system, link.personId);
    const subject = { kind: 'person', id: link.personId, label: link.userName, owner: link.ownerId };
    await system.record(
      'person.password-set',
      subject,
      {},
      { personId: link.personId, ownerId: link.ownerId, label: link.displayName },
    );
    return startSession(system, link, use.userAgent);
  }, origin);
}

/** @throws Refusal `link-not-usable`: absent, expired, used, revoked and of another kind are one (T-22, T-27). */
async function usableLink(db: Database, token: string, origin: Origin): Promise<UsableLink> {
  const { seconds, link } = await db.asSystem(
    async (system) => ({
      seconds: await countAttempt(system, addressBucket('link', origin.address)),
      link: await findUsableLink(system, secretHash(token)),
    }),
    origin,
  );
  refuseTooMany(seconds);
  return link ?? refuseIdentity('link-not-usable');
}
