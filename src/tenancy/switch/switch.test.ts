import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { getCatalog } from '../../catalog/offerings/offerings.api.ts';
import { createRequest, listRequests } from '../../catalog/requests/requests.api.ts';
import { createTicket, getTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
import { functionNames } from '../../identity/functions.ts';
import { listPeople } from '../../identity/people/people.api.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import { getMe } from '../../identity/sessions/sessions.api.ts';
import { listTenants } from '../tenants/tenants.api.ts';
import * as api from './switch.api.ts';

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;
let uma: WorldPerson;
beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
  ana = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Ana' });
  ben = await world.person({ tenant: beta, role: 'tenant-analyst', name: 'Ben' });
  uma = await world.person({ tenant: beta, role: 'self-service-user', name: 'Uma' });
  await ana.call(createTicket, { body: { title: 'Of Alpha' } });
  await ben.call(createTicket, { body: { title: 'Of Beta' } });
  await uma.call(createTicket, { body: { title: 'Of Uma' } });
});
afterAll(() => world.close());

const titles = async (person: WorldPerson) =>
  (await person.call(listTickets)).items.map((ticket) => ticket.title).sort();
const everybody = () => Promise.all([ana, ben, uma, world.administrator].map(titles));

async function ask(values: object) {
  const answer = await world.administrator.try(createRequest, {
    body: { offering: 'multi-tenancy', values: values as never },
  });
  if (answer.status >= 400)
    return { refused: String(answer.body.type).replace('urn:tenantry:', ''), errors: answer.body.errors };
  return world.settled(answer.body.number);
}

async function disable() {
  const preview = await world.administrator.call(api.previewDisabling);
  return ask({ state: 'off', previewId: preview.id, confirmation: 'northwind' });
}

test('R1.7 the preview says per tenant how many records how many people would newly see, and they do', async () => {
  const preview = await world.administrator.call(api.previewDisabling);
  const of = (name: string) => preview.tenants.find((one) => one.tenant === name);
  // Ana would newly see Beta’s two tickets, and two contacts; Uma sees her own records alone, before and after.
  expect(of('Beta')).toEqual({ tenant: 'Beta', records: 4, people: 1 });
  expect(of('Alpha')).toEqual({ tenant: 'Alpha', records: 2, people: 1 });
  const before = await everybody();
  expect(await ask({ state: 'off', previewId: preview.id, confirmation: 'NORTHWIND' })).toMatchObject({
    phase: 'completed',
  });
  const all = ['Of Alpha', 'Of Beta', 'Of Uma'];
  expect(await everybody()).toEqual([all, all, ['Of Uma'], all]);
  expect(await ask({ state: 'on' })).toMatchObject({ phase: 'completed' });
  expect(await everybody()).toEqual(before);
});

test('R1.7 disabling needs the provider’s name and a preview that nothing has outgrown', async () => {
  const preview = await world.administrator.call(api.previewDisabling);
  expect(await ask({ state: 'off', previewId: preview.id, confirmation: 'Alpha' })).toMatchObject({
    refused: 'invalid',
    errors: [{ pointer: '/values/confirmation' }],
  });
  expect(await ask({ state: 'off', confirmation: 'Northwind' })).toMatchObject({ refused: 'invalid' });
  await ben.call(createTicket, { body: { title: 'Of Beta, later' } });
  expect(await ask({ state: 'off', previewId: preview.id, confirmation: 'Northwind' })).toMatchObject({
    refused: 'multi-tenancy.exposure-grown',
  });
  expect(await world.administrator.call(api.getMultiTenancy)).toMatchObject({ state: 'on', provider: 'Northwind' });
});

test('R1.1 R1.2 R1.5 each state holds for everybody from the next request on', async () => {
  const walls = await everybody();
  expect(walls[0]).toEqual(['Of Alpha']);
  await disable();
  expect(await world.administrator.call(api.getMultiTenancy)).toMatchObject({ state: 'off' });
  expect((await titles(ana)).length).toBeGreaterThan(2);
  await ask({ state: 'on' });
  expect(await titles(ana)).toEqual(['Of Alpha']);
});

test('R1.3 while it is off no tenant is created, listed, changed or named', async () => {
  await disable();
  const { administrator } = world;
  expect((await administrator.try(listTenants)).status).toBe(404);
  const keys = (await administrator.call(getCatalog)).categories.flatMap((category) =>
    category.offerings.map((offering) => offering.key),
  );
  expect(keys).toContain('multi-tenancy');
  expect(keys).not.toContain('add-tenant');
  expect(
    (await administrator.try(createRequest, { body: { offering: 'add-tenant', values: { name: 'Gamma' } } })).status,
  ).toBe(404);
  const said = JSON.stringify([
    (await administrator.try(listTickets)).body,
    (await administrator.try(listPeople)).body,
    (await ana.try(getMe)).body,
    (await administrator.try(listRequests)).body.items.map((request) => ({ ...request, about: '' })),
  ]);
  for (const name of ['Alpha', 'Beta', 'Northwind'])
    expect(said.replaceAll(/"title":"Of [^"]*"/g, '')).not.toContain(`"${name}"`);
  await ask({ state: 'on' });
});

test('R1.9 enabling twice and disabling twice are refused; in off, who writes nothing still writes nothing', async () => {
  expect(await ask({ state: 'on' })).toMatchObject({ refused: 'multi-tenancy.already-on' });
  const auditor = await world.person({ tenant: alpha, role: 'tenant-auditor' });
  await disable();
  expect(
    await ask({ state: 'off', previewId: '00000000-0000-7000-8000-000000000000', confirmation: 'Northwind' }),
  ).toMatchObject({ refused: 'multi-tenancy.not-on' });
  expect((await titles(auditor)).length).toBeGreaterThan(2);
  expect((await auditor.try(createTicket, { body: { title: 'Not mine to make' } })).status).toBe(403);
  await ask({ state: 'on' });
});

test('R1.9 inactive tenants stay as they are while it is off: their people out, their records read-only', async () => {
  const gamma = await world.tenant({ name: 'Gamma' });
  const gus = await world.person({ tenant: gamma, role: 'tenant-analyst' });
  const ticket = await gus.call(createTicket, { body: { title: 'Of Gamma' } });
  const made = await world.administrator.call(createRequest, {
    body: { offering: 'manage-tenants', values: { action: 'deactivate', tenants: ['gamma'] } },
  });
  await world.settled(made.number);
  await disable();
  expect((await gus.try(listTickets)).body.type).toBe('urn:tenantry:tenant-suspended');
  const changed = await world.sql(`select status from tenancy.tenants where slug = 'gamma'`);
  expect([changed[0]?.status, ticket.number]).toEqual(['inactive', 'GAMM-1']);
  await ask({ state: 'on' });
});

test('R1.7 what an inactive tenant has counts for everybody outside the provider: while it is on they do not see it', async () => {
  const delta = await world.tenant({ name: 'Delta' });
  const below = await world.tenant({ name: 'Delta below', parent: delta });
  const dan = await world.person({ tenant: delta, role: 'tenant-analyst', name: 'Dan' });
  const dina = await world.person({ tenant: below, role: 'tenant-analyst', name: 'Dina' });
  await dina.call(createTicket, { body: { title: 'Of Delta below' } });
  const exposed = async () =>
    (await world.administrator.call(api.previewDisabling)).tenants.find((one) => one.tenant === 'Delta below');
  const active = await exposed();
  const deactivate = { action: 'deactivate', tenants: [below.slug] };
  const made = await world.administrator.call(createRequest, {
    body: { offering: 'manage-tenants', values: deactivate },
  });
  await world.settled(made.number);
  expect(await titles(dan)).toEqual([]);
  // Dina herself is out; Dan, who saw it until now, would see it newly.
  expect(await exposed()).toEqual({ tenant: 'Delta below', records: 2, people: (active?.people as number) + 1 });
  await disable();
  expect(await titles(dan)).toContain('Of Delta below');
  await ask({ state: 'on' });
});

test('R1.8 what is made while it is off is its maker’s tenant’s, and stays behind the same wall as before', async () => {
  await disable();
  const made = await ben.call(createTicket, { body: { title: 'Made in off' } });
  expect((await ana.call(getTicket, { params: { number: made.number } })).title).toBe('Made in off');
  // Nobody can name a tenant there, for the record or for a list.
  expect((await ben.try(createTicket, { body: { title: 'Named', tenant: beta.slug } as never })).status).toBe(422);
  expect((await world.administrator.try(listTickets, { query: { tenant: beta.slug } as never })).status).toBe(422);
  await ask({ state: 'on' });
  expect(await world.sql('select owner_id from desk.tickets where number = $1', [made.number])).toEqual([
    { owner_id: beta.owner },
  ]);
  expect((await ana.try(getTicket, { params: { number: made.number } })).status).toBe(404);
  expect((await ben.call(getTicket, { params: { number: made.number } })).title).toBe('Made in off');
});

test('R1.6 R2.5 the first enabling names the provider, and takes everybody and everything along', async () => {
  const fresh = await openWorld();
  try {
    const nameless = await fresh.administrator.try(createRequest, {
      body: { offering: 'multi-tenancy', values: { state: 'on' } },
    });
    expect([nameless.status, nameless.body.errors?.[0]?.pointer]).toEqual([422, '/values/providerName']);
    const ticket = await fresh.administrator.call(createTicket, { body: { title: 'Early' } });
    await fresh.enable('First');
    expect(await fresh.sql(`select count(*)::int as n from identity.people where owner_id = 1`)).toEqual([{ n: 0 }]);
    const { items } = await fresh.administrator.call(listTickets);
    expect(items).toMatchObject([{ number: ticket.number, tenant: { name: 'First' } }]);
    expect(await fresh.administrator.call(getMe)).toMatchObject({ acting: { provider: true, tenancy: 'on' } });
    // R4.4: the provider’s products have prepared their parts, too.
    expect(await fresh.administrator.call(createTicket, { body: { title: 'Later' } })).toMatchObject({
      number: 'FIRS-1',
    });
  } finally {
    await fresh.close();
  }
});

test('R1.7 R5.5 who reads few tenants neither looks at what disabling exposes nor disables', async () => {
  const role = await world.administrator.call(addRole, {
    body: { name: 'All but reach', readReach: 'own', functions: [...functionNames], scopeTicket: 'all', public: true },
  });
  const zoe = await world.person({ role: role.id, name: 'Zoe' });
  const needed = 'urn:tenantry:multi-tenancy.all-tenants-needed';
  expect((await zoe.try(api.previewDisabling)).body.type).toBe(needed);
  const preview = await world.administrator.call(api.previewDisabling);
  for (const state of ['off', 'setup']) {
    const values = { state, previewId: preview.id, confirmation: 'northwind' };
    const answer = await zoe.try(createRequest, { body: { offering: 'multi-tenancy', values } });
    expect([answer.status, answer.body.type]).toEqual([403, needed]);
  }
  expect((await world.administrator.call(api.getMultiTenancy)).state).toBe('on');
});
