import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { addPerson, endMembership, getPerson, listPeople, updatePerson } from '../people/people.api.ts';
import { addRole, listGrantableRoles, updateRole } from '../roles/roles.api.ts';
import { chooseMembership, getMe } from '../sessions/sessions.api.ts';
import { acceptInvitation, invite, listInvitations, lookAtInvitation, revokeInvitation } from './invitations.api.ts';

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;
let bea: WorldPerson;
let analyst: string;
let selfService: string;

beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  alpha = await world.tenant({ name: 'Alpha', slug: 'alpha' });
  beta = await world.tenant({ name: 'Beta', slug: 'beta' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
  ben = await world.person({ tenant: beta, role: 'tenant-administrator', name: 'Ben' });
  bea = await world.person({ tenant: beta, role: 'self-service-user', name: 'Bea Beta', userName: 'bea' });
  const roles = (await ana.call(listGrantableRoles)).items;
  analyst = roles.find((role) => role.stock === 'tenant-analyst')?.id as string;
  selfService = roles.find((role) => role.stock === 'self-service-user')?.id as string;
});
afterAll(() => world.close());

const invitationOf = async (address: string, roleId = analyst, by = ana) =>
  (await by.call(invite, { body: { address, roleId } })).path.split('#')[1] as string;
const accept = (client: WorldPerson, token: string) => client.try(acceptInvitation, { body: { token } });

test('R5.10 a person of another tenant accepts an invitation while signed in, and has a membership more', async () => {
  const token = await invitationOf('Bea@Beta');
  expect(await bea.call(lookAtInvitation, { body: { token } })).toEqual({
    organization: 'Alpha',
    role: { name: 'Tenant Analyst', stock: 'tenant-analyst' },
  });
  const me = await bea.call(acceptInvitation, { body: { token } });
  const joined = me.memberships.find((one) => one.tenant?.slug === 'alpha');
  expect(joined?.role.stock).toBe('tenant-analyst');
  const acting = await bea.call(chooseMembership, { body: { membershipId: joined?.id as string } });
  expect(acting.acting?.organization).toEqual({ name: 'Alpha' });
  const people = await bea.call(listPeople, { membership: joined?.id as string });
  expect(new Set(people.items.map((person) => person.tenant?.slug))).toEqual(new Set(['alpha']));
  expect((await accept(bea, token)).status).toBe(404);
});

test('R5.10 the inviting tenant sees display name and work address, which follow the home tenant, and manages no profile', async () => {
  const contact = (await ana.call(listPeople, { query: { search: 'bea' } })).items[0];
  expect(contact).toMatchObject({
    displayName: 'Bea Beta',
    workAddress: 'bea@example.test',
    profile: null,
    can: { update: false, deactivate: false, makeLink: false },
  });
  const refused = await ana.try(updatePerson, {
    params: { id: contact?.id as string },
    body: { displayName: 'Mine' },
    version: contact?.version as number,
  });
  expect(refused.body.type).toBe('urn:tenantry:person.managed-elsewhere');
  const home = await ben.call(getPerson, { params: { id: bea.contactId } });
  await ben.call(updatePerson, {
    params: { id: bea.contactId },
    body: { displayName: 'Bea Bauer', workAddress: 'bauer@beta.test' },
    version: home.version,
  });
  expect(await ana.call(getPerson, { params: { id: contact?.id as string } })).toMatchObject({
    displayName: 'Bea Bauer',
    workAddress: 'bauer@beta.test',
  });
  expect((await world.administrator.call(getPerson, { params: { id: contact?.id as string } })).profile).toBeNull();
});

test('R5.6 ending the membership in one tenant leaves the others', async () => {
  const contact = (await ana.call(listPeople, { query: { search: 'bea' } })).items[0];
  await ana.call(endMembership, { params: { id: contact?.memberships[0]?.id as string } });
  expect((await bea.call(getMe)).memberships.map((one) => one.tenant?.slug)).toEqual(['beta']);
});

test('T-10 the answer, the steps and what is stored are the same whether the person exists or not', async () => {
  const known = await ana.try(invite, { body: { address: 'bea@beta', roleId: analyst } });
  const unknown = await ana.try(invite, { body: { address: 'nobody@beta', roleId: analyst } });
  const elsewhere = await ana.try(invite, { body: { address: 'nobody@nowhere', roleId: analyst } });
  const shape = (answer: typeof known) => [
    answer.status,
    Object.keys(answer.body),
    answer.body.path.replace(/#.{43}$/, '#'),
    answer.text.length,
  ];
  expect(shape(unknown)).toEqual(shape(known));
  expect(shape(elsewhere)).toEqual(shape(known));
  const { items } = await ana.call(listInvitations);
  expect(
    items
      .filter((one) => one.address.endsWith('@beta'))
      .map(({ id: _id, address: _a, createdAt: _c, expiresAt: _e, ...rest }) => rest),
  ).toEqual([
    {
      tenant: { name: 'Alpha', slug: 'alpha' },
      role: { id: analyst, name: 'Tenant Analyst', stock: 'tenant-analyst' },
    },
    {
      tenant: { name: 'Alpha', slug: 'alpha' },
      role: { id: analyst, name: 'Tenant Analyst', stock: 'tenant-analyst' },
    },
  ]);
  expect((await ana.call(listPeople, { query: { search: 'bea' } })).items[0]?.memberships).toEqual([]);
});

test('T-22 the secret works for nobody else, not altered, not twice, not after revocation, a newer one or 72 hours', async () => {
  const carl = await world.person({ tenant: beta, role: 'self-service-user', name: 'Carl', userName: 'carl' });
  const older = await invitationOf('carl@beta');
  const token = await invitationOf('carl@beta');
  for (const [client, secret] of [
    [carl, older],
    [bea, token],
    [ana, token],
    [carl, `${token}x`],
    [carl, 'invented'],
  ] as const) {
    for (const answer of [
      await accept(client, secret),
      await client.try(lookAtInvitation, { body: { token: secret } }),
    ]) {
      expect([answer.status, answer.body.type]).toEqual([404, 'urn:tenantry:link-not-usable']);
    }
  }
  const open = (await ana.call(listInvitations)).items.find((one) => one.address === 'carl@beta')?.id as string;
  expect((await ben.try(revokeInvitation, { params: { id: open } })).status).toBe(404);
  await ana.call(revokeInvitation, { params: { id: open } });
  expect((await accept(carl, token)).status).toBe(404);
  const late = await invitationOf('carl@beta');
  await world.sql(`update identity.invitations set expires_at = now() - interval '1 second'`);
  expect((await accept(carl, late)).status).toBe(404);
});

test('T-23 a look-alike is not the person: the same user name of another tenant, or a part of the address', async () => {
  const gamma = await world.tenant({ name: 'Gamma', slug: 'gamma' });
  const twin = await world.person({ tenant: gamma, role: 'self-service-user', name: 'Other Bea', userName: 'bea' });
  expect((await accept(twin, await invitationOf('bea@beta'))).status).toBe(404);
  expect((await accept(bea, await invitationOf('bea@be'))).status).toBe(404);
  expect((await accept(bea, await invitationOf('bea@beta.gamma'))).status).toBe(404);
});

test('an invitation goes to a work address as well', async () => {
  const dee = await world.person({ tenant: beta, role: 'self-service-user', name: 'Dee', userName: 'dee' });
  expect((await accept(dee, await invitationOf('DEE@example.test'))).status).toBe(200);
});

test('T-20 of two acceptances at once, one wins, also while the other is not finished', async () => {
  const eve = await world.person({ tenant: beta, role: 'self-service-user', name: 'Eve', userName: 'eve' });
  const token = await invitationOf('eve@beta');
  const answers = await Promise.all([accept(eve, token), accept(eve, token), accept(eve, token)]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404]);

  const flo = await world.person({ tenant: beta, role: 'self-service-user', name: 'Flo', userName: 'flo' });
  const taken = await invitationOf('flo@beta');
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const other = world.db.asSystem(async ({ q }) => {
    await q.deleteFrom('identity.invitations').where('address_key', '=', 'flo@beta').execute();
    begun();
    await pause(300);
  });
  await hasBegun;
  expect((await accept(flo, taken)).status).toBe(404);
  await other;
  expect((await flo.call(getMe)).memberships).toHaveLength(1);
});

test('R5.5 an inviter who has lost what the role allows has invited nobody', async () => {
  const granted = await ana.call(addRole, { body: { name: 'Reader', readReach: 'own', functions: ['ticket.read'] } });
  const functions = ['person.read' as const, 'person.administer' as const];
  const role = await ana.call(addRole, {
    body: { name: 'Inviter', readReach: 'own', functions: [...functions, 'ticket.read'] },
  });
  const inviter = await world.person({ tenant: alpha, role: role.id, name: 'Inviter' });
  const hugo = await world.person({ tenant: beta, role: 'self-service-user', name: 'Hugo', userName: 'hugo' });
  const token = await invitationOf('hugo@beta', granted.id, inviter);
  expect((await hugo.try(lookAtInvitation, { body: { token } })).status).toBe(200);
  await ana.call(updateRole, { params: { id: role.id }, body: { functions }, version: role.version });
  expect((await accept(hugo, token)).status).toBe(404);
});

test('R5.5 T-26 an invitation grants what its inviter may grant, when it is made and when it is accepted', async () => {
  const role = await ana.call(addRole, {
    body: { name: 'Desk', readReach: 'own', functions: ['person.read', 'person.administer'] },
  });
  const clerk = await world.person({ tenant: alpha, role: role.id, name: 'Clerk' });
  expect((await clerk.try(invite, { body: { address: 'bea@beta', roleId: analyst } })).body.type).toBe(
    'urn:tenantry:role.wider-than-yours',
  );
  const fred = await world.person({ tenant: beta, role: 'self-service-user', name: 'Fred', userName: 'fred' });
  const former = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Former' });
  const token = await invitationOf('fred@beta', selfService, former);
  await ana.call(endMembership, { params: { id: former.membershipId as string } });
  expect((await accept(fred, token)).status).toBe(404);
  const roleIds = (
    await world.administrator.call(listGrantableRoles, { query: { tenant: world.administrator.tenant?.slug } })
  ).items;
  const systemAdministrator = roleIds.find((one) => one.stock === 'system-administrator')?.id as string;
  expect((await ana.try(invite, { body: { address: 'bea@beta', roleId: systemAdministrator } })).status).toBe(403);
});

test('R1.3 an invitation made while off names no tenant', async () => {
  // By SQL: the switch is tenancy's offering, which has its own tests.
  await world.sql(`update tenancy.solution set multi_tenancy = 'off'`);
  const gil = await ana.call(addPerson, { body: { userName: 'gil', displayName: 'Gil', roleId: selfService } });
  expect(gil.tenant).toBeNull();
  const token = await invitationOf('bea@beta', selfService);
  expect(await bea.call(lookAtInvitation, { body: { token } })).toEqual({
    organization: null,
    role: { name: 'Self-Service User', stock: 'self-service-user' },
  });
  expect((await ana.call(listInvitations)).items.every((one) => one.tenant === null)).toBe(true);
  await world.sql(`update tenancy.solution set multi_tenancy = 'on'`);
});
