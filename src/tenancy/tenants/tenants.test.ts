import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldTenant } from '../../../test/world.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { createTicket } from '../../desk/tickets/tickets.api.ts';
import {
  addTenantGroup,
  getTenantGroup,
  listTenantGroups,
  setTenantGroupMembers,
  updateTenantGroup,
} from '../groups/groups.api.ts';
import { getOptions, setOptions } from '../options/options.api.ts';
import * as api from './tenants.api.ts';

let world: World;
let provider: WorldTenant;
beforeAll(async () => {
  world = await openWorld();
  provider = await world.enable('Northwind');
});
afterAll(() => world.close());

const tenant = (slug: string) => world.administrator.call(api.getTenant, { params: { slug } });
const requested = (offering: string, values: object) =>
  world.administrator.try(createRequest, { body: { offering, values: values as never } });

/** Requests it and waits; @returns the refusal's type, or the request. */
async function ask(offering: string, values: object) {
  const answer = await requested(offering, values);
  if (answer.status >= 400) return { refused: String(answer.body.type).replace('urn:tenantry:', '') };
  return world.settled(answer.body.number);
}
const manage = (slug: string, values: object, action = 'update') =>
  ask('manage-tenants', { action, tenants: [slug], ...values });

async function move(slug: string, parent: string | null) {
  const { version } = await tenant(slug);
  const answer = await world.administrator.try(api.changeParent, { params: { slug }, version, body: { parent } });
  return answer.status === 200
    ? (answer.body.parent?.slug ?? null)
    : String(answer.body.type).replace('urn:tenantry:', '');
}

test('R2.1 a tenant keeps everything that is known of it; key and address are proposed from the name', async () => {
  const known = {
    tenantNumber: 'C-77',
    location: 'Vigo',
    primaryContact: 'Uxía',
    phone: '+34 986',
    fax: '1',
    alternatePhone: '2',
    description: 'A client',
    directoryGroup: 'cn=acme',
    timeZone: 'Europe/Madrid',
    currency: 'USD',
    dateFormat: 'dmy',
    timeFormat: '24',
    decimalSymbol: ',',
    taxRegion: 'ES',
    taxIdentifiers: 'B123',
    email: 'a@b.example',
    webSite: 'https://b.example',
  };
  await ask('add-tenant', { name: 'Peña & Söhne GmbH', ...known });
  const made = await tenant('pena-sohne-gmbh');
  expect(made).toMatchObject({
    ...known,
    name: 'Peña & Söhne GmbH',
    key: 'PSG',
    status: 'active',
    provider: false,
    depth: 0,
    closedAt: null,
  });
  expect(Date.parse(made.openedAt)).toBeGreaterThan(Date.now() - 60_000);
});

test('R2.1 names of every script get a key and an address; the same proposal twice is told apart', async () => {
  for (const name of ['株式会社テスト', 'Ελλάδα', 'Öl AG', 'Öl AB'])
    expect(await ask('add-tenant', { name })).toMatchObject({ phase: 'completed' });
  const { items } = await world.administrator.call(api.listTenants, { query: { limit: 200 } });
  const made = items.filter((one) => ['株式会社テスト', 'Ελλάδα', 'Öl AG', 'Öl AB'].includes(one.name));
  expect(new Set(made.map((one) => one.key)).size).toBe(4);
  expect(made.every((one) => /^[A-Z0-9]{2,8}$/.test(one.key) && !one.slug.includes('tenant'))).toBe(true);
});

test('R2.2 names are unique within a parent, whatever their case and form; keys and addresses everywhere', async () => {
  const strasse = await world.tenant({ name: 'Straße', key: 'STR', slug: 'strasse' });
  expect(await ask('add-tenant', { name: 'STRASSE' })).toEqual({ refused: 'tenant.name-taken' });
  expect(await ask('add-tenant', { name: 'ＳＴＲＡＳＳＥ' })).toEqual({ refused: 'tenant.name-taken' });
  expect(await ask('add-tenant', { name: 'Straße', parent: strasse.slug })).toMatchObject({ phase: 'completed' });
  expect(await ask('add-tenant', { name: 'Other', key: 'str' })).toEqual({ refused: 'tenant.key-taken' });
  expect(await ask('add-tenant', { name: 'Other', slug: 'strasse' })).toEqual({ refused: 'tenant.slug-taken' });
});

test('R2.1 the key is fixed once a record is numbered with it', async () => {
  const made = await world.tenant({ name: 'Numbered', key: 'NUM' });
  expect(await manage(made.slug, { key: 'NUMB' })).toMatchObject({ phase: 'completed' });
  const user = await world.person({ tenant: made, role: 'self-service-user' });
  expect(await user.call(createTicket, { body: { title: 'The first' } })).toMatchObject({ number: 'NUMB-1' });
  expect(await manage(made.slug, { key: 'LATE' })).toEqual({ refused: 'tenant.key-fixed' });
});

test('R2.3 R2.4 the provider is the first tenant, and has no parent, is not deactivated and not moved', async () => {
  expect(await tenant(provider.slug)).toMatchObject({
    provider: true,
    parent: null,
    can: { changeParent: false, deactivate: false },
  });
  const other = await world.tenant({ name: 'Above' });
  expect(await move(provider.slug, other.slug)).toBe('tenant.provider-fixed');
  expect(await manage(provider.slug, {}, 'deactivate')).toEqual({ refused: 'tenant.provider-fixed' });
});

test('R2.6 every save raises the version, and a save with an older one is refused', async () => {
  const made = await world.tenant({ name: 'Versioned' });
  const { version } = await tenant(made.slug);
  expect(await manage(made.slug, { description: 'One', versions: [`${made.slug}:${version}`] })).toMatchObject({
    phase: 'completed',
  });
  expect((await tenant(made.slug)).version).toBeGreaterThan(version);
  expect(await manage(made.slug, { description: 'Two', versions: [`${made.slug}:${version}`] })).toEqual({
    refused: 'version-stale',
  });
  const move = await world.administrator.try(api.changeParent, { params: { slug: made.slug }, body: { parent: null } });
  expect(move.status).toBe(428);
});

test('R2.7 only people of the provider who administer tenants create and change them', async () => {
  const made = await world.tenant({ name: 'Governed' });
  for (const person of [
    await world.person({ tenant: made, role: 'tenant-administrator' }),
    await world.person({ tenant: provider, role: 'provider-analyst' }),
  ]) {
    const add = await person.try(createRequest, { body: { offering: 'add-tenant', values: { name: 'Mine' } } });
    expect(add.status).toBe(404);
    const { version } = await tenant(made.slug);
    const moved = await person.try(api.changeParent, {
      params: { slug: made.slug },
      version,
      body: { parent: provider.slug },
    });
    expect(moved.status).toBe(403);
    expect((await person.try(getOptions)).status).toBe(403);
  }
  // A role of the tenant’s own that has the function still lacks the provider: the database holds it.
  await world.sql(
    `insert into identity.roles (owner_id, id, name, name_key, functions, read_reach) values ($1, gen_random_uuid(), 'Usurper', 'usurper', $2, 'own')`,
    [made.owner, ['tenant.administer', 'tenant.read', 'offering.request', 'administration.request']],
  );
  const [role] = await world.sql<{ id: string }>(`select id from identity.roles where name_key = 'usurper'`);
  const person = await world.person({ tenant: made, role: 'self-service-user' });
  await world.sql(`update identity.memberships set role_owner_id = $1, role_id = $2 where id = $3`, [
    made.owner,
    role?.id,
    person.membershipId,
  ]);
  const { version } = await tenant(made.slug);
  const moved = await person.try(api.changeParent, { params: { slug: made.slug }, version, body: { parent: null } });
  expect([moved.status, (await tenant(made.slug)).version]).toEqual([403, version]);
});

test('R2.8 the options limit how many tenants there are and how deep they stand', async () => {
  const { version, ...options } = await world.administrator.call(getOptions);
  const { items } = await world.administrator.call(api.listTenants, { query: { limit: 200 } });
  const limited = await world.administrator.call(setOptions, {
    version,
    body: { ...options, greatestTenants: items.length },
  });
  expect(await ask('add-tenant', { name: 'One too many' })).toEqual({ refused: 'tenant.too-many' });
  const stale = await world.administrator.try(setOptions, { version, body: options });
  expect(stale.status).toBe(412);
  await world.administrator.call(setOptions, { version: limited.version, body: { ...options, greatestTenants: null } });
  expect(await ask('add-tenant', { name: 'One more' })).toMatchObject({ phase: 'completed' });
});

test('R3.1 a parent is active, allows subtenants, and stands neither below nor too deep', async () => {
  const a = await world.tenant({ name: 'A' });
  const b = await world.tenant({ name: 'B', parent: a });
  const closed = await world.tenant({ name: 'Closed', subtenantsAllowed: false });
  expect(await move(a.slug, b.slug)).toBe('tenant.parent-below');
  expect(await move(a.slug, a.slug)).toBe('tenant.parent-below');
  expect(await move(b.slug, closed.slug)).toBe('tenant.parent-closed');
  expect(await move(b.slug, 'nowhere')).toBe('tenant-unknown');
  const idle = await world.tenant({ name: 'Idle' });
  await manage(idle.slug, {}, 'deactivate');
  expect(await move(b.slug, idle.slug)).toBe('tenant.parent-inactive');
});

test('R3.2 subtenants stay allowed while there are active ones', async () => {
  const a = await world.tenant({ name: 'With children' });
  const b = await world.tenant({ name: 'Child', parent: a });
  expect(await manage(a.slug, { subtenantsAllowed: 'no' })).toEqual({ refused: 'tenant.subtenants-exist' });
  await manage(b.slug, {}, 'deactivate');
  expect(await manage(a.slug, { subtenantsAllowed: 'no' })).toMatchObject({ phase: 'completed' });
});

test('R3.3 a tenant moves with its whole subtree, and the deepest member counts', async () => {
  const [a, x] = [await world.tenant({ name: 'Top' }), await world.tenant({ name: 'Elsewhere' })];
  const b = await world.tenant({ name: 'Middle', parent: a });
  const c = await world.tenant({ name: 'Low', parent: b });
  expect(await move(b.slug, x.slug)).toBe(x.slug);
  expect((await tenant(c.slug)).line.map((above) => above.slug)).toEqual([b.slug, x.slug]);
  const options = await world.administrator.call(getOptions);
  const { version, ...values } = options;
  // By SQL: the option itself refuses to become smaller than the tree is deep.
  await world.sql('update tenancy.solution set greatest_depth = 2');
  expect(await move(x.slug, a.slug)).toBe('tenant.too-deep');
  await world.sql('update tenancy.solution set greatest_depth = $1', [values.greatestDepth]);
  expect(await move(x.slug, a.slug)).toBe(a.slug);
  expect(await tenant(c.slug)).toMatchObject({ depth: 3 });
  expect(version).toBe(options.version);
});

test('T-20 of two moves that would make a circle together, one is refused', async () => {
  const [a, b] = [await world.tenant({ name: 'Left' }), await world.tenant({ name: 'Right' })];
  const results = await Promise.all([move(a.slug, b.slug), move(b.slug, a.slug)]);
  expect(results.filter((result) => result === 'tenant.parent-below')).toHaveLength(1);
});

test('R3.6 each tenant has four groups that follow the hierarchy', async () => {
  const a = await world.tenant({ name: 'Grouped' });
  await world.tenant({ name: 'Grouped child', parent: a });
  const groups = (await tenant(a.slug)).systemGroups;
  expect(Object.fromEntries(groups.map((group) => [group.kind, group.members]))).toEqual({
    supertenants: 1,
    subtenants: 2,
    related: 2,
    foreign_key: 1,
  });
  const { administrator } = world;
  const id = groups.find((group) => group.kind === 'subtenants')?.id as string;
  const group = await administrator.call(getTenantGroup, { params: { id } });
  expect(group.tenants.map((member) => member.name).sort()).toEqual(['Grouped', 'Grouped child']);
  const renamed = await administrator.call(updateTenantGroup, {
    params: { id },
    version: group.version,
    body: { name: 'Grouped and below' },
  });
  expect(renamed).toMatchObject({ name: 'Grouped and below', can: { changeMembers: false } });
  expect(
    (
      await administrator.try(setTenantGroupMembers, {
        params: { id },
        version: renamed.version,
        body: { members: [] },
      })
    ).status,
  ).toBe(403);
});

test('R3.5 the provider defines groups, and a reach that names one follows its members at the next request', async () => {
  const [a, b] = [await world.tenant({ name: 'Member one' }), await world.tenant({ name: 'Member two' })];
  const { administrator } = world;
  const group = await administrator.call(addTenantGroup, { body: { name: 'Favourites', members: [a.slug] } });
  expect((await administrator.try(addTenantGroup, { body: { name: 'FAVOURITES' } })).status).toBe(409);
  const set = await administrator.call(setTenantGroupMembers, {
    params: { id: group.id },
    version: group.version,
    body: { members: [a.slug, b.slug] },
  });
  expect(set.members).toBe(2);
  expect(
    (await administrator.call(listTenantGroups, { query: { kind: 'defined' } })).items.map((one) => one.name),
  ).toEqual(['Favourites']);
});

test('lists of tenants are found by part of the name, by key and page by page', async () => {
  const { administrator } = world;
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await administrator.call(api.listTenants, { query: { limit: 7, ...(cursor ? { cursor } : {}) } });
    names.push(...page.items.map((one) => one.slug));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(names[0]).toBe(provider.slug);
  expect(new Set(names).size).toBe(names.length);
  const whole = await administrator.call(api.listTenants, { query: { limit: 200 } });
  expect(names).toEqual(whole.items.map((one) => one.slug));
  const found = await administrator.call(api.listTenants, { query: { search: 'STRASSE' } });
  expect(found.items.map((one) => one.name)).toEqual(['Straße', 'Straße']);
  expect((await administrator.try(api.listTenants, { query: { cursor: 'x' } })).status).toBe(422);
});

test('R9.1 R9.2 R9.4 deactivating lists the subtree first, and reactivating restores it', async () => {
  const a = await world.tenant({ name: 'House' });
  const b = await world.tenant({ name: 'Room', parent: a });
  const before = await world.tenant({ name: 'Cellar', parent: a });
  await manage(before.slug, {}, 'deactivate');
  const user = await world.person({ tenant: b, role: 'self-service-user' });
  expect(await manage(a.slug, {}, 'deactivate')).toEqual({ refused: 'tenant.active-subtenants' });
  const listed = await world.administrator.call(api.listActiveBelow, { params: { slug: a.slug } });
  expect([listed.count, listed.people, listed.tenants.map((one) => one.name)]).toEqual([2, 1, ['Room', 'House']]);
  expect(await manage(a.slug, { subtree: true }, 'deactivate')).toMatchObject({ phase: 'completed' });
  const kept = await user.try(createTicket, { body: { title: 'Let me in' } });
  expect([kept.status, kept.body.type]).toEqual([403, 'urn:tenantry:tenant-suspended']);
  expect(await manage(b.slug, {}, 'reactivate')).toEqual({ refused: 'tenant.parent-inactive' });
  expect(await manage(a.slug, { subtree: true }, 'reactivate')).toMatchObject({ phase: 'completed' });
  expect((await user.try(createTicket, { body: { title: 'I am back' } })).status).toBe(201);
  expect(await tenant(before.slug)).toMatchObject({ status: 'inactive' });
});

test('R9.1 a tenant is never deleted, and its number never used again', async () => {
  await expect(world.sql('delete from tenancy.tenants where owner_id = 3')).rejects.toThrow('tenant_never_deleted');
});
