import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { getOffering, setApproval } from '../../catalog/offerings/offerings.api.ts';
import { createRequest, decideRequest, getRequest } from '../../catalog/requests/requests.api.ts';
import { createTicket, getTicket, listTickets, updateTicket } from '../../desk/tickets/tickets.api.ts';
import { changeParent, getTenant } from '../../tenancy/tenants/tenants.api.ts';
import { acceptInvitation, invite } from '../invitations/invitations.api.ts';
import { makePasswordLink, usePasswordLink } from '../links/links.api.ts';
import { addPerson, endMembership, grantRole, listPeople } from '../people/people.api.ts';
import { createToken } from '../tokens/tokens.api.ts';
import { addRole, listRoles } from './roles.api.ts';

// R5.5, R5.8: what somebody gave is judged when it is used: the tenants of a reach can have moved since, its maker can have
// lost what they gave, and the one it was made for can have become greater.

let world: World;
let alpha: WorldTenant;
let child: WorldTenant;
let root: WorldTenant;
let ana: WorldPerson;
const password = 'nine lanterns in the fog';

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha', subtenantsAllowed: true });
  child = await world.tenant({ name: 'Child', parent: alpha, subtenantsAllowed: true });
  root = await world.tenant({ name: 'Root', subtenantsAllowed: true });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
}, 60_000);
afterAll(() => world.close());

async function move(tenant: WorldTenant, parent: WorldTenant | null): Promise<void> {
  const { version } = await world.administrator.call(getTenant, { params: { slug: tenant.slug } });
  await world.administrator.call(changeParent, {
    params: { slug: tenant.slug },
    version,
    body: { parent: parent?.slug ?? null },
  });
}

async function granted(by: WorldPerson, to: WorldPerson, roleId: string): Promise<WorldPerson> {
  const person = await by.call(grantRole, { params: { id: to.contactId }, body: { roleId } });
  const membership = person.memberships.find((one) => one.role.id === roleId)?.id as string;
  return Object.assign(Object.create(Object.getPrototypeOf(to)), to, { membershipId: membership });
}

test('R5.5 a role that names a tenant below reaches it no more once it was moved away', async () => {
  const role = await ana.call(addRole, {
    body: {
      name: 'Looks at the child',
      tenant: alpha.slug,
      readReach: 'tenant',
      readTenant: child.slug,
      functions: ['ticket.read'],
    },
  });
  const carl = await world.person({ tenant: alpha, role: 'self-service-user', name: 'Carl' });
  const looking = await granted(ana, carl, role.id);
  const owner = await world.person({ tenant: child, role: 'tenant-analyst', name: 'Chris' });
  const { number } = await owner.call(createTicket, { body: { title: 'Of the child' } });
  expect((await looking.try(getTicket, { params: { number } })).status).toBe(200);
  await move(child, root);
  expect((await looking.try(getTicket, { params: { number } })).status).toBe(404);
  expect((await looking.call(listTickets)).items).toEqual([]);
  await move(child, alpha);
  expect((await looking.try(getTicket, { params: { number } })).status).toBe(200);
});

test('R5.5 a role upwards that a root gave itself reaches nobody above once it has a parent; the provider may give one', async () => {
  const planted = await world.tenant({ name: 'Planted' });
  const rita = await world.person({ tenant: planted, role: 'tenant-administrator', name: 'Rita' });
  const functions = ['ticket.read', 'ticket.create', 'ticket.update', 'ticket.read-internal'];
  const role = await rita.call(addRole, { body: { name: 'Upwards', readReach: 'related', functions } as never });
  const upwards = await granted(rita, rita, role.id);
  const above = await world.person({ tenant: root, role: 'tenant-analyst', name: 'Rob' });
  const { number, version } = await above.call(createTicket, { body: { title: 'Of the root' } });
  await move(planted, root);
  expect((await upwards.try(getTicket, { params: { number } })).status).toBe(404);
  const changed = await upwards.try(updateTicket, {
    params: { number },
    version,
    body: { title: 'Changed from below' },
  });
  expect(changed.status).toBe(404);
  // What the provider itself gives may reach up.
  const given = await world.administrator.call(addRole, {
    body: { name: 'Given', tenant: planted.slug, readReach: 'supertenants', functions: ['ticket.read'] },
  });
  const reader = await granted(world.administrator, rita, given.id);
  expect((await reader.try(getTicket, { params: { number } })).status).toBe(200);
});

async function newcomer(by: WorldPerson, userName: string): Promise<{ id: string; secret: string }> {
  const { items } = await world.administrator.call(listRoles, { query: { search: 'Self-Service' } });
  const { id } = await by.call(addPerson, {
    body: { userName, displayName: userName, roleId: items[0]?.id as string, tenant: alpha.slug } as never,
  });
  const link = await by.call(makePasswordLink, { params: { id } });
  return { id, secret: link.path.split('#')[1] as string };
}
const redeem = (secret: string) => world.visitor().try(usePasswordLink, { body: { token: secret, password } });

test('R5.5 T-26 a link opens nobody who has become greater than its maker, and none whose maker may make it no more', async () => {
  const desk = await ana.call(addRole, {
    body: {
      name: 'Front desk',
      tenant: alpha.slug,
      readReach: 'own',
      functions: [
        'person.read',
        'person.administer',
        'ticket.read',
        'ticket.create',
        'ticket.comment',
        'request.read',
        'offering.request',
      ],
    } as never,
  });
  const clara = await granted(
    ana,
    await world.person({ tenant: alpha, role: 'self-service-user', name: 'Clara' }),
    desk.id,
  );
  const greater = await newcomer(clara, 'greater');
  const { items } = await world.administrator.call(listRoles, { query: { search: 'Tenant Administrator' } });
  await ana.call(grantRole, { params: { id: greater.id }, body: { roleId: items[0]?.id as string } });
  expect((await redeem(greater.secret)).body.type).toBe('urn:tenantry:link-not-usable');
  const orphan = await newcomer(clara, 'orphan');
  const fine = await newcomer(clara, 'fine');
  expect((await redeem(fine.secret)).status).toBe(200);
  await ana.call(endMembership, { params: { id: clara.membershipId as string } });
  expect((await redeem(orphan.secret)).body.type).toBe('urn:tenantry:link-not-usable');
});

test('R5.8 T-20 a link to somebody whose tenant was moved out of its maker’s reach opens nothing', async () => {
  const { items } = await ana.call(listPeople, { query: { tenant: child.slug } });
  const link = await ana.call(makePasswordLink, { params: { id: items[0]?.id as string } });
  await move(child, root);
  expect((await redeem(link.path.split('#')[1] as string)).status).toBe(404);
  await move(child, alpha);
});

test('T-30 a new password by link ends tokens, too', async () => {
  const tina = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Tina' });
  const { token } = await tina.call(createToken, { body: { name: 'kept', days: 30 } });
  const robot = Object.assign(world.visitor(), { token });
  expect((await robot.try(listTickets)).status).toBe(200);
  const link = await ana.call(makePasswordLink, { params: { id: tina.contactId } });
  await redeem(link.path.split('#')[1] as string);
  expect((await robot.try(listTickets)).status).toBe(401);
});

test('R4.3 nobody approves their own request under the membership of another tenant', async () => {
  const above = await world.tenant({ name: 'Above', subtenantsAllowed: true });
  const below = await world.tenant({ name: 'Below', parent: above });
  const tia = await world.person({ tenant: above, role: 'tenant-administrator', name: 'Tia', userName: 'tia' });
  const { items } = await world.administrator.call(listRoles, { query: { search: 'Tenant Administrator' } });
  const roleId = items[0]?.id as string;
  const invited = await world.administrator.call(invite, {
    body: { address: 'tia@above', roleId, tenant: below.slug } as never,
  });
  await tia.call(acceptInvitation, { body: { token: (invited.path as string).split('#')[1] as string } });
  const { version } = await world.administrator.call(getOffering, { params: { key: 'equipment' } });
  await world.person({ role: 'system-administrator', name: 'Colleague' });
  await world.administrator.call(setApproval, { params: { key: 'equipment' }, version, body: { approval: 'one' } });
  const values = { what: 'computer', reason: 'mine' };
  const made = await tia.call(createRequest, { body: { offering: 'equipment', values, tenant: below.slug } as never });
  const [there] = await world.sql<{ id: string }>(
    `select m.id from identity.memberships m join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id) where m.owner_id = $1 and c.display_name = 'Tia'`,
    [below.owner],
  );
  const other = Object.assign(Object.create(Object.getPrototypeOf(tia)), tia, { membershipId: there?.id });
  const seen = await other.call(getRequest, { params: { number: made.number } });
  expect(seen.can.approve).toBe(false);
  const answer = await other.try(decideRequest, {
    params: { number: made.number },
    version: seen.version,
    body: { decision: 'approved' },
  });
  expect([answer.status, answer.body.type]).toEqual([403, 'urn:tenantry:request.own-approval']);
});
