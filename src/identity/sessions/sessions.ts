import type { Database } from '../../platform/database.ts';
import { Refusal, refuse } from '../../platform/refusals.ts';
import type { Origin, Principal, SystemActor, SystemTx } from '../../platform/units.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { findPasswordHash, setPasswordHash } from '../passwords.queries.ts';
import { hashPassword, passwordMatches, refuseWeakPassword } from '../passwords.ts';
import { refuseUnknownTimeZone } from '../time-zones.ts';
import {
  deleteSessions,
  findRoleOf,
  findSessions,
  findSignedIn,
  type SignedIn,
  setPreferencesOf,
  setSessionMembership,
} from './sessions.queries.ts';
import { bucketsOf, countAttempt, forgiveAttempt, refuseTooMany } from './throttle.queries.ts';

type SessionPrincipal = Extract<Principal, { kind: 'session' }>;

/** @throws Refusal `session-needed` for an API token: what belongs to the person is not a token's to change. */
export function sessionPrincipal(principal: Principal | null): SessionPrincipal {
  if (principal?.kind === 'token') refuseIdentity('session-needed');
  if (principal?.kind !== 'session') refuse('not-signed-in');
  return principal as SessionPrincipal;
}

export async function signedInPerson(system: SystemTx, principal: Principal | null): Promise<SignedIn> {
  const found = await findSignedIn(system, sessionPrincipal(principal).tokenHash);
  return found ?? refuse('not-signed-in');
}

export async function endOwnSession(system: SystemTx, who: SignedIn, id: string): Promise<void> {
  if (!(await deleteSessions(system, who.personId, { only: id }))) refuse('not-found');
  await system.record('session.ended', subjectOf(who), {}, actorOf(who));
}

export async function endAllSessions(system: SystemTx, who: SignedIn): Promise<void> {
  const count = await deleteSessions(system, who.personId);
  await system.record('session.all-ended', subjectOf(who), { count }, actorOf(who));
}

export async function listOwnSessions(system: SystemTx, who: SignedIn) {
  const rows = await findSessions(system, who);
  const items = rows.map((row) => ({
    id: row.id,
    current: row.id === who.sessionId,
    createdAt: row.created_at.toISOString(),
    usedAt: row.used_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    address: row.address,
    userAgent: row.user_agent,
  }));
  return { items, next: null };
}

/** R5.1: the role switch, audited; @throws Refusal when that membership cannot be acted under now. */
export async function switchMembership(
  db: Database,
  principal: SessionPrincipal,
  membershipId: string,
  origin: Origin,
): Promise<void> {
  try {
    await db.as({ ...principal, membershipId }, async () => {}, { origin });
  } catch (error) {
    // R8.3: the terms are asked once one acts under it.
    if (!(error instanceof Refusal) || error.type !== 'terms-not-accepted') throw error;
  }
  await db.asSystem(async (system) => {
    const who = await signedInPerson(system, principal);
    if (who.membershipId === membershipId) return;
    const role = await findRoleOf(system, membershipId);
    await setSessionMembership(system, who.sessionId, membershipId);
    const subject = { kind: 'membership', id: membershipId, label: role.name, owner: role.ownerId };
    await system.record(
      'membership.chosen',
      subject,
      { from: who.membershipId },
      { ...actorOf(who), ownerId: role.ownerId, membershipId },
    );
  }, origin);
}

export async function setOwnPreferences(
  system: SystemTx,
  who: SignedIn,
  preferences: { language: string; timeZone: string },
): Promise<void> {
  refuseUnknownTimeZone(preferences.timeZone);
  await setPreferencesOf(system, who, preferences);
  await system.record('person.preferences-set', subjectOf(who), { ...preferences }, actorOf(who));
}

/** Needs the old password, guesses of which count like those at sign-in; every other session of the person ends. */
export async function changeOwnPassword(
  db: Database,
  principal: SessionPrincipal,
  change: { oldPassword: string; newPassword: string },
  origin: Origin,
): Promise<void> {
  const { who, hash, seconds, buckets } = await db.asSystem(async (system) => {
    const who = await signedInPerson(system, principal);
    // Before anything is counted: a new password that is too weak is no guess at the old one.
    refuseWeakPassword(change.newPassword, who.userName);
    const buckets = bucketsOf(origin.address, `change:${who.personId}`);
    return {
      who,
      buckets,
      seconds: await countAttempt(system, buckets),
      hash: await findPasswordHash(system, who.personId),
    };
  }, origin);
  refuseTooMany(seconds);
  if (!(await passwordMatches(hash, change.oldPassword))) refuseIdentity('password-wrong');
  const newHash = await hashPassword(change.newPassword);
  await db.asSystem(async (system) => {
    await forgiveAttempt(system, buckets);
    await setPasswordHash(system, who, newHash);
    await deleteSessions(system, who.personId, { but: who.sessionId });
    await system.record('person.password-changed', subjectOf(who), {}, actorOf(who));
  }, origin);
}

function subjectOf(who: SignedIn) {
  return { kind: 'person', id: who.personId, label: who.userName, owner: who.ownerId };
}

export function actorOf(who: SignedIn): SystemActor {
  return {
    personId: who.personId,
    ownerId: who.ownerId,
    label: who.displayName,
    membershipId: who.membershipId ?? undefined,
  };
}
