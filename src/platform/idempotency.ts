import { newId } from './ids.ts';
import { refuse } from './refusals.ts';
import type { Tx } from './units.ts';

export interface IdempotencyPlace {
  endpoint: string;
  key: string;
  bodyHash: Buffer;
}

/**
 * Claims the key for this person and endpoint, or returns the answer that the first call got (R4.5). A second call that
 * arrives while the first is at work waits for its commit at the unique key.
 */
export async function rememberedAnswer(tx: Tx, place: IdempotencyPlace): Promise<{ answer: unknown } | null> {
  const claimed = await tx.q
    .insertInto('platform.idempotency_keys')
    .values({
      owner_id: tx.scope.ownerId,
      id: newId(),
      person_id: tx.scope.personId,
      endpoint: place.endpoint,
      key: place.key,
      body_hash: place.bodyHash,
    })
    .onConflict((conflict) => conflict.constraint('idempotency_key_taken').doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows === 1n) return null;
  const first = await tx.q
    .selectFrom('platform.idempotency_keys')
    .select(['answer', 'body_hash'])
    .where('owner_id', '=', tx.scope.ownerId)
    .where('person_id', '=', tx.scope.personId)
    .where('endpoint', '=', place.endpoint)
    .where('key', '=', place.key)
    .executeTakeFirstOrThrow();
  if (!first.body_hash.equals(place.bodyHash)) refuse('idempotency-key-reused');
  return { answer: first.answer };
}

export async function rememberAnswer(tx: Tx, place: IdempotencyPlace, answer: unknown): Promise<void> {
  await tx.q
    .updateTable('platform.idempotency_keys')
    .set({ answer: JSON.stringify(answer ?? null) })
    .where('owner_id', '=', tx.scope.ownerId)
    .where('person_id', '=', tx.scope.personId)
    .where('endpoint', '=', place.endpoint)
    .where('key', '=', place.key)
    .execute();
}
