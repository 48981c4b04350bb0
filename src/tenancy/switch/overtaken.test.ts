import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Requesting, requesting } from '../../../test/requesting.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { fulfillmentQueue } from '../../catalog/fulfillment/engine.ts';
import { createRequest, getRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { createTicket, getTicket } from '../../desk/tickets/tickets.api.ts';
import { newId } from '../../platform/ids.ts';
import { getMultiTenancy, previewDisabling } from './switch.api.ts';

let world: World;
let asked: Requesting;
let administrator: WorldPerson;

beforeEach(async () => {
  world = await openWorld();
  asked = requesting(world);
  administrator = world.administrator;
});
afterEach(() => world.close());

async function enable(): Promise<void> {
  await asked.done(administrator, 'multi-tenancy', { state: 'on', providerName: 'Northwind' });
  administrator.tenant = await tenantBy('northwind');
}

async function disable(): Promise<void> {
  const { id: previewId } = await administrator.call(previewDisabling);
  await asked.done(administrator, 'multi-tenancy', { state: 'off', previewId, confirmation: 'Northwind' });
}

async function tenantBy(slug: string): Promise<WorldTenant> {
  const [row] = await world.sql<WorldTenant & Record<string, unknown>>(
    'select owner_id as owner, id, name, slug, key from tenancy.tenants where slug = $1',
    [slug],
  );
  return row as WorldTenant;
}

async function added(name: string): Promise<WorldTenant> {
  const { result } = await asked.done(administrator, 'add-tenant', { name });
  return tenantBy(String(result.tenant));
}

const stateNow = async () => (await administrator.call(getMultiTenancy)).state;
const refusal = (values: Record<string, unknown>) =>
  administrator.try(createRequest, { body: { offering: 'multi-tenancy', values } });

test('R1.9 a request for setup that waited is refused once somebody has enabled it meanwhile', async () => {
  const number = await asked.submit(administrator, 'multi-tenancy', { state: 'setup', providerName: 'Northwind' });
  const waiting = asked.jobs.splice(0);
  await enable();
  asked.jobs.push(...waiting);
  await asked.run();
  expect(await stateNow()).toBe('on');
  expect(await administrator.call(getRequest, { params: { number } })).toMatchObject({ phase: 'cancelled' });
});

test('R1.7 a disabling that was refused is not done later by itself', async () => {
  await enable();
  const acme = await added('Acme');
  await world.person({ tenant: acme, role: 'tenant-analyst' });
  const { id: previewId } = await administrator.call(previewDisabling);
  const number = await asked.submit(administrator, 'multi-tenancy', {
    state: 'off',
    previewId,
    confirmation: 'Northwind',
  });
  const user = await world.person({ role: 'self-service-user' });
  const ticket = await user.call(createTicket, { body: { title: 'Meanwhile' } });
  await asked.run();
  const ended = await administrator.call(getRequest, { params: { number } });
  expect(ended).toMatchObject({ phase: 'cancelled', stuck: false, tasks: [{ state: 'failed' }] });
  // What was in the way is gone, and the sweep comes by an hour later.
  await world.sql(`delete from desk.ticket_searches; delete from desk.ticket_changes; delete from desk.tickets`);
  await world.sql(
    `delete from identity.memberships where contact_id = '${user.contactId}'; update catalog.tasks set next_attempt_at = now() - interval '1 hour'`,
  );
  expect(ticket.number).toBeTruthy();
  await fulfillmentQueue.sweep?.(world.db);
  await asked.run();
  expect(await stateNow()).toBe('on');
});

test('R1.7 a disabling that the database could not do is not done later by itself either', async () => {
  await enable();
  const { id: previewId } = await administrator.call(previewDisabling);
  const values = { state: 'off', previewId, confirmation: 'Northwind' };
  const number = await asked.submit(administrator, 'multi-tenancy', values);
  await world.sql(
    `create function public.deadlock() returns trigger language plpgsql as $$ begin raise exception using errcode = '40P01'; end $$`,
  );
  await world.sql(
    'create trigger met before update on tenancy.solution for each row execute function public.deadlock()',
  );
  await asked.run();
  await world.sql('drop trigger met on tenancy.solution');
  expect(await administrator.call(getRequest, { params: { number } })).toMatchObject({ phase: 'cancelled' });
  await world.sql(`update catalog.tasks set next_attempt_at = now() - interval '1 hour' where state = 'failed'`);
  await fulfillmentQueue.sweep?.(world.db);
  await asked.run();
  expect(await stateNow()).toBe('on');
});

test('R1.2 R1.7 off and on again restores the walls exactly as they were, from the next request on', async () => {
  await enable();
  const acme = await added('Acme');
  const beta = await added('Beta');
  const ana = await world.person({ tenant: acme, role: 'tenant-analyst' });
  const ben = await world.person({ tenant: beta, role: 'tenant-analyst' });
  const ofBen = await ben.call(createTicket, { body: { title: 'Of Beta' } });
  const walls = async () => ({
    tenants: await world.sql('select owner_id, status, parent_owner_id from tenancy.tenants order by 1'),
    tickets: await world.sql('select owner_id, number from desk.tickets order by 2'),
    memberships: await world.sql('select owner_id, id, status from identity.memberships order by 2'),
    pairs: await world.sql('select owner_id, target_owner_id, irregular from tenancy.reference_pairs order by 1, 2'),
  });
  const before = await walls();
  const seen = async () => (await ana.try(getTicket, { params: { number: ofBen.number } })).status;
  expect(await seen()).toBe(404);
  await disable();
  expect(await seen()).toBe(200);
  await asked.done(administrator, 'multi-tenancy', { state: 'on' });
  expect(await seen()).toBe(404);
  expect(await walls()).toEqual(before);
});

test('R1.6 T-20 a ticket that is being made while multi-tenancy is enabled does not stay without a tenant', async () => {
  const [gate, release] = signal();
  const [inserted, arrived] = signal();
  const slow = world.db.as({ kind: 'job', membershipId: administrator.membershipId as string }, async (tx) => {
    await tx.q
      .insertInto('desk.categories')
      .values({ owner_id: 1, id: newId(), name: 'Late', name_key: 'late' })
      .execute();
    arrived();
    await gate;
  });
  await inserted;
  const enabling = enable();
  // Enough for enabling to get as far as it can.
  await new Promise((done) => setTimeout(done, 300));
  release();
  await slow;
  await enabling;
  expect(await world.sql(`select owner_id from desk.categories where name = 'Late'`)).toEqual([{ owner_id: 3 }]);
});

/** While off, Ana of Acme sorts a ticket under a category of Beta. */
async function crossing(): Promise<{ ticket: string; category: string }> {
  await enable();
  const acme = await added('Acme');
  const beta = await added('Beta');
  const ana = await world.person({ tenant: acme, role: 'tenant-administrator' });
  const category = await administrator.call(addCategory, { body: { name: 'Printers', tenant: beta.slug } });
  await disable();
  const ticket = await ana.call(createTicket, { body: { title: 'Crossing', category: category.id } });
  return { ticket: ticket.number, category: category.id };
}

test('R6.6 a name that is public already is said when publishing is requested', async () => {
  await crossing();
  await world.sql(`insert into desk.categories (owner_id, id, name, name_key) values (2, $1, 'Printers', 'printers')`, [
    newId(),
  ]);
  const answer = await refusal({ state: 'on', crossings: 'publish' });
  expect(answer.status).toBe(409);
  expect(await stateNow()).toBe('off');
});

test('R1.2 two administrators that enable at once: it is enabled once', async () => {
  const second = await world.person({ role: 'system-administrator', tenant: null });
  const submissions = [administrator, second].map((client) =>
    client.try(createRequest, {
      body: { offering: 'multi-tenancy', values: { state: 'on', providerName: 'Northwind' } },
    }),
  );
  const answers = await Promise.all(submissions);
  expect(answers.some((answer) => answer.status < 300)).toBe(true);
  const jobs = asked.jobs.splice(0);
  await Promise.all(jobs.map((job) => fulfillmentQueue.perform(world.db, job).catch(() => {})));
  expect(await stateNow()).toBe('on');
  expect(await world.sql('select 1 from tenancy.tenants where owner_id > 2')).toHaveLength(1);
});

test('R1.2 an enabling that meets with the locks of somebody’s work is done all the same', async () => {
  await world.sql(`insert into desk.categories (owner_id, id, name, name_key) values (1, $1, 'Early', 'early')`, [
    newId(),
  ]);
  const number = await asked.submit(administrator, 'multi-tenancy', { state: 'on', providerName: 'Northwind' });
  // Theirs has the row and waits for the switch, which the job has while it waits for the row: the job waits longer, and is undone.
  const [held, hold] = signal();
  const [goOn, letGo] = signal();
  const theirs = world.db.as({ kind: 'job', membershipId: administrator.membershipId as string }, async (tx) => {
    await tx.q.updateTable('desk.categories').set({ name: 'Earlier' }).where('name_key', '=', 'early').execute();
    hold();
    await goOn;
    await sql`select tenancy.lock_switch()`.execute(tx.q);
  });
  await Promise.race([held, theirs]);
  const fulfilling = asked.run();
  await isWaiting();
  letGo();
  await theirs;
  await fulfilling;
  expect(await administrator.call(getRequest, { params: { number } })).toMatchObject({ phase: 'completed' });
  expect(await stateNow()).toBe('on');
  expect(await world.sql(`select owner_id, name from desk.categories`)).toEqual([{ owner_id: 3, name: 'Earlier' }]);
});

/** A promise, and what keeps it. */
function signal(): [Promise<void>, () => void] {
  const { promise, resolve } = Promise.withResolvers<void>();
  return [promise, resolve];
}

/** Until somebody's work waits for the lock of another's. */
async function isWaiting(): Promise<void> {
  const waiting = `select 1 from pg_locks l join pg_stat_activity a using (pid) where a.datname = current_database() and not l.granted`;
  while (!(await world.sql(waiting)).length) await new Promise((done) => setTimeout(done, 20));
}

test('R6.6 R1.2 an enabling that was refused is not done later by itself', async () => {
  const { ticket } = await crossing();
  // It is in the way only once it has been requested.
  await world.sql(
    'create temporary table kept as select category_owner_id as owner, category_id as id from desk.tickets where number = $1',
    [ticket],
  );
  await world.sql('update desk.tickets set category_owner_id = null, category_id = null where number = $1', [ticket]);
  const number = await asked.submit(administrator, 'multi-tenancy', { state: 'on' });
  await world.sql(
    'update desk.tickets set category_owner_id = k.owner, category_id = k.id from kept k where number = $1',
    [ticket],
  );
  await asked.run();
  expect(await stateNow()).toBe('off');
  await world.sql('update desk.tickets set category_owner_id = null, category_id = null where number = $1', [ticket]);
  await world.sql(`update catalog.tasks set next_attempt_at = now() - interval '1 hour' where state = 'failed'`);
  await fulfillmentQueue.sweep?.(world.db);
  await asked.run();
  expect(await stateNow()).toBe('off');
  expect(await administrator.call(getRequest, { params: { number } })).toMatchObject({ phase: 'cancelled' });
});

test('R1.6 R1.8 while on, nobody makes a record without a tenant or takes one’s tenant away', async () => {
  await enable();
  const refused = { constraint: 'overtaken_by_the_switch' };
  await expect(
    world.sql(`insert into desk.categories (owner_id, id, name, name_key) values (1, $1, 'Lost', 'lost')`, [newId()]),
  ).rejects.toMatchObject(refused);
  await administrator.call(addCategory, { body: { name: 'Kept', tenant: 'northwind' } });
  await expect(world.sql(`update desk.categories set owner_id = 1 where name = 'Kept'`)).rejects.toMatchObject(refused);
});
