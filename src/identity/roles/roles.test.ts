import type { Static } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { grantRole, listPeople } from '../people/people.api.ts';
import { getMe } from '../sessions/sessions.api.ts';
import { addRole, deactivateRole, getRole, listRoles, type NewRole, reactivateRole, updateRole } from './roles.api.ts';

type Wanted = Static<typeof NewRole>;

let world: World;
let admin: WorldPerson;
let parent: WorldTenant;
let alpha: WorldTenant;
let below: WorldTenant;
let ana: WorldPerson;
let pia: WorldPerson;
let ben: WorldPerson;

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  admin = world.administrator;
  parent = await world.tenant({ name: 'Parent', slug: 'parent' });
  alpha = await world.tenant({ name: 'Alpha', slug: 'alpha', parent });
  below = await world.tenant({ name: 'Below', slug: 'below', parent: alpha });
  const beta = await world.tenant({ name: 'Beta', slug: 'beta' });
  pia = await world.person({ tenant: parent, role: 'tenant-administrator', name: 'Pia' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
  ben = await world.person({ tenant: beta, role: 'tenant-administrator', name: 'Ben' });
});
afterAll(() => world.close());

let count = 0;
const make = (by: WorldPerson, more: Partial<Wanted> = {}) =>
  by.try(addRole, {
    body: {
      name: `Role ${++count}`,
      readReach: 'own',
      functions: ['ticket.read'],
      ...(by === ben ? {} : { tenant: by.tenant?.slug as string }),
      ...more,
    },
  });
const made = async (by: WorldPerson, more: Partial<Wanted> = {}) => {
  const answer = await make(by, more);
  expect(answer.text).toContain('"version":1');
  return answer.body;
};
const type = (answer: { body: { type?: unknown } }) => String(answer.body.type).replace('urn:tenantry:', '');

test('a role is made, changed with its version, and audited', async () => {
  const role = await made(ana, {
    name: 'Night shift',
    writeReach: 'none',
    scopeTicket: 'groups',
    description: 'After eight',
  });
  expect(role).toMatchObject({
    tenant: { slug: 'alpha' },
    public: false,
    stock: null,
    readReach: 'own',
    writeReach: 'none',
    scopeTicket: 'groups',
    scopeRequest: 'all',
  });
  const params = { id: role.id };
  expect((await ana.try(updateRole, { params, body: { name: 'X' } })).status).toBe(428);
  const changed = await ana.call(updateRole, {
    params,
    body: { readReach: 'subtenants', functions: ['ticket.read', 'ticket.comment'] },
    version: 1,
  });
  expect(changed).toMatchObject({
    name: 'Night shift',
    readReach: 'subtenants',
    writeReach: 'none',
    functions: ['ticket.read', 'ticket.comment'],
    version: 2,
  });
  expect((await ana.try(updateRole, { params, body: { name: 'Late' }, version: 1 })).status).toBe(412);
  expect(type(await make(ana, { name: 'NIGHT  shift' }))).toBe('role.name-taken');
  const entries = await world.sql(
    'select action, owner_id from platform.audit_entries where subject_id = $1 order by at',
    [role.id],
  );
  expect(entries).toEqual([
    { action: 'role.added', owner_id: alpha.owner },
    { action: 'role.updated', owner_id: alpha.owner },
  ]);
});

test('R5.2 a role that writes where it does not read is refused when it is saved', async () => {
  const wider: [Wanted['readReach'], Wanted['writeReach'], Partial<Wanted>][] = [
    ['own', 'all', {}],
    ['own', 'subtenants', {}],
    ['own', 'supertenants', {}],
    ['own', 'related', {}],
    ['own', 'tenant', { writeTenant: 'beta' }],
    ['subtenants', 'all', {}],
    ['subtenants', 'supertenants', {}],
    ['subtenants', 'related', {}],
    ['supertenants', 'subtenants', {}],
    ['related', 'all', {}],
    ['tenant', 'own', { readTenant: 'beta' }],
    ['tenant', 'tenant', { readTenant: 'beta', writeTenant: 'alpha' }],
  ];
  for (const [readReach, writeReach, more] of wider) {
    expect([readReach, writeReach, type(await make(admin, { readReach, writeReach, ...more }))]).toEqual([
      readReach,
      writeReach,
      'role.write-wider-than-read',
    ]);
  }
  for (const [readReach, writeReach, more] of [
    ['all', 'own', {}],
    ['all', 'tenant', { writeTenant: 'beta' }],
    ['subtenants', 'own', {}],
    ['related', 'supertenants', {}],
    ['related', 'none', {}],
    ['tenant', 'tenant', { readTenant: 'beta', writeTenant: 'beta' }],
    ['own', 'same', {}],
  ] as [Wanted['readReach'], Wanted['writeReach'], Partial<Wanted>][]) {
    expect([readReach, writeReach, (await make(admin, { readReach, writeReach, ...more })).status]).toEqual([
      readReach,
      writeReach,
      201,
    ]);
  }
  const role = await made(admin, { readReach: 'subtenants', writeReach: 'own' });
  expect(
    type(await admin.try(updateRole, { params: { id: role.id }, body: { writeReach: 'related' }, version: 1 })),
  ).toBe('role.write-wider-than-read');
});

test('R5.2 a named group bounds what is written: a tenant inside it, and none outside', async () => {
  // By SQL: groups are tenancy's, which has its own API and tests.
  const [group] = await world.sql<{ id: string }>(
    `insert into tenancy.groups (owner_id, id, name, name_key) values (3, platform.new_id(), 'North', 'north') returning id`,
  );
  await world.sql(
    `insert into tenancy.group_members (owner_id, id, group_id, member_owner_id) values (3, platform.new_id(), $1, $2)`,
    [group?.id, alpha.owner],
  );
  const reach = { readReach: 'group' as const, readGroup: group?.id as string, writeReach: 'tenant' as const };
  expect(type(await make(admin, { ...reach, writeTenant: 'beta' }))).toBe('role.write-wider-than-read');
  const role = await made(admin, { ...reach, writeTenant: 'alpha', functions: ['person.read'] });
  expect(role).toMatchObject({ readGroup: { name: 'North' }, writeTenant: { slug: 'alpha' } });
  const nora = await world.person({ role: role.id, name: 'Nora' });
  expect((await nora.call(listPeople)).items.map((person) => person.tenant?.slug)).toEqual(['alpha']);
});

test('a reach names a tenant or group exactly when it is one of a named tenant or group', async () => {
  expect(type(await make(admin, { readReach: 'tenant' }))).toBe('role.reach-incomplete');
  expect(type(await make(admin, { readReach: 'own', readTenant: 'beta' }))).toBe('role.reach-incomplete');
  expect(type(await make(admin, { readReach: 'group', readGroup: '01900000-0000-7000-8000-000000000000' }))).toBe(
    'role.reach-incomplete',
  );
});

test('R5.3 R10.3 roles from above are seen and granted below and edited above only; the public filter includes, excludes and shows alone', async () => {
  const fromAbove = await made(pia, { name: 'From above' });
  // Nobody of Alpha may edit it, and whoever grants roles there may grant it, since there it is within their own (R10.4).
  expect((await ana.call(getRole, { params: { id: fromAbove.id } })).can).toMatchObject({ update: false, grant: true });
  expect(type(await ana.try(updateRole, { params: { id: fromAbove.id }, body: { name: 'Mine' }, version: 1 }))).toBe(
    'read-only',
  );
  expect((await ben.try(getRole, { params: { id: fromAbove.id } })).status).toBe(404);
  const names = async (filter?: 'include' | 'exclude' | 'only') =>
    (await ana.call(listRoles, { query: { limit: 200, ...(filter ? { public: filter } : {}) } })).items.map((role) => [
      role.name,
      role.public,
    ]);
  const all = await names();
  expect(all).toContainEqual(['From above', false]);
  expect(all).toContainEqual(['Tenant Analyst', true]);
  expect(await names('include')).toEqual(all);
  expect(await names('exclude')).toEqual(all.filter(([, isPublic]) => !isPublic));
  expect(await names('only')).toEqual(all.filter(([, isPublic]) => isPublic));
  const belows = await world.person({ tenant: below, role: fromAbove.id, name: 'Held below' });
  expect((await belows.call(getMe)).acting?.role.name).toBe('From above');
});

test('T-02 a foreign role is not found, like one that never was', async () => {
  const mine = await made(ana);
  const answers = [];
  for (const id of [mine.id, '01900000-0000-7000-8000-000000000000']) {
    const params = { id };
    answers.push(
      [
        await ben.try(getRole, { params }),
        await ben.try(updateRole, { params, body: { name: 'X' }, version: 1 }),
        await ben.try(deactivateRole, { params, version: 1 }),
      ].map((one) => one.text),
    );
    expect(type(await ben.try(grantRole, { params: { id: ben.contactId }, body: { roleId: id } }))).toBe(
      'role.unknown',
    );
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.[0]).toContain('urn:tenantry:not-found');
});

test('R5.8 a changed and a deactivated role count from the next request of whoever holds it', async () => {
  const role = await made(ana, { functions: ['person.read'] });
  const holder = await world.person({ tenant: alpha, role: role.id, name: 'Holder' });
  expect((await holder.try(listPeople)).status).toBe(200);
  const params = { id: role.id };
  await ana.call(updateRole, { params, body: { functions: ['ticket.read'] }, version: 1 });
  expect((await holder.try(listPeople)).status).toBe(403);
  const inactive = await ana.call(deactivateRole, { params, version: 2 });
  expect(inactive).toMatchObject({ status: 'inactive', can: { grant: false, reactivate: true } });
  expect(type(await holder.try(listPeople))).toBe('membership-needed');
  expect(type(await ana.try(grantRole, { params: { id: ana.contactId }, body: { roleId: role.id } }))).toBe(
    'role.inactive',
  );
  await ana.call(reactivateRole, { params, version: 3 });
  expect((await holder.call(getMe)).acting?.functions).toEqual(['ticket.read']);
});

test('T-15 owner, stock and unknown functions cannot be put into a role', async () => {
  for (const field of ['stock', 'ownerId', 'status', 'id', 'version']) {
    expect([field, (await make(ana, { [field]: 'system-administrator' } as never)).status]).toEqual([field, 422]);
  }
  expect((await make(ana, { functions: ['everything'] as never })).status).toBe(422);
});
