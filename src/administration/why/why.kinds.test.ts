import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { getOffering, setApproval } from '../../catalog/offerings/offerings.api.ts';
import * as requests from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import * as tickets from '../../desk/tickets/tickets.api.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import { addTermsStatement, publishTerms } from '../../identity/terms/statements.api.ts';
import type { Endpoint } from '../../platform/endpoints.ts';
import { allRefusals } from '../../platform/refusals.ts';
import { addTenantGroup } from '../../tenancy/groups/groups.api.ts';
import { kinds } from './kinds.ts';
import { lists } from './lists.ts';
import { type Act, acts, askWhy, explainRefusal } from './why.api.ts';

let world: World;
let alpha: WorldTenant;
let administrator: WorldPerson;
let colleague: WorldPerson;
let boss: WorldPerson;
let user: WorldPerson;
let ticket: string;

beforeAll(async () => {
  world = await openWorld();
  administrator = world.administrator;
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  colleague = await world.person({ role: 'system-administrator', name: 'Colleague' });
  boss = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Boss' });
  user = await world.person({ tenant: alpha, role: 'self-service-user', name: 'User' });
  ticket = (await user.call(tickets.createTicket, { body: { title: 'Mine' } })).number;
});
afterAll(() => world.close());

interface More {
  act?: Act;
  field?: string;
  refusal?: string;
}
async function ask(person: WorldPerson, record: string, more: More = {}, by = administrator) {
  const answer = await by.call(askWhy, { query: { person: person.contactId, record, ...more } });
  const [first] = answer.memberships;
  const steps = first?.steps.map(({ step }) => step) ?? [];
  return { ...answer, allowed: first?.allowed, steps, last: steps.at(-1), first };
}

test('R10.5 R4.3 acts on a request are tried, undone, and explained in the words that refuse them', async () => {
  const { version } = await administrator.call(getOffering, { params: { key: 'add-tenant' } });
  await administrator.call(setApproval, { params: { key: 'add-tenant' }, version, body: { approval: 'one' } });
  const body = { offering: 'add-tenant', values: { name: 'Asked for' } };
  const { number } = await administrator.call(requests.createRequest, { body });
  const before = await administrator.call(requests.getRequest, { params: { number } });
  expect(before.phase).toBe('approval');
  const own = await ask(administrator, number, { act: 'approve' });
  expect([own.allowed, own.first?.refusal, own.last]).toEqual([
    false,
    'request.own-approval',
    'refused.request.own-approval',
  ]);
  expect(own.first?.steps.at(-1)).toMatchObject({ rules: ['R4.3'], passed: false });
  expect((await ask(colleague, number, { act: 'approve' })).last).toBe('record.offers');
  expect((await ask(colleague, number, { act: 'cancel' })).last).toBe('refused.request.not-yours');
  expect((await ask(administrator, number, { act: 'cancel' })).allowed).toBe(true);
  expect((await ask(administrator, number, { act: 'retry' })).last).toBe('refused.request.nothing-failed');
  // Asking has changed nothing, and each answer is what the act itself is answered.
  expect(await administrator.call(requests.getRequest, { params: { number } })).toEqual(before);
  const versioned = { params: { number }, version: before.version };
  const refused = await administrator.try(requests.decideRequest, { ...versioned, body: { decision: 'approved' } });
  expect(refused.body.type).toBe('urn:tenantry:request.own-approval');
  const approved = await colleague.try(requests.decideRequest, { ...versioned, body: { decision: 'approved' } });
  expect(approved.status).toBe(200);
  const { version: now } = await administrator.call(getOffering, { params: { key: 'add-tenant' } });
  await administrator.call(setApproval, { params: { key: 'add-tenant' }, version: now, body: { approval: 'none' } });
});

test('R10.5 a single field says what changes it, that nothing does, or that it is not shown', async () => {
  const title = await ask(boss, ticket, { field: 'title' });
  expect([title.act, title.allowed, title.steps.slice(-2)]).toEqual([
    'change',
    true,
    ['field.changed', 'record.offers'],
  ]);
  expect((await ask(user, ticket, { field: 'title' })).last).toBe('function.lacking');
  expect((await ask(boss, ticket, { field: 'assignee' })).act).toBe('assign');
  expect((await ask(administrator, ticket, { field: 'tenant' })).act).toBe('move');
  const number = await ask(boss, ticket, { field: 'number' });
  expect([number.allowed, number.last]).toEqual([false, 'field.fixed']);
  // R4.2: the parent is changed on the tenant's page, everything else through the offering.
  expect((await ask(administrator, `tenant:${alpha.slug}`, { field: 'parent' })).act).toBe('move');
  const phone = await ask(boss, `tenant:${alpha.slug}`, { field: 'phone' });
  expect([phone.act, phone.allowed, phone.last]).toEqual(['change', false, 'function.lacking']);
  // R5.10: the profile is the home tenant's. A guest of Alpha is a contact there without one.
  const guest = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Guest' });
  const shown = await ask(boss, `person:${guest.contactId}`, { field: 'profile', act: 'read' });
  expect([shown.allowed, shown.last]).toEqual([true, 'field.shown']);
  const unknown = await administrator.try(askWhy, {
    query: { person: boss.contactId, record: ticket, field: 'colour' },
  });
  expect([unknown.status, unknown.body.errors?.[0]?.pointer]).toEqual([422, '?field']);
});

test('R10.5 every kind of record and every list is explained, each act by its own endpoint', async () => {
  const { id: category } = await boss.call(addCategory, { body: { name: 'Hers', tenant: alpha.slug } });
  const { id: role } = await administrator.call(addRole, {
    body: { name: 'Some', readReach: 'own', functions: [], tenant: alpha.slug },
  });
  const { id: group } = await administrator.call(addTenantGroup, { body: { name: 'Some' } });
  const { id: terms } = await administrator.call(addTermsStatement, { body: { name: 'Some', public: true } });
  const drafted = { offering: 'add-tenant', values: {}, submit: false };
  const { number: request } = await administrator.call(requests.createRequest, { body: drafted });
  const records: Record<string, string> = {
    ticket,
    request,
    person: `person:${user.contactId}`,
    role: `role:${role}`,
    tenant: `tenant:${alpha.slug}`,
    offering: 'offering:add-tenant',
    'tenant-group': `tenant-group:${group}`,
    'terms-statement': `terms-statement:${terms}`,
    category: `category:${category}`,
  };
  const offered = new Set<string>();
  for (const [kind, record] of Object.entries(records)) {
    for (const act of ['read', ...Object.keys(kinds[kind]?.does ?? {})] as Act[]) {
      offered.add(act);
      for (const person of [administrator, boss, user]) {
        const { first, steps } = await ask(person, record, { act });
        expect(
          steps.filter((step) => step.startsWith('unexplained')),
          `${person.displayName} ${act} ${record}`,
        ).toEqual([]);
        expect(first?.steps.every(({ passed }) => passed)).toBe(first?.allowed);
      }
    }
  }
  expect(acts.filter((act) => act !== 'add' && !offered.has(act))).toEqual([]);
  for (const [name, { endpoint, add }] of Object.entries(lists)) {
    for (const person of [administrator, boss, user]) {
      const { allowed, steps } = await ask(person, name);
      expect(
        steps.filter((step) => step.startsWith('unexplained')),
        name,
      ).toEqual([]);
      expect(allowed, `${person.displayName} ${name}`).toBe((await person.try(endpoint as Endpoint)).status === 200);
      if (add) expect((await ask(person, name, { act: 'add' })).steps.join()).not.toContain('unexplained');
    }
  }
  expect((await ask(user, 'tickets', { act: 'add' })).last).toBe('write.some');
  expect((await ask(user, 'categories', { act: 'add' })).last).toBe('function.lacking');
}, 300_000);

test('R10.5 a refusal is explained by its type, by its sentence and by the problem document that was shown', async () => {
  const refused = await user.try(addCategory, { body: { name: 'Not hers' } });
  const document = JSON.stringify(refused.body);
  const sentences = [
    refused.body.type,
    document,
    'Your role does not allow this.',
    'Su rol no permite esta operación.',
  ];
  for (const refusal of sentences)
    expect(await administrator.call(explainRefusal, { query: { refusal: refusal as string } })).toMatchObject({
      type: 'not-allowed',
      status: 403,
      decidedBy: 'person',
      rules: ['R5.9'],
      text: { en: 'Your role does not allow this.' },
    });
  const asked = await ask(user, 'categories', { act: 'add', refusal: document });
  expect([asked.refusal?.type, asked.first?.refusal]).toEqual(['not-allowed', 'not-allowed']);
  for (const refusal of allRefusals().keys()) {
    const told = await administrator.call(explainRefusal, { query: { refusal } });
    expect(told.meaning.es.length, refusal).toBeGreaterThan(20);
  }
  const unknown = await administrator.try(explainRefusal, { query: { refusal: 'nothing of ours' } });
  expect([unknown.status, unknown.body.errors?.[0]?.pointer]).toEqual([422, '?refusal']);
  expect((await user.try(explainRefusal, { query: { refusal: 'read-only' } })).status).toBe(403);
});

test('R10.5 R5.4 a tenant administrator is not told how many tenants somebody reads beyond their own', async () => {
  const beyond = await administrator.call(addRole, {
    body: {
      name: 'Reads all',
      readReach: 'group',
      readGroup: await wideGroup(),
      functions: ['ticket.read'],
      public: true,
    },
  });
  const wide = await world.person({ tenant: alpha, role: beyond.id, name: 'Wide' });
  const told = await ask(wide, 'tickets', {}, boss);
  const reach = told.first?.steps.find(({ step }) => step === 'reach.some');
  expect(reach?.text.en).toContain('reads one tenant that you read');
  const toProvider = await ask(wide, 'tickets');
  expect(toProvider.first?.steps.find(({ step }) => step === 'reach.some')?.text.en).toContain('reads 3 tenants');
  expect((await boss.try(askWhy, { query: { person: '@me', record: 'tenant:one' } })).status).toBe(404);
  expect((await boss.call(askWhy, { query: { person: '@me', record: ticket } })).person.name).toBe('Boss');
});

async function wideGroup(): Promise<string> {
  const members = [alpha.slug];
  for (const name of ['One', 'Two']) members.push((await world.tenant({ name })).slug);
  return (await administrator.call(addTenantGroup, { body: { name: 'Wide', members } })).id;
}

test('R10.5 R8.3 terms of usage that nobody has accepted yet are the reason, until they are', async () => {
  const waiting = await world.tenant({ name: 'Waiting' });
  const person = await world.person({ tenant: waiting, role: 'tenant-analyst', name: 'Waits' });
  const statement = await administrator.call(addTermsStatement, {
    body: { name: 'Rules of the house', drafts: { en: 'Be kind.', es: 'Sé amable.' }, public: true },
  });
  await administrator.call(publishTerms, { params: { id: statement.id }, version: statement.version });
  expect((await ask(person, 'tickets')).allowed).toBe(true);
  await world.sql(
    `update tenancy.tenants set terms = 'statement', terms_statement_owner_id = 2, terms_statement_id = $1 where owner_id = $2`,
    [statement.id, waiting.owner],
  );
  const asked = await ask(person, 'tickets');
  expect([asked.allowed, asked.first?.refusal, asked.last]).toEqual([false, 'terms-not-accepted', 'terms.waiting']);
  expect((await person.try(tickets.listTickets)).body.type).toBe('urn:tenantry:terms-not-accepted');
});
