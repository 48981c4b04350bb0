import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRequest, getRequest } from '../../catalog/requests/requests.api.ts';
import { getCatalog } from '../../catalog/offerings/offerings.api.ts';
import { listTenants } from '../../tenancy/tenants/tenants.api.ts';
import { previewDisabling } from '../../tenancy/switch/switch.api.ts';
import { openWorld, type World } from '../../../test/world.ts';
let world: World;
beforeAll(async () => { world = await openWorld(); });
afterAll(() => world.close());
const settle = async (number: string) => {
  for (let i = 0; i < 100; i++) {
    const r = await world.administrator.call(getRequest, { params: { number } });
    if (r.phase === 'completed' || r.stuck) return r;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('never settled');
};
test('smoke', async () => {
  const admin = world.administrator;
  console.log(JSON.stringify((await admin.call(getCatalog)).categories.map((c) => [c.key, c.offerings.map((o) => o.key)])));
  const on = await admin.call(createRequest, { body: { offering: 'multi-tenancy', values: { state: 'on', providerName: 'Northwind' } } });
  console.log(JSON.stringify(await settle(on.number).catch(async () => 'x')));
  const t0 = Date.now();
  const add = await admin.call(createRequest, { body: { offering: 'add-tenant', values: { name: 'Acme Ltd', timeZone: 'Europe/Madrid' } } });
  const done = await settle(add.number);
  console.log(Date.now() - t0, JSON.stringify(done));
  console.log(JSON.stringify(await admin.call(listTenants, {})));
  const m = await admin.call(createRequest, { body: { offering: 'manage-tenants', values: { action: 'update', tenants: ['acme-ltd'], versions: ['acme-ltd:3'], description: 'x' } } }).catch((e) => e);
  console.log(JSON.stringify(m.changes ?? m.message));
  const p = await admin.call(previewDisabling, {});
  console.log(JSON.stringify(p));
  const off = await admin.call(createRequest, { body: { offering: 'multi-tenancy', values: { state: 'off', previewId: p.id, confirmation: 'northwind' } } });
  console.log(JSON.stringify((await settle(off.number)).phase));
  console.log((await admin.try(listTenants, {})).status);
  expect(done.phase).toBe('completed');
});
