import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forest, openForest, ticketBy } from '../../../test/forest.ts';
import type { WorldTenant } from '../../../test/world.ts';
import { listAudit } from '../../administration/audit/audit.api.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../categories/categories.api.ts';
import { addAssignmentGroup } from '../groups/groups.api.ts';
import { addComment, listComments, listHistory } from './comments.api.ts';
import { moveTicket, previewTicketMove, type TicketMove } from './moves.api.ts';
import * as api from './tickets.api.ts';

let forest: Forest;
beforeAll(async () => {
  forest = await openForest();
});
afterAll(() => forest.world.close());

const of = (ticket: api.Ticket) => ({ params: { number: ticket.number }, version: ticket.version });
const numbered = (number: string) => ({ params: { number } });
const known = (number: string) => forest.analyst.call(api.getTicket, numbered(number));
const preview = (ticket: api.Ticket, to: WorldTenant) =>
  forest.analyst.call(previewTicketMove, { params: { number: ticket.number }, query: { tenant: to.slug } });

/** What the preview proposes, as the move takes it. */
function proposed({ references }: TicketMove): Record<string, string | null> {
  return Object.fromEntries(references.map(({ field, to }) => [field, to?.id ?? null]));
}

const namedIn = (tenant: WorldTenant, name: string) =>
  forest.world.administrator.call(addCategory, { body: { name, tenant: tenant.slug } });

test('R7.3 a ticket moves with its comments and history, gets a number there, and is found by the old one', async () => {
  const { analyst, analystOfA, analystOfB, userOfA, userOfB, a, b } = forest;
  const [hardware, hardwareOfB] = [await namedIn(a, 'Hardware'), await namedIn(b, 'Hardware')];
  const made = await ticketBy(userOfA, 'Misdirected parcel', { category: hardware.id });
  await analystOfA.call(addComment, {
    ...numbered(made.number),
    body: { text: 'We never ordered a zeppelin', audience: 'internal' },
  });
  await userOfA.call(addComment, { ...numbered(made.number), body: { text: 'It is huge' } });
  await analystOfA.call(api.watchTicket, numbered(made.number));
  const ticket = await analyst.call(api.watchTicket, numbered(made.number));

  const seen = await preview(ticket, b);
  expect(seen).toMatchObject({
    references: [
      { field: 'requester', from: { name: 'Uma User' }, to: null, kept: false, needed: true },
      { field: 'category', from: { id: hardware.id }, to: { id: hardwareOfB.id, name: 'Hardware' }, kept: false },
      { field: 'group', kept: false, needed: false },
    ],
    watchersLost: [{ name: 'Ana Alpha' }],
    comments: { public: 1, internal: 1 },
    sight: { gained: 1, lost: 1 },
  });
  const body = { ...proposed(seen), tenant: b.slug, requester: userOfB.contactId };
  const moved = await analyst.call(moveTicket, { ...of(ticket), body });
  expect(moved).toMatchObject({
    id: made.id,
    number: expect.stringMatching(/^AL12-\d+$/),
    tenant: { slug: b.slug },
    requester: { id: userOfB.contactId },
    category: { id: hardwareOfB.id },
    watchers: [{ name: 'Petra Provider' }],
    version: ticket.version + 1,
  });
  expect(moved.group?.id).toBe(seen.references.find(({ field }) => field === 'group')?.to?.id);

  // The other tenant has it whole, by either number and by its words; the one of before has nothing left.
  for (const number of [moved.number, made.number, made.number.toLowerCase()]) {
    expect((await analystOfB.call(api.getTicket, numbered(number))).number).toBe(moved.number);
    expect(await userOfB.call(api.getTicket, numbered(number))).toMatchObject({ id: made.id });
    for (const person of [analystOfA, userOfA])
      await expect(person.call(api.getTicket, numbered(number))).rejects.toMatchObject({ type: 'not-found' });
  }
  const { items: said } = await analystOfB.call(listComments, numbered(made.number));
  expect(said.map(({ text }) => text).sort()).toEqual(['It is huge', 'We never ordered a zeppelin']);
  const { items: history } = await userOfB.call(listHistory, numbered(moved.number));
  expect(history.map(({ field, from, to }) => `${field}: ${from}→${to}`)).toEqual(
    expect.arrayContaining([
      `created: →${made.number}`,
      `number: ${made.number}→${moved.number}`,
      'requester: Uma User→Ben Beta',
    ]),
  );
  for (const text of ['zeppelin', made.number, moved.number]) {
    const { items } = await analystOfB.call(api.listTickets, { query: { text } });
    expect(items.map(({ number }) => number)).toEqual([moved.number]);
    expect((await analystOfA.call(api.listTickets, { query: { text } })).items).toEqual([]);
  }
});

test('R7.3 the same person in both tenants, what is public, of the provider or from above needs no decision', async () => {
  const { world, analyst, analystOfParent, parent, child } = forest;
  const shared = await namedIn(parent, 'From above');
  const team = await world.administrator.call(addAssignmentGroup, {
    body: { name: 'Our second line', tenant: forest.provider.slug },
  });
  const both = await world.person({ tenant: child, role: 'self-service-user', name: 'Bo Both' });
  const ticket = await analyst.call(api.createTicket, {
    body: {
      title: 'For the child',
      requester: both.contactId,
      category: shared.id,
      group: team.id,
      assignee: analyst.contactId,
    },
  });
  const upward = await preview(ticket, parent);
  expect(upward.references).toMatchObject([
    { field: 'requester', kept: false, to: null },
    { field: 'category', kept: true },
    { field: 'group', kept: true },
    { field: 'assignee', kept: true },
  ]);
  const up = await analyst.call(moveTicket, {
    ...of(ticket),
    body: { tenant: parent.slug, requester: analystOfParent.contactId },
  });
  expect(up).toMatchObject({
    category: { id: shared.id },
    group: { id: team.id },
    assignee: { id: analyst.contactId },
  });
  // Down again: who asked there may be named below, and stays.
  const down = await preview(up, child);
  expect(down.references.every(({ kept }) => kept)).toBe(true);
  const back = await analyst.call(moveTicket, { ...of(up), body: { tenant: child.slug } });
  expect((await known(ticket.number)).id).toBe(ticket.id);
  expect((await known(up.number)).number).toBe(back.number);
});

test('R7.3 what cannot stay has to be decided, and nothing moves before', async () => {
  const { analyst, userOfA, userOfB, a, b } = forest;
  const category = await namedIn(a, 'Only here');
  const ticket = await ticketBy(userOfA, 'Undecided', { category: category.id });
  const attempt = (body: object) => analyst.call(moveTicket, { ...of(ticket), body: { tenant: b.slug, ...body } });
  const group = null;
  await expect(attempt({})).rejects.toMatchObject({
    type: 'ticket.move-undecided',
    body: { details: { field: 'requester' } },
  });
  const requester = userOfB.contactId;
  await expect(attempt({ requester, group })).rejects.toMatchObject({ body: { details: { field: 'category' } } });
  await expect(attempt({ requester, group, category: category.id })).rejects.toMatchObject({
    type: 'reference-unknown',
  });
  await expect(attempt({ requester: userOfA.contactId, category: null, group })).rejects.toMatchObject({
    type: 'reference-unknown',
  });
  expect(await known(ticket.number)).toMatchObject({ version: ticket.version, tenant: { slug: a.slug } });
  expect(await attempt({ requester, group, category: null })).toMatchObject({ category: null, group: null });
});

/** The desk's part of a request makes its ticket. */
async function ticketOfRequest(): Promise<string> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const { items } = await forest.analyst.call(api.listTickets, { query: { type: 'request' } });
    if (items[0]) return items[0].number;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('the request never became a ticket');
}

test('R7.3 only whoever writes both tenants moves, and only a ticket that fulfils no request', async () => {
  const { world, analyst, analystOfA, userOfA, userOfB, a, b } = forest;
  const ticket = await ticketBy(userOfA, 'Stays here');
  const body = { tenant: b.slug, requester: userOfB.contactId, group: null };
  await expect(analystOfA.call(moveTicket, { ...of(ticket), body })).rejects.toMatchObject({ type: 'not-allowed' });
  const administrator = await world.person({ tenant: a, role: 'tenant-administrator', name: 'Ada Alpha' });
  expect((await administrator.call(api.getTicket, numbered(ticket.number))).can.move).toBe(false);
  await expect(administrator.call(moveTicket, { ...of(ticket), body })).rejects.toMatchObject({
    type: 'tenant-unknown',
  });
  for (const tenant of ['no-such-tenant', 'public', 'unassigned'])
    await expect(analyst.call(moveTicket, { ...of(ticket), body: { ...body, tenant } })).rejects.toMatchObject({
      type: 'tenant-unknown',
    });
  await expect(analyst.call(moveTicket, { ...of(ticket), body: { ...body, tenant: a.slug } })).rejects.toMatchObject({
    type: 'ticket.already-there',
  });
  await expect(analyst.call(moveTicket, { ...of(ticket), version: ticket.version + 1, body })).rejects.toMatchObject({
    type: 'version-stale',
  });

  const values = { what: 'screen', reason: 'The old one flickers' };
  await userOfA.call(createRequest, { body: { offering: 'equipment', values } });
  const whole = await known(await ticketOfRequest());
  expect(whole.can.move).toBe(false);
  await expect(analyst.call(moveTicket, { ...of(whole), body })).rejects.toMatchObject({ type: 'ticket.not-possible' });
});

test('R5.4 R7.3 whoever reads one of the tenants learns nothing of the other: foreign and absent are one answer', async () => {
  const { world, userOfA, a, b, parent, child } = forest;
  const boss = await world.person({ tenant: parent, role: 'tenant-administrator', name: 'Pam Parent' });
  const [theirs, mine] = [await ticketBy(userOfA, 'Not theirs'), await ticketBy(forest.userOfChild, 'Theirs')];
  const ask = (number: string, tenant: string) =>
    boss.call(previewTicketMove, { params: { number }, query: { tenant } }).then(
      () => 'seen',
      (refusal) => refusal.type,
    );
  expect(await ask(mine.number, parent.slug)).toBe('seen');
  expect(await ask(theirs.number, parent.slug)).toBe('not-found');
  expect(await ask('AL1-999999', parent.slug)).toBe('not-found');
  for (const tenant of [a.slug, b.slug, 'nobody']) expect(await ask(mine.number, tenant)).toBe('tenant-unknown');
  expect(child.slug).toBe(mine.tenant?.slug ?? child.slug);
});

test('R7.3 R11.1 both tenants have it in their audit, and neither entry names the other tenant', async () => {
  const { world, analyst, userOfA, userOfB, a, b } = forest;
  const ticket = await ticketBy(userOfA, 'Audited');
  const moved = await analyst.call(moveTicket, {
    ...of(ticket),
    body: { tenant: b.slug, requester: userOfB.contactId, group: null },
  });
  const entries = async (tenant: WorldTenant, action: string) => {
    const auditor = await world.person({ tenant, role: 'tenant-auditor', name: `Auditor of ${tenant.slug}` });
    return (await auditor.call(listAudit, { query: { action } })).items.filter(({ subject }) =>
      [ticket.number, moved.number].includes(subject.label),
    );
  };
  const [away] = await entries(a, 'ticket.moved-away');
  const [here] = await entries(b, 'ticket.moved-here');
  expect(away).toMatchObject({ subject: { label: ticket.number } });
  expect(JSON.stringify(away)).not.toMatch(/AL12|Alpha Two|alpha-2/);
  expect(here).toMatchObject({ subject: { label: moved.number } });
  expect(JSON.stringify(here)).not.toMatch(/"Alpha"|"alpha"/);
});

test('R7.3 who comments while it moves has commented there, or is told; no word is left behind', async () => {
  const { analyst, userOfA, userOfB, a, b } = forest;
  for (let round = 0; round < 8; round++) {
    const ticket = await ticketBy(userOfA, `Moving ${round}`);
    const said = Array.from({ length: 4 }, (_, place) =>
      analyst
        .call(addComment, { ...numbered(ticket.number), body: { text: `word ${place}`, audience: 'public' } })
        .then(
          () => `word ${place}`,
          (refusal) => {
            expect(refusal.type).toBe('version-stale');
            return null;
          },
        ),
    );
    const body = { tenant: b.slug, requester: userOfB.contactId, group: null };
    const moved = await analyst.call(moveTicket, { ...of(ticket), body });
    const kept = (await Promise.all(said)).filter((text) => text !== null).sort();
    const { items } = await analyst.call(listComments, numbered(moved.number));
    expect(items.map(({ text }) => text).sort()).toEqual(kept);
    expect(a.slug).not.toBe(moved.tenant?.slug);
  }
});
