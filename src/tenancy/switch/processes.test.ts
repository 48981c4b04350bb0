import { once } from 'node:events';
import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase } from '../../../test/database.ts';
import { StormProgram } from '../../../test/storm.program.ts';

// R1.2: two real processes on one database. What one has committed, the other obeys from its next request on.

let database: Awaited<ReturnType<typeof emptyDatabase>>;
const programs: StormProgram[] = [];
let administrator = '';
let ana = '';
let ofBen = '';

beforeAll(async () => {
  database = await emptyDatabase();
  for (let n = 0; n < 2; n++) {
    const program = await StormProgram.make(database.url);
    programs.push(program);
    await program.start();
  }
  const first = programs[0] as StormProgram;
  await first.signIn();
  administrator = first.cookie;
  await change(first, { state: 'on', providerName: 'Northwind' });
  for (const name of ['Alpha', 'Beta']) await done(first, 'add-tenant', { name });
  ana = await analyst(first, 'ana', 'alpha');
  const ben = await analyst(first, 'ben', 'beta');
  ofBen = (await as<{ number: string }>(first, ben, 'POST', '/tickets', { title: 'Of Ben' })).body.number;
}, 120_000);
afterAll(async () => {
  for (const program of programs) await program.stop();
  await database.close();
});

function as<T>(program: StormProgram, cookie: string, method: string, path: string, body?: unknown) {
  return program.call<T>(method, path, body, { cookie: `tenantry_session=${cookie}` });
}

async function done(program: StormProgram, offering: string, values: object): Promise<void> {
  const { status, body } = await as<{ number: string }>(program, administrator, 'POST', '/requests', {
    offering,
    values,
  });
  expect([status, body]).toMatchObject([201, {}]);
  for (let waited = 0; waited < 20_000; waited += 10) {
    const { body: request } = await as<{ phase: string }>(program, administrator, 'GET', `/requests/${body.number}`);
    if (request.phase === 'completed') return;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error(`${body.number} was never completed`);
}

const change = (program: StormProgram, values: object) => done(program, 'multi-tenancy', values);

async function opened(program: StormProgram, state: string): Promise<void> {
  const { body } = await as<{ id: string }>(program, administrator, 'POST', '/multi-tenancy/exposure-previews');
  await change(program, { state, previewId: body.id, confirmation: 'Northwind' });
}

/** A tenant's analyst, signed in. @returns the session's cookie. */
async function analyst(program: StormProgram, userName: string, tenant: string): Promise<string> {
  type Roles = { items: { id: string; stock: string }[] };
  const roles = await as<Roles>(program, administrator, 'GET', '/roles?public=only&limit=200');
  const roleId = roles.body.items.find((role) => role.stock === 'tenant-analyst')?.id;
  const values = { userName, displayName: userName, roleId, tenant };
  const { body: person } = await as<{ id: string }>(program, administrator, 'POST', '/people', values);
  const path = `/people/${person.id}/link`;
  const { body: link } = await as<{ path: string }>(program, administrator, 'POST', path);
  const answer = await fetch(`${program.address}/links/use`, {
    method: 'POST',
    headers: { 'tenantry-request': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ token: link.path.split('#')[1], password: 'seven green bicycles' }),
  });
  const cookie = /tenantry_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
  if (!cookie) throw new Error(`${userName} is not signed in: ${answer.status} ${await answer.text()}`);
  return cookie;
}

/** What Ana is told of Ben's ticket: 404 behind the wall. */
const seen = async (program: StormProgram) => (await as(program, ana, 'GET', `/tickets/${ofBen}`)).status;

/** A live connection of Ana's, begun; `ended` is fulfilled when it is cut. */
async function listening(program: StormProgram): Promise<{ ended: Promise<unknown> }> {
  type Me = { acting: { membershipId: string } };
  const { body } = await as<Me>(program, ana, 'GET', '/me');
  const request = get(`${program.address}/live?memberships=${body.acting.membershipId}`, {
    headers: { cookie: `tenantry_session=${ana}` },
  });
  const [response] = await once(request, 'response');
  expect(response.statusCode).toBe(200);
  response.resume();
  return { ended: once(response, 'end') };
}

test('R1.2 the switch is obeyed by the other process from its next request on, through all three states, and cuts live connections on both', {
  timeout: 120_000,
}, async () => {
  for (let round = 0; round < 3; round++) {
    const [here, there] = (round % 2 ? programs.toReversed() : programs) as [StormProgram, StormProgram];
    expect([await seen(there), await seen(here)]).toEqual([404, 404]);
    const ends = [await listening(here), await listening(there)];
    await opened(here, round === 2 ? 'off' : 'setup');
    expect([await seen(there), await seen(here)]).toEqual([200, 200]);
    await Promise.all(ends.map((one) => one.ended));
    const again = [await listening(here), await listening(there)];
    await change(there, { state: 'on' });
    expect([await seen(here), await seen(there)]).toEqual([404, 404]);
    await Promise.all(again.map((one) => one.ended));
  }
});
