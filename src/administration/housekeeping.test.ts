import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../test/world.ts';
import { createTicket } from '../desk/tickets/tickets.api.ts';
import { housekeepingQueue } from './housekeeping.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const count = async (table: string) =>
  (await world.sql<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n;

test('what is outdated goes, and nothing else', async () => {
  const visitor = await world.person({ role: 'self-service-user', name: 'Vic' });
  await visitor.call(createTicket, { body: { title: 'Keyed' }, idempotencyKey: 'kept' });
  const before = await count('identity.sessions');
  await housekeepingQueue.sweep?.(world.db);
  expect([await count('identity.sessions'), await count('platform.idempotency_keys')]).toEqual([before, 1]);
  // As the owner: time passes.
  await world.sql(`update platform.idempotency_keys set created_at = now() - interval '4 days'`);
  await world.sql(`update identity.sessions set expires_at = now() - interval '2 days' where person_id in
    (select person_id from identity.contacts where display_name = 'Vic')`);
  await housekeepingQueue.sweep?.(world.db);
  expect(await count('platform.idempotency_keys')).toBe(0);
  expect(await count('identity.sessions')).toBeLessThan(before as number);
  expect(await count('identity.sessions')).toBeGreaterThan(0);
});
