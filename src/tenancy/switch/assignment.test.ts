import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { listAudit } from '../../administration/audit/audit.api.ts';
import { createRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { addLocation } from '../../desk/locations/locations.api.ts';
import { addComment } from '../../desk/tickets/comments.api.ts';
import { createTicket, getTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
import { getPerson, updatePerson } from '../../identity/people/people.api.ts';
import { getMe } from '../../identity/sessions/sessions.api.ts';
import { assignRecords, previewAssignment } from './assignment.api.ts';
import { getMultiTenancy } from './switch.api.ts';

let world: World;
let admin: WorldPerson;
let alpha: WorldTenant;
let beta: WorldTenant;
beforeEach(async () => {
  world = await openWorld();
  admin = world.administrator;
});
afterEach(() => world.close());

async function ask(values: object) {
  const answer = await admin.try(createRequest, { body: { offering: 'multi-tenancy', values: values as never } });
  if (answer.status >= 400)
    return { refused: String(answer.body.type).replace('urn:tenantry:', ''), ...(answer.body as object) };
  return world.settled(answer.body.number);
}

/** What grew in a solution without tenants: people of two companies, their tickets and requests, what they are sorted by. */
async function grown() {
  const una = await person('Una', 'una@alpha.example');
  const bob = await person('Bob', 'bob@BETA.example');
  const cleo = await person('Cleo', 'cleo@elsewhere.example');
  const vigo = await admin.call(addLocation, { body: { name: 'Vigo' } });
  const category = await admin.call(addCategory, { body: { name: 'Printers' } });
  const ticket = (by: WorldPerson, title: string, more: object = {}) =>
    by.call(createTicket, { body: { title, category: category.id, ...more } });
  const tickets = {
    una: await ticket(una, 'Una’s'),
    bob: await ticket(bob, 'Bob’s'),
    cleo: await ticket(cleo, 'Cleo’s'),
    vigo: await ticket(cleo, 'In Vigo', { location: vigo.id }),
    admin: await ticket(admin, 'Ada’s'),
  };
  await admin.call(addComment, { params: { number: tickets.una.number }, body: { text: 'A word' } as never });
  const values = { application: 'Payroll', reason: 'New' };
  const request = await una.call(createRequest, { body: { offering: 'access', values: values as never } });
  return { una, bob, cleo, vigo, category, tickets, request };
}

async function person(name: string, email: string): Promise<WorldPerson> {
  const made = await world.person({ role: 'tenant-analyst', name });
  const { version } = await admin.call(getPerson, { params: { id: made.contactId } });
  await admin.call(updatePerson, { params: { id: made.contactId }, version, body: { email, workAddress: email } });
  return made;
}

/** Provider named, two tenants added, and what has grown still without a tenant. */
async function inSetup() {
  const all = await grown();
  expect(await ask({ state: 'setup', providerName: 'Northwind' })).toMatchObject({ phase: 'completed' });
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
  return all;
}

const ownerOf = async (table: string, id: string) =>
  (await world.sql<{ owner_id: number }>(`select owner_id from ${table} where id = $1`, [id]))[0]?.owner_id;
const ownersOfTickets = async (tickets: Record<string, { number: string }>) => {
  const rows = await world.sql<{ number: string; owner_id: number }>('select number, owner_id from desk.tickets');
  const of = new Map(rows.map((row) => [row.number, row.owner_id]));
  return Object.fromEntries(Object.entries(tickets).map(([name, { number }]) => [name, of.get(number)]));
};
/** Every owned table that has a record without a tenant. */
async function withoutTenant() {
  const tables = await world.sql<{ name: string }>(
    `select name from tenancy.owned_tables where name not in ('tenancy.tenants', 'tenancy.series') and name not like 'platform.%'`,
  );
  const counts = await Promise.all(
    tables.map(async ({ name }) => [
      name,
      (await world.sql<{ n: number }>(`select count(*)::int as n from ${name} where owner_id = 1`))[0]?.n,
    ]),
  );
  return counts.filter(([, n]) => n !== 0);
}

test('R1.6 enabling carries rules by domain, location and requester; the rest goes to the provider, in the same request', async () => {
  const { una, bob, cleo, vigo, category, tickets, request } = await inSetup();
  const rules = [
    `location/${vigo.id}=beta`,
    'domain/alpha.example=alpha',
    'domain/beta.example=beta',
    'kind/desk.categories=public',
  ];
  const preview = await admin.call(previewAssignment, { body: { rules, enabling: true } });
  const said = preview.rules.map(({ goes }) => goes.map(({ kind, tenant, records }) => [kind, tenant, records]));
  // Cleo is where most of her tickets with a location are; her ticket without one follows her.
  expect(said).toEqual([
    [
      ['desk.locations', 'Beta', 1],
      ['desk.tickets', 'Beta', 2],
      ['identity.people', 'Beta', 1],
    ],
    [
      ['catalog.requests', 'Alpha', 1],
      ['desk.tickets', 'Alpha', 1],
      ['identity.people', 'Alpha', 1],
    ],
    [
      ['desk.tickets', 'Beta', 1],
      ['identity.people', 'Beta', 1],
    ],
    [['desk.categories', null, 1]],
  ]);
  expect(preview.rules[1]?.goes[1]?.samples).toEqual([tickets.una.number]);
  expect(preview.stays.find(({ kind }) => kind === 'desk.tickets')).toEqual({
    kind: 'desk.tickets',
    records: 1,
    samples: [tickets.admin.number],
  });
  expect([preview.held, preview.crossings]).toEqual([[], []]);
  // Nothing was changed by looking.
  expect(new Set(Object.values(await ownersOfTickets(tickets)))).toEqual(new Set([1]));

  expect(await ask({ state: 'on', assignment: rules })).toMatchObject({ phase: 'completed' });
  expect(await ownersOfTickets(tickets)).toEqual({
    una: alpha.owner,
    bob: beta.owner,
    cleo: beta.owner,
    vigo: beta.owner,
    admin: 3,
  });
  expect(await ownerOf('desk.categories', category.id)).toBe(2);
  expect(await ownerOf('desk.locations', vigo.id)).toBe(beta.owner);
  expect(await ownerOf('catalog.requests', request.id)).toBe(alpha.owner);
  expect(await withoutTenant()).toEqual([]);
  const [{ number: ofRequest }] = (await world.sql('select number from desk.tickets where request_id = $1', [
    request.id,
  ])) as [{ number: string }];
  // They are signed in still, in their tenant, and see what is theirs: whole, with what was said on it.
  for (const [by, numbers] of [
    // The ticket that fulfils her request went with it.
    [una, [tickets.una.number, ofRequest]],
    [bob, [tickets.bob.number, tickets.cleo.number, tickets.vigo.number]],
    [cleo, [tickets.bob.number, tickets.cleo.number, tickets.vigo.number]],
  ] as const) {
    expect((await by.call(getMe)).acting).toMatchObject({ provider: false, tenancy: 'on' });
    expect((await by.call(listTickets)).items.map((one) => one.number).sort()).toEqual([...numbers].sort());
  }
  expect((await una.call(getTicket, { params: { number: tickets.una.number } })).category?.name).toBe('Printers');
  expect((await una.try(getTicket, { params: { number: tickets.bob.number } })).status).toBe(404);
});

test('R1.6 R6.6 what the rules make cross is listed, and resolved in the same request; nothing happens before', async () => {
  const { category, tickets } = await inSetup();
  const assignment = ['domain/alpha.example=alpha', `record/desk.categories/Printers=beta`, 'requester='];
  const preview = await admin.call(previewAssignment, { body: { rules: assignment, enabling: true } });
  const crossing = preview.crossings.find((one) => one.field === 'category' && one.label === tickets.una.number);
  expect(crossing).toMatchObject({ kind: 'desk.tickets', target: 'Printers', from: 'Alpha', to: 'Beta' });
  expect(await ask({ state: 'on', assignment })).toMatchObject({ refused: 'multi-tenancy.crossings', status: 409 });
  expect((await admin.call(getMultiTenancy)).state).toBe('setup');
  expect(await ownerOf('desk.categories', category.id)).toBe(1);
  expect(await ask({ state: 'on', assignment, crossings: 'publish' })).toMatchObject({ phase: 'completed' });
  expect(await ownerOf('desk.categories', category.id)).toBe(2);
  expect(await withoutTenant()).toEqual([]);
  expect(await world.sql('select 1 from tenancy.reference_pairs where irregular')).toEqual([]);
});

test('R1.6 rules that name no active tenant are refused with their place; what cannot go says why and stays', async () => {
  const { una } = await inSetup();
  const rules = ['domain/alpha.example=nowhere', 'kind/desk.tickets=alpha'];
  const refused = await admin.try(assignRecords, { body: { rules } });
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [{ pointer: '/rules/0', detail: 'This names no active tenant.' }],
  ]);
  expect(await ask({ state: 'on', assignment: rules })).toMatchObject({
    refused: 'invalid',
    errors: [{ pointer: '/values/assignment/0' }],
  });
  await world.person({ tenant: alpha, role: 'self-service-user', name: 'Other Una', userName: una.userName });
  const held = (
    await admin.call(previewAssignment, {
      body: {
        rules: [`record/identity.people/admin=alpha`, 'domain/alpha.example=alpha', 'kind/desk.tickets=public'],
      },
    })
  ).held;
  expect(held.map(({ kind, rule, reason, records }) => [kind, rule.split('/')[0], reason, records])).toEqual([
    ['identity.people', 'record', 'provider-role', 1],
    ['identity.people', 'domain', 'name-taken', 1],
    ['desk.tickets', 'kind', 'never-public', 4],
  ]);
  await admin.call(assignRecords, { body: { rules: ['domain/alpha.example=alpha'] } });
  expect(await ownerOf('identity.people', una.personId)).toBe(1);
});

test('R1.4 in setup a provider administrator changes the tenant of one record or of many, and both tenants’ audits say so', async () => {
  const { una, tickets, category } = await inSetup();
  const one = `record/desk.tickets/${tickets.una.number}=alpha`;
  expect(await admin.call(assignRecords, { body: { rules: [one] } })).toEqual({
    assigned: [{ kind: 'desk.tickets', tenant: 'Alpha', records: 1 }],
    records: 1,
  });
  expect((await ownersOfTickets(tickets)).una).toBe(alpha.owner);
  // Where it refers to is shown before: the category has no tenant yet.
  const { crossings } = await admin.call(previewAssignment, { body: { rules: [one] } });
  expect(crossings.map((crossing) => [crossing.label, crossing.field, crossing.from])).toEqual(
    expect.arrayContaining([[tickets.una.number, 'category', 'Alpha']]),
  );
  // From one tenant to another, by id; the person with everything that hangs on them.
  const many = [
    `record/desk.tickets/${tickets.una.id}=beta`,
    `record/desk.tickets/${tickets.bob.number}=beta`,
    `record/identity.people/${una.personId}=beta`,
    `record/desk.categories/${category.id}=public`,
  ];
  expect((await admin.call(assignRecords, { body: { rules: many } })).records).toBe(4);
  expect(await ownersOfTickets(tickets)).toMatchObject({ una: beta.owner, bob: beta.owner, cleo: 1 });
  const of = await world.sql(
    `select c.owner_id as contact, m.owner_id as membership, s.owner_id as session from identity.contacts c
       join identity.memberships m on m.contact_id = c.id join identity.sessions s on s.person_id = c.person_id where c.id = $1`,
    [una.contactId],
  );
  expect(of).toEqual([{ contact: beta.owner, membership: beta.owner, session: beta.owner }]);
  expect((await una.call(getMe)).person.displayName).toBe('Una');
  const entries = (await admin.call(listAudit, { query: { action: 'records.' } })).items;
  const said = (action: string, tenant: string) =>
    entries.filter((entry) => entry.action === action && entry.tenant?.name === tenant).length;
  expect([
    said('records.assigned', 'Alpha'),
    said('records.given-away', 'Alpha'),
    said('records.assigned', 'Beta'),
  ]).toEqual([1, 1, 3]);
});

test('R1.4 T-39 only provider administrators assign, in setup alone; to others nothing is told of it', async () => {
  const { una, tickets } = await inSetup();
  const rules = [`record/desk.tickets/${tickets.una.number}=alpha`];
  for (const endpoint of [assignRecords, previewAssignment]) {
    expect((await una.try(endpoint, { body: { rules } })).status).toBe(403);
  }
  await ask({ state: 'off' });
  expect((await admin.try(assignRecords, { body: { rules } })).body.type).toBe(
    'urn:tenantry:multi-tenancy.not-in-setup',
  );
  await ask({ state: 'on' });
  expect((await admin.try(assignRecords, { body: { rules } })).body.type).toBe(
    'urn:tenantry:multi-tenancy.not-in-setup',
  );
  expect((await admin.try(previewAssignment, { body: { rules } })).status).toBe(409);
  expect((await ownersOfTickets(tickets)).una).toBe(3);
});
