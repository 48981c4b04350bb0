import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../test/world.ts';
import { getCatalog, getOffering, setApproval } from '../catalog/offerings/offerings.api.ts';
import {
  cancelRequest,
  createRequest,
  decideRequest,
  getRequest,
  listRequests,
  retryRequest,
  submitRequest,
} from '../catalog/requests/requests.api.ts';
import { createTicket } from '../desk/tickets/tickets.api.ts';
import { invite } from '../identity/invitations/invitations.api.ts';
import { addPerson } from '../identity/people/people.api.ts';
import { listRoles } from '../identity/roles/roles.api.ts';
import { signIn } from '../identity/sessions/sessions.api.ts';
import { getOrganization } from '../selfservice/branding/branding.api.ts';
import { getTenant } from '../tenancy/tenants/tenants.api.ts';

let world: World;
let provider: WorldTenant;
let alpha: WorldTenant;
let second: WorldPerson;
let third: WorldPerson;
beforeAll(async () => {
  world = await openWorld();
  provider = await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  second = await world.person({ tenant: provider, role: 'system-administrator', name: 'Second' });
  third = await world.person({ tenant: provider, role: 'system-administrator', name: 'Third' });
});
afterAll(() => world.close());

const request = (number: string) => world.administrator.call(getRequest, { params: { number } });
const add = (values: object, idempotencyKey?: string) =>
  world.administrator.call(createRequest, {
    body: { offering: 'add-tenant', values: values as never },
    ...(idempotencyKey ? { idempotencyKey } : {}),
  });
const until = async (number: string, holds: (now: Awaited<ReturnType<typeof request>>) => boolean) => {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const now = await request(number);
    if (holds(now)) return now;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${number} never came to that`);
};
const requireApproval = async (approval: 'none' | 'one' | 'four-eyes', key = 'add-tenant') => {
  const { version } = await world.administrator.call(getOffering, { params: { key } });
  return world.administrator.try(setApproval, { params: { key }, version, body: { approval } });
};

test('R4.1 only people whose role may administer see or request administrative offerings', async () => {
  const keys = async (person: WorldPerson) =>
    (await person.call(getCatalog)).categories
      .filter((category) => category.administrative)
      .flatMap((category) => category.offerings.map((offering) => offering.key));
  expect(await keys(world.administrator)).toEqual([
    'multi-tenancy',
    'add-tenant',
    'manage-tenants',
    'add-role',
    'manage-roles',
    'add-user',
    'manage-users',
  ]);
  expect(await keys(await world.person({ tenant: alpha, role: 'tenant-administrator' }))).toEqual([
    'add-role',
    'manage-roles',
    'add-user',
    'manage-users',
  ]);
  for (const role of ['provider-analyst', 'tenant-analyst', 'self-service-user']) {
    const person = await world.person({ tenant: role === 'provider-analyst' ? provider : alpha, role });
    expect(await keys(person)).toEqual([]);
    const [foreign, absent] = [
      await person.try(createRequest, { body: { offering: 'add-tenant', values: { name: 'X' } } }),
      await person.try(createRequest, { body: { offering: 'no-such-thing', values: { name: 'X' } } }),
    ];
    expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
  }
});

test('R5.10 the request that added the first tenant beside the provider says that signing in is different now', async () => {
  const later = await add({ name: 'Not the first' });
  await world.settled(later.number);
  const { items } = await world.administrator.call(listRequests);
  const first = items.find(({ about }) => about === 'Alpha')?.number as string;
  expect((await request(first)).result).toMatchObject({ tenant: 'alpha', signIn: 'with-slug' });
  expect((await request(later.number)).result.signIn).toBeUndefined();
});

test('R4.2 a parent cannot be changed through an offering', async () => {
  const { form } = await world.administrator.call(getOffering, { params: { key: 'manage-tenants' } });
  expect(Object.keys(form.properties)).not.toContain('parent');
  const answer = await world.administrator.try(createRequest, {
    body: { offering: 'manage-tenants', values: { action: 'update', tenants: [alpha.slug], parent: provider.slug } },
  });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/values/parent']);
  expect(await world.administrator.call(getTenant, { params: { slug: alpha.slug } })).toMatchObject({ parent: null });
});

test('R4.2 several tenants are changed at once, and the request shows the difference', async () => {
  const [one, two] = [await world.tenant({ name: 'One' }), await world.tenant({ name: 'Two' })];
  const versions = await Promise.all(
    [one, two].map(async ({ slug }) => {
      const { version } = await world.administrator.call(getTenant, { params: { slug } });
      return `${slug}:${version}`;
    }),
  );
  const both = { action: 'update', tenants: [one.slug, two.slug], versions };
  const made = await world.administrator.call(createRequest, {
    body: { offering: 'manage-tenants', values: { ...both, currency: 'USD' } },
  });
  const done = await world.settled(made.number);
  expect(done.changes).toEqual([
    { field: { en: 'One: Currency', es: 'One: Moneda' }, from: 'EUR', to: 'USD' },
    { field: { en: 'Two: Currency', es: 'Two: Moneda' }, from: 'EUR', to: 'USD' },
  ]);
  const names = await world.administrator.try(createRequest, {
    body: { offering: 'manage-tenants', values: { ...both, name: 'Both' } },
  });
  expect(names.status).toBe(422);
});

test('R4.3 nobody approves their own request, one other person does, and then it is fulfilled', async () => {
  expect((await requireApproval('one')).status).toBe(200);
  const made = await add({ name: 'Approved Ltd' });
  expect(made).toMatchObject({ phase: 'approval', approvalsNeeded: 1, can: { approve: false, cancel: true } });
  const decide = (person: WorldPerson, version: number, decision: 'approved' | 'rejected' = 'approved') =>
    person.try(decideRequest, { params: { number: made.number }, version, body: { decision, comment: 'Fine' } });
  expect((await decide(world.administrator, made.version)).body.type).toBe('urn:tenantry:request.own-approval');
  expect((await second.call(listRequests, { query: { approvable: true } })).items.map((one) => one.number)).toEqual([
    made.number,
  ]);
  expect((await decide(second, made.version - 1)).status).toBe(412);
  expect((await decide(second, made.version)).status).toBe(200);
  expect(await world.settled(made.number)).toMatchObject({
    phase: 'completed',
    approvals: [{ by: 'Second', decision: 'approved', comment: 'Fine' }],
  });
});

test('R4.3 four eyes are two different other people, and a rejection ends it', async () => {
  expect((await requireApproval('four-eyes')).status).toBe(200);
  const made = await add({ name: 'Four Eyes' });
  const decide = async (person: WorldPerson, decision: 'approved' | 'rejected') =>
    person.try(decideRequest, {
      params: { number: made.number },
      version: (await request(made.number)).version,
      body: { decision },
    });
  const mayApprove = async (person: WorldPerson) =>
    (await person.call(getRequest, { params: { number: made.number } })).can.approve;
  expect([await mayApprove(second), await mayApprove(third)]).toEqual([true, true]);
  expect((await decide(second, 'approved')).body).toMatchObject({ phase: 'approval', can: { approve: false } });
  expect([await mayApprove(second), await mayApprove(third)]).toEqual([false, true]);
  expect((await decide(second, 'approved')).body.type).toBe('urn:tenantry:request.decided-already');
  expect((await decide(third, 'approved')).status).toBe(200);
  await world.settled(made.number);
  const other = await add({ name: 'Rejected' });
  await second.call(decideRequest, {
    params: { number: other.number },
    version: other.version,
    body: { decision: 'rejected' },
  });
  expect(await request(other.number)).toMatchObject({ phase: 'rejected' });
  const cancelled = await add({ name: 'Thought better of' });
  await world.administrator.call(cancelRequest, { params: { number: cancelled.number }, version: cancelled.version });
  expect(await request(cancelled.number)).toMatchObject({ phase: 'cancelled' });
  await requireApproval('none');
});

test('R4.3 a rule that too few other people can satisfy cannot be saved', async () => {
  const lonely = await openWorld();
  try {
    const { version } = await lonely.administrator.call(getOffering, { params: { key: 'add-role' } });
    const answer = await lonely.administrator.try(setApproval, {
      params: { key: 'add-role' },
      version,
      body: { approval: 'one' },
    });
    expect([answer.status, answer.body.title]).toEqual([
      409,
      'One other person has to be able to approve, and there is none beside the requester.',
    ]);
  } finally {
    await lonely.close();
  }
});

test('R4.3 a draft is nobody’s affair until it is submitted', async () => {
  const { administrator } = world;
  const draft = await administrator.call(createRequest, {
    body: { offering: 'add-tenant', values: { name: '' }, submit: false },
  });
  expect(draft).toMatchObject({ phase: 'draft', can: { submit: true } });
  const early = await administrator.try(submitRequest, { params: { number: draft.number }, version: draft.version });
  expect(early.status).toBe(422);
});

test('R4.4 each product’s part is visible to a user of the new tenant', async () => {
  const made = await add({ name: 'Visible', key: 'VIS', timeZone: 'Asia/Tokyo', currency: 'JPY', dateFormat: 'iso' });
  const done = await world.settled(made.number);
  expect(done.tasks.map((task) => [task.product.en, task.state])).toEqual([
    ['Tenancy', 'done'],
    ['Service desk', 'done'],
    ['Service catalog', 'done'],
    ['Self-service', 'done'],
    ['Tenancy', 'done'],
  ]);
  const [tenant] = await world.sql<{ owner: number; slug: string }>(
    `select owner_id as owner, slug from tenancy.tenants where key = 'VIS'`,
  );
  const user = await world.person({ tenant: { ...alpha, ...tenant }, role: 'tenant-analyst' });
  expect(await user.call(createTicket, { body: { title: 'First' } })).toMatchObject({
    number: 'VIS-1',
    group: { name: 'Service desk' },
  });
  expect(await user.call(getOrganization)).toMatchObject({
    name: 'Visible',
    formats: { timeZone: 'Asia/Tokyo', currency: 'JPY', dateFormat: 'iso' },
  });
  expect(
    await user.call(createRequest, {
      body: { offering: 'access', values: { application: 'Payroll', reason: 'New' } as never, submit: false },
    }),
  ).toMatchObject({ number: 'VIS-R1' });
});

test('R4.4 a part that fails leaves the tenant provisioning, says which and why, and is retried without repeating the others', async () => {
  // The database itself refuses the row, as it would without room on the disk.
  await world.sql(`create function public.refuse_catalog() returns trigger language plpgsql as $$ begin
    if new.name = 'request' and new.last = 0 then raise exception 'no room' using errcode = '53100'; end if; return new; end $$`);
  await world.sql(
    'create trigger refuse_catalog before insert on tenancy.series for each row execute function public.refuse_catalog()',
  );
  const made = await add({ name: 'Halfway' });
  const stuck = await until(made.number, (now) => now.stuck);
  expect(stuck.tasks.map((task) => task.state)).toEqual(['done', 'done', 'failed', 'waiting', 'waiting']);
  expect(stuck.tasks[2]).toMatchObject({
    product: { en: 'Service catalog' },
    attempts: 1,
    error: { en: expect.stringContaining('storage is full'), es: expect.stringContaining('lleno') },
  });
  expect(stuck.can.retry).toBe(true);
  expect(await world.administrator.call(getTenant, { params: { slug: 'halfway' } })).toMatchObject({
    status: 'provisioning',
  });
  const [before] = await world.sql(
    `select count(*)::int as n from tenancy.fulfilled_parts f join tenancy.tenants t using (owner_id) where t.slug = 'halfway'`,
  );
  expect(before).toEqual({ n: 1 });
  const again = await world.administrator.call(retryRequest, { params: { number: made.number } });
  expect(again.history.at(-1)?.kind).toBe('retried');
  await until(made.number, (now) => now.stuck && now.tasks[2]?.attempts === 2);
  await world.sql('drop trigger refuse_catalog on tenancy.series');
  await world.administrator.call(retryRequest, { params: { number: made.number } });
  const done = await world.settled(made.number);
  expect(done.history.filter((entry) => entry.kind === 'part-done')).toHaveLength(5);
  expect(await world.administrator.call(getTenant, { params: { slug: 'halfway' } })).toMatchObject({
    status: 'active',
  });
});

test('R4.5 the same request twice does the work once', async () => {
  const [one, two] = await Promise.all([add({ name: 'Once' }, 'key-1'), add({ name: 'Once' }, 'key-1')]);
  expect(one.number).toBe(two.number);
  await world.settled(one.number);
  expect(await world.sql(`select count(*)::int as n from tenancy.tenants where name = 'Once'`)).toEqual([{ n: 1 }]);
  const other = await world.administrator.try(createRequest, {
    body: { offering: 'add-tenant', values: { name: 'Other' } },
    idempotencyKey: 'key-1',
  });
  expect(other.body.type).toBe('urn:tenantry:idempotency-key-reused');
});

test('R4.6 what the API does directly ends in the same request record', async () => {
  const { administrator } = world;
  const roles = await administrator.call(listRoles, { query: { search: 'Self-Service' } });
  const person = {
    userName: 'direct',
    displayName: 'Dora Direct',
    roleId: roles.items[0]?.id as string,
    tenant: alpha.slug,
  };
  await administrator.call(addPerson, { body: person });
  const [latest] = (await administrator.call(listRequests, { query: { limit: 1 } })).items;
  expect(latest).toMatchObject({ offering: { key: 'add-user' }, about: 'Dora Direct', phase: 'completed' });
  await requireApproval('one', 'add-user');
  const refused = await administrator.try(addPerson, { body: { ...person, userName: 'direct2' } });
  expect(refused.body.type).toBe('urn:tenantry:request.needs-approval');
  expect(await world.sql(`select count(*)::int as n from identity.people where user_name = 'direct2'`)).toEqual([
    { n: 0 },
  ]);
  await requireApproval('none', 'add-user');
});

test('R4.7 a user is added by a request that carries no secret', async () => {
  const roles = await world.administrator.call(listRoles, { query: { search: 'Self-Service' } });
  const values = { userName: 'olga', displayName: 'Olga', roleId: roles.items[0]?.id as string, tenant: alpha.slug };
  const made = await world.administrator.call(createRequest, { body: { offering: 'add-user', values } });
  const done = await world.settled(made.number);
  expect(done.result.person).toMatch(/^[0-9a-f-]{36}$/);
  const withPassword = await world.administrator.try(createRequest, {
    body: { offering: 'add-user', values: { ...values, userName: 'p', password: 'x' } },
  });
  expect([withPassword.status, withPassword.body.errors?.[0]?.pointer]).toEqual([422, '/values/password']);
  expect(
    (await world.visitor().try(signIn, { body: { userName: 'olga@alpha', password: 'seven green bicycles' } })).status,
  ).toBe(401);
});

test('T-26 an offering grants no role that its requester could not grant', async () => {
  const administrator = await world.person({ tenant: alpha, role: 'tenant-administrator' });
  const { items } = await administrator.call(listRoles, { query: { search: 'System Administrator' } });
  const answer = await administrator.try(createRequest, {
    body: { offering: 'add-user', values: { userName: 'eve', displayName: 'Eve', roleId: items[0]?.id as string } },
  });
  expect(answer.status).toBe(403);
  expect(await world.sql(`select count(*)::int as n from identity.people where user_name = 'eve'`)).toEqual([{ n: 0 }]);
});

test('T-02 another tenant’s request is as absent as none, for reading, deciding and retrying', async () => {
  const made = await add({ name: 'Hidden' });
  const stranger = await world.person({ tenant: alpha, role: 'tenant-administrator' });
  for (const number of [made.number, 'NORT-R99999']) {
    expect((await stranger.try(getRequest, { params: { number } })).status).toBe(404);
    expect(
      (await stranger.try(decideRequest, { params: { number }, version: 1, body: { decision: 'approved' } })).status,
    ).toBe(404);
    expect((await stranger.try(retryRequest, { params: { number } })).status).toBe(404);
  }
  expect((await stranger.call(listRequests)).items).toEqual([]);
});

test('R4.3 R4.6 an invitation is a grant that is yet to be accepted: it leaves a request, and waits where grants do', async () => {
  const ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana Invites' });
  const { items } = await world.administrator.call(listRoles, { query: { search: 'Tenant Administrator' } });
  const body = { address: 'guest@elsewhere', roleId: items[0]?.id as string };
  await ana.call(invite, { body });
  const [latest] = (await ana.call(listRequests, { query: { limit: 1 } })).items;
  expect(latest).toMatchObject({ offering: { key: 'manage-users' }, phase: 'completed', about: 'guest@elsewhere' });
  const { version } = await world.administrator.call(getOffering, { params: { key: 'manage-users' } });
  await world.person({ role: 'system-administrator', name: 'Another pair of eyes' });
  await world.administrator.call(setApproval, { params: { key: 'manage-users' }, version, body: { approval: 'one' } });
  const before = await world.sql('select count(*)::int as n from identity.invitations');
  const refused = await ana.try(invite, { body: { ...body, address: 'other@elsewhere' } });
  expect(refused.body.type).toBe('urn:tenantry:request.needs-approval');
  expect(await world.sql('select count(*)::int as n from identity.invitations')).toEqual(before);
});
