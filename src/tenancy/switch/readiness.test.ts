import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory, listCategories } from '../../desk/categories/categories.api.ts';
import { createTicket, getTicket, listTickets, updateTicket } from '../../desk/tickets/tickets.api.ts';
import { allRefusals } from '../../platform/refusals.ts';
import { assignRecords } from './assignment.api.ts';
import { exportReadiness, getReadiness, type RefusalAhead } from './readiness.api.ts';
import { saysOf } from './readiness.ts';

let world: World;
let alpha: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;
let uma: WorldPerson;
beforeAll(async () => {
  world = await openWorld();
  // Before there are tenants.
  uma = await world.person({ role: 'self-service-user', name: 'Uma' });
  await uma.call(createTicket, { body: { title: 'Of nobody' } });
  await change({ state: 'setup', providerName: 'Northwind' });
  alpha = await world.tenant({ name: 'Alpha' });
  const beta = await world.tenant({ name: 'Beta' });
  ana = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Ana' });
  ben = await world.person({ tenant: beta, role: 'tenant-administrator', name: 'Ben' });
}, 60_000);
afterAll(() => world.close());

async function change(values: object) {
  const { number } = await world.administrator.call(createRequest, {
    body: { offering: 'multi-tenancy', values: values as never },
  });
  await world.settled(number);
}

const readiness = () => world.administrator.call(getReadiness);

/** Noted behind the answers: waits until it is there, and says what it waited for when it never is. */
async function noted(wanted: Partial<RefusalAhead>): Promise<RefusalAhead> {
  for (let waited = 0; ; waited += 20) {
    const { refusals } = await readiness();
    const found = refusals.find((one) =>
      Object.entries(wanted).every(
        ([key, value]) => JSON.stringify(one[key as keyof RefusalAhead]) === JSON.stringify(value),
      ),
    );
    if (found) return found;
    if (waited > 5000)
      throw new Error(`never noted: ${JSON.stringify(wanted)} among ${JSON.stringify(refusals).slice(0, 2000)}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

test('R1.4 what is read beyond the reach that there will be is answered in setup, and noted with person, kind, tenant and times', async () => {
  const own = await ana.call(createTicket, { body: { title: 'Of Ana' } });
  const ticket = await ben.call(createTicket, { body: { title: 'Of Ben' } });
  expect((await ana.call(getTicket, { params: { number: ticket.number } })).title).toBe('Of Ben');
  const opened = await noted({ endpoint: 'GET /tickets/:number', outcome: 'not-found' });
  expect(opened).toMatchObject({
    person: { id: ana.contactId, name: 'Ana' },
    kind: 'desk.tickets',
    field: '',
    tenant: { name: 'Beta' },
    sample: ticket.number,
    times: 1,
    records: 1,
    says: { en: 'There is nothing here.', es: 'Aquí no hay nada.' },
  });
  await ana.call(getTicket, { params: { number: ticket.number } });
  await noted({ id: opened.id, times: 2 });
  // A list would lack it, and what has no tenant; it would show her own.
  const { items } = await ana.call(listTickets);
  expect(items.map((one) => one.number)).toEqual(expect.arrayContaining([own.number, ticket.number]));
  const hidden = await noted({ endpoint: 'GET /tickets', outcome: 'hidden', tenant: opened.tenant });
  expect(hidden).toMatchObject({ kind: 'desk.tickets', records: 1, sample: ticket.number, says: null });
  await noted({ endpoint: 'GET /tickets', outcome: 'hidden', tenant: null });
  const { refusals } = await readiness();
  expect(refusals.filter((one) => one.tenant?.name === 'Alpha')).toEqual([]);
  // The requester of a ticket that is missing is not what is missing.
  expect(refusals.filter((one) => one.endpoint === 'GET /tickets' && one.kind !== 'desk.tickets')).toEqual([]);
});

test('R1.4 what is written beyond it is done in setup, once, and noted with the field', async () => {
  const category = await ben.call(addCategory, { body: { name: 'Of Beta' } });
  const before = (await readiness()).refusalCount;
  const made = await ana.call(createTicket, { body: { title: 'Crossing', category: category.id } });
  expect(made.category?.name).toBe('Of Beta');
  const refused = await noted({ endpoint: 'POST /tickets', kind: 'desk.categories' });
  expect(refused).toMatchObject({ field: 'category', sample: 'Of Beta', tenant: { name: 'Beta' }, times: 1 });
  expect((await readiness()).refusalCount).toBe(before + 1);
  // The rehearsal left nothing: no second ticket, no gap in the numbers, no entry.
  expect(await world.sql(`select count(*)::int as n from desk.tickets where title = 'Crossing'`)).toEqual([{ n: 1 }]);
  const next = await ana.call(createTicket, { body: { title: 'Next' } });
  expect(Number(next.number.split('-')[1])).toBe(Number(made.number.split('-')[1]) + 1);
  expect(
    await world.sql(
      `select count(*)::int as n from platform.audit_entries where action = 'ticket.created' and subject_label = $1`,
      [made.number],
    ),
  ).toEqual([{ n: 1 }]);
  const ofBen = await ben.call(createTicket, { body: { title: 'To be changed' } });
  await ana.call(updateTicket, {
    params: { number: ofBen.number },
    version: ofBen.version,
    body: { title: 'Changed by Ana' },
  });
  expect((await ben.call(getTicket, { params: { number: ofBen.number } })).title).toBe('Changed by Ana');
  await noted({ endpoint: 'PATCH /tickets/:number', outcome: 'not-found', kind: 'desk.tickets', sample: ofBen.number });
});

test('R1.4 the report: roles, what has no tenant, crossings, people; and what is mended goes', async () => {
  const report = await readiness();
  expect(report.roles.map((one) => one.role)).toContain('Tenant Analyst');
  expect(report.roles[0]?.kinds).toContain('desk.tickets');
  expect(report.crossings).toContainEqual({ kind: 'desk.tickets', field: 'category', count: 1 });
  expect(report.people).toMatchObject([{ name: 'Uma' }]);
  expect(report.unassigned).toContainEqual({ kind: 'desk.tickets', records: 1, samples: ['DESK-1'] });
  // Those who reach everything, and what is within reach, are noted for nothing.
  const people = new Set(report.refusals.map((one) => one.person.name));
  expect([...people].sort()).toEqual(['Ana']);
  await uma.call(listTickets);
  await world.administrator.call(listCategories);
  await world.administrator.call(assignRecords, {
    body: {
      rules: ['record/identity.people/uma=alpha', 'requester='].map((rule) => rule.replace('uma', uma.userName)),
    },
  });
  const after = await readiness();
  expect([after.people, after.peopleCount]).toEqual([[], 0]);
  expect(after.unassigned.filter(({ kind }) => kind === 'desk.tickets')).toEqual([]);
  expect(new Set(after.refusals.map((one) => one.person.name))).toEqual(people);
});

test('R1.4 the report is exported as CSV and JSON, and is told to provider administrators in setup alone', async () => {
  const csv = await world.administrator.try(exportReadiness, { query: { format: 'csv' } });
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.text).toContain('"desk.tickets"'.replaceAll('"', ''));
  expect(csv.text.split('\r\n')[0]).toContain('Person,Role,Operation');
  const json = await world.administrator.try(exportReadiness, { query: { format: 'json' } });
  expect(JSON.parse(json.text)).toHaveLength((await readiness()).refusalCount);
  expect((await ben.try(getReadiness)).status).toBe(403);
  await change({ state: 'off' });
  expect((await world.administrator.try(getReadiness)).body.type).toBe('urn:tenantry:multi-tenancy.not-in-setup');
  // Begun anew, it begins with nothing.
  await change({ state: 'setup' });
  expect((await readiness()).refusalCount).toBe(0);
});

test('R1.4 it is bounded: what has not happened for longest goes first', async () => {
  // Ten thousand people’s, which no test has the time to make through the API.
  await world.sql(
    `insert into tenancy.refusals_ahead (owner_id, id, membership_id, contact_id, person_label, role_label, endpoint, outcome, last_at)
       select 3, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'P', 'R', 'GET /tickets', 'hidden', now() - n * interval '1 second' from generate_series(1, 10000) n`,
  );
  const ticket = await ben.call(createTicket, { body: { title: 'One more' } });
  await ana.call(getTicket, { params: { number: ticket.number } });
  await noted({ endpoint: 'GET /tickets/:number', sample: ticket.number });
  expect((await readiness()).refusalCount).toBeLessThanOrEqual(9001);
});

test('R1.4 every refusal that there is can be told in the report, in both languages, whatever it would have named', () => {
  for (const type of allRefusals().keys()) {
    const { en, es } = saysOf(type, 'category') as { en: string; es: string };
    expect(
      [en, es].every((said) => said.length > 5 && !/[{}]/.test(said)),
      `${type}: ${en} ${es}`,
    ).toBe(true);
  }
});
