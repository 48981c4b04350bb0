import type { Database } from '../../platform/database.ts';
import { foldName } from '../../platform/fold.ts';
import type { Origin, SystemTx } from '../../platform/units.ts';
import { unassigned } from '../../tenancy/owners.ts';
import { refuseTenancy } from '../../tenancy/tenancy.refusals.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { passwordMatches } from '../passwords.ts';
import { makeSecret } from '../secrets.ts';
import { insertSession } from './sessions.queries.ts';
import { type Candidate, findCandidates, findFirstMembership, type NameForms } from './sign-in.queries.ts';
import { bucketsOf, countedAttempt, forgiveAttempt, refuseTooMany } from './throttle.queries.ts';

export interface Attempt {
  userName: string;
  password: string;
  slug?: string | undefined;
  userAgent: string;
}

/**
 * Signs in and returns the session's secret. Unknown and known names take the same statements and the same hashing, and
 * are refused alike (T-10); only after a right password does a person read that their tenant is suspended (R9.3).
 */
export async function signInWithPassword(db: Database, attempt: Attempt, origin: Origin): Promise<string> {
  const forms = formsOf(attempt.userName, attempt.slug);
  const buckets = bucketsOf(origin.address, `${forms.local}@${forms.slug ?? ''}`);
  const { seconds, candidate } = await db.asSystem(async (system) => {
    const { seconds, firstTooMany } = await countedAttempt(system, buckets);
    const candidates = await findCandidates(system, forms);
    const candidate = candidates.length === 1 ? candidates[0] : undefined;
    if (firstTooMany) await recordRefused(system, candidate, 'too-many');
    return { seconds, candidate };
  }, origin);
  refuseTooMany(seconds);
  // Outside the unit of work: hashing holds no connection.
  const matches = await passwordMatches(candidate?.hash ?? null, attempt.password);
  const reason = reasonToRefuse(candidate, matches);
  const secret = await db.asSystem(async (system) => {
    if (reason || !candidate) {
      await recordRefused(system, candidate, reason ?? 'unknown');
      return null;
    }
    await forgiveAttempt(system, buckets);
    return startSession(system, candidate, attempt.userAgent);
  }, origin);
  if (secret) return secret;
  if (reason === 'tenant-suspended' || reason === 'tenant-not-ready') refuseTenancy(reason);
  return refuseIdentity('sign-in-refused');
}

/** The session of somebody who has just proved who they are. */
export async function startSession(
  system: SystemTx,
  person: { ownerId: number; personId: string; displayName: string; userName: string },
  userAgent: string,
): Promise<string> {
  const { secret, hash } = makeSecret();
  const membershipId = await findFirstMembership(system, person.personId);
  await insertSession(system, { ...person, tokenHash: hash, membershipId, userAgent });
  const actor = {
    personId: person.personId,
    ownerId: person.ownerId,
    label: person.displayName,
    membershipId: membershipId ?? undefined,
  };
  const subject = { kind: 'person', id: person.personId, label: person.userName, owner: person.ownerId };
  await system.record('session.started', subject, { userAgent: userAgent.slice(0, 255) }, actor);
  return secret;
}

/** R5.10: `name@slug`, the tenant's own address, or the name alone. A slug has no dot, so an e-mail address is never one. */
export function formsOf(userName: string, slug: string | undefined): NameForms {
  const whole = foldName(userName);
  if (slug) return { whole, local: whole, slug: slug.toLowerCase(), alone: false };
  const [, local, tail] = /^(.+)@([a-z0-9-]{1,63})$/.exec(whole) ?? [];
  return { whole, local: local ?? whole, slug: tail ?? null, alone: true };
}

function reasonToRefuse(candidate: Candidate | undefined, matches: boolean): string | null {
  if (!candidate) return 'unknown';
  if (!matches) return 'password';
  if (candidate.status !== 'active') return 'inactive';
  if (candidate.tenantStatus === 'provisioning') return 'tenant-not-ready';
  return candidate.tenantStatus === 'active' ? null : 'tenant-suspended';
}

/** Nobody is signed in, so nobody is the actor. A name that exists nowhere is not kept: it may be a password. */
async function recordRefused(system: SystemTx, candidate: Candidate | undefined, reason: string): Promise<void> {
  const subject = {
    kind: 'person',
    id: candidate?.personId ?? null,
    label: candidate?.userName ?? '',
    owner: candidate?.ownerId ?? unassigned,
  };
  await system.record('sign-in.refused', subject, { reason });
}
