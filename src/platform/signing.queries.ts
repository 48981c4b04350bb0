import type { SystemTx } from './units.ts';

export interface SigningKeyRow {
  id: string;
  private_key: string;
}

/** The newest. */
export async function findSigningKey(system: SystemTx): Promise<SigningKeyRow | undefined> {
  return system.q
    .selectFrom('platform.signing_keys')
    .select(['id', 'private_key'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The first one; of several processes that make one at once, one does. */
export async function insertFirstKey(
  system: SystemTx,
  key: { id: string; private_key: string; public_key: string },
): Promise<void> {
  await system.q
    .insertInto('platform.signing_keys')
    .values({ ...key, number: 1 })
    .onConflict((conflict) => conflict.constraint('signing_key_number_taken').doNothing())
    .execute();
}

export async function findPublicKeys(system: SystemTx) {
  return system.q
    .selectFrom('platform.signing_keys')
    .select(['id', 'public_key', 'made_at'])
    .orderBy('number', 'desc')
    .execute();
}
