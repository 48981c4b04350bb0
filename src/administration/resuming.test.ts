import { afterAll, beforeAll, expect, test } from 'vitest';
import { fulfil, type Requesting, requesting } from '../../test/requesting.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../test/world.ts';
import { fulfillmentQueue } from '../catalog/fulfillment/engine.ts';
import { getCatalog, setApproval } from '../catalog/offerings/offerings.api.ts';
import { createRequest, getRequest, listRequests, retryRequest } from '../catalog/requests/requests.api.ts';
import { createTicket } from '../desk/tickets/tickets.api.ts';
import { addPerson } from '../identity/people/people.api.ts';
import { getMe } from '../identity/sessions/sessions.api.ts';
import { addTenantGroup } from '../tenancy/groups/groups.api.ts';
import { getTenant } from '../tenancy/tenants/tenants.api.ts';
import { tenantPartsQueue } from './administration.ts';
import { tenantParts } from './tenants/tenant-parts.ts';

let world: World;
let asked: Requesting;
let administrator: WorldPerson;

beforeAll(async () => {
  world = await openWorld();
  asked = requesting(world);
  administrator = world.administrator;
  await asked.done(administrator, 'multi-tenancy', { state: 'on', providerName: 'Northwind' });
  administrator.tenant = await tenantBy('northwind');
});
afterAll(() => world.close());

async function tenantBy(slug: string): Promise<WorldTenant> {
  const [row] = await world.sql<WorldTenant & Record<string, unknown>>(
    'select owner_id as owner, id, name, slug, key from tenancy.tenants where slug = $1',
    [slug],
  );
  return row as WorldTenant;
}

const statusOf = async (slug: string) => (await administrator.call(getTenant, { params: { slug } })).status;
const versionOf = async (slug: string) => (await administrator.call(getTenant, { params: { slug } })).version;
const stateOf = (number: string) => administrator.call(getRequest, { params: { number } });

/** A refused submission leaves no request behind. */
async function refused(offering: string, values: Record<string, unknown>, client: WorldPerson = administrator) {
  const count = async () =>
    Number((await world.sql<{ n: string }>('select count(*) as n from catalog.requests'))[0]?.n);
  const before = await count();
  const answer = await client.try(createRequest, { body: { offering, values } });
  expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
  expect(answer.status, answer.text).toBeLessThan(500);
  expect(await count()).toBe(before);
  return answer;
}

test('R4.4 a new tenant is usable: its people sign in, and its first ticket has its number and a queue', async () => {
  const done = await asked.done(administrator, 'add-tenant', {
    name: 'Acme',
    subtenantsAllowed: true,
    timeZone: 'Europe/Madrid',
  });
  expect(done.tasks.map((task) => task.state)).toEqual(done.tasks.map(() => 'done'));
  const acme = await tenantBy('acme');
  const user = await world.person({ tenant: acme, role: 'self-service-user' });
  const ticket = await user.call(createTicket, { body: { title: 'The first' } });
  expect(ticket.number).toBe(`${acme.key}-1`);
  const analyst = await world.person({ tenant: acme, role: 'tenant-analyst' });
  expect((await analyst.call(getMe)).acting?.tenant).toMatchObject({ name: 'Acme' });
  expect(await administrator.call(getTenant, { params: { slug: 'acme' } })).toMatchObject({
    timeZone: 'Europe/Madrid',
    status: 'active',
  });
});

test('R4.4 a part that fails leaves the tenant provisioning and says which; a retry finishes the rest alone', async () => {
  // A conflict in the database itself: nothing of ours stands in for the failure.
  await world.sql('alter table desk.default_groups add constraint in_the_way check (false) not valid');
  const number = await asked.submit(administrator, 'add-tenant', { name: 'Fragile' });
  const [first] = asked.jobs;
  await asked.run();
  const failed = await stateOf(number);
  expect(failed).toMatchObject({ phase: 'fulfillment', stuck: true, can: { retry: true } });
  expect(failed.tasks.map((task) => task.state)).toEqual([
    'done',
    'failed',
    ...failed.tasks.slice(2).map(() => 'waiting'),
  ]);
  expect(failed.tasks[1]?.error?.en).toBeTruthy();
  expect(await statusOf('fragile')).toBe('provisioning');
  const early = await administrator.call(addPerson, {
    body: { userName: 'early', displayName: 'Early', roleId: await roleId('self-service-user'), tenant: 'acme' },
  });
  expect(early.id).toBeTruthy();
  await world.sql('alter table desk.default_groups drop constraint in_the_way');
  await administrator.call(retryRequest, { params: { number } });
  await asked.run();
  expect(await stateOf(number)).toMatchObject({ phase: 'completed', stuck: false });
  expect(await statusOf('fragile')).toBe('active');
  // The queue delivers at least once: what is done is not done again.
  await fulfil(world, first);
  expect(await world.sql(`select 1 from tenancy.tenants where name = 'Fragile'`)).toHaveLength(1);
});

test('R4.4 a job that is delivered again after a failed part knows the tenant it prepares', async () => {
  await world.sql('alter table desk.default_groups add constraint in_the_way check (false) not valid');
  const number = await asked.submit(administrator, 'add-tenant', { name: 'Delivered again' });
  const [first] = asked.jobs;
  await asked.run();
  await world.sql('alter table desk.default_groups drop constraint in_the_way');
  await fulfil(world, first);
  expect((await stateOf(number)).phase).toBe('completed');
});

test('R4.4 killed between any two parts, the next start resumes where it stopped', async () => {
  const number = await asked.submit(administrator, 'add-tenant', { name: 'Interrupted' });
  asked.jobs.length = 0;
  const { length } = (await stateOf(number)).tasks;
  for (let parts = 0; parts < length; parts++) {
    await world.sql(`update catalog.tasks set state = 'waiting' where state = 'failed'`);
    await fulfillmentQueue.sweep?.(world.db);
    const [job] = asked.jobs.splice(0);
    await killedAfterOnePart(job as Record<string, string | number>);
    expect((await stateOf(number)).tasks.filter((task) => task.state === 'done')).toHaveLength(parts + 1);
  }
  expect((await stateOf(number)).phase).toBe('completed');
  expect(await statusOf('interrupted')).toBe('active');
});

/** Like a process that dies: the part's unit of work has committed, and the next one never begins. */
async function killedAfterOnePart(job: Record<string, string | number>): Promise<void> {
  let units = 0;
  const dying = new Proxy(world.db, {
    get: (db, name) =>
      name === 'as'
        ? (...args: Parameters<typeof db.as>) => {
            // One unit may only have looked whom it works for.
            if (done > 0 || units++ > 1) throw new Error('killed');
            return db.as(args[0], async (tx) => {
              const before = await doneTasks(tx as never);
              const answer = await args[1](tx);
              done = (await doneTasks(tx as never)) - before;
              return answer;
            });
          }
        : name === 'asSystem'
          ? () => Promise.reject(new Error('killed'))
          : Reflect.get(db, name),
  });
  let done = 0;
  await fulfillmentQueue.perform(dying, job).catch(() => {});
}

async function doneTasks(tx: Parameters<Parameters<World['db']['as']>[1]>[0]): Promise<number> {
  const rows = await tx.q.selectFrom('catalog.tasks').select('id').where('state', '=', 'done').execute();
  return rows.length;
}

test('R4.4 two workers that take the same request do each part once', async () => {
  const number = await asked.submit(administrator, 'add-tenant', { name: 'Twice taken' });
  const [job] = asked.jobs.splice(0);
  await Promise.all([fulfil(world, job), fulfil(world, job), fulfil(world, job)]);
  await fulfillmentQueue.sweep?.(world.db);
  await asked.run();
  expect((await stateOf(number)).phase).toBe('completed');
  expect(await world.sql(`select 1 from tenancy.tenants where name = 'Twice taken'`)).toHaveLength(1);
});

test('R4.4 a product added later fulfils its part for the tenants that exist', async () => {
  const acme = await tenantBy('acme');
  // As if the desk had come after Acme.
  await world.sql('delete from tenancy.fulfilled_parts where owner_id = $1', [acme.owner]);
  await world.sql(`delete from tenancy.series where owner_id = $1 and name = 'request'`, [acme.owner]);
  await tenantPartsQueue.sweep?.(world.db);
  for (const job of asked.jobs.splice(0)) await tenantPartsQueue.perform(world.db, job);
  expect(await world.sql('select part from tenancy.fulfilled_parts where owner_id = $1', [acme.owner])).toHaveLength(
    tenantParts.length,
  );
  expect(
    await world.sql(`select 1 from tenancy.series where owner_id = $1 and name = 'request'`, [acme.owner]),
  ).toHaveLength(1);
  await tenantPartsQueue.sweep?.(world.db);
  expect(asked.jobs.splice(0)).toEqual([]);
});

test('R4.5 the same idempotency key does the work once', async () => {
  const body = { offering: 'add-tenant', values: { name: 'Only once' } };
  const answers = [];
  for (let i = 0; i < 3; i++)
    answers.push(await administrator.call(createRequest, { body, idempotencyKey: 'one-and-the-same' }));
  await asked.run();
  expect(new Set(answers.map((answer) => answer.number)).size).toBe(1);
  expect(await world.sql(`select 1 from tenancy.tenants where name = 'Only once'`)).toHaveLength(1);
});

test('R4.4 what would fail later is refused at submission, and leaves no request', async () => {
  expect((await refused('add-tenant', { name: 'ACME ' })).body.type).toMatch('tenant.name-taken');
  expect((await refused('add-tenant', { name: 'Other', key: 'acme' })).body.type).toMatch('tenant.key-taken');
  expect((await refused('add-tenant', { name: 'Other', slug: 'acme' })).body.type).toMatch('tenant.slug-taken');
  expect((await refused('add-tenant', { name: 'Other', parent: 'fragile' })).body.type).toMatch('tenant.parent-closed');
  expect((await refused('add-tenant', { name: 'Other', parent: 'absent' })).status).toBe(422);
  expect((await refused('add-tenant', { name: 'Other', timeZone: 'Mars/Olympus' })).status).toBe(422);
});

test('R2.1 a name that nobody could see is refused wherever one is given', async () => {
  for (const name of ['   ', '\u200b', '\u2060\u00ad']) {
    expect((await refused('add-tenant', { name })).status).toBe(422);
    expect(
      (
        await refused('manage-tenants', {
          action: 'update',
          tenants: ['acme'],
          versions: [`acme:${await versionOf('acme')}`],
          name,
        })
      ).status,
    ).toBe(422);
    expect((await administrator.try(addTenantGroup, { body: { name } })).status).toBe(422);
  }
  expect((await refused('add-tenant', { name: 'Ac\u200bme' })).body.type).toMatch('tenant.name-taken');
});

test('R2.1 names of every script get a key and an address', async () => {
  for (const name of ['株式会社', 'Ελλάδα', 'ООО Ромашка', '🙂', 'Ñandú & Cía.', 'ＡＢＣ']) {
    const { result } = await asked.done(administrator, 'add-tenant', { name });
    const tenant = await administrator.call(getTenant, { params: { slug: String(result.tenant) } });
    expect(tenant).toMatchObject({ name, status: 'active' });
    expect(tenant.key).toMatch(/^[A-Z0-9]{2,8}$/);
  }
});

test('R4.2 T-15 a parent, an owner and whatever else is not of the form cannot be changed through the offering', async () => {
  for (const more of [{ parent: 'northwind' }, { owner_id: 3 }, { status: 'active' }, { depth: 0 }, { id: 'x' }]) {
    expect(
      (await refused('manage-tenants', { action: 'update', tenants: ['acme'], description: 'x', ...more })).status,
    ).toBe(422);
  }
  for (const more of [{ owner_id: 3 }, { status: 'active' }, { provider: true }]) {
    expect((await refused('add-tenant', { name: 'Mass assigned', ...more })).status).toBe(422);
  }
});

test('R2.6 a stale version is refused; the request records the difference', async () => {
  const version = await versionOf('acme');
  const done = await asked.done(administrator, 'manage-tenants', {
    action: 'update',
    tenants: ['acme'],
    versions: [`acme:${version}`],
    description: 'Tools',
    location: 'Vigo',
  });
  expect(done.changes.map((change) => [change.field.en, change.from, change.to])).toEqual(
    expect.arrayContaining([
      ['Description', '', 'Tools'],
      ['Location', '', 'Vigo'],
    ]),
  );
  const values = { action: 'update', tenants: ['acme'], description: 'Older' };
  expect((await refused('manage-tenants', { ...values, versions: [`acme:${version}`] })).status).toBe(412);
  expect((await refused('manage-tenants', values)).status).toBe(428);
  expect(await administrator.call(getTenant, { params: { slug: 'acme' } })).toMatchObject({ description: 'Tools' });
});

test('R9.2 R9.4 a subtree goes down and comes back as it was, also when parent and child are both chosen', async () => {
  await asked.done(administrator, 'add-tenant', { name: 'Child', parent: 'acme', subtenantsAllowed: true });
  await asked.done(administrator, 'add-tenant', { name: 'Grandchild', parent: 'child' });
  await asked.done(administrator, 'add-tenant', { name: 'Long closed', parent: 'acme' });
  await asked.done(administrator, 'manage-tenants', { action: 'deactivate', tenants: ['long-closed'] });
  expect((await refused('manage-tenants', { action: 'deactivate', tenants: ['acme'] })).body.type).toMatch(
    'active-subtenants',
  );
  for (const tenants of [['acme'], ['acme', 'child'], ['grandchild', 'acme', 'child']]) {
    await asked.done(administrator, 'manage-tenants', { action: 'deactivate', tenants, subtree: true });
    expect([await statusOf('acme'), await statusOf('child'), await statusOf('grandchild')]).toEqual([
      'inactive',
      'inactive',
      'inactive',
    ]);
    expect((await refused('manage-tenants', { action: 'reactivate', tenants: ['grandchild'] })).body.type).toMatch(
      'parent-inactive',
    );
    await asked.done(administrator, 'manage-tenants', { action: 'reactivate', tenants, subtree: true });
    expect([await statusOf('acme'), await statusOf('child'), await statusOf('grandchild')]).toEqual([
      'active',
      'active',
      'active',
    ]);
    expect(await statusOf('long-closed')).toBe('inactive');
  }
});

test('R2.4 the provider cannot be deactivated', async () => {
  expect((await refused('manage-tenants', { action: 'deactivate', tenants: ['northwind'] })).body.type).toMatch(
    'provider-fixed',
  );
});

test('R4.1 R2.7 T-16 who may not administer finds no such offering, and leaves nothing', async () => {
  const acme = await tenantBy('acme');
  const people = [
    await world.person({ tenant: acme, role: 'tenant-administrator' }),
    await world.person({ tenant: acme, role: 'self-service-user' }),
    await world.person({ role: 'provider-analyst' }),
  ];
  for (const person of people) {
    const { categories } = await person.call(getCatalog);
    const keys = categories.flatMap((category) => category.offerings.map((offering) => offering.key));
    for (const [offering, values] of [
      ['add-tenant', { name: 'Sneaked in' }],
      ['manage-tenants', { action: 'update', tenants: ['acme'], description: 'x' }],
      ['multi-tenancy', { state: 'off' }],
    ] as const) {
      expect(keys).not.toContain(offering);
      expect((await refused(offering, values, person)).status).toBe(404);
    }
  }
  expect(await world.sql(`select 1 from tenancy.tenants where name = 'Sneaked in'`)).toEqual([]);
});

async function roleId(stock: string): Promise<string> {
  const [row] = await world.sql<{ id: string }>('select id from identity.roles where stock = $1', [stock]);
  return row?.id as string;
}

test('T-20 what a role has lost between submission and fulfillment is not done any more', async () => {
  const [own] = await world.sql<{ functions: string[] }>(
    `select functions from identity.roles where stock = 'system-administrator'`,
  );
  const role = await asked.done(administrator, 'add-role', {
    name: 'Keeper of people',
    tenant: 'northwind',
    functions: own?.functions,
    readReach: 'all',
    scopeTicket: 'all',
    scopeRequest: 'all',
  });
  const keeper = await world.person({ role: String(role.result.role) });
  const values = {
    displayName: 'Back Door',
    userName: 'backdoor',
    roleId: await roleId('self-service-user'),
    tenant: 'acme',
  };
  const number = await asked.submit(keeper, 'add-user', values);
  await world.sql(`update identity.roles set functions = array_remove(functions, 'person.administer') where id = $1`, [
    role.result.role,
  ]);
  await asked.run();
  expect((await stateOf(number)).tasks[0]).toMatchObject({
    state: 'failed',
    error: { en: 'Your role does not allow this.' },
  });
  expect(await world.sql(`select 1 from identity.people where user_name = 'backdoor'`)).toEqual([]);
});

test('T-26 a tenant administrator cannot request a person with a role that they could not give', async () => {
  const acme = await tenantBy('acme');
  const tina = await world.person({ tenant: acme, role: 'tenant-administrator' });
  for (const stock of ['system-administrator', 'provider-analyst', 'provider-auditor']) {
    const values = { displayName: 'Eve', userName: 'eve', roleId: await roleId(stock), tenant: 'acme' };
    await refused('add-user', values, tina);
  }
  await refused('add-role', { name: 'Wide', functions: ['ticket.read'], readReach: 'all' }, tina);
});

test('T-18 a tenant administrator reads the parent’s tenant, if at all, and writes neither it nor their own', async () => {
  const child = await tenantBy('child');
  const cora = await world.person({ tenant: child, role: 'tenant-administrator' });
  expect((await cora.try(getTenant, { params: { slug: 'acme' } })).status).toBe(404);
  for (const slug of ['acme', 'child']) {
    await refused('manage-tenants', { action: 'update', tenants: [slug], description: 'mine' }, cora);
  }
});

test('R4.3 R4.6 the approval that the provider requires holds for every way to the same operation', async () => {
  const two = await world.person({ role: 'system-administrator' });
  await administrator.call(setApproval, { params: { key: 'add-user' }, version: 1, body: { approval: 'one' } });
  const body = { userName: 'direct', displayName: 'Direct', roleId: await roleId('self-service-user'), tenant: 'acme' };
  expect((await two.try(addPerson, { body })).body.type).toMatch('request.needs-approval');
  expect(await world.sql(`select 1 from identity.people where user_name = 'direct'`)).toEqual([]);
  const number = await asked.submit(two, 'add-user', body);
  await asked.run();
  expect((await stateOf(number)).phase).toBe('approval');
});

test('R4.7 no request carries a secret', async () => {
  const { items } = await administrator.call(listRequests, { query: { limit: 200 } });
  expect(items.length).toBeGreaterThan(10);
  const stored =
    JSON.stringify(await world.sql('select * from catalog.requests')) +
    JSON.stringify(await world.sql('select * from catalog.request_entries'));
  expect(stored).not.toMatch(/password|tnt_|first-run#/i);
});
