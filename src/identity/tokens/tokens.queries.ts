import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { SystemTx } from '../../platform/units.ts';
import type { Holder } from './tokens.ts';

export async function findTokens(system: SystemTx, holder: Holder) {
  return system.q
    .selectFrom('identity.tokens')
    .select(['id', 'name', 'created_at', 'expires_at', 'used_at'])
    .where('owner_id', '=', holder.ownerId)
    .where('membership_id', '=', holder.membershipId)
    .orderBy('id', 'desc')
    .execute();
}

export async function insertToken(
  system: SystemTx,
  holder: Holder,
  token: { name: string; days: number; hash: Buffer },
) {
  return system.q
    .insertInto('identity.tokens')
    .values({
      owner_id: holder.ownerId,
      id: newId(),
      membership_id: holder.membershipId,
      token_hash: token.hash,
      name: token.name,
      expires_at: sql<Date>`now() + make_interval(days => ${token.days}::int)`,
    })
    .returning(['id', 'created_at', 'expires_at'])
    .executeTakeFirstOrThrow();
}

/** @returns its name, if the holder had it. */
export async function deleteToken(system: SystemTx, holder: Holder, id: string): Promise<string | undefined> {
  const gone = await system.q
    .deleteFrom('identity.tokens')
    .where('owner_id', '=', holder.ownerId)
    .where('membership_id', '=', holder.membershipId)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return gone?.name;
}
