import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { SystemTx } from '../../platform/units.ts';

export interface SignedIn {
  sessionId: string;
  /** The membership last used. */
  membershipId: string | null;
  personId: string;
  ownerId: number;
  displayName: string;
  userName: string;
}

/** Whose session it is, if it is alive and its person active. */
export async function findSignedIn(system: SystemTx, tokenHash: Buffer): Promise<SignedIn | undefined> {
  const row = await system.q
    .selectFrom('identity.sessions as s')
    .innerJoin('identity.people as p', (join) =>
      join.onRef('p.owner_id', '=', 's.owner_id').onRef('p.id', '=', 's.person_id'),
    )
    .select(['s.id', 's.membership_id', 'p.id as person_id', 'p.owner_id', 'p.display_name', 'p.user_name'])
    .where('s.token_hash', '=', tokenHash)
    .where('s.expires_at', '>', sql<Date>`now()`)
    .where('p.status', '=', 'active')
    .executeTakeFirst();
  return (
    row && {
      sessionId: row.id,
      membershipId: row.membership_id,
      personId: row.person_id,
      ownerId: row.owner_id,
      displayName: row.display_name,
      userName: row.user_name,
    }
  );
}

export interface NewSession {
  ownerId: number;
  personId: string;
  tokenHash: Buffer;
  membershipId: string | null;
  userAgent: string;
}

export async function insertSession(system: SystemTx, session: NewSession): Promise<void> {
  await system.q
    .insertInto('identity.sessions')
    .values({
      owner_id: session.ownerId,
      id: newId(),
      person_id: session.personId,
      token_hash: session.tokenHash,
      membership_id: session.membershipId,
      // The first length; identity.mark_used knows the same ones.
      expires_at: sql<Date>`now() + interval '12 hours'`,
      address: system.origin.address,
      user_agent: session.userAgent.slice(0, 255),
    })
    .execute();
}

export async function findSessions(system: SystemTx, who: { ownerId: number; personId: string }) {
  return system.q
    .selectFrom('identity.sessions')
    .select(['id', 'created_at', 'used_at', 'expires_at', 'address', 'user_agent'])
    .where('owner_id', '=', who.ownerId)
    .where('person_id', '=', who.personId)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('used_at', 'desc')
    .execute();
}

/** @returns how many ended. `but` stays. */
export async function deleteSessions(
  system: SystemTx,
  personId: string,
  which: { only?: string; but?: string } = {},
): Promise<number> {
  let query = system.q.deleteFrom('identity.sessions').where('person_id', '=', personId);
  if (which.only) query = query.where('id', '=', which.only);
  if (which.but) query = query.where('id', '<>', which.but);
  const result = await query.executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The tenant and the role's name of a membership that can be acted under. */
export async function findRoleOf(system: SystemTx, membershipId: string): Promise<{ name: string; ownerId: number }> {
  return system.q
    .selectFrom('identity.memberships as m')
    .innerJoin('identity.roles as r', (join) =>
      join.onRef('r.owner_id', '=', 'm.role_owner_id').onRef('r.id', '=', 'm.role_id'),
    )
    .select(['r.name', 'm.owner_id as ownerId'])
    .where('m.id', '=', membershipId)
    .executeTakeFirstOrThrow();
}

export async function setSessionMembership(system: SystemTx, sessionId: string, membershipId: string): Promise<void> {
  await system.q
    .updateTable('identity.sessions')
    .set({ membership_id: membershipId })
    .where('id', '=', sessionId)
    .execute();
}

export async function setPreferencesOf(
  system: SystemTx,
  who: SignedIn,
  preferences: { language: string; timeZone: string },
): Promise<void> {
  await system.q
    .updateTable('identity.people')
    .set((person) => ({
      language: preferences.language,
      time_zone: preferences.timeZone,
      version: person('version', '+', 1),
    }))
    .where('owner_id', '=', who.ownerId)
    .where('id', '=', who.personId)
    .execute();
}
