import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant, worldPassword } from '../../../test/world.ts';
import { addRole, listGrantableRoles } from '../roles/roles.api.ts';
import { getMe, signIn } from '../sessions/sessions.api.ts';
import {
  addPerson,
  deactivatePerson,
  endMembership,
  getPerson,
  grantRole,
  listPeople,
  reactivatePerson,
  updatePerson,
} from './people.api.ts';

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;
let selfService: string;

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha', slug: 'alpha' });
  await world.tenant({ name: 'Alpha North', slug: 'alpha-north', parent: alpha });
  beta = await world.tenant({ name: 'Beta', slug: 'beta' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana Alpha' });
  ben = await world.person({ tenant: beta, role: 'tenant-administrator', name: 'Ben Beta' });
  selfService = (await ana.call(listGrantableRoles, { query: { tenant: 'alpha' } })).items.find(
    (role) => role.stock === 'self-service-user',
  )?.id as string;
});
afterAll(() => world.close());

let count = 0;
const newPerson = (
  by: WorldPerson,
  more: { displayName?: string; userName?: string; tenant?: string; roleId?: string } = {},
) =>
  by.try(addPerson, {
    body: { userName: `user.${++count}`, displayName: `User ${count}`, roleId: selfService, ...more },
  });
const absent = '01900000-0000-7000-8000-000000000000';

test('a person is added with a first role, found in lists, and the whole of it is audited with the tenant', async () => {
  const added = await newPerson(ana, { userName: 'Zoë', displayName: 'Zoë Zimmer', tenant: 'alpha' });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({
    displayName: 'Zoë Zimmer',
    tenant: { name: 'Alpha', slug: 'alpha' },
    profile: { userName: 'Zoë', signInName: 'Zoë@alpha' },
    memberships: [{ role: { stock: 'self-service-user' }, can: { end: true } }],
    can: { update: true, deactivate: true, reactivate: false, grant: true, makeLink: true },
  });
  const entries = await world.sql(
    `select action, owner_id, actor_owner_id, actor_label from platform.audit_entries where subject_id = $1`,
    [added.body.id],
  );
  expect(entries).toEqual([
    { action: 'person.added', owner_id: alpha.owner, actor_owner_id: alpha.owner, actor_label: 'Ana Alpha' },
  ]);
});

test('R7.1 whoever may write several tenants says for which; one who may write one need not', async () => {
  expect((await newPerson(ana)).body.type).toBe('urn:tenantry:tenant-needed');
  expect((await newPerson(ana, { tenant: 'alpha-north' })).body.tenant?.slug).toBe('alpha-north');
  expect((await newPerson(ben)).body.tenant?.slug).toBe('beta');
});

test('R5.10 people of the provider are named with its slug to those, too, who read no other tenant', async () => {
  const role = await world.administrator.call(addRole, {
    body: { name: 'Own reader', readReach: 'own', functions: ['person.read'], tenant: 'northwind' },
  });
  const narrow = await world.person({ role: role.id, name: 'Nora Narrow', userName: 'nora' });
  for (const reader of [narrow, world.administrator]) {
    const person = await reader.call(getPerson, { params: { id: narrow.contactId } });
    expect(person.profile?.signInName).toBe('nora@northwind');
  }
});

test('R5.4 a tenant out of reach is as unknown as one that never was', async () => {
  const foreign = await newPerson(ana, { tenant: 'beta' });
  const never = await newPerson(ana, { tenant: 'never-was' });
  expect([foreign.status, foreign.text]).toEqual([422, never.text]);
  const filtered = await ana.try(listPeople, { query: { tenant: 'beta' } });
  expect(filtered.text).toBe((await ana.try(listPeople, { query: { tenant: 'never-was' } })).text);
});

test('R5.3 lists, search and paging hold the people in reach and no others', async () => {
  for (const name of ['Page One', 'Page Two', 'Page Three', 'Page 100%'])
    await newPerson(ana, { displayName: name, tenant: 'alpha' });
  await newPerson(ben, { displayName: 'Page of Beta' });
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ana.call(listPeople, { query: { search: 'PAGE', limit: 3, cursor } });
    names.push(...page.items.map((person) => person.displayName));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(names).toEqual(['Page 100%', 'Page One', 'Page Three', 'Page Two']);
  expect((await ana.call(listPeople, { query: { search: '100%' } })).items).toHaveLength(1);
  expect((await ana.call(listPeople, { query: { search: '%' } })).items).toHaveLength(1);
  expect((await ana.call(listPeople, { query: { search: 'page', tenant: 'alpha-north' } })).items).toEqual([]);
  expect((await ana.try(listPeople, { query: { cursor: 'invented' } })).body.type).toBe('urn:tenantry:cursor-unknown');
  const everybody = await world.administrator.call(listPeople, { query: { search: 'page' } });
  expect(everybody.items.map((person) => person.tenant?.name)).toContain('Beta');
});

test('T-02 a foreign person’s id is not found on every path, like one that never was', async () => {
  const changes = { body: { displayName: 'Taken over' }, version: 1 };
  for (const id of [ben.contactId, absent]) {
    const answers = [
      await ana.try(getPerson, { params: { id } }),
      await ana.try(updatePerson, { params: { id }, ...changes }),
      await ana.try(deactivatePerson, { params: { id }, version: 1 }),
      await ana.try(reactivatePerson, { params: { id }, version: 1 }),
      await ana.try(grantRole, { params: { id }, body: { roleId: selfService } }),
      await ana.try(endMembership, { params: { id: id === absent ? absent : (ben.membershipId as string) } }),
    ];
    expect(answers.map((answer) => [answer.status, answer.body.type])).toEqual(
      answers.map(() => [404, 'urn:tenantry:not-found']),
    );
  }
  expect((await ben.call(getMe)).person.displayName).toBe('Ben Beta');
});

test('T-15 the tenant, home, status and identity of a person cannot be put into a change', async () => {
  for (const field of ['tenant', 'ownerId', 'status', 'personId', 'id', 'functions']) {
    const answer = await ana.try(updatePerson, {
      params: { id: ana.contactId },
      body: { [field]: 'beta' } as never,
      version: 1,
    });
    expect([field, answer.status]).toEqual([field, 422]);
  }
});

test('R2.6 a change needs the version that it changes, and a stale one changes nothing', async () => {
  const { body: person } = await newPerson(ana, { tenant: 'alpha' });
  const params = { id: person.id };
  expect((await ana.try(updatePerson, { params, body: { displayName: 'A' } })).status).toBe(428);
  const updated = await ana.call(updatePerson, {
    params,
    body: { displayName: 'Anew', email: 'anew@alpha.test', language: 'es' },
    version: person.version,
  });
  expect(updated).toMatchObject({
    displayName: 'Anew',
    version: person.version + 1,
    profile: { email: 'anew@alpha.test', language: 'es' },
  });
  expect((await ana.try(updatePerson, { params, body: { displayName: 'Late' }, version: person.version })).status).toBe(
    412,
  );
  expect((await ana.try(deactivatePerson, { params, version: person.version })).status).toBe(412);
  expect((await ana.call(getPerson, { params })).displayName).toBe('Anew');
});

test('R5.10 user names are unique within the home tenant, without regard to case, and free in others', async () => {
  expect((await newPerson(ana, { userName: 'twin', tenant: 'alpha' })).status).toBe(201);
  expect((await newPerson(ana, { userName: 'TWIN', tenant: 'alpha' })).body.type).toBe(
    'urn:tenantry:person.user-name-taken',
  );
  expect((await newPerson(ana, { userName: 'twin', tenant: 'alpha-north' })).status).toBe(201);
  expect((await newPerson(ben, { userName: 'twin' })).status).toBe(201);
  expect((await newPerson(ben, { userName: 'twin@alpha' })).body.type).toBe('urn:tenantry:person.user-name-form');
});

test('R10.4 an auditor reads people and is offered nothing; a write is refused', async () => {
  const audrey = await world.person({ tenant: alpha, role: 'tenant-auditor', name: 'Audrey' });
  const seen = await audrey.call(getPerson, { params: { id: ana.contactId } });
  expect(seen.can).toEqual({ update: false, deactivate: false, reactivate: false, grant: false, makeLink: false });
  expect(
    (await audrey.try(updatePerson, { params: { id: ana.contactId }, body: { displayName: 'X' }, version: 1 })).body
      .type,
  ).toBe('urn:tenantry:not-allowed');
  const user = await world.person({ tenant: alpha, role: 'self-service-user', name: 'Una' });
  expect((await user.try(listPeople)).status).toBe(403);
});

test('T-30 a deactivated person is out at once, cannot sign in, and comes back on reactivation, without the old sessions', async () => {
  const hal = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Hal', userName: 'hal' });
  const params = { id: hal.contactId };
  const { version } = await ana.call(getPerson, { params });
  const inactive = await ana.call(deactivatePerson, { params, version });
  expect(inactive).toMatchObject({
    status: 'inactive',
    can: { reactivate: true, deactivate: false, makeLink: false, grant: false },
  });
  expect((await hal.try(listPeople)).status).toBe(401);
  const body = { userName: 'hal@alpha', password: worldPassword };
  expect((await world.visitor().try(signIn, { body })).body.type).toBe('urn:tenantry:sign-in-refused');
  await ana.call(reactivatePerson, { params, version: inactive.version });
  expect((await hal.try(listPeople)).status).toBe(401);
  expect((await world.visitor().try(signIn, { body })).status).toBe(200);
});

test('R5.8 an ended membership, and a granted one, count from the next request on', async () => {
  const ida = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Ida' });
  expect((await ida.try(listPeople)).status).toBe(200);
  await ana.call(endMembership, { params: { id: ida.membershipId as string } });
  expect((await ida.try(listPeople)).status).toBe(403);
  const again = await ana.call(grantRole, { params: { id: ida.contactId }, body: { roleId: selfService } });
  expect((await ida.call(getMe, { membership: null })).memberships.map((one) => one.id)).toEqual(
    again.memberships.map((one) => one.id),
  );
  expect((await ana.try(grantRole, { params: { id: ida.contactId }, body: { roleId: selfService } })).body.type).toBe(
    'urn:tenantry:membership.exists',
  );
});

test('there is always an administrator: the last cannot be deactivated, nor lose the role, nor both of two at once', async () => {
  const admin = world.administrator;
  const lastOne = [409, 'urn:tenantry:person.last-administrator'];
  const { version } = await admin.call(getPerson, { params: { id: admin.contactId } });
  const deactivated = await admin.try(deactivatePerson, { params: { id: admin.contactId }, version });
  expect([deactivated.status, deactivated.body.type]).toEqual(lastOne);
  const ended = await admin.try(endMembership, { params: { id: admin.membershipId as string } });
  expect([ended.status, ended.body.type]).toEqual(lastOne);
  const second = await world.person({ role: 'system-administrator', name: 'Second' });
  // The first is not committed yet when the second begins.
  let begun = () => {};
  const firstHasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const end = (membershipId: string | null, hold: number) =>
    world.db.asSystem(async ({ q }) => {
      await q.updateTable('identity.memberships').set({ status: 'ended' }).where('id', '=', membershipId).execute();
      begun();
      await pause(hold);
    });
  const first = end(second.membershipId, 300);
  await firstHasBegun;
  await expect(end(admin.membershipId, 0)).rejects.toMatchObject({ type: 'person.last-administrator' });
  await first;
  expect((await admin.try(getMe)).status).toBe(200);
});

test('T-26 somebody with fewer functions manages nobody who has more', async () => {
  const body = {
    name: 'Reception',
    readReach: 'own' as const,
    functions: ['person.read' as const, 'person.administer' as const],
    tenant: 'alpha',
  };
  const role = await ana.call(addRole, { body });
  const rita = await world.person({ tenant: alpha, role: role.id, name: 'Rita' });
  const params = { id: ana.contactId };
  const { version, can } = await rita.call(getPerson, { params });
  expect(can).toMatchObject({ update: false, deactivate: false, makeLink: false });
  expect((await rita.try(updatePerson, { params, body: { userName: 'mine.now' }, version })).body.type).toBe(
    'urn:tenantry:person.greater-than-you',
  );
  expect((await rita.try(deactivatePerson, { params, version })).body.type).toBe(
    'urn:tenantry:person.greater-than-you',
  );
  expect((await rita.try(endMembership, { params: { id: ana.membershipId as string } })).body.type).toBe(
    'urn:tenantry:role.wider-than-yours',
  );
});

test('R1.3 while off nobody is named a tenant, and a person is added without one to their maker’s (R1.8)', async () => {
  // By SQL: the switch is tenancy's offering, which has its own tests.
  await world.sql(`update tenancy.solution set multi_tenancy = 'off'`);
  const { items } = await ana.call(listPeople, { query: { limit: 200 } });
  expect(items.map((person) => person.displayName)).toContain('Ben Beta');
  expect(items.filter((person) => person.tenant !== null)).toEqual([]);
  expect((await ana.try(listPeople, { query: { tenant: 'alpha' } })).body.type).toBe('urn:tenantry:tenant-unknown');
  expect((await newPerson(ana, { tenant: 'alpha' })).body.type).toBe('urn:tenantry:tenant-unknown');
  const added = await newPerson(ana);
  await world.sql(`update tenancy.solution set multi_tenancy = 'on'`);
  expect((await ana.call(getPerson, { params: { id: added.body.id } })).tenant?.slug).toBe('alpha');
});
