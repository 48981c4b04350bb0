import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { getOrganization, removeLogo, setLogo } from './branding.api.ts';

let world: World;
let alpha: WorldTenant;
let user: WorldPerson;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = (person: WorldPerson) =>
  world.server.inject({
    url: `/api/v1/organization/logo?membership=${person.membershipId}`,
    headers: { cookie: `tenantry_session=${person.cookie}` },
  });

test('R1.3 while multi-tenancy is off, the product stands for everybody', async () => {
  expect(await world.administrator.call(getOrganization)).toEqual({ name: 'Tenantry', logo: null, formats: null });
});

test('R10.1 R4.4 the name, the formats and the logo of one’s own tenant head the pages', async () => {
  await world.enable();
  alpha = await world.tenant({ name: 'Alpha', timeZone: 'Atlantic/Canary', currency: 'USD' } as never);
  user = await world.person({ tenant: alpha, role: 'self-service-user' });
  await world.administrator.call(setLogo, { params: { slug: alpha.slug }, body: { picture: png } });
  const own = await user.call(getOrganization);
  expect(own).toMatchObject({ name: 'Alpha', formats: { timeZone: 'Atlantic/Canary', currency: 'USD' } });
  expect(own.logo).toMatch(/^[0-9a-f]{16}$/);
  const answer = await picture(user);
  expect([answer.statusCode, answer.headers['content-type'], answer.rawPayload.toString('base64')]).toEqual([
    200,
    'image/png',
    png,
  ]);
});

test('T-03 another tenant’s logo is as absent as one that was never set', async () => {
  const beta = await world.tenant({ name: 'Beta' });
  const stranger = await world.person({ tenant: beta, role: 'tenant-administrator' });
  expect((await picture(stranger)).statusCode).toBe(404);
  const foreign = await stranger.try(setLogo, { params: { slug: alpha.slug }, body: { picture: png } });
  expect(foreign.status).toBe(403);
  await world.administrator.call(removeLogo, { params: { slug: alpha.slug } });
  expect((await picture(user)).statusCode).toBe(404);
  expect((await user.call(getOrganization)).logo).toBeNull();
});

test('T-36 what only says that it is a picture is refused', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>').toString('base64');
  const answer = await world.administrator.try(setLogo, { params: { slug: alpha.slug }, body: { picture: svg } });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/picture']);
});
