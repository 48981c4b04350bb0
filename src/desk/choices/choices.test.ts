import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forest, openForest } from '../../../test/forest.ts';
import type { WorldPerson } from '../../../test/world.ts';
import * as categories from '../categories/categories.api.ts';
import { findContacts } from '../contacts/contacts.api.ts';
import * as groups from '../groups/groups.api.ts';
import { addGroupMember, listGroupMembers, removeGroupMember } from '../groups/members.api.ts';
import { getQueue, setQueue } from '../groups/queues.api.ts';
import * as locations from '../locations/locations.api.ts';
import { createTicket } from '../tickets/tickets.api.ts';

let forest: Forest;
let administratorOfParent: WorldPerson;
beforeAll(async () => {
  forest = await openForest();
  const { world, a, b, parent, child, provider } = forest;
  administratorOfParent = await world.person({ tenant: parent, role: 'tenant-administrator', name: 'Paz Parent' });
  await world.administrator.call(categories.addCategory, { body: { name: 'Public', public: true } });
  for (const tenant of [a, b, parent, child, provider]) {
    await world.administrator.call(categories.addCategory, {
      body: { name: `Of ${tenant.name}`, tenant: tenant.slug },
    });
  }
});
afterAll(() => forest.world.close());

const names = async (person: WorldPerson, query: object = {}) =>
  (await person.call(categories.listCategories, { query })).items.map((item) => item.name);

test('R5.3 one reads one’s own, public ones, and those from above', async () => {
  const { analystOfA, analystOfParent, userOfChild, analyst } = forest;
  expect(await names(analystOfA)).toEqual(['Of Alpha', 'Public']);
  expect(await names(userOfChild)).toEqual(['Of Child', 'Of Parent', 'Public']);
  expect(await names(analystOfParent)).toEqual(['Of Child', 'Of Parent', 'Public']);
  expect(await names(analyst)).toHaveLength(6);
});

test('R10.3 the public filter includes, excludes, or shows nothing else', async () => {
  const { analystOfA } = forest;
  expect(await names(analystOfA, { public: 'include' })).toEqual(['Of Alpha', 'Public']);
  expect(await names(analystOfA, { public: 'exclude' })).toEqual(['Of Alpha']);
  expect(await names(analystOfA, { public: 'only' })).toEqual(['Public']);
});

test('a list for a tenant’s ticket offers what it can refer to (R6.3)', async () => {
  const { analyst, child, a } = forest;
  expect(await names(analyst, { for: child.slug })).toEqual(['Of Child', 'Of Parent', 'Public']);
  expect(await names(analyst, { tenant: a.slug, public: 'exclude' })).toEqual(['Of Alpha']);
  expect(await names(analyst, { search: 'PAREN' })).toEqual(['Of Parent']);
});

test('pages of names end where the list ends', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: { name: string }[]; next: string | null } = await forest.analystOfParent.call(
      categories.listCategories,
      {
        query: { limit: 1, ...(cursor ? { cursor } : {}) },
      },
    );
    seen.push(...page.items.map((item) => item.name));
    cursor = page.next;
  } while (cursor);
  expect(seen).toEqual(['Of Child', 'Of Parent', 'Public']);
});

test('R6.2 R7.2 nothing becomes public by omission, and public ones are written by the provider alone', async () => {
  const { world } = forest;
  const add = (person: WorldPerson, body: object) => person.try(categories.addCategory, { body: body as never });
  expect((await add(administratorOfParent, { name: 'Unsaid' })).body.type).toMatch(/tenant-needed/);
  expect((await add(administratorOfParent, { name: 'For all', public: true })).status).toBe(403);
  expect((await add(world.administrator, { name: 'Both', public: true, tenant: 'parent' })).status).toBe(422);
  expect((await add(administratorOfParent, { name: 'Of another', tenant: 'alpha' })).body.type).toMatch(
    /tenant-unknown/,
  );
});

test('T-18 what is public or from above is read-only below, and says so', async () => {
  const { items } = await administratorOfParent.call(categories.listCategories);
  const can = Object.fromEntries(items.map((item) => [item.name, item.can.update]));
  expect(can).toEqual({ 'Of Child': true, 'Of Parent': true, Public: false });
  const open = items.find((item) => item.public) as (typeof items)[0];
  const refused = await administratorOfParent.try(categories.updateCategory, {
    params: { id: open.id },
    version: open.version,
    body: { name: 'Mine' },
  });
  expect(refused.body).toMatchObject({ status: 403, type: 'urn:tenantry:read-only' });
});

test('a name is taken once in a tenant whatever its case, and free in every other', async () => {
  const { world } = forest;
  const add = (name: string, tenant: string) =>
    world.administrator.try(locations.addLocation, { body: { name, tenant } });
  expect((await add('Main Hall', 'alpha')).status).toBe(201);
  expect((await add('MAIN  hall', 'alpha')).body).toMatchObject({
    status: 409,
    type: 'urn:tenantry:choice.name-taken',
  });
  expect((await add('Main Hall', 'alpha-2')).status).toBe(201);
});

test('a deactivated record can no longer be chosen, and an older version is refused', async () => {
  const { world, analystOfA } = forest;
  const location = await world.administrator.call(locations.addLocation, {
    body: { name: 'Closed soon', tenant: 'alpha' },
  });
  const params = { id: location.id };
  const off = await world.administrator.call(locations.deactivateLocation, { params, version: location.version });
  expect(off).toMatchObject({ status: 'inactive', can: { deactivate: false, reactivate: true } });
  expect(
    (await world.administrator.try(locations.reactivateLocation, { params, version: location.version })).status,
  ).toBe(412);
  expect((await analystOfA.try(createTicket, { body: { title: 'x', location: location.id } })).status).toBe(422);
  const { items } = await analystOfA.call(locations.listLocations, { query: { status: 'active' } });
  expect(items.map((item) => item.name)).not.toContain('Closed soon');
});

test('assignment groups have the members that one may see; another tenant’s person cannot be put in', async () => {
  const { analystOfA, userOfB, analystOfB } = forest;
  const { world, a } = forest;
  const group = await world.administrator.call(groups.addAssignmentGroup, {
    body: { name: 'Alpha’s', tenant: a.slug },
  });
  await world.administrator.call(addGroupMember, { params: { id: group.id, contact: analystOfA.contactId } });
  const members = await analystOfA.call(listGroupMembers, { params: { id: group.id } });
  expect(members.items.map((item) => item.name)).toEqual(['Ana Alpha']);
  expect(
    (await world.administrator.try(addGroupMember, { params: { id: group.id, contact: userOfB.contactId } })).status,
  ).toBe(422);
  expect((await analystOfB.try(listGroupMembers, { params: { id: group.id } })).status).toBe(404);
  await world.administrator.call(removeGroupMember, { params: { id: group.id, contact: analystOfA.contactId } });
  expect((await analystOfA.call(listGroupMembers, { params: { id: group.id } })).items).toEqual([]);
});

test('T-11 pickers of people offer those in reach, and for a ticket those that it can name', async () => {
  const { analyst, analystOfA, userOfA, userOfB } = forest;
  const people = async (person: WorldPerson, query: object) =>
    (await person.call(findContacts, { query })).items.map((item) => item.name);
  expect(await people(analystOfA, { search: 'a' })).toEqual(['Ana Alpha', 'Uma User']);
  expect(await people(analystOfA, { search: 'beta' })).toEqual([]);
  const ticket = await userOfB.call(createTicket, { body: { title: 'Pick' } });
  expect(await people(analyst, { ticket: ticket.number })).toEqual(['Bea Beta', 'Ben Beta']);
  const working = await people(analyst, { ticket: ticket.number, as: 'assignee' });
  expect(working).toContain('Petra Provider');
  expect(working).toContain('Bea Beta');
  expect(working).not.toContain('Ben Beta');
  expect((await userOfA.try(findContacts)).status).toBe(403);
  expect((await analystOfA.try(findContacts, { query: { ticket: ticket.number } })).status).toBe(404);
});

test('a name that nobody could see is refused', async () => {
  const { administrator } = forest.world;
  for (const name of [' ', '\u200b', '\u3164\u00ad']) {
    expect((await administrator.try(categories.addCategory, { body: { name } })).status).toBe(422);
  }
});

test('R4.4 R6.3 the queue of new tickets is chosen among groups that a ticket can have, and is not deactivated meanwhile', async () => {
  const { a, b, provider, world } = forest;
  const ana = await world.person({ tenant: a, role: 'tenant-administrator', name: 'Ana Queue' });
  const before = await ana.call(getQueue);
  expect(before).toMatchObject({ tenant: { slug: a.slug }, group: { name: 'Service desk' }, can: { update: true } });
  const add = (tenant: { slug: string }, name: string) =>
    world.administrator.call(groups.addAssignmentGroup, { body: { name, tenant: tenant.slug } });
  const [own, ofB, ofProvider] = [await add(a, 'Fast lane'), await add(b, 'Of Bravo'), await add(provider, 'Night')];
  expect(await ana.call(setQueue, { body: { group: own.id } })).toMatchObject({ group: { name: 'Fast lane' } });
  const ticket = await ana.call(createTicket, { body: { title: 'Where to' } });
  expect(ticket.group).toMatchObject({ id: own.id });
  const refused = await ana.try(groups.deactivateAssignmentGroup, { params: { id: own.id }, version: own.version });
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:tenantry:queue.is-default']);
  const foreign = await ana.try(setQueue, { body: { group: ofB.id } });
  const absent = await ana.try(setQueue, { body: { group: '01a207d0-0000-7000-8000-000000000000' } });
  expect([foreign.status, foreign.body.type]).toEqual([absent.status, absent.body.type]);
  expect(foreign.status).toBeGreaterThanOrEqual(400);
  // The provider's group may receive them, and its label is all that the tenant's people see of it.
  await world.administrator.call(setQueue, { body: { tenant: a.slug, group: ofProvider.id } });
  expect(await ana.call(getQueue)).toMatchObject({ group: { name: 'Night' } });
  // R5.4: to whom it is not shown, it is absent, although their tenant's tickets go there.
  const unseen = { params: { id: ofProvider.id }, version: ofProvider.version };
  expect((await ana.try(groups.deactivateAssignmentGroup, unseen)).status).toBe(404);
  expect((await forest.analystOfA.call(getQueue)).can.update).toBe(false);
});
