import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant, worldPassword } from '../../../test/world.ts';
import { makePasswordLink } from '../../identity/links/links.api.ts';
import { addPerson, endMembership, getPerson, listPeople } from '../../identity/people/people.api.ts';
import { listRoles } from '../../identity/roles/roles.api.ts';
import { getMultiTenancy, previewDisabling } from '../../tenancy/switch/switch.api.ts';
import { getTenant, listTenants } from '../../tenancy/tenants/tenants.api.ts';
import { findFault } from '../../ui/form/checks.ts';
import { getOffering, setApproval } from '../offerings/offerings.api.ts';
import * as api from './requests.api.ts';

// What becomes of a request when the world moves on between its phases.

let world: World;
let provider: WorldTenant;
let alpha: WorldTenant;
let second: WorldPerson;
beforeAll(async () => {
  world = await openWorld();
  provider = await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  second = await world.person({ tenant: provider, role: 'system-administrator', name: 'Second' });
}, 60_000);
afterAll(() => world.close());

const seen = (number: string) => world.administrator.call(api.getRequest, { params: { number } });
const ask = (offering: string, values: object, person: WorldPerson = world.administrator) =>
  person.call(api.createRequest, { body: { offering, values: values as never } });
/** The beginning of what Manage Tenants is asked for. */
const updating = async (slug: string) => {
  const { version } = await world.administrator.call(getTenant, { params: { slug } });
  return { action: 'update', tenants: [slug], versions: [`${slug}:${version}`] };
};
const approve = async (number: string, person: WorldPerson = second) =>
  person.call(api.decideRequest, {
    params: { number },
    version: (await seen(number)).version,
    body: { decision: 'approved' },
  });
const stuckAt = async (number: string) => {
  for (let waited = 0; waited < 15_000; waited += 20) {
    const now = await seen(number);
    if (now.stuck) return now;
    if (now.phase === 'completed') throw new Error(`${number} is completed`);
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${number} is not stuck`);
};
const endedAt = async (number: string) => {
  for (let waited = 0; waited < 15_000; waited += 20) {
    const now = await seen(number);
    if (now.completedAt) return now;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${number} has not ended`);
};
async function requireApproval(key: string, approval: 'none' | 'one') {
  const { version } = await world.administrator.call(getOffering, { params: { key } });
  await world.administrator.call(setApproval, { params: { key }, version, body: { approval } });
}

test('R4.4 a key that is taken between submission and fulfillment stops the part, which is done once the key is free', async () => {
  await requireApproval('add-tenant', 'one');
  const made = await ask('add-tenant', { name: 'Late', key: 'WANTED' });
  const thief = await ask('add-tenant', { name: 'Fast', key: 'WANTED' });
  await approve(thief.number);
  await world.settled(thief.number);
  await approve(made.number);
  const stuck = await stuckAt(made.number);
  expect(stuck.tasks[0]).toMatchObject({
    state: 'failed',
    attempts: 1,
    error: { en: 'That key belongs to another tenant.', es: 'Esa clave pertenece a otro cliente.' },
  });
  expect(stuck.tasks.slice(1).every((task) => task.state === 'waiting')).toBe(true);
  expect((await world.administrator.try(getTenant, { params: { slug: 'late' } })).status).toBe(404);
  await requireApproval('add-tenant', 'none');
  const freed = await ask('manage-tenants', { ...(await updating('fast')), key: 'OTHER' });
  await world.settled(freed.number);
  await world.administrator.call(api.retryRequest, { params: { number: made.number } });
  expect((await world.settled(made.number)).tasks.every((task) => task.state === 'done')).toBe(true);
  expect(await world.administrator.call(getTenant, { params: { slug: 'late' } })).toMatchObject({
    key: 'WANTED',
    status: 'active',
  });
});

test('R4.3 whoever approves reads what was filled in, in the words of the form, with the names of what was chosen', async () => {
  await requireApproval('manage-tenants', 'one');
  const changed = await ask('manage-tenants', { ...(await updating(alpha.slug)), description: 'Of the north' });
  const { asked, changes, values } = await second.call(api.getRequest, { params: { number: changed.number } });
  expect(Object.keys(asked.form.properties).sort()).toEqual(['action', 'description', 'tenants']);
  expect(asked.form.properties.action?.['x-labels']?.[String(values.action)]?.es).toBe('Modificar');
  expect(asked.names).toEqual({ [alpha.slug]: { name: 'Alpha', stock: null } });
  expect(changes).toMatchObject([{ to: 'Of the north' }]);
  await requireApproval('manage-tenants', 'none');

  const { items } = await world.administrator.call(listRoles, { query: { public: 'only' } });
  const role = items.find(({ stock }) => stock === 'self-service-user');
  await requireApproval('add-user', 'one');
  const added = await ask('add-user', {
    userName: 'nina',
    displayName: 'Nina',
    tenant: alpha.slug,
    roleId: role?.id,
  });
  const seenBySecond = await second.call(api.getRequest, { params: { number: added.number } });
  expect(seenBySecond.asked.names).toEqual({
    [alpha.slug]: { name: 'Alpha', stock: null },
    [role?.id as string]: { name: role?.name, stock: 'self-service-user' },
  });
  await requireApproval('add-user', 'none');
});

test('R4.3 a request of which nothing could be done can be taken back, and then stays undone', async () => {
  await requireApproval('add-tenant', 'one');
  const made = await ask('add-tenant', { name: 'Given up', parent: alpha.slug });
  const closing = await ask('manage-tenants', { ...(await updating(alpha.slug)), subtenantsAllowed: 'no' });
  await world.settled(closing.number);
  await approve(made.number);
  const stuck = await stuckAt(made.number);
  expect(stuck).toMatchObject({ can: { cancel: true, retry: true } });
  const done = await world.administrator.call(api.cancelRequest, {
    params: { number: made.number },
    version: stuck.version,
  });
  expect(done).toMatchObject({ phase: 'cancelled', stuck: false, can: { cancel: false, retry: false } });
  expect((await world.administrator.try(api.retryRequest, { params: { number: made.number } })).status).toBe(409);
  const opening = await ask('manage-tenants', { ...(await updating(alpha.slug)), subtenantsAllowed: 'yes' });
  await world.settled(opening.number);
  expect((await world.administrator.try(getTenant, { params: { slug: 'given-up' } })).status).toBe(404);
  await requireApproval('add-tenant', 'none');
});

test('R4.4 once a part is done a request is finished, not taken back', async () => {
  // The database itself refuses the row of the third part, as it would without room on the disk.
  await world.sql(`create function public.refuse_requests() returns trigger language plpgsql as $$ begin
    if new.name = 'request' and new.last = 0 then raise exception 'no room' using errcode = '53100'; end if; return new; end $$`);
  await world.sql(
    'create trigger refuse_requests before insert on tenancy.series for each row execute function public.refuse_requests()',
  );
  const made = await ask('add-tenant', { name: 'Halfway there' });
  const stuck = await stuckAt(made.number);
  expect(stuck.can.cancel).toBe(false);
  const answer = await world.administrator.try(api.cancelRequest, {
    params: { number: made.number },
    version: stuck.version,
  });
  expect([answer.status, answer.body.type]).toEqual([409, 'urn:tenantry:request.too-late']);
  await world.sql('drop trigger refuse_requests on tenancy.series');
  await world.administrator.call(api.retryRequest, { params: { number: made.number } });
  await world.settled(made.number);
});

test('R4.4 R5.8 a colleague finishes under their own role what somebody left behind who has lost theirs', async () => {
  const leaver = await world.person({ tenant: provider, role: 'system-administrator', name: 'Leaver' });
  await requireApproval('add-tenant', 'one');
  const made = await ask('add-tenant', { name: 'Left behind' }, leaver);
  const { memberships } = await world.administrator.call(getPerson, { params: { id: leaver.contactId } });
  for (const { id } of memberships) await world.administrator.call(endMembership, { params: { id } });
  await approve(made.number);
  expect((await stuckAt(made.number)).tasks[0]).toMatchObject({ state: 'failed' });
  expect((await world.administrator.try(getTenant, { params: { slug: 'left-behind' } })).status).toBe(404);
  // Whoever could not request it cannot finish it either.
  const analyst = await world.person({ tenant: provider, role: 'provider-analyst' });
  expect((await analyst.try(api.retryRequest, { params: { number: made.number } })).status).toBe(403);
  await second.call(api.retryRequest, { params: { number: made.number } });
  expect(await world.settled(made.number)).toMatchObject({ requester: 'Leaver' });
  expect(await world.administrator.call(getTenant, { params: { slug: 'left-behind' } })).toMatchObject({
    status: 'active',
  });
  await requireApproval('add-tenant', 'none');
});

test('R1.3 R4.3 a tenant that was approved while multi-tenancy is off is made once it is on again, not before', async () => {
  await requireApproval('add-tenant', 'one');
  const made = await ask('add-tenant', { name: 'Patient' });
  const { id } = await world.administrator.call(previewDisabling);
  const off = await ask('multi-tenancy', { state: 'off', previewId: id, confirmation: 'Northwind' });
  await world.settled(off.number);
  // In off such requests exist for nobody, and nobody approves them.
  const { version } = made;
  const params = { number: made.number };
  expect((await second.try(api.decideRequest, { params, version, body: { decision: 'approved' } })).status).toBe(404);
  expect((await world.administrator.call(api.listRequests)).items.map((one) => one.number)).not.toContain(made.number);
  // As the owner: as if it had been approved a moment before.
  await world.sql(`insert into catalog.tasks (owner_id, id, request_id, position, part, next_attempt_at, state)
    select owner_id, gen_random_uuid(), id, 0, 'record', now(), 'failed' from catalog.requests where about = 'Patient'`);
  await world.sql(`update catalog.requests set phase = 'fulfillment' where about = 'Patient'`);
  await performAll();
  expect(await world.sql(`select 1 from tenancy.tenants where name = 'Patient'`)).toEqual([]);
  await world.settled((await ask('multi-tenancy', { state: 'on' })).number);
  await world.sql(`update catalog.tasks set next_attempt_at = now() where state = 'failed'`);
  await performAll();
  expect(await world.sql(`select status from tenancy.tenants where name = 'Patient'`)).toEqual([
    { status: 'provisioning' },
  ]);
  await requireApproval('add-tenant', 'none');
});

/** What the queue does every minute, at once, and until it is done. */
async function performAll(): Promise<void> {
  const { fulfillmentQueue } = await import('../fulfillment/engine.ts');
  const rows = await world.sql<{ request: string; membership: string }>(
    `select id as request, membership_id as membership from catalog.requests where phase = 'fulfillment'`,
  );
  for (const row of rows) await fulfillmentQueue.perform(world.db, row);
}

test('R1.2 a request to switch that was overtaken changes nothing any more', async () => {
  await requireApproval('multi-tenancy', 'one');
  const preview = await world.administrator.call(previewDisabling);
  const values = { state: 'off', previewId: preview.id, confirmation: 'Northwind' };
  const [first, late] = [await ask('multi-tenancy', values), await ask('multi-tenancy', values)];
  await approve(first.number);
  await world.settled(first.number);
  const on = await ask('multi-tenancy', { state: 'on' });
  await approve(on.number);
  await world.settled(on.number);
  await approve(late.number);
  const over = await endedAt(late.number);
  expect(over).toMatchObject({ phase: 'cancelled', stuck: false });
  expect(over.tasks[0]?.error?.en).toContain('since this was requested');
  expect(await world.administrator.call(getMultiTenancy)).toMatchObject({ state: 'on', provider: 'Northwind' });
  await requireApproval('multi-tenancy', 'none');
});

test('R4.6 a role that is taken away directly ends in a request, and waits for approval where the offering does', async () => {
  const person = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Taken' });
  await requireApproval('manage-users', 'one');
  const refused = await world.administrator.try(endMembership, { params: { id: person.membershipId as string } });
  expect(refused.body.type).toBe('urn:tenantry:request.needs-approval');
  expect((await person.try(listPeople)).status).toBe(200);
  await requireApproval('manage-users', 'none');
  await world.administrator.call(endMembership, { params: { id: person.membershipId as string } });
  const [latest] = (await world.administrator.call(api.listRequests, { query: { limit: 1 } })).items;
  expect(latest).toMatchObject({ offering: { key: 'manage-users' }, phase: 'completed' });
  expect((await seen(latest?.number as string)).values).toMatchObject({
    action: 'end-membership',
    person: person.contactId,
  });
});

test('R4.7 nothing that a person could sign in with is in a request, its history, its tasks or the audit', async () => {
  const { items } = await world.administrator.call(listRoles, { query: { search: 'Self-Service' } });
  const values = { userName: 'sesame', displayName: 'Sesame', roleId: items[0]?.id as string, tenant: alpha.slug };
  const made = await world.settled((await ask('add-user', values)).number);
  const direct = await world.administrator.call(addPerson, { body: { ...values, userName: 'sesame2' } });
  const secrets = [worldPassword];
  for (const id of [made.result.person as string, direct.id]) {
    const link = await world.administrator.call(makePasswordLink, { params: { id } });
    secrets.push(link.path.split('#')[1] as string);
  }
  const stored = JSON.stringify(
    await Promise.all(
      [
        'catalog.requests',
        'catalog.request_entries',
        'catalog.tasks',
        'platform.audit_entries',
        'platform.idempotency_keys',
        'jobs.job',
      ].map((table) => world.sql(`select to_jsonb(t) from ${table} t`)),
    ),
  );
  expect(stored).toContain('sesame2');
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10);
    expect(stored).not.toContain(secret);
  }
});

test('T-07 requests of the same instant are each on one page of the list', async () => {
  for (let n = 0; n < 5; n++) await ask('access', { application: `Page ${n}`, reason: 'New' });
  // As the owner: as an import makes them, in one unit of work and so at one instant, between two milliseconds.
  await world.sql(`update catalog.requests set created_at = '2026-01-01 00:00:00.123456Z'`);
  const whole = await world.administrator.call(api.listRequests, { query: { limit: 200 } });
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.administrator.call(api.listRequests, {
      query: { limit: 2, ...(cursor ? { cursor } : {}) },
    });
    paged.push(...page.items.map((one) => one.number));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(paged).toEqual(whole.items.map((one) => one.number));
  expect(paged.length).toBeGreaterThan(5);
});

test('R4.5 two tabs that send the same key at once make one tenant, and another’s key is no key of mine', async () => {
  const body = { offering: 'add-tenant', values: { name: 'One key' } };
  const sent = await Promise.all(
    Array.from({ length: 4 }, () => world.administrator.try(api.createRequest, { body, idempotencyKey: 'same' })),
  );
  const numbers = new Set(sent.filter(({ status }) => status === 201).map((answer) => answer.body.number));
  expect(numbers.size).toBe(1);
  await world.settled([...numbers][0] as string);
  const other = await second.try(api.createRequest, {
    body: { offering: 'add-tenant', values: { name: 'One key of another' } },
    idempotencyKey: 'same',
  });
  expect(other.status).toBe(201);
  await world.settled(other.body.number);
  const { items } = await world.administrator.call(listTenants, { query: { search: 'One key' } });
  expect(items.map((one) => one.name)).toEqual(['One key', 'One key of another']);
});

test('R2.6 R4.4 of four requests that change the same version at once one is done, and none waits for ever', async () => {
  const values = { ...(await updating(alpha.slug)), description: 'Raced for' };
  const sent = await Promise.all(
    Array.from({ length: 4 }, () =>
      world.administrator.try(api.createRequest, { body: { offering: 'manage-tenants', values: values as never } }),
    ),
  );
  const made = sent.filter(({ status }) => status === 201);
  const ended = await Promise.all(made.map((answer) => endedAt(answer.body.number)));
  expect(ended.filter((one) => one.phase === 'completed')).toHaveLength(1);
  for (const one of ended.filter(({ phase }) => phase !== 'completed')) {
    expect(one).toMatchObject({ phase: 'cancelled', stuck: false });
    expect(one.tasks[0]?.error?.en).toMatch(/changed/i);
  }
  for (const answer of sent.filter(({ status }) => status !== 201)) expect(answer.status).toBe(412);
});

test('R4.4 a request that is cancelled while its part is at work is what the part has made of it', async () => {
  // As the owner: the part waits for a lock that the test holds.
  await world.sql(`create function public.wait_here() returns trigger language plpgsql as $$ begin
    perform pg_advisory_xact_lock(4343); return new; end $$`);
  await world.sql('select pg_advisory_lock(4343)');
  await requireApproval('add-tenant', 'one');
  const made = await ask('add-tenant', { name: 'Half way' });
  await world.sql(
    'create trigger wait_here before insert on tenancy.tenants for each row execute function public.wait_here()',
  );
  await approve(made.number);
  const waits = async () =>
    (await world.sql(`select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 4343`)).length > 0;
  for (let waited = 0; waited < 10_000 && !(await waits()); waited += 20)
    await new Promise((done) => setTimeout(done, 20));
  expect(await waits()).toBe(true);
  // As if it were stuck, which is when the requester may take it back.
  const cancelling = world.administrator.try(api.cancelRequest, {
    params: { number: made.number },
    version: (await seen(made.number)).version,
  });
  await new Promise((done) => setTimeout(done, 200));
  await world.sql('select pg_advisory_unlock(4343)');
  expect((await cancelling).status).toBeGreaterThanOrEqual(400);
  await world.sql('drop trigger wait_here on tenancy.tenants');
  expect(await world.settled(made.number)).toMatchObject({ phase: 'completed' });
  expect(await world.administrator.call(getTenant, { params: { slug: 'half-way' } })).toMatchObject({
    status: 'active',
  });
  await requireApproval('add-tenant', 'none');
});

test('R4.2 what is wrong with a value is said in the caller’s language, at its field of the form', async () => {
  const values = { name: 'Wrong', timeZone: 'Mars/Olympus', key: '!', extra: 1 };
  const refused = async (values: object, language: string) =>
    (
      await world.administrator.try(api.createRequest, {
        body: { offering: 'add-tenant', values: values as never },
        headers: { 'accept-language': language },
      })
    ).body.errors;
  expect(await refused(values, 'es')).toEqual([
    { pointer: '/values/extra', detail: 'No se conoce aquí.' },
    { pointer: '/values/key', detail: 'Use de 2 a 8 letras (de la A a la Z, sin acentos) o cifras.' },
  ]);
  expect(await refused({ name: 'Wrong', timeZone: 'Mars/Olympus' }, 'es')).toEqual([
    { pointer: '/values/timeZone', detail: 'No existe esa zona horaria: Europe/Madrid es una.' },
  ]);
  expect(await refused({ name: ' ' }, 'en')).toEqual([{ pointer: '/values/name', detail: 'This must not be empty.' }]);
});

test('R2.2 what a field of Add Tenant allows is said where it is refused, the same by the form and by the server', async () => {
  const values = { name: 'Wrong', key: '!', slug: 'Not So', currency: 'euro', email: 'nobody', webSite: 'example.com' };
  const { form } = await world.administrator.call(getOffering, { params: { key: 'add-tenant' } });
  for (const [language, words] of [
    ['en', ['2 to 8 letters', 'lower-case letters', 'EUR or USD', 'e-mail address', 'https:// or http://']],
    ['es', ['2 a 8 letras', 'letras minúsculas', 'EUR o USD', 'correo electrónico', 'https:// o http://']],
  ] as const) {
    const { body } = await world.administrator.try(api.createRequest, {
      body: { offering: 'add-tenant', values },
      headers: { 'accept-language': language },
    });
    const told = Object.fromEntries(
      body.errors?.map((one) => [one.pointer.slice('/values/'.length), one.detail]) ?? [],
    );
    for (const [index, name] of ['key', 'slug', 'currency', 'email', 'webSite'].entries()) {
      expect(told[name]).toContain(words[index]);
      expect(form.properties[name]?.['x-fault']?.[language]).toBe(told[name]);
      const asked = { properties: form.properties };
      const allowed = { id: 'ui.error-pattern', allowed: form.properties[name]?.['x-fault'] };
      expect(findFault(asked, name, values[name as keyof typeof values])).toEqual(allowed);
    }
  }
});

test('R2.6 what is read is as of one instant, whatever is committed between two statements of it', async () => {
  const { number } = await ask('add-tenant', { name: 'Between' });
  const before = await world.settled(number);
  // The tasks are held, so the request has been read and its tasks have not, when both are changed together.
  await world.sql('begin');
  await world.sql('lock table catalog.tasks in access exclusive mode');
  const reading = seen(number);
  const waiting = () => world.sql(`select 1 from pg_locks where relation = 'catalog.tasks'::regclass and not granted`);
  while (!(await waiting()).length) await new Promise((done) => setTimeout(done, 10));
  await world.sql(`update catalog.requests set stuck = true where id = $1`, [before.id]);
  await world.sql(`update catalog.tasks set attempts = 7 where request_id = $1`, [before.id]);
  await world.sql('commit');
  expect(await reading).toEqual(before);
  expect(await seen(number)).toMatchObject({ stuck: true, tasks: before.tasks.map(() => ({ attempts: 7 })) });
});

test('R5.8 that a session is used is noted once, and stops nobody who has read since', async () => {
  await world.sql(`update identity.sessions set used_at = now() - interval '1 hour'`);
  const [session] = await world.sql('select token_hash from identity.sessions limit 1');
  await world.sql('begin isolation level repeatable read');
  await world.sql('select count(*) from identity.sessions');
  // Whoever reads in the same moment notes it first.
  await Promise.all([
    world.administrator.call(listPeople),
    world.administrator.call(listPeople),
    second.call(listPeople),
  ]);
  await world.sql(`select identity.mark_used('session', $1)`, [session?.token_hash]);
  await world.sql('commit');
  const stale = await world.sql(
    `select 1 from identity.sessions where used_at < now() - interval '5 minutes' and person_id in ($1, $2)`,
    [world.administrator.personId, second.personId],
  );
  expect(stale).toEqual([]);
});

test('R5.4 a draft that names somebody out of reach tells nothing of them', async () => {
  const ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
  const values = { person: world.administrator.contactId, tenant: provider.slug };
  const { asked } = await ana.call(api.createRequest, { body: { offering: 'manage-users', values, submit: false } });
  expect([Object.keys(asked.form.properties), asked.names]).toEqual([['person'], {}]);
});
