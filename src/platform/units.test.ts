import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../test/world.ts';
import type { Principal } from './units.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('T-43 what a unit of work leaves behind asks nothing in the next one on its connection', async () => {
  const principal: Principal = { kind: 'job', membershipId: world.administrator.membershipId as string };
  const letGo = Promise.withResolvers<void>();
  let late: Promise<unknown> = Promise.resolve();
  const failing = world.db.as(principal, (tx) => {
    late = letGo.promise.then(() => sql`select 1`.execute(tx.q));
    return Promise.all([Promise.reject(new Error('at once')), late]);
  });
  await expect(failing).rejects.toThrow('at once');
  // The connection that was used last is the first to be used again.
  const next = await world.db.as(principal, async (tx) => {
    letGo.resolve();
    await expect(late).rejects.toThrow('the unit of work has ended');
    return (await sql<{ one: number }>`select 1 as one`.execute(tx.q)).rows;
  });
  expect(next).toEqual([{ one: 1 }]);
});
