import type { Static } from 'typebox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { newId } from '../../platform/ids.ts';
import { removeLogo } from '../../selfservice/branding/branding.api.ts';
import { addTenantGroup } from '../../tenancy/groups/groups.api.ts';
import { changeParent } from '../../tenancy/tenants/tenants.api.ts';
import { addPerson, grantRole } from '../people/people.api.ts';
import { secretHash } from '../secrets.ts';
import { getMe } from '../sessions/sessions.api.ts';
import {
  addRole,
  deactivateRole,
  getRole,
  listGrantableRoles,
  listRoles,
  type NewRole,
  updateRole,
} from './roles.api.ts';

type Wanted = Static<typeof NewRole>;

let world: World;
let admin: WorldPerson;
let parent: WorldTenant;
let alpha: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  admin = world.administrator;
  parent = await world.tenant({ name: 'Parent', slug: 'parent' });
  alpha = await world.tenant({ name: 'Alpha', slug: 'alpha', parent });
  await world.tenant({ name: 'Below', slug: 'below', parent: alpha });
  const beta = await world.tenant({ name: 'Beta', slug: 'beta' });
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

test('R5.5 a tenant’s own roles are offered for granting beside the delivered ones', async () => {
  const own = await made(ana);
  const { items } = await ana.call(listGrantableRoles, { query: { tenant: 'alpha' } });
  expect(items.map((role) => role.id)).toContain(own.id);
});

test('R5.2 who writes nothing reads so, whichever way they try, and nothing fails', async () => {
  const functions = ['offering.request', 'tenant.administer', 'tenant-group.administer'] as const;
  const reader = await made(admin, { readReach: 'all', writeReach: 'none', functions: [...functions], public: true });
  const person = await world.person({ role: reader.id, name: 'Rita Reader' });
  const values = { what: 'screen', reason: 'to see' };
  const answers = [
    await person.try(createRequest, { body: { offering: 'equipment', values, submit: false } }),
    await person.try(addTenantGroup, { body: { name: 'A group' } }),
    await person.try(removeLogo, { params: { slug: 'alpha' } }),
    await person.try(changeParent, { params: { slug: 'alpha' }, version: 2, body: { parent: null } }),
  ];
  expect(answers.map((answer) => [answer.status, type(answer)])).toEqual(Array(4).fill([403, 'read-only']));
});
