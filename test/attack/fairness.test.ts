import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createRequest } from '../../src/catalog/requests/requests.api.ts';
import { addComment } from '../../src/desk/tickets/comments.api.ts';
import { createTicket, getTicket, listTickets } from '../../src/desk/tickets/tickets.api.ts';
import { getMe, signOut } from '../../src/identity/sessions/sessions.api.ts';
import { Database } from '../../src/platform/database.ts';
import { exchangeUsage } from '../../src/platform/fairness/usage.ts';
import { attachQueue } from '../../src/platform/jobs.ts';
import { createServer } from '../../src/platform/server.ts';
import { routes } from '../../src/solution.ts';
import { getTenant } from '../../src/tenancy/tenants/tenants.api.ts';
import { getUsage } from '../../src/tenancy/usage/usage.api.ts';
import { Client } from '../client.ts';
import { ownCluster } from '../database.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../world.ts';
import { withStatements } from './statements.ts';

// T-45: one tenant floods. Nothing is timed: units of work are held by a lock that the test has, and what counts is who is
// answered meanwhile, and in which order.

let world: World;
let a: WorldTenant;
let b: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;
let ofA: string;
let ofB: string;

beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  a = await world.tenant({ name: 'Alfa' });
  b = await world.tenant({ name: 'Bravo' });
  ana = await world.person({ tenant: a, role: 'tenant-administrator', name: 'Ana' });
  ben = await world.person({ tenant: b, role: 'tenant-administrator', name: 'Ben' });
  ofA = (await ana.call(createTicket, { body: { title: 'Of Ana' } })).number;
  ofB = (await ben.call(createTicket, { body: { title: 'Of Ben' } })).number;
}, 120_000);
afterAll(() => world.close());

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 10) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('it never came to that');
}

/** Whoever writes to the ticket waits until `release`. */
async function held(title: string): Promise<{ release: () => Promise<unknown> }> {
  onTestFinished(() => void world.sql('rollback'));
  await world.sql('begin');
  await world.sql('select 1 from desk.tickets where title = $1 for update', [title]);
  return { release: () => world.sql('rollback') };
}

/** Whoever fulfils a request of A waits until `release`: it becomes a ticket, which needs a number. */
async function heldSeries(): Promise<{ release: () => Promise<unknown> }> {
  onTestFinished(() => void world.sql('rollback'));
  await world.sql('begin');
  await world.sql(`select 1 from tenancy.series where owner_id = $1 and name = 'ticket' for update`, [a.owner]);
  return { release: () => world.sql('rollback') };
}

const comment = (person: Client, number: string, text: string) =>
  person.try(addComment, { params: { number }, body: { text } });

test('T-45 while two hundred calls of A wait, B is answered, and afterwards all of A are', async () => {
  const hold = await held('Of Ana');
  const flood = Array.from({ length: 205 }, (_, n) => comment(ana, ofA, `${n}`));
  await until(() => world.db.admission.waitingOf(a.owner) >= 200);
  for (let n = 0; n < 5; n++) {
    expect((await ben.try(getTicket, { params: { number: ofB } })).status).toBe(200);
    expect((await comment(ben, ofB, `${n}`)).status).toBe(201);
    expect((await ben.try(listTickets)).status).toBe(200);
  }
  // Whoever has just signed in is nobody's yet, and is not held up either.
  const fresh = await world.person({ tenant: b, role: 'self-service-user' });
  expect((await fresh.try(getMe)).status).toBe(200);
  expect(world.db.admission.waitingOf(a.owner)).toBeGreaterThanOrEqual(200);
  await hold.release();
  expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([201]));
}, 120_000);

test('T-45 what A asks beyond its queue is refused before any statement, in the same bytes for all there is and is not', async () => {
  const hold = await held('Of Ana');
  const flood = Array.from({ length: 310 }, (_, n) => comment(ana, ofA, `${n}`));
  await until(() => world.db.admission.waitingOf(a.owner) >= 300);
  const { result, statements } = await withStatements(async () => [
    await ana.try(getTicket, { params: { number: ofA } }),
    await ana.try(getTicket, { params: { number: ofB } }),
    await ana.try(getTicket, { params: { number: `${b.key}-999` } }),
    await comment(ana, ofB, 'Not mine'),
    await ana.try(createTicket, { body: { title: 'One more' } }),
  ]);
  expect(statements).toEqual([]);
  expect(new Set(result.map(({ text }) => text)).size).toBe(1);
  expect([result[0]?.status, result[0]?.headers['retry-after'], result[0]?.body]).toMatchObject([
    429,
    '1',
    { type: 'urn:tenantry:too-many-waiting', details: { seconds: 1 } },
  ]);
  const spanish = await ana.try(getMe, { headers: { 'accept-language': 'es' } });
  expect([spanish.status, (spanish.body as { title?: string }).title]).toEqual([
    429,
    'Ya hay demasiadas llamadas en espera. Pruebe de nuevo en un segundo.',
  ]);
  expect((await ben.try(getTicket, { params: { number: ofB } })).status).toBe(200);
  await hold.release();
  const statuses = (await Promise.all(flood)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([201, 429]));
  expect(statuses.filter((status) => status === 429).length).toBeLessThanOrEqual(10);
}, 120_000);

test('T-45 a session that has ended is remembered for no access, and fills no queue of its tenant', async () => {
  const left = await world.person({ tenant: a, role: 'self-service-user' });
  await left.call(getMe);
  const cookie = left.cookie as string;
  await left.call(signOut);
  left.cookie = cookie;
  const hold = await held('Of Ana');
  const flood = Array.from({ length: 40 }, () => left.try(getTicket, { params: { number: ofA } }));
  expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([401]));
  expect(world.db.admission.waitingOf(a.owner)).toBe(0);
  await hold.release();
});

const equipment = { offering: 'equipment', values: { what: 'screen', reason: 'Mine is broken' } };

test('T-45 fulfillment goes by turns: the one request of B is done before the seventh of A', async () => {
  // Every worker of the queue is stuck in the middle of one of A's.
  const hold = await heldSeries();
  for (let n = 0; n < 7; n++) await ana.call(createRequest, { body: equipment });
  const blocked = `select distinct pid from pg_locks where not granted
    and pid in (select pid from pg_stat_activity where datname = current_database())`;
  await until(async () => (await world.sql(blocked)).length >= 2);
  await ben.call(createRequest, { body: equipment });
  await hold.release();
  const made = `select owner_id from desk.tickets where title like 'Equipment (%' order by opened_at, id`;
  await until(async () => (await world.sql(made)).length === 8);
  const order = (await world.sql<{ owner_id: number }>(made)).map(({ owner_id }) => owner_id);
  expect(order.indexOf(b.owner)).toBeLessThan(5);
  // One after the other, and not found by the sweep of a minute later: each was queued once.
  const queued = await world.sql(
    `select data ->> 'request' from jobs.job where name = 'fulfillment' group by 1 having count(*) > 1`,
  );
  expect(queued).toEqual([]);
  expect(await world.sql('select 1 from catalog.requests where turn is not null')).toEqual([]);
}, 120_000);

/** As the provider changes it (R4.2). */
async function limit(tenant: WorldTenant, values: object) {
  const versions = await world.versions([tenant.slug]);
  const body = {
    offering: 'manage-tenants',
    values: { action: 'update', tenants: [tenant.slug], versions, ...values },
  };
  const made = await world.administrator.try(createRequest, { body });
  if (made.status === 201) await world.settled(made.body.number);
  await exchangeUsage(world.db);
  return made;
}

test('T-45 R4.2 a limit that the provider sets holds, is told by every answer, and is seen by both sides', async () => {
  expect((await ana.try(getMe)).headers.ratelimit).toBeUndefined();
  await limit(a, { callsPerMinute: 30, callsAtOnce: 2, queuedRequests: 3 });
  const answers = [];
  // Whenever the minute ends meanwhile, thirty in each are not enough for all of them.
  for (let n = 0; n < 70; n++) answers.push(await ana.try(getTicket, { params: { number: ofA } }));
  const beyond = answers.find(({ status }) => status === 429);
  expect(beyond?.body).toMatchObject({ type: 'urn:tenantry:rate-limit', details: { limit: 30 } });
  expect(beyond?.headers['retry-after']).toBe(String(beyond?.body.details?.seconds));
  expect(beyond?.headers).toMatchObject({ 'ratelimit-policy': '"calls";q=30;w=60' });
  expect(beyond?.headers.ratelimit).toMatch(/^"calls";r=0;t=\d+$/);
  expect(answers[0]?.headers.ratelimit).toMatch(/^"calls";r=\d+;t=\d+$/);
  expect((await ben.try(getTicket, { params: { number: ofB } })).headers.ratelimit).toBeUndefined();
  await exchangeUsage(world.db);
  const seen = await world.administrator.call(getTenant, { params: { slug: a.slug } });
  expect(seen).toMatchObject({ callsPerMinute: 30, callsAtOnce: 2, queuedRequests: 3 });
  expect(seen.usage.refusedInHour).toBeGreaterThan(0);
  expect(seen.usage.callsInHour).toBeGreaterThan(29);
  await limit(a, { callsPerMinute: 0 });
  const own = await ana.call(getUsage);
  expect(own.limits).toEqual({ callsPerMinute: 0, callsAtOnce: 2, queuedRequests: 3 });
  expect(own.usage.refusedInHour).toBe(seen.usage.refusedInHour);
  expect((await ben.call(getUsage)).usage.refusedInHour).toBe(0);
}, 120_000);

test('no more of a tenant are at work at once than it may have, and the others wait', async () => {
  await limit(a, { callsAtOnce: 2 });
  const hold = await held('Of Ana');
  const flood = Array.from({ length: 12 }, (_, n) => comment(ana, ofA, `${n}`));
  await until(() => world.db.admission.waitingOf(a.owner) === 10);
  await hold.release();
  expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([201]));
});

test('a tenant queues no more requests than it may, and the provider has no limits', async () => {
  // Jobs at work count as well: two of them that are held would be all that it may have.
  await limit(a, { callsAtOnce: 0, queuedRequests: 3 });
  const hold = await heldSeries();
  const made = [];
  for (let n = 0; n < 5; n++) made.push(await ana.try(createRequest, { body: equipment }));
  await hold.release();
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 429, 429]);
  expect(made[4]?.body).toMatchObject({ type: 'urn:tenantry:request.too-many-queued', details: { limit: 3 } });
  await until(async () => (await world.sql('select 1 from catalog.requests where turn is not null')).length === 0);
  expect((await ana.try(createRequest, { body: equipment })).status).toBe(201);
  const provider = await limit(world.administrator.tenant as WorldTenant, { callsPerMinute: 1 });
  expect([provider.status, provider.body.type]).toEqual([409, 'urn:tenantry:tenant.provider-unlimited']);
}, 120_000);

test('T-45 several processes count together', async () => {
  const other = await secondProcess();
  const there = new Client(other.server, ben);
  await limit(b, { callsPerMinute: 40 });
  await exchangeUsage(other.db);
  // Again where the minute ended between them.
  let here = 200;
  for (let tries = 0; tries < 3 && here !== 429; tries++) {
    for (let n = 0; n < 41; n++) await there.try(getTicket, { params: { number: ofB } });
    await exchangeUsage(other.db);
    await exchangeUsage(world.db);
    here = (await ben.try(getTicket, { params: { number: ofB } })).status;
  }
  expect(here).toBe(429);
  await other.close();
});

async function secondProcess() {
  const { sockets, prefix, app } = ownCluster();
  const login = { host: sockets, port: 5432, ...app, database: world.database };
  const db = new Database({ app: login, prefix, connections: 6 });
  attachQueue(db, login);
  const server = await createServer({ db, routes, logLevel: 'error' });
  const close = async () => {
    await server.close();
    await db.end();
  };
  return { db, server, close };
}
