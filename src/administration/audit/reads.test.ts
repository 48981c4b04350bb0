import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { addComment, listComments } from '../../desk/tickets/comments.api.ts';
import { createTicket, exportTickets, getTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
import { getPerson, listPeople } from '../../identity/people/people.api.ts';
import { ReadLog } from '../../platform/reads.ts';
import { sealAudit } from './sealing.ts';

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
let reader: WorldPerson;
let analyst: WorldPerson;
let number: string;
beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
  reader = await world.person({ role: 'provider-analyst', name: 'Rita Reader' });
  analyst = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Ana' });
  const other = await world.person({ tenant: beta, role: 'tenant-analyst', name: 'Beto' });
  number = (await analyst.call(createTicket, { body: { title: 'From Alpha' } })).number;
  await other.call(createTicket, { body: { title: 'From Beta' } });
});
afterAll(() => world.close());

interface Found {
  action: string;
  label: string;
  details: Record<string, unknown>;
}
/** What the reader left in a tenant, the oldest first. */
function leftIn(tenant: WorldTenant, by: WorldPerson = reader): Promise<Found[]> {
  return world.sql<Found & Record<string, unknown>>(
    `select action, subject_label as label, details from platform.audit_entries
     where owner_id = $1 and actor_membership_id = $2 order by at, id`,
    [tenant.owner, by.membershipId],
  );
}
const actionsIn = async (tenant: WorldTenant, by?: WorldPerson) =>
  (await leftIn(tenant, by)).map(({ action }) => action);

test('R11.1 each opening and each export has an entry of its own, before the answer, of every kind of record', async () => {
  await reader.call(getTicket, { params: { number } });
  await reader.call(getTicket, { params: { number } });
  await reader.call(getPerson, { params: { id: analyst.contactId } });
  await reader.try(exportTickets, { query: { status: 'new' } as never });
  const found = await leftIn(alpha);
  expect(found.map(({ action, label }) => [action, label])).toEqual([
    ['ticket.read', number],
    ['ticket.read', number],
    ['person.read', 'Ana'],
    ['ticket.exported', 'CSV'],
  ]);
});

test('R11.1 a list has one entry in each tenant that it shows; repeats are counted with it and told when the window closes', async () => {
  const before = [(await leftIn(alpha)).length, (await leftIn(beta)).length];
  for (const text of ['From', 'From Alpha', 'From']) await reader.call(listTickets, { query: { text } });
  const [inAlpha, inBeta] = [(await leftIn(alpha)).slice(before[0]), (await leftIn(beta)).slice(before[1])];
  expect([inAlpha.map((one) => one.action), inBeta.map((one) => one.action)]).toEqual([
    ['ticket.listed'],
    ['ticket.listed'],
  ]);
  // Which filters there were, but not what was looked for, nor whose records stood beside.
  expect(inAlpha[0]?.details).toEqual({ endpoint: 'GET /tickets', filters: ['text'] });
  const windows = () =>
    world.sql<{ owner_id: number; calls: number }>(
      `select owner_id, calls from platform.read_windows where membership_id = $1 and endpoint = 'GET /tickets' order by 1`,
      [reader.membershipId],
    );
  expect(await windows()).toEqual([
    { owner_id: alpha.owner, calls: 3 },
    { owner_id: beta.owner, calls: 2 },
  ]);
  await sealAudit(world.db);
  expect(await windows()).toHaveLength(2);
  // A quarter of an hour passes.
  await world.sql(`update platform.read_windows set begun_at = begun_at - interval '15 minutes'`);
  await sealAudit(world.db);
  expect(await windows()).toEqual([]);
  const closed = (await leftIn(alpha)).at(-1);
  expect(closed).toMatchObject({ action: 'ticket.listed-again', details: { endpoint: 'GET /tickets', repeats: 2 } });
  expect(Date.parse(String(closed?.details.until))).toBeGreaterThan(Date.parse(String(closed?.details.since)));
  await reader.call(listTickets);
  expect((await actionsIn(alpha)).slice(-2)).toEqual(['ticket.listed-again', 'ticket.listed']);
});

test('R11.1 a window that has run out is closed by the next call, if no job was there before', async () => {
  await reader.call(listPeople);
  await reader.call(listPeople);
  await world.sql(`update platform.read_windows set begun_at = begun_at - interval '15 minutes'`);
  await reader.call(listPeople);
  const people = (await actionsIn(alpha)).filter((action) => action.startsWith('person.listed'));
  expect(people).toEqual(['person.listed', 'person.listed-again', 'person.listed']);
});

test('R11.1 parts of different records are not joined with one another', async () => {
  const second = await analyst.call(createTicket, { body: { title: 'Another' } });
  await analyst.call(addComment, { params: { number }, body: { text: 'said' } });
  for (const of of [number, second.number, number]) await reader.call(listComments, { params: { number: of } });
  const comments = (await leftIn(alpha)).filter(({ action }) => action === 'comment.listed');
  expect(comments.map(({ label }) => label)).toEqual([number, second.number]);
});

test('R11.1 nobody leaves an entry by reading their own tenant, or by being refused', async () => {
  await analyst.call(getTicket, { params: { number } });
  await analyst.call(listTickets);
  await analyst.call(listPeople);
  expect((await actionsIn(alpha, analyst)).filter((action) => /read|listed/.test(action))).toEqual([]);
  const before = await leftIn(alpha);
  expect((await reader.try(getTicket, { params: { number: 'ALPH-999' } })).status).toBe(404);
  expect(await leftIn(alpha)).toEqual(before);
});

test('R11.1 an administrator of a parent tenant reads as a stranger does; what is public is nobody’s', async () => {
  const parent = await world.tenant({ name: 'Parent' });
  const child = await world.tenant({ name: 'Child', parent });
  const owner = await world.person({ tenant: parent, role: 'tenant-administrator', name: 'Pia' });
  const inside = await world.person({ tenant: child, role: 'tenant-analyst', name: 'Chus' });
  const made = await inside.call(createTicket, { body: { title: 'Below' } });
  await owner.call(getTicket, { params: { number: made.number } });
  expect(await actionsIn(child, owner)).toEqual(['ticket.read']);
  const [row] = await world.sql(
    `select count(*)::int as n from platform.audit_entries where owner_id in (1, 2) and action ~ '[.](read|listed)$'`,
  );
  expect(row?.n).toBe(0);
});

test('R11.1 many at once lose nothing, and share their batches', async () => {
  const opened = async () => (await actionsIn(alpha)).filter((action) => action === 'ticket.read').length;
  const before = await opened();
  await Promise.all(Array.from({ length: 40 }, () => reader.call(getTicket, { params: { number } })));
  expect((await opened()) - before).toBe(40);
  const [row] = await world.sql<{ n: number }>(
    `select count(distinct transaction)::int as n from (select transaction from platform.audit_entries
       where action = 'ticket.read' order by at desc limit 40) last`,
  );
  expect(row?.n).toBeLessThan(40);
});

test('R11.1 a read that cannot be noted is not answered', async () => {
  await world.sql(
    'alter table platform.audit_entries add constraint full_for_now check (action <> $$ticket.read$$) not valid',
  );
  const answer = await reader.try(getTicket, { params: { number } });
  await world.sql('alter table platform.audit_entries drop constraint full_for_now');
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain('From Alpha');
  expect((await reader.try(getTicket, { params: { number } })).status).toBe(200);
});

test('R11.1 whoever waits while a batch is written goes with the next one, all of them together', async () => {
  const batches: number[] = [];
  let letGo = () => {};
  const first = new Promise<void>((done) => {
    letGo = done;
  });
  const log = new ReadLog(async (reads) => {
    batches.push((JSON.parse(reads) as unknown[]).length);
    if (batches.length === 1) await first;
    if (batches.length === 3) throw new Error('no more room');
  });
  const read = {} as Parameters<ReadLog['note']>[0][number];
  const one = log.note([read]);
  const two = Promise.all([log.note([read]), log.note([read, read])]);
  letGo();
  await Promise.all([one, two]);
  expect(batches).toEqual([1, 3]);
  await expect(log.note([read])).rejects.toThrow('no more room');
  await log.note([read]);
  expect(batches).toEqual([1, 3, 1, 1]);
});
