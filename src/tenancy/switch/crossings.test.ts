import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import english from '../../administration/web/messages.en.json' with { type: 'json' };
import spanish from '../../administration/web/messages.es.json' with { type: 'json' };
import { getOffering, setApproval } from '../../catalog/offerings/offerings.api.ts';
import { createRequest, decideRequest, getRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { createTicket, getTicket, updateTicket, watchTicket } from '../../desk/tickets/tickets.api.ts';
import { grantRole } from '../../identity/people/people.api.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import { addTermsStatement, getTermsStatement, publishTerms } from '../../identity/terms/statements.api.ts';
import { changeParent, getTenant } from '../tenants/tenants.api.ts';
import * as api from './switch.api.ts';

// R6.6: while it is off, people refer to whatever they see, also across tenants; enabling again has to make up its mind.

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;
beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
  ben = await world.person({ tenant: beta, role: 'tenant-administrator', name: 'Ben' });
}, 60_000);
afterAll(() => world.close());

async function ask(values: object) {
  const answer = await world.administrator.try(createRequest, {
    body: { offering: 'multi-tenancy', values: values as never },
  });
  if (answer.status >= 400) return { refused: String(answer.body.type).replace('urn:tenantry:', ''), ...answer.body };
  return world.settled(answer.body.number);
}
async function disable() {
  const preview = await world.administrator.call(api.previewDisabling);
  expect(await ask({ state: 'off', previewId: preview.id, confirmation: 'Northwind' })).toMatchObject({
    phase: 'completed',
  });
}
const state = async () => (await world.administrator.call(api.getMultiTenancy)).state;
const irregular = () =>
  world.sql('select owner_id, target_owner_id from tenancy.reference_pairs where irregular order by 1, 2');
const listed = (answer: object) => (answer as { details?: { crossings: api.Crossing[] } }).details?.crossings ?? [];

test('R6.6 in off a reference across tenants is kept and recorded; enabling lists it and stays off until it is resolved', async () => {
  const category = await ben.call(addCategory, { body: { name: 'Of Beta alone' } });
  await disable();
  const ticket = await ana.call(createTicket, { body: { title: 'Crossing', category: category.id } });
  expect(await irregular()).toEqual([{ owner_id: alpha.owner, target_owner_id: beta.owner }]);
  const refused = await ask({ state: 'on' });
  expect(refused).toMatchObject({ refused: 'multi-tenancy.crossings', status: 409 });
  expect(listed(refused)).toEqual([
    {
      kind: 'desk.tickets',
      field: 'category',
      label: ticket.number,
      target: 'Of Beta alone',
      from: 'Alpha',
      to: 'Beta',
      rules: ['publish', 'give', 'clear'],
      id: expect.any(String),
    },
  ]);
  expect(await state()).toBe('off');
  // What was refused left nothing behind that could turn it on later by itself.
  expect(await world.sql(`select 1 from catalog.requests where phase = 'fulfillment'`)).toEqual([]);
  expect(await ask({ state: 'on', crossings: 'clear' })).toMatchObject({ phase: 'completed' });
  expect(await state()).toBe('on');
  expect(await irregular()).toEqual([]);
  expect(await ana.call(getTicket, { params: { number: ticket.number } })).toMatchObject({ category: null });
  expect(await world.sql('select owner_id from desk.categories where id = $1', [category.id])).toEqual([
    { owner_id: beta.owner },
  ]);
});

test('R6.6 publish makes the target everybody’s, and the reference stays', async () => {
  const category = await ben.call(addCategory, { body: { name: 'Soon of all' } });
  await disable();
  const ticket = await ana.call(createTicket, { body: { title: 'Crossing again', category: category.id } });
  expect(await ask({ state: 'on', crossings: 'publish' })).toMatchObject({ phase: 'completed' });
  expect(await ana.call(getTicket, { params: { number: ticket.number } })).toMatchObject({
    category: { name: 'Soon of all' },
  });
  expect(await world.sql('select owner_id from desk.categories where id = $1', [category.id])).toEqual([
    { owner_id: 2 },
  ]);
  expect(await irregular()).toEqual([]);
});

test('R6.6 a reference that goes away while it is off is no crossing', async () => {
  const category = await ben.call(addCategory, { body: { name: 'For a moment' } });
  await disable();
  const ticket = await ana.call(createTicket, { body: { title: 'Momentary', category: category.id } });
  await ana.call(updateTicket, {
    params: { number: ticket.number },
    version: ticket.version,
    body: { category: null },
  });
  expect(await irregular()).toHaveLength(1);
  expect(await ask({ state: 'on' })).toMatchObject({ phase: 'completed' });
  expect(await irregular()).toEqual([]);
});

test('R6.6 watchers and approvers of other tenants do not keep it off for ever, and who approved stays known', async () => {
  // A rule needs somebody beside the requester.
  await world.person({ role: 'system-administrator', name: 'Colleague' });
  const { version } = await world.administrator.call(getOffering, { params: { key: 'access' } });
  await world.administrator.call(setApproval, { params: { key: 'access' }, version, body: { approval: 'one' } });
  await disable();
  const ticket = await ana.call(createTicket, { body: { title: 'Watched from afar' } });
  await ben.call(watchTicket, { params: { number: ticket.number } });
  const request = await ana.call(createRequest, {
    body: { offering: 'access', values: { application: 'Payroll', reason: 'New' } as never },
  });
  await ben.call(decideRequest, {
    params: { number: request.number },
    version: request.version,
    body: { decision: 'approved' },
  });
  const refused = await ask({ state: 'on' });
  expect(listed(refused).map(({ kind, field, rules }) => [kind, field, rules])).toEqual([
    ['catalog.approvals', 'approver', ['clear']],
    ['desk.watchers', 'contact', ['clear']],
  ]);
  expect(await ask({ state: 'on', crossings: 'clear' })).toMatchObject({ phase: 'completed' });
  const seen = await ana.call(getRequest, { params: { number: request.number } });
  expect(seen.approvals).toMatchObject([{ by: 'Ben', decision: 'approved' }]);
  expect((await ben.try(getTicket, { params: { number: ticket.number } })).status).toBe(404);
  expect(await world.sql('select count(*)::int as n from desk.watchers where owner_id = $1', [alpha.owner])).toEqual([
    { n: 0 },
  ]);
});

test('R6.6 publish resolves every crossing; clear leaves what a record cannot be without, and says so', async () => {
  const role = await ben.call(addRole, { body: { name: 'Beta’s own', readReach: 'own', functions: ['ticket.read'] } });
  await disable();
  const ticket = await ana.call(createTicket, { body: { title: 'For Ben', affected: ben.contactId } as never });
  await ana.call(grantRole, { params: { id: ana.contactId }, body: { roleId: role.id } });
  const both = listed(await ask({ state: 'on' })).map(({ kind, field, rules }) => [kind, field, rules]);
  expect(both).toEqual(
    expect.arrayContaining([
      ['identity.memberships', 'role', ['publish', 'give']],
      ['desk.tickets', 'affected', ['clear']],
    ]),
  );
  expect(listed(await ask({ state: 'on', crossings: 'clear' })).map(({ kind }) => kind)).toEqual([
    'identity.memberships',
  ]);
  expect(await state()).toBe('off');
  // Nothing of the refused attempt remains.
  expect(await ana.call(getTicket, { params: { number: ticket.number } })).toMatchObject({
    affected: { id: ben.contactId },
  });
  expect(await ask({ state: 'on', crossings: 'publish' })).toMatchObject({ phase: 'completed' });
  expect(await irregular()).toEqual([]);
});

test('R6.6 crossings are resolved one by one: one made public, one given to whoever refers to it, one cleared', async () => {
  const names = ['Made public', 'Given away', 'Let go', 'Undecided'];
  const categories = new Map<string, string>();
  for (const name of names) categories.set(name, (await ben.call(addCategory, { body: { name } })).id);
  await disable();
  const tickets = new Map<string, string>();
  for (const name of names) {
    const body = { title: `Refers to ${name}`, category: categories.get(name) };
    tickets.set(name, (await ana.call(createTicket, { body })).number);
  }
  const place = (one: api.Crossing) => `${one.kind}/${one.field}/${one.id}`;
  const all = listed(await ask({ state: 'on' }));
  expect(all.map(({ label, target }) => [label, target])).toEqual(
    expect.arrayContaining(names.map((name) => [tickets.get(name), name])),
  );
  const rules: Record<string, string> = { 'Made public': 'publish', 'Given away': 'give', 'Let go': 'clear' };
  const resolutions = all.flatMap((one) => (rules[one.target] ? [`${place(one)}=${rules[one.target]}`] : []));
  // Decided in part: the rest is listed, and nothing has happened.
  const rest = await ask({ state: 'on', resolutions });
  expect(listed(rest).map(({ target }) => target)).toEqual(['Undecided']);
  const owners = () =>
    world.sql<{ name: string; owner_id: number }>('select name, owner_id from desk.categories where name = any($1)', [
      names,
    ]);
  expect(new Set((await owners()).map((row) => row.owner_id))).toEqual(new Set([beta.owner]));
  const last = `${place(listed(rest)[0] as api.Crossing)}=clear`;
  expect(await ask({ state: 'on', resolutions: [...resolutions, last] })).toMatchObject({ phase: 'completed' });
  expect(Object.fromEntries((await owners()).map((row) => [row.name, row.owner_id]))).toEqual({
    'Made public': 2,
    'Given away': alpha.owner,
    'Let go': beta.owner,
    Undecided: beta.owner,
  });
  const category = async (name: string) =>
    (await ana.call(getTicket, { params: { number: tickets.get(name) as string } })).category?.name ?? null;
  expect(await Promise.all(names.map(category))).toEqual(['Made public', 'Given away', null, null]);
});

test('R6.6 R8.2 the terms of a tenant that is not above any more are let go, given or published', async () => {
  const by = world.administrator;
  for (const [rule, owner, asked] of [
    ['clear', 'above', false],
    ['give', 'below', true],
    ['publish', 'public', true],
  ] as const) {
    const above = await world.tenant({ name: `Above ${rule}` });
    const below = await world.tenant({ name: `Below ${rule}`, parent: above });
    const drafts = { en: 'Be kind.', es: '' };
    const draft = await by.call(addTermsStatement, { body: { name: `To ${rule}`, drafts, tenant: above.slug } });
    await by.call(publishTerms, { params: { id: draft.id }, version: draft.version });
    const tenants = { tenants: [below.slug], versions: await world.versions([below.slug]) };
    const { number } = await by.call(createRequest, {
      body: {
        offering: 'manage-tenants',
        values: { action: 'update', ...tenants, terms: 'statement', termsStatement: draft.id },
      },
    });
    expect(await world.settled(number)).toMatchObject({ phase: 'completed' });
    await disable();
    // R3.3: only with the walls down, or in setup, does a move leave its references behind.
    await ask({ state: 'setup' });
    const params = { slug: below.slug };
    const { version } = await by.call(getTenant, { params });
    await by.call(changeParent, { params, version, body: { parent: null } });
    const crossing = listed(await ask({ state: 'on' })).find(({ target }) => target === `To ${rule}`);
    expect(crossing).toMatchObject({ kind: 'tenancy.tenants', field: 'terms_statement' });
    const resolutions = [`tenancy.tenants/terms_statement/${crossing?.id}=${rule}`];
    expect(await ask({ state: 'on', resolutions })).toMatchObject({ phase: 'completed' });
    const statement = await by.call(getTermsStatement, { params: { id: draft.id } });
    const owners = { [below.slug]: 'below', [above.slug]: 'above' };
    const now = statement.public ? 'public' : owners[statement.tenant?.slug as string];
    const { termsOfUsage } = await by.call(getTenant, { params });
    expect([now, termsOfUsage.inForce !== null]).toEqual([owner, asked]);
  }
});

test('R6.6 every reference that can cross has words for whoever decides on it, in both languages', async () => {
  const fields = await world.sql<{ table_name: string; field: string }>(
    `select table_name, field from tenancy.reference_fields where kind <> 'own'`,
  );
  expect(fields.length).toBeGreaterThan(10);
  for (const messages of [english, spanish] as Record<string, string>[]) {
    const nameless = fields.filter(
      (one) => !messages[`crossings.kind.${one.table_name}`] || !messages[`crossings.field.${one.field}`],
    );
    expect(nameless).toEqual([]);
  }
});
