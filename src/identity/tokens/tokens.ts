import { refuse } from '../../platform/refusals.ts';
import type { Scope } from '../../platform/scope.ts';
import type { SystemTx } from '../../platform/units.ts';
import { makeSecret } from '../secrets.ts';
import { deleteToken, findTokens, insertToken } from './tokens.queries.ts';

/** Whose tokens: they act as this membership does, so they are its, not the person's. */
export type Holder = Pick<Scope, 'membershipId' | 'ownerId' | 'personId' | 'displayName'>;

export async function listOfTokens(system: SystemTx, holder: Holder) {
  const rows = await findTokens(system, holder);
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
  const made = await insertToken(system, holder, { ...wanted, hash });
  await system.record('token.created', subjectOf(holder, made.id, wanted.name), { days: wanted.days }, actorOf(holder));
  return {
    id: made.id,
    name: wanted.name,
    membershipId: holder.membershipId,
    createdAt: made.created_at.toISOString(),
    expiresAt: made.expires_at.toISOString(),
    lastUsedAt: null,
    token: secret,
  };
}

export async function revokeToken(system: SystemTx, holder: Holder, id: string): Promise<void> {
  const name = (await deleteToken(system, holder, id)) ?? refuse('not-found');
  await system.record('token.revoked', subjectOf(holder, id, name), {}, actorOf(holder));
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
