import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forest, openForest, ticketBy } from '../../../test/forest.ts';
import { addAssignmentGroup } from '../groups/groups.api.ts';
import { addComment, listComments, listHistory } from './comments.api.ts';
import * as api from './tickets.api.ts';

let forest: Forest;
beforeAll(async () => {
  forest = await openForest();
});
afterAll(() => forest.world.close());

const at = (ticket: api.Ticket) => ({ params: { number: ticket.number }, version: ticket.version });

test('a person creates a ticket for themselves, numbered in their tenant’s series', async () => {
  const first = await ticketBy(forest.userOfA, 'The printer is on fire', {
    description: 'Third floor',
    impact: 'high',
    urgency: 'high',
  });
  const second = await ticketBy(forest.userOfA, 'It is out again');
  expect(first).toMatchObject({
    type: 'incident',
    status: 'new',
    priority: 'critical',
    requester: { id: forest.userOfA.contactId, name: 'Uma User' },
  });
  expect(second.priority).toBe('moderate');
  const [one, two] = [first, second].map((ticket) => Number(ticket.number.replace('AL1-', '')));
  expect(two).toBe((one as number) + 1);
});

test('a ticket goes from report to closure, and its history says who did what', async () => {
  const { analystOfA, userOfA } = forest;
  let ticket = await ticketBy(userOfA, 'No network');
  ticket = await analystOfA.call(api.updateTicket, {
    ...at(ticket),
    body: { title: 'No network in room 3', impact: 'high' },
  });
  ticket = await analystOfA.call(api.assignTicket, { ...at(ticket), body: { assignee: analystOfA.contactId } });
  ticket = await analystOfA.call(api.startTicket, at(ticket));
  ticket = await analystOfA.call(api.holdTicket, at(ticket));
  ticket = await analystOfA.call(api.resolveTicket, { ...at(ticket), body: { resolution: 'A new cable' } });
  expect(ticket).toMatchObject({
    status: 'resolved',
    resolution: 'A new cable',
    priority: 'high',
    assignee: { name: 'Ana Alpha' },
  });
  expect(ticket.resolvedAt).not.toBeNull();
  ticket = await userOfA.call(api.reopenTicket, at(ticket));
  expect(ticket).toMatchObject({ status: 'in_progress', resolution: '', resolvedAt: null });
  ticket = await analystOfA.call(api.resolveTicket, { ...at(ticket), body: { resolution: 'Another cable' } });
  ticket = await userOfA.call(api.closeTicket, at(ticket));
  expect(ticket.status).toBe('closed');
  const { items } = await analystOfA.call(listHistory, { params: { number: ticket.number } });
  expect(items.map(({ by, field, from, to }) => `${by}: ${field} ${from}→${to}`)).toEqual([
    `Uma User: created →${ticket.number}`,
    'Ana Alpha: title No network→No network in room 3',
    'Ana Alpha: impact medium→high',
    'Ana Alpha: priority moderate→high',
    'Ana Alpha: assignee →Ana Alpha',
    'Ana Alpha: status new→in_progress',
    'Ana Alpha: status in_progress→on_hold',
    'Ana Alpha: status on_hold→resolved',
    'Ana Alpha: resolution →A new cable',
    'Uma User: status resolved→in_progress',
    'Uma User: resolution A new cable→',
    'Ana Alpha: status in_progress→resolved',
    'Ana Alpha: resolution →Another cable',
    'Uma User: status resolved→closed',
  ]);
  const seen = await userOfA.call(listHistory, { params: { number: ticket.number } });
  expect(seen.items.filter((change) => change.internal || ['assignee', 'impact'].includes(change.field))).toEqual([]);
});

test('what a ticket does not offer is refused, and it says before what it offers', async () => {
  const { analystOfA, userOfA } = forest;
  const ticket = await ticketBy(userOfA, 'Cancel me');
  expect(ticket.can).toMatchObject({ cancel: true, comment: true, update: false, resolve: false, close: false });
  const cancelled = await userOfA.call(api.cancelTicket, at(ticket));
  expect(Object.values({ ...cancelled.can, watch: false }).some(Boolean)).toBe(false);
  expect((await analystOfA.try(api.resolveTicket, { ...at(cancelled), body: { resolution: 'x' } })).body.type).toBe(
    'urn:tenantry:ticket.not-possible',
  );
});

test('R2.6 a change with an older version is refused, and one without a version', async () => {
  const ticket = await ticketBy(forest.userOfA, 'Versions');
  await forest.analystOfA.call(api.startTicket, at(ticket));
  expect((await forest.analystOfA.try(api.holdTicket, at(ticket))).status).toBe(412);
  expect((await forest.analystOfA.try(api.holdTicket, { params: { number: ticket.number } })).status).toBe(428);
});

test('an analyst’s comment is internal until they choose otherwise, and the answer says who will read it', async () => {
  const { analystOfA, userOfA } = forest;
  const ticket = await ticketBy(userOfA, 'Comments');
  const number = { params: { number: ticket.number } };
  const inside = await analystOfA.call(addComment, { ...number, body: { text: 'He always says that' } });
  expect(inside).toMatchObject({ comment: { audience: 'internal' }, readers: { audience: 'internal', people: [] } });
  const outside = await analystOfA.call(addComment, {
    ...number,
    body: { text: 'We are looking at it', audience: 'public' },
  });
  expect(outside.readers).toEqual({ audience: 'public', people: ['Uma User'] });
  const answer = await userOfA.call(addComment, { ...number, body: { text: 'Thank you' } });
  expect(answer.comment.audience).toBe('public');
  expect((await userOfA.try(addComment, { ...number, body: { text: 'psst', audience: 'internal' } })).status).toBe(403);
  const texts = async (person: typeof userOfA) =>
    (await person.call(listComments, number)).items.map((comment) => comment.text);
  expect(await texts(analystOfA)).toEqual(['He always says that', 'We are looking at it', 'Thank you']);
  expect(await texts(userOfA)).toEqual(['We are looking at it', 'Thank you']);
});

test('R5.9 watching lets somebody read a ticket, until they stop', async () => {
  const { analystOfA, userOfA, otherUserOfA } = forest;
  const ticket = await ticketBy(userOfA, 'Watch me');
  const number = { params: { number: ticket.number } };
  expect((await otherUserOfA.try(api.getTicket, number)).status).toBe(404);
  const watched = await analystOfA.call(api.addWatcher, {
    params: { number: ticket.number, contact: otherUserOfA.contactId },
  });
  expect(watched.watchers).toEqual([{ id: otherUserOfA.contactId, name: 'Otto Other' }]);
  expect((await otherUserOfA.call(api.listTickets)).items.map((item) => item.number)).toContain(ticket.number);
  await otherUserOfA.call(api.unwatchTicket, number);
  expect((await otherUserOfA.try(api.getTicket, number)).status).toBe(404);
  expect((await otherUserOfA.call(api.listTickets)).items.map((item) => item.number)).not.toContain(ticket.number);
});

test('the provider’s analyst assigns a tenant’s ticket to a group and a person of the provider', async () => {
  const { world, analyst, analystOfA, userOfA } = forest;
  const ticket = await ticketBy(userOfA, 'For the provider');
  const group = await world.administrator.call(addAssignmentGroup, {
    body: { name: 'Second line', tenant: forest.provider.slug },
  });
  const assigned = await analyst.call(api.assignTicket, {
    ...at(ticket),
    body: { group: group.id, assignee: analyst.contactId },
  });
  expect(assigned).toMatchObject({ group: { name: 'Second line' }, assignee: { name: 'Petra Provider' } });
  // R5.4: the label of a legal reference, and nothing more, where its target is out of reach.
  const seen = await analystOfA.call(api.getTicket, { params: { number: ticket.number } });
  expect(seen).toMatchObject({
    group: { id: group.id, name: 'Second line' },
    assignee: { id: analyst.contactId, name: 'Petra Provider' },
  });
});

test('every way in is audited in the ticket’s tenant, opening from outside as well', async () => {
  const ticket = await ticketBy(forest.userOfA, 'Audited');
  await forest.analyst.call(api.getTicket, { params: { number: ticket.number } });
  const entries = await forest.world.sql(
    'select action, owner_id, actor_label from platform.audit_entries where subject_label = $1 order by at',
    [ticket.number],
  );
  expect(entries).toEqual([
    { action: 'ticket.created', owner_id: forest.a.owner, actor_label: 'Uma User' },
    { action: 'ticket.read', owner_id: forest.a.owner, actor_label: 'Petra Provider' },
  ]);
});
