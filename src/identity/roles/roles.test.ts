import type { Static } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { newId } from '../../platform/ids.ts';
import { addPerson, grantRole, listPeople } from '../people/people.api.ts';
import { secretHash } from '../secrets.ts';
import { getMe } from '../sessions/sessions.api.ts';
import {
  addRole,
  deactivateRole,
  getRole,
  listGrantableRoles,
  listRoles,
  type NewRole,
  reactivateRole,
  updateRole,
} from './roles.api.ts';

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

test('R5.5 nobody makes or edits a role with a function, scope or reach that they lack', async () => {
  const lacking = async (more: Partial<Wanted>) => [(await make(ana, more)).status, type(await make(ana, more))];
  const refused = [403, 'role.wider-than-yours'];
  for (const name of [
    'solution.administer',
    'tenant.administer',
    'public.update',
    'import.run',
    'tenant-group.administer',
  ] as const) {
    expect([name, await lacking({ functions: [name] })]).toEqual([name, refused]);
  }
  for (const readReach of ['all', 'supertenants', 'related'] as const)
    expect([readReach, await lacking({ readReach })]).toEqual([readReach, refused]);
  expect((await make(ana, { readReach: 'subtenants' })).status).toBe(201);
  expect((await make(ana, { readReach: 'tenant', readTenant: 'below' })).status).toBe(201);
  expect(type(await make(ana, { readReach: 'tenant', readTenant: 'beta' }))).toBe('tenant-unknown');
  const role = await made(ana);
  for (const body of [
    { functions: ['tenant.administer' as const] },
    { readReach: 'all' as const },
    { readReach: 'related' as const },
  ]) {
    const answer = await ana.try(updateRole, { params: { id: role.id }, body, version: 1 });
    expect([body, type(answer)]).toEqual([body, 'role.wider-than-yours']);
  }
});

test('R5.5 a scope that the granter lacks is refused, too', async () => {
  const narrow = await made(ana, {
    functions: ['role.administer', 'person.read', 'person.administer', 'ticket.read'],
    scopeTicket: 'groups',
    scopeRequest: 'own',
  });
  const gina = await world.person({ tenant: alpha, role: narrow.id, name: 'Gina' });
  expect(type(await make(gina, { functions: ['ticket.read'], scopeTicket: 'all', scopeRequest: 'own' }))).toBe(
    'role.wider-than-yours',
  );
  expect(type(await make(gina, { functions: ['ticket.read'], scopeTicket: 'own', scopeRequest: 'groups' }))).toBe(
    'role.wider-than-yours',
  );
  expect((await make(gina, { functions: ['ticket.read'], scopeTicket: 'groups', scopeRequest: 'own' })).status).toBe(
    201,
  );
});

test('T-26 a tenant’s administrator finds no path to a role that they cannot grant', async () => {
  const roles = (await admin.call(listRoles, { query: { limit: 200 } })).items;
  const wide = await made(admin, {
    name: 'Everything',
    readReach: 'all',
    functions: ['tenant.administer'],
    public: true,
    tenant: undefined,
  });
  const colleague = await world.person({ tenant: alpha, role: 'self-service-user', name: 'Colleague' });
  const targets = [
    wide.id,
    ...['system-administrator', 'provider-analyst', 'provider-auditor'].map(
      (stock) => roles.find((role) => role.stock === stock)?.id as string,
    ),
  ];
  for (const roleId of targets) {
    const answers = [
      await ana.try(grantRole, { params: { id: ana.contactId }, body: { roleId } }),
      await ana.try(grantRole, { params: { id: colleague.contactId }, body: { roleId } }),
      await ana.try(addPerson, { body: { userName: `path.${++count}`, displayName: 'Path', roleId, tenant: 'alpha' } }),
      await ana.try(addPerson, { body: { userName: `path.${++count}`, displayName: 'Path', roleId, tenant: 'below' } }),
      await ana.try(updateRole, { params: { id: roleId }, body: { functions: ['ticket.read'] }, version: 1 }),
      await ana.try(deactivateRole, { params: { id: roleId }, version: 1 }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403, 403]);
  }
  expect((await ana.call(getMe)).memberships).toHaveLength(1);
  expect((await colleague.call(getMe)).memberships).toHaveLength(1);
  expect(
    (await ana.call(listGrantableRoles, { query: { tenant: 'alpha' } })).items.map((role) => role.id),
  ).not.toContain(wide.id);
  const shown = (await ana.call(listRoles, { query: { limit: 200 } })).items;
  expect(shown.filter((role) => targets.includes(role.id)).map((role) => role.can.grant)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test('T-26 the database itself refuses the grant, whatever the program would let through', async () => {
  const [role] = await world.sql<{ id: string }>(`select id from identity.roles where stock = 'system-administrator'`);
  const principal = {
    kind: 'session' as const,
    tokenHash: secretHash(ana.cookie as string),
    membershipId: ana.membershipId,
  };
  const insert = (roleOwner: number, roleId: string) =>
    world.db.as(principal, (tx) =>
      tx.q
        .insertInto('identity.memberships')
        .values({
          owner_id: alpha.owner,
          id: newId(),
          contact_id: ana.contactId,
          role_owner_id: roleOwner,
          role_id: roleId,
        })
        .execute(),
    );
  await expect(insert(2, role?.id as string)).rejects.toMatchObject({ type: 'role.providers-only' });
  const wide = await made(admin, { readReach: 'related', functions: ['ticket.read'], public: true, tenant: undefined });
  await expect(insert(2, wide.id)).rejects.toMatchObject({ type: 'role.wider-than-yours' });
  await expect(
    world.db.as(principal, (tx) =>
      tx.q
        .updateTable('identity.memberships')
        .set({ role_owner_id: 2, role_id: wide.id })
        .where('id', '=', ana.membershipId)
        .execute(),
    ),
  ).rejects.toMatchObject({ type: 'role.wider-than-yours' });
});

test('R5.5 it is judged at the moment of use: what is granted in off counts as on the day it is turned on', async () => {
  // By SQL: the switch is tenancy's offering, which has its own tests.
  await world.sql(`update tenancy.solution set multi_tenancy = 'off'`);
  const role = (more: Partial<Wanted>) => make(ana, { tenant: undefined, ...more });
  expect(type(await role({ readReach: 'all' }))).toBe('role.wider-than-yours');
  expect(type(await role({ readReach: 'tenant', readTenant: 'alpha' }))).toBe('tenant-unknown');
  expect((await role({ readReach: 'own' })).body.tenant).toBeNull();
  const roles = (await ana.call(listGrantableRoles)).items;
  const selfService = roles.find((one) => one.stock === 'self-service-user')?.id as string;
  // In off Ana sees Ben; giving him a role in his tenant is beyond her on the day it is on.
  expect(type(await ana.try(grantRole, { params: { id: ben.contactId }, body: { roleId: selfService } }))).toBe(
    'role.wider-than-yours',
  );
  await world.sql(`update tenancy.solution set multi_tenancy = 'on'`);
});

test('R5.5 public roles can be granted, not edited, by tenants, and only public.update makes them', async () => {
  const shared = await made(admin, {
    name: 'Shared desk',
    public: true,
    tenant: undefined,
    functions: ['ticket.read'],
  });
  expect(shared).toMatchObject({ public: true, tenant: null, can: { update: true } });
  expect((await ana.call(getRole, { params: { id: shared.id } })).can).toEqual({
    update: false,
    deactivate: false,
    reactivate: false,
    grant: true,
  });
  expect(type(await ana.try(updateRole, { params: { id: shared.id }, body: { name: 'Mine' }, version: 1 }))).toBe(
    'read-only',
  );
  expect(type(await make(ana, { public: true }))).toBe('read-only');
  expect((await ana.try(grantRole, { params: { id: ana.contactId }, body: { roleId: shared.id } })).status).toBe(201);
  const stock = (await admin.call(listRoles, { query: { public: 'only', limit: 200 } })).items.find(
    (role) => role.stock === 'tenant-analyst',
  );
  expect(
    type(await admin.try(updateRole, { params: { id: stock?.id as string }, body: { name: 'Changed' }, version: 1 })),
  ).toBe('role.stock-fixed');
  expect(stock?.can).toMatchObject({ update: false, grant: true });
});

test('R5.3 R10.3 roles from above are seen and granted below and edited above only; the public filter includes, excludes and shows alone', async () => {
  const fromAbove = await made(pia, { name: 'From above' });
  expect((await ana.call(getRole, { params: { id: fromAbove.id } })).can.update).toBe(false);
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
