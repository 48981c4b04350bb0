import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { refuse } from '../../platform/refusals.ts';
import type { SystemTx } from '../../platform/units.ts';

/** One thing that attempts are counted by, and how many it may have in a window. */
interface Bucket {
  name: string;
  most: number;
}

/** Seconds. */
const windowLength = 900;

/**
 * Few for one account from one address; more for an account from everywhere, so that strangers cannot lock its owner out
 * by a handful of guesses; and a bound for an address that goes through many accounts. A name that exists nowhere is
 * counted like any other. Names are hashed: people type passwords into the wrong field.
 */
export function bucketsOf(address: string, account: string): Bucket[] {
  const name = createHash('sha256').update(account).digest('base64url');
  return [
    { name: `both:${name}:${address}`, most: 10 },
    { name: `account:${name}`, most: 100 },
    { name: `address:${address}`, most: 200 },
  ];
}

/** For secrets of 256 bits: nothing to guess, but no reason to let anybody try for ever. */
export function addressBucket(purpose: string, address: string): Bucket[] {
  return [{ name: `${purpose}:${address}`, most: 60 }];
}

/**
 * Counts the attempt before it is judged, so that many at once cannot all pass; `forgiveAttempt` takes it back.
 * @returns the seconds to wait when there were too many, or 0. Not thrown: the count has to be committed.
 */
export async function countAttempt(system: SystemTx, buckets: Bucket[]): Promise<number> {
  return (await countedAttempt(system, buckets)).seconds;
}

/** The same, and whether this attempt is the first too many of its window: one audit entry tells, not one for each. */
export async function countedAttempt(
  system: SystemTx,
  buckets: Bucket[],
): Promise<{ seconds: number; firstTooMany: boolean }> {
  const { rows } = await sql<{ bucket: string; failures: number; seconds: number }>`
    insert into identity.sign_in_attempts as a (bucket, window_started_at, failures)
    select b, to_timestamp(floor(extract(epoch from now()) / ${windowLength}) * ${windowLength}), 1
      from unnest(${buckets.map((bucket) => bucket.name).sort()}::text[]) b
    on conflict (bucket, window_started_at) do update set failures = a.failures + 1
    returning bucket, failures, ceil(${windowLength} - extract(epoch from now() - window_started_at))::int as seconds`.execute(
    system.q,
  );
  const most = new Map(buckets.map((bucket) => [bucket.name, bucket.most]));
  const over = rows.filter((row) => row.failures > (most.get(row.bucket) ?? 0));
  return {
    seconds: Math.max(0, ...over.map((row) => row.seconds)),
    firstTooMany: over.some((row) => row.failures === (most.get(row.bucket) ?? 0) + 1),
  };
}

export function refuseTooMany(seconds: number): void {
  if (seconds > 0) refuse('too-many', { seconds });
}

/** After a success: the account starts anew for this address, and the other counts lose this attempt. */
export async function forgiveAttempt(system: SystemTx, buckets: Bucket[]): Promise<void> {
  await sql`
    update identity.sign_in_attempts set failures = case when bucket like 'both:%' then 0 else greatest(failures - 1, 0) end
    where bucket = any(${buckets.map((bucket) => bucket.name)}::text[]) and window_started_at > now() - make_interval(secs => ${windowLength})`.execute(
    system.q,
  );
  await sql`delete from identity.sign_in_attempts where window_started_at < now() - interval '1 day'`.execute(system.q);
}
