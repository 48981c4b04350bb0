import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { createTicket, getTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
import { getMe } from '../../identity/sessions/sessions.api.ts';
import { listTenants } from '../tenants/tenants.api.ts';
import * as api from './switch.api.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let alpha: WorldTenant;
let beta: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;

async function ask(values: object) {
  const answer = await world.administrator.try(createRequest, {
    body: { offering: 'multi-tenancy', values: values as never },
  });
  if (answer.status >= 400)
    return { refused: String(answer.body.type).replace('urn:tenantry:', ''), errors: answer.body.errors };
  return world.settled(answer.body.number);
}
const done = expect.objectContaining({ phase: 'completed' });
const state = async () => (await world.administrator.call(api.getMultiTenancy)).state;
const confirmed = async () => ({
  previewId: (await world.administrator.call(api.previewDisabling)).id,
  confirmation: 'Northwind',
});

test('R1.1 R1.4 R1.6 R2.5 entering setup names the provider, whom the administrators belong to; the rest stays unassigned', async () => {
  const fellow = await world.person({ role: 'provider-analyst', name: 'Fellow' });
  const user = await world.person({ role: 'self-service-user', name: 'Una' });
  const ticket = await user.call(createTicket, { body: { title: 'Early' } });
  expect(await ask({ state: 'setup' })).toMatchObject({
    refused: 'invalid',
    errors: [{ pointer: '/values/providerName' }],
  });
  expect(await state()).toBe('off');
  expect(await ask({ state: 'setup', providerName: 'Northwind' })).toEqual(done);
  expect(await world.administrator.call(api.getMultiTenancy)).toMatchObject({
    state: 'setup',
    provider: 'Northwind',
    hasProvider: true,
  });
  expect((await world.administrator.call(getMe)).acting).toMatchObject({ provider: true, tenancy: 'setup' });
  // Not one of those who administer tenants: for a provider analyst nothing has changed.
  expect((await fellow.call(getMe)).acting).toMatchObject({ provider: true, tenancy: 'off' });
  expect((await user.call(getMe)).acting).toMatchObject({ provider: false, tenancy: 'off' });
  const owners = await world.sql(
    `select user_name, owner_id from identity.people where user_name in ('admin', $1, $2) order by owner_id, user_name`,
    [fellow.userName, user.userName],
  );
  expect(owners.map((row) => row.owner_id)).toEqual([1, 3, 3]);
  expect(await world.sql('select owner_id from desk.tickets where number = $1', [ticket.number])).toEqual([
    { owner_id: 1 },
  ]);
  // Nobody is signed out by it.
  expect((await user.call(getTicket, { params: { number: ticket.number } })).title).toBe('Early');
});

test('R1.4 in setup tenants are added and named for provider administrators, and nothing is refused to anybody', async () => {
  world.administrator.tenant = { owner: 3, id: '', name: 'Northwind', slug: 'northwind', key: '' };
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
  ben = await world.person({ tenant: beta, role: 'tenant-administrator', name: 'Ben' });
  expect((await world.administrator.call(listTenants)).items.map((tenant) => tenant.name)).toEqual(
    expect.arrayContaining(['Alpha', 'Beta', 'Northwind']),
  );
  expect((await ana.try(listTenants)).status).toBe(404);
  const category = await ben.call(addCategory, { body: { name: 'Of Ben' } });
  const ticket = await ana.call(createTicket, { body: { title: 'Crosses', category: category.id } });
  expect((await ben.call(getTicket, { params: { number: ticket.number } })).title).toBe('Crosses');
  const seen = await world.administrator.call(listTickets);
  expect(seen.items.find((one) => one.number === ticket.number)).toMatchObject({ tenant: { name: 'Alpha' } });
  // R1.4: others see no change: no tenant is named to them, and none can be.
  expect(JSON.stringify(await ana.call(listTickets))).not.toContain('"Alpha"');
  expect((await ana.try(createTicket, { body: { title: 'x', tenant: beta.slug } as never })).status).toBe(422);
  const placed = await world.administrator.call(createTicket, {
    body: { title: 'For Beta', tenant: beta.slug } as never,
  });
  expect(await world.sql('select owner_id from desk.tickets where number = $1', [placed.number])).toEqual([
    { owner_id: beta.owner },
  ]);
});

test('R1.9 every step between the three states is taken or refused as the rules say', async () => {
  const crossings = { crossings: 'publish' };
  expect(await state()).toBe('setup');
  expect(await ask({ state: 'setup' })).toMatchObject({ refused: 'multi-tenancy.already-in-setup' });
  // setup → off: nothing becomes visible that was not, so nothing is confirmed.
  expect(await ask({ state: 'off' })).toEqual(done);
  expect(await ask({ state: 'off' })).toMatchObject({ refused: 'multi-tenancy.not-on' });
  // off → setup, without naming the provider again; setup → on.
  expect(await ask({ state: 'setup' })).toEqual(done);
  expect(await ask({ state: 'on', ...crossings })).toEqual(done);
  expect(await ask({ state: 'on' })).toMatchObject({ refused: 'multi-tenancy.already-on' });
  // on → setup counts as disabling.
  expect(await ask({ state: 'setup' })).toMatchObject({
    refused: 'invalid',
    errors: [{ pointer: '/values/confirmation' }],
  });
  expect(await ask({ state: 'setup', confirmation: 'Northwind' })).toMatchObject({
    refused: 'invalid',
    errors: [{ pointer: '/values/previewId' }],
  });
  const seen = await confirmed();
  await ben.call(createTicket, { body: { title: 'Later than the preview' } });
  expect(await ask({ state: 'setup', ...seen })).toMatchObject({ refused: 'multi-tenancy.exposure-grown' });
  expect(await state()).toBe('on');
  expect(await ask({ state: 'setup', ...(await confirmed()) })).toEqual(done);
  expect(await state()).toBe('setup');
  expect(await ask({ state: 'on' })).toEqual(done);
  // on → off, off → on.
  expect(await ask({ state: 'off', ...(await confirmed()) })).toEqual(done);
  expect(await ask({ state: 'on' })).toEqual(done);
});

test('R1.2 R1.4 R1.7 on, setup, on: everybody has the same reach in setup as in off, and the walls come back as they were', async () => {
  const titles = async (person: WorldPerson) =>
    (await person.call(listTickets)).items.map((ticket) => ticket.number).sort();
  const walls = await Promise.all([ana, ben].map(titles));
  expect(walls[0]).not.toEqual(walls[1]);
  await ask({ state: 'off', ...(await confirmed()) });
  const open = await Promise.all([ana, ben].map(titles));
  await ask({ state: 'setup' });
  expect(await Promise.all([ana, ben].map(titles))).toEqual(open);
  await ask({ state: 'on' });
  expect(await Promise.all([ana, ben].map(titles))).toEqual(walls);
});
