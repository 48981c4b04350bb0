import { sql } from 'kysely';
import type { SystemTx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Scope } from '../../platform/scope.ts';
import { makeSecret } from '../secrets.ts';

/** Whose tokens: they act as this membership does, so they are its, not the person's. */
export type Holder = Pick<Scope, 'membershipId' | 'ownerId' | 'personId' | 'displayName'>;

export async function listOfTokens(system: SystemTx, holder: Holder) {
  const rows = await system.q
    .selectFrom('identity.tokens')
    .select(['id', 'name', 'created_at', 'expires_at', 'used_at'])
    .where('owner_id', '=', holder.ownerId)
    .where('membership_id', '=', holder.membershipId)
    .orderBy('id', 'desc')
    .execute();
  const items = rows.map((row) => ({
    id: row.id,
    name: row.name,
    membershipId: holder.membershipId,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.used_at?.toISOString() ?? null,
  }));
  return { items, next: null };
}

/** 256 random bits, kept as a hash, for at most a year; `token` is shown this once. */
export async function createToken(system: SystemTx, holder: Holder, wanted: { name: string; days: number }) {
  const { secret, hash } = makeSecret('tnt_');
  const id = newId();
  const made = await system.q
    .insertInto('identity.tokens')
    .values({
      owner_id: holder.ownerId,
      id,
      membership_id: holder.membershipId,
      token_hash: hash,
      name: wanted.name,
      expires_at: sql<Date>`now() + make_interval(days => ${wanted.days}::int)`,
    })
    .returning(['created_at', 'expires_at'])
    .executeTakeFirstOrThrow();
  await system.record('token.created', subjectOf(holder, id, wanted.name), { days: wanted.days }, actorOf(holder));
  return {
    id,
    name: wanted.name,
    membershipId: holder.membershipId,
    createdAt: made.created_at.toISOString(),
    expiresAt: made.expires_at.toISOString(),
    lastUsedAt: null,
    token: secret,
  };
}

export async function revokeToken(system: SystemTx, holder: Holder, id: string): Promise<void> {
  const gone = await system.q
    .deleteFrom('identity.tokens')
    .where('owner_id', '=', holder.ownerId)
    .where('membership_id', '=', holder.membershipId)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  if (!gone) refuse('not-found');
  else await system.record('token.revoked', subjectOf(holder, id, gone.name), {}, actorOf(holder));
}

function subjectOf(holder: Holder, id: string, name: string) {
  return { kind: 'token', id, label: name, owner: holder.ownerId };
}

function actorOf(holder: Holder) {
  return {
    personId: holder.personId,
    ownerId: holder.ownerId,
    label: holder.displayName,
    membershipId: holder.membershipId,
  };
}
