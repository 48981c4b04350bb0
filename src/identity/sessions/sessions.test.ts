import { afterAll, beforeAll, expect, test } from 'vitest';
import { type World, openWorld, worldPassword } from '../../../test/world.ts';
import { getMe, signIn } from './sessions.api.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('a fresh installation names no tenant, to the administrator neither', async () => {
  const me = await world.administrator.call(getMe);
  expect(me.memberships).toEqual([{ id: world.administrator.membershipId, tenant: null, role: { name: 'System Administrator', stock: 'system-administrator' } }]);
  expect(me.acting).toMatchObject({ tenancy: 'off', severalTenants: false, organization: null, provider: false, tenant: null });
});

test('signing in by name alone works while there is no tenant, and enabling keeps the session', async () => {
  const client = world.visitor();
  await client.call(signIn, { body: { userName: 'Admin', password: worldPassword } });
  const provider = await world.enable('Provider & Co');
  const a = await world.tenant({ name: 'Alpha' });
  const me = await client.call(getMe);
  expect(me.acting).toMatchObject({ tenancy: 'on', severalTenants: true, organization: { name: 'Provider & Co' }, provider: true });
  const user = await world.person({ tenant: a, role: 'self-service-user' });
  expect((await user.call(getMe)).acting).toMatchObject({ severalTenants: false, organization: { name: 'Alpha' }, tenant: { slug: a.slug } });
  await client.call(signIn, { body: { userName: `admin@${provider.slug}`, password: worldPassword } });
});
