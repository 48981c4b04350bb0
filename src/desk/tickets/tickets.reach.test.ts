import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forest, openForest, ticketBy } from '../../../test/forest.ts';
import type { WorldPerson } from '../../../test/world.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import { addCategory } from '../categories/categories.api.ts';
import { addAssignmentGroup } from '../groups/groups.api.ts';
import { addGroupMember } from '../groups/members.api.ts';
import { addComment, listComments, listHistory } from './comments.api.ts';
import * as api from './tickets.api.ts';

let forest: Forest;
let ofA: api.Ticket;
let ofB: api.Ticket;
let ofChild: api.Ticket;
beforeAll(async () => {
  forest = await openForest();
  ofA = await ticketBy(forest.userOfA, 'Secret of A zebra');
  ofB = await ticketBy(forest.userOfB, 'Secret of B zebra');
  ofChild = await ticketBy(forest.userOfChild, 'Secret of the child zebra');
});
afterAll(() => forest.world.close());

const numbers = async (person: WorldPerson, query: object = {}) =>
  (await person.call(api.listTickets, { query })).items.map((item) => item.number).sort();
const total = async (person: WorldPerson, query: object = {}) =>
  (await person.call(api.listTickets, { query })).total?.count;
const absent = 'AL1-999999';

test('R5.3 lists, totals and search show what the reach holds: own, below, all', async () => {
  const { analyst, analystOfA, analystOfB, analystOfParent, userOfChild } = forest;
  for (const query of [{}, { text: 'zebra' }, { sort: 'priority' }, { sort: 'number' }, { status: ['new'] }]) {
    expect(await numbers(analystOfA, query)).toEqual([ofA.number]);
    expect(await numbers(analystOfB, query)).toEqual([ofB.number]);
    expect(await numbers(analystOfParent, query)).toEqual([ofChild.number]);
    expect(await numbers(userOfChild, query)).toEqual([ofChild.number]);
    expect(await numbers(analyst, query)).toEqual([ofA, ofB, ofChild].map((ticket) => ticket.number).sort());
    expect([await total(analystOfA, query), await total(analyst, query)]).toEqual([1, 3]);
  }
});

test('T-02 T-11 another tenant’s ticket is not found by any endpoint, exactly like one that never was', async () => {
  const { analystOfA, userOfA } = forest;
  const same = async (person: WorldPerson, call: (number: string) => Promise<{ status: number; text: string }>) => {
    const [foreign, none] = [await call(ofB.number), await call(absent)];
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe(none.text);
    expect(person).toBeDefined();
  };
  const params = (number: string) => ({ params: { number } });
  for (const person of [analystOfA, userOfA]) {
    await same(person, (number) => person.try(api.getTicket, params(number)));
    await same(person, (number) => person.try(listComments, params(number)));
    await same(person, (number) => person.try(listHistory, params(number)));
    await same(person, (number) => person.try(addComment, { ...params(number), body: { text: 'x' } }));
    await same(person, (number) => person.try(api.watchTicket, params(number)));
    await same(person, (number) => person.try(api.unwatchTicket, params(number)));
    for (const action of [api.reopenTicket, api.closeTicket, api.cancelTicket]) {
      await same(person, (number) => person.try(action, { ...params(number), version: 1 }));
    }
  }
  const version = { version: 1 };
  await same(analystOfA, (number) =>
    analystOfA.try(api.updateTicket, { ...params(number), ...version, body: { title: 'x' } }),
  );
  await same(analystOfA, (number) =>
    analystOfA.try(api.assignTicket, { ...params(number), ...version, body: { assignee: null } }),
  );
  await same(analystOfA, (number) => analystOfA.try(api.startTicket, { ...params(number), ...version }));
  await same(analystOfA, (number) => analystOfA.try(api.holdTicket, { ...params(number), ...version }));
  await same(analystOfA, (number) =>
    analystOfA.try(api.resolveTicket, { ...params(number), ...version, body: { resolution: 'x' } }),
  );
  await same(analystOfA, (number) =>
    analystOfA.try(api.addWatcher, { params: { number, contact: analystOfA.contactId } }),
  );
  await same(analystOfA, (number) =>
    analystOfA.try(api.removeWatcher, { params: { number, contact: analystOfA.contactId } }),
  );
});

test('R5.4 T-01 a foreign reference in a body is refused exactly like one that never was, in every field', async () => {
  const { analystOfA, analystOfB, userOfB, world, b } = forest;
  const category = await world.administrator.call(addCategory, { body: { name: 'Of B', tenant: b.slug } });
  const group = await world.administrator.call(addAssignmentGroup, { body: { name: 'Of B', tenant: b.slug } });
  const none = '01890000-0000-7000-8000-000000000000';
  const fields = {
    requester: userOfB.contactId,
    affected: userOfB.contactId,
    assignee: analystOfB.contactId,
    group: group.id,
    category: category.id,
  };
  for (const [field, foreign] of Object.entries(fields)) {
    const create = (id: string) => analystOfA.try(api.createTicket, { body: { title: 'x', [field]: id } });
    const [refused, absentOne] = [await create(foreign), await create(none)];
    expect(refused.body.type).toBe('urn:tenantry:reference-unknown');
    expect(refused.text).toBe(absentOne.text);
    const change = (id: string) =>
      ['assignee', 'group'].includes(field)
        ? analystOfA.try(api.assignTicket, {
            params: { number: ofA.number },
            version: ofA.version,
            body: { [field]: id },
          })
        : analystOfA.try(api.updateTicket, {
            params: { number: ofA.number },
            version: ofA.version,
            body: { [field]: id },
          });
    expect((await change(foreign)).text).toBe((await change(none)).text);
    expect((await change(foreign)).status).toBe(422);
  }
  expect(await numbers(analystOfA)).toEqual([ofA.number]);
});

test('R6.3 a reference to the provider’s category is refused by name, to a public one and one from above it is not', async () => {
  const { analyst, analystOfParent, world, provider, parent } = forest;
  const category = (body: { name: string; tenant?: string; public?: boolean }) =>
    world.administrator.call(addCategory, { body });
  const [providers, ofParent, open] = [
    await category({ name: 'Provider’s', tenant: provider.slug }),
    await category({ name: 'From above', tenant: parent.slug }),
    await category({ name: 'Everybody’s', public: true }),
  ];
  let ticket = await analyst.call(api.getTicket, { params: { number: ofChild.number } });
  const setTo = (id: string) => ({
    params: { number: ticket.number },
    version: ticket.version,
    body: { category: id },
  });
  const refused = await analyst.try(api.updateTicket, setTo(providers.id));
  expect(refused.body).toMatchObject({ type: 'urn:tenantry:reference-unknown', details: { field: 'category' } });
  ticket = await analyst.call(api.updateTicket, setTo(ofParent.id));
  expect(ticket.category?.name).toBe('From above');
  const seen = await forest.userOfChild.call(api.getTicket, { params: { number: ticket.number } });
  expect(seen.category?.name).toBe('From above');
  ticket = await analystOfParent.call(api.updateTicket, setTo(open.id));
  expect(ticket.category?.name).toBe('Everybody’s');
});

test('R5.9 own scope: lists, totals, search and pages hold one’s own tickets only', async () => {
  const { userOfA, otherUserOfA, analystOfA } = forest;
  const own = await ticketBy(otherUserOfA, 'Mine alone zebra');
  expect(await numbers(otherUserOfA)).toEqual([own.number]);
  expect(await numbers(otherUserOfA, { text: 'zebra' })).toEqual([own.number]);
  expect(await total(otherUserOfA, { text: 'zebra' })).toBe(1);
  expect(await numbers(userOfA, { text: 'zebra' })).toEqual([ofA.number]);
  const affected = await analystOfA.call(api.createTicket, {
    body: { title: 'About Uma', requester: otherUserOfA.contactId, affected: userOfA.contactId },
  });
  expect(await numbers(userOfA)).toEqual([ofA.number, affected.number].sort());
  expect((await userOfA.try(api.getTicket, { params: { number: own.number } })).status).toBe(404);
});

test('R5.9 groups scope: one’s own tickets and those of one’s assignment groups', async () => {
  const { world, a, analystOfA } = forest;
  const administrator = world.administrator;
  const body = {
    name: 'Group worker',
    tenant: a.slug,
    readReach: 'own' as const,
    scopeTicket: 'groups' as const,
    scopeRequest: 'own' as const,
    functions: [
      'ticket.read',
      'ticket.create',
      'ticket.update',
      'ticket.assign',
      'ticket.comment',
      'ticket.resolve',
    ] as never[],
  };
  const role = await administrator.call(addRole, { body });
  const worker = await world.person({ tenant: a, role: role.id, name: 'Gus Groups' });
  const group = await administrator.call(addAssignmentGroup, { body: { name: 'Gus’s group', tenant: a.slug } });
  await administrator.call(addGroupMember, { params: { id: group.id, contact: worker.contactId } });
  expect(await numbers(worker)).toEqual([]);
  const queued = await analystOfA.call(api.createTicket, { body: { title: 'For the group zebra', group: group.id } });
  for (const query of [{}, { text: 'zebra' }, { mine: 'groups' as const }])
    expect(await numbers(worker, query)).toEqual([queued.number]);
});

test('R5.9 internal comments and changes do not exist without ticket.read-internal, in search neither (T-09)', async () => {
  const { analystOfA, userOfA } = forest;
  await analystOfA.call(addComment, { params: { number: ofA.number }, body: { text: 'walrus' } });
  expect(await numbers(analystOfA, { text: 'walrus' })).toEqual([ofA.number]);
  expect(await numbers(userOfA, { text: 'walrus' })).toEqual([]);
  expect(await total(userOfA, { text: 'walrus' })).toBe(0);
  await userOfA.call(addComment, { params: { number: ofA.number }, body: { text: 'manatee' } });
  // Her comment made the words anew, without the right to read all of them.
  expect(await numbers(analystOfA, { text: 'walrus manatee' })).toEqual([ofA.number]);
});

test('R7.1 R10.2 the requester decides the tenant, and a form that showed another one saves nothing', async () => {
  const { analyst, userOfA, userOfB, a, b } = forest;
  const made = await analyst.call(api.createTicket, {
    body: { title: 'For Uma', requester: userOfA.contactId, tenant: a.slug },
  });
  expect(made).toMatchObject({ tenant: { slug: a.slug }, requester: { name: 'Uma User' } });
  expect(made.number).toMatch(/^AL1-/);
  const below = await forest.analystOfParent.call(api.createTicket, {
    body: { title: 'Below', tenant: forest.child.slug },
  });
  expect(below).toMatchObject({ tenant: { slug: 'child' }, requester: { name: 'Pia Parent' } });
  const before = await total(analyst);
  const mismatch = [
    { title: 'x', requester: userOfA.contactId, tenant: b.slug },
    { title: 'x', requester: userOfA.contactId, affected: userOfB.contactId },
    // The provider's people are no requesters of a tenant (R6.3).
    { title: 'x', tenant: a.slug },
    { title: 'x', affected: userOfA.contactId },
  ];
  for (const body of mismatch)
    expect((await analyst.try(api.createTicket, { body })).body).toMatchObject({
      status: 409,
      type: 'urn:tenantry:ticket.tenant-mismatch',
    });
  expect(await total(analyst)).toBe(before);
});

test('R7.2 T-15 T-16 nobody sets a tenant, number or status by writing fields; a refused ticket leaves nothing behind', async () => {
  const { userOfA, analystOfA, userOfB, world, a } = forest;
  const last = async () =>
    (await world.sql(`select last from tenancy.series where owner_id = $1 and name = 'ticket'`, [a.owner]))[0];
  const before = await last();
  for (const field of ['owner', 'ownerId', 'owner_id', 'id', 'number', 'status', 'openedAt', 'priority', 'public']) {
    const body = { title: 'x', [field]: 2 } as never;
    expect((await userOfA.try(api.createTicket, { body })).status).toBe(422);
    expect(
      (await analystOfA.try(api.updateTicket, { params: { number: ofA.number }, version: ofA.version, body })).status,
    ).toBe(422);
  }
  // Fields beyond the role's functions are refused, not dropped.
  expect(
    (await userOfA.try(api.createTicket, { body: { title: 'x', requester: forest.otherUserOfA.contactId } })).status,
  ).toBe(403);
  expect((await userOfA.try(api.createTicket, { body: { title: 'x', affected: userOfB.contactId } })).status).toBe(403);
  expect((await userOfA.try(api.createTicket, { body: { title: 'x', assignee: userOfA.contactId } })).status).toBe(403);
  expect((await userOfA.try(api.createTicket, { body: { title: 'x', tenant: 'alpha-2' } })).body.type).toMatch(
    /tenant-unknown/,
  );
  expect(await last()).toEqual(before);
  expect(await world.sql(`select from desk.tickets where owner_id <= 2`)).toEqual([]);
});

test('T-04 T-05 T-06 no ticket is without a tenant, and a tenant whose key and slug begin like another’s shares nothing', async () => {
  const { analyst, a, b, world } = forest;
  expect((await numbers(analyst, { tenant: a.slug })).every((number) => number.startsWith('AL1-'))).toBe(true);
  expect(await numbers(analyst, { tenant: b.slug })).toEqual([ofB.number]);
  await expect(world.sql('update desk.tickets set owner_id = null')).rejects.toThrow(/null/);
});

test('T-07 pages end where the reach ends: no count, cursor or page tells of more', async () => {
  const { analystOfA, analyst, userOfA } = forest;
  for (let i = 0; i < 4; i++) await ticketBy(userOfA, `Page ${i}`);
  for (const sort of ['newest', 'oldest', 'updated', 'priority', 'number'] as const) {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { number: string }[]; next: string | null } = await analystOfA.call(api.listTickets, {
        query: { limit: 2, sort, ...(cursor ? { cursor } : {}) },
      });
      seen.push(...page.items.map((item) => item.number));
      cursor = page.next;
    } while (cursor);
    expect([...seen].sort()).toEqual(await numbers(analystOfA));
    expect(new Set(seen).size).toBe(seen.length);
  }
  const { next } = await analyst.call(api.listTickets, { query: { limit: 1 } });
  const page = await analystOfA.call(api.listTickets, { query: { cursor: next as string } });
  expect(page.items.every((item) => item.number.startsWith('AL1-'))).toBe(true);
});

test('T-08 what is wrong in a filter or cursor is refused without an echo of anybody’s data', async () => {
  const wrong = [
    { cursor: 'nonsense' },
    {
      cursor: Buffer.from('newest:["2026-02-31T00:00:00+00:00","01890000-0000-7000-8000-000000000000"]').toString(
        'base64url',
      ),
    },
    { cursor: Buffer.from(`newest:["x' or true","y"]`).toString('base64url') },
    {
      cursor: Buffer.from('oldest:["2026-02-11T00:00:00+00:00","01890000-0000-7000-8000-000000000000"]').toString(
        'base64url',
      ),
    },
    { text: `" & | ! ( ) : * ' \\` },
    { openedFrom: 'yesterday' },
    { openedFrom: '0000-01-01T00:00:00Z' },
    {
      cursor: Buffer.from('newest:["0000-02-11T00:00:00+00:00","01890000-0000-7000-8000-000000000000"]').toString(
        'base64url',
      ),
    },
    { tenant: 'alpha-2' },
  ];
  for (const query of wrong) {
    const answer = await forest.analystOfA.try(api.listTickets, { query: query as never });
    expect([200, 422]).toContain(answer.status);
    expect(answer.text).not.toContain('Secret of B');
  }
});

test('T-14 what others are called is no filter: their ids find nothing', async () => {
  const { analystOfA, userOfB, analystOfB } = forest;
  expect(await numbers(analystOfA, { requester: userOfB.contactId })).toEqual([]);
  expect(await numbers(analystOfA, { assignee: analystOfB.contactId })).toEqual([]);
});

test('R9.3 the records of a tenant that is not active are readable by the provider, and nobody changes them', async () => {
  const { world, analyst, b, userOfB } = forest;
  await world.sql(`update tenancy.tenants set status = 'inactive' where owner_id = $1`, [b.owner]);
  const ticket = await analyst.call(api.getTicket, { params: { number: ofB.number } });
  expect(Object.values(ticket.can).some(Boolean)).toBe(false);
  const at = { params: { number: ofB.number }, version: ticket.version };
  expect((await analyst.try(api.startTicket, at)).body.type).toBe('urn:tenantry:read-only');
  expect((await analyst.try(addComment, { ...at, body: { text: 'x' } })).body.type).toBe('urn:tenantry:read-only');
  expect((await analyst.try(api.createTicket, { body: { title: 'x', requester: userOfB.contactId } })).body.type).toBe(
    'urn:tenantry:read-only',
  );
  await world.sql(`update tenancy.tenants set status = 'active' where owner_id = $1`, [b.owner]);
});

test('T-20 of two changes of one version one is refused, and tickets made at once are numbered one after the other', async () => {
  const { analystOfA, userOfA } = forest;
  const ticket = await ticketBy(userOfA, 'Race');
  const at = { params: { number: ticket.number }, version: ticket.version };
  const answers = await Promise.all([analystOfA.try(api.startTicket, at), analystOfA.try(api.holdTicket, at)]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
  const made = await Promise.all(Array.from({ length: 8 }, (_none, i) => ticketBy(userOfA, `At once ${i}`)));
  const sorted = made.map((one) => Number(one.number.slice(4))).sort((x, y) => x - y);
  expect(sorted).toEqual(Array.from({ length: 8 }, (_none, i) => (sorted[0] as number) + i));
});

test('R5.3 the search function itself gives no key outside reach and scope, and none to nobody', async () => {
  const { world, analyst, analystOfA, analystOfParent, userOfA } = forest;
  const keys = (person: WorldPerson) =>
    world.db.as({ kind: 'job', membershipId: person.membershipId as string }, async (tx) => {
      const { rows } = await sql<{
        owner: number;
      }>`select distinct owner_id as owner from desk.search_tickets('zebra', 100)`.execute(tx.q);
      return rows.map((row) => row.owner).sort((x, y) => x - y);
    });
  const { a, b, child } = forest;
  expect(await keys(analystOfA)).toEqual([a.owner]);
  expect(await keys(userOfA)).toEqual([a.owner]);
  expect(await keys(analystOfParent)).toEqual([child.owner]);
  expect(await keys(analyst)).toEqual([a.owner, b.owner, child.owner]);
  // Behind the wall, where no unit of work has said who acts.
  expect(await world.sql(`select * from desk.search_tickets('zebra', 100)`)).toEqual([]);
});

test('R5.3 what is assigned to somebody is listed at every reach, in every order, among theirs alone', async () => {
  const { analyst, analystOfParent, userOfA, userOfChild } = forest;
  const take = async (person: WorldPerson, { number, version }: api.Ticket) =>
    person.call(api.assignTicket, { params: { number }, version, body: { assignee: person.contactId } });
  const taken = [
    await take(analyst, await ticketBy(userOfA, 'First')),
    await take(analyst, await ticketBy(userOfChild, 'Second')),
    await take(analyst, await ticketBy(userOfA, 'Third')),
    await take(analystOfParent, await ticketBy(userOfChild, 'Fourth')),
  ].map(({ number }) => number) as [string, string, string, string];
  const inOrder = async (person: WorldPerson, query: object) =>
    (await person.call(api.listTickets, { query: { mine: 'assigned', ...query } })).items.map(({ number }) => number);
  expect(await inOrder(analyst, {})).toEqual([taken[2], taken[1], taken[0]]);
  expect(await inOrder(analyst, { sort: 'oldest' })).toEqual(taken.slice(0, 3));
  expect(await inOrder(analyst, { tenant: 'alpha' })).toEqual([taken[2], taken[0]]);
  expect(await inOrder(analystOfParent, {})).toEqual([taken[3]]);
  for (const sort of ['updated', 'priority', 'number'])
    expect((await inOrder(analyst, { sort })).toSorted()).toEqual(taken.slice(0, 3).toSorted());
  expect([await total(analyst, { mine: 'assigned' }), await total(analystOfParent, { mine: 'assigned' })]).toEqual([
    3, 1,
  ]);
  const first = await analyst.call(api.listTickets, { query: { mine: 'assigned', limit: 1 } });
  expect(await inOrder(analyst, { limit: 2, cursor: first.next as string })).toEqual([taken[1], taken[0]]);
  const { number, version } = await analyst.call(api.getTicket, { params: { number: taken[0] } });
  await analyst.call(api.cancelTicket, { params: { number }, version });
  expect(await inOrder(analyst, { status: ['in_progress', 'new'] })).toEqual([taken[2], taken[1]]);
});
