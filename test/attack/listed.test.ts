import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerOn, endpointsByName, names, seen, stored, tryExample, writes } from '../attacks.tools.ts';
import { type Cast, openCast } from '../cast.ts';
import { examples } from '../examples/all.ts';
import { promisedIn } from '../rules.checks.ts';
import { waiting } from './waiting.ts';

// Attacks of docs/rules/attacks.md that are no matter of every endpoint (those are in ../attacks.test.ts), and the list of all.

const root = fileURLToPath(new URL('../..', import.meta.url));
const filesOf = (folder: string) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((path) => `${root}${folder}/${path}`);

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
}, 180_000);
afterAll(() => cast.world.close());

test('every attack of the list has a test that bears its number, or waits for its part with a reason', () => {
  const listed = new Set(readFileSync(`${root}docs/rules/attacks.md`, 'utf8').match(/T-\d+/g));
  const tests = ['src', 'test', 'e2e'].flatMap(filesOf).filter((path) => /\.(test|spec)\.tsx?$/.test(path));
  const tested = new Set(tests.flatMap((path) => promisedIn(readFileSync(path, 'utf8'))));
  const numbers = [...listed].sort();
  expect(numbers.at(0)).toBe('T-01');
  expect(
    numbers.filter((number) => !tested.has(number) && !(number in waiting)),
    'neither tested nor waiting',
  ).toEqual([]);
  expect(
    Object.keys(waiting).filter((number) => tested.has(number)),
    'tested, and said to wait',
  ).toEqual([]);
  expect(
    Object.keys(waiting).filter((number) => !listed.has(number)),
    'in no list',
  ).toEqual([]);
  const lines = Object.entries(waiting).map(([number, reason]) => `  ${number} waits: ${reason}`);
  process.stdout.write(
    `${numbers.length - lines.length} of ${numbers.length} attacks are tried\n${lines.join('\n')}\n`,
  );
});

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

test('T-03 another tenant’s logo is neither overwritten nor removed nor shown', async () => {
  const input = { params: { slug: cast.b.tenant.slug }, body: { picture } };
  const set = await tryExample(cast.provider, 'PUT /tenants/:slug/logo', input);
  expect(set.status).toBeLessThan(300);
  const before = await stored(cast, cast.b);
  const absent = { params: { slug: 'there-is-none' }, body: { picture } };
  for (const name of ['PUT /tenants/:slug/logo', 'DELETE /tenants/:slug/logo']) {
    const { body, ...bare } = input;
    const sent = name.startsWith('PUT') ? [input, absent] : [bare, { params: absent.params }];
    const [foreign, nothing] = await Promise.all(sent.map((one) => tryExample(cast.a.administrator, name, one)));
    expect(seen(foreign as never)).toEqual(seen(nothing as never));
  }
  expect(await stored(cast, cast.b)).toBe(before);
  // The tenant is one's own, whatever the address says.
  const own = await tryExample(cast.a.administrator, 'GET /organization/logo', {});
  expect(own.status).toBe(404);
});

test('T-12 every way out that is no JSON record is in the inventory, with an example that is attacked', () => {
  const sides = [...endpointsByName].filter(([, endpoint]) => endpoint.sends).map(([name]) => name);
  expect(sides).toContain('GET /tickets/export');
  expect(sides.filter((name) => !(name in examples))).toEqual([]);
});

test('T-12 an export and a list show the same, to everybody', async () => {
  for (const side of [cast.a, cast.b])
    await tryExample(side.administrator, 'POST /tickets', { body: { title: `${side.mark} exported` } });
  for (const person of [cast.a.administrator, cast.b.administrator, cast.p.administrator, cast.provider, cast.both]) {
    const list = await tryExample(person, 'GET /tickets', { query: { limit: 200 } });
    const file = await tryExample(person, 'GET /tickets/export', {});
    for (const { number } of (list.body as { items: { number: string }[] }).items) expect(file.text).toContain(number);
    for (const { mark } of [cast.a, cast.b]) expect(file.text.includes(mark)).toBe(list.text.includes(mark));
  }
});

test('T-13 what is made of a record asks anew for both: a group of A’s takes nobody of B, a ticket of B no group of A', async () => {
  const groups = await Promise.all(
    [cast.a, cast.b].map((side) =>
      tryExample(side.administrator, 'POST /assignment-groups', {
        body: { name: `${side.mark} derived`, tenant: side.tenant.slug },
      }),
    ),
  );
  const [ofA, ofB] = groups.map(({ body }) => (body as { id: string }).id) as [string, string];
  const ticket = (await tryExample(cast.a.administrator, 'POST /tickets', { body: { title: 'Alfa derived' } }))
    .body as {
    number: string;
    version: number;
  };
  const before = await stored(cast, cast.b);
  // Whoever reaches both still cannot lead from one to the other.
  for (const by of [cast.a.administrator, cast.p.administrator, cast.provider]) {
    const assigned = await tryExample(by, 'PUT /tickets/:number/assignment', {
      params: { number: ticket.number },
      version: ticket.version,
      body: { group: ofB },
    });
    const joined = await tryExample(by, 'PUT /assignment-groups/:id/members/:contact', {
      params: { id: ofA, contact: cast.b.idle.contactId },
    });
    expect([assigned.status, joined.status]).toEqual([422, 422]);
  }
  expect(await stored(cast, cast.b)).toBe(before);
});

test('T-17 an import writes where its maker may, and forges neither owner nor audit', async () => {
  const call = (examples['POST /imports/tickets'] as (typeof examples)[string] & object).call;
  const place = { cast, side: cast.b, make: null, fresh: (what: string) => `Bravo ${what}` } as never;
  const { as: _as, ...input } = await call(place);
  const before = await stored(cast, cast.b);
  for (const by of [cast.a.administrator, cast.b.administrator, cast.both, cast.a.idle])
    expect((await tryExample(by, 'POST /imports/tickets', input)).status).toBe(403);
  expect(await stored(cast, cast.b)).toBe(before);
  const [ticket] = (input.body as { tickets: object[] }).tickets;
  for (const field of ['owner', 'owner_id', 'audit', 'actor', 'id', 'number']) {
    const body = { ...input.body, tickets: [{ ...ticket, [field]: 'forged' }] };
    const answer = await tryExample(cast.provider, 'POST /imports/tickets', { ...input, body });
    expect([answer.status, answer.body.type], field).toEqual([422, 'urn:tenantry:invalid']);
  }
});

test('T-28 no header of a proxy signs anybody in, and an empty password nobody', async () => {
  const { userName, personId, membershipId } = cast.b.administrator;
  const address = `${userName}@${cast.b.tenant.slug}`;
  const names = [
    'x-forwarded-user',
    'x-remote-user',
    'remote-user',
    'x-auth-request-user',
    'x-ms-client-principal-name',
  ];
  for (const name of names) {
    for (const value of [userName, address, personId]) {
      const headers = { [name]: value, 'tenantry-membership': String(membershipId), 'x-forwarded-for': '127.0.0.1' };
      const answer = await cast.world.server.inject({ url: '/api/v1/me', headers });
      expect([answer.statusCode, answer.json().type]).toEqual([401, 'urn:tenantry:not-signed-in']);
    }
  }
  const empty = await tryExample(cast.world.visitor(), 'POST /session', { body: { userName: address, password: '' } });
  expect(empty.status).toBeGreaterThanOrEqual(400);
});

test('T-35 what somebody who can write internally says stays internal until they choose otherwise', async () => {
  const asked = await tryExample(cast.a.idle, 'POST /tickets', { body: { title: 'Alfa asks' } });
  expect(asked.status).toBe(403);
  const user = await cast.world.person({ tenant: cast.a.tenant, role: 'self-service-user', name: 'Alfa User' });
  const { number } = (await tryExample(user, 'POST /tickets', { body: { title: 'Alfa asks' } })).body as {
    number: string;
  };
  const said = await tryExample(cast.a.administrator, 'POST /tickets/:number/comments', {
    params: { number },
    body: { text: 'Alfa between ourselves' },
  });
  expect((said.body as { comment: { audience: string } }).comment.audience).toBe('internal');
  for (const name of ['GET /tickets/:number/comments', 'GET /tickets/:number', 'GET /tickets/:number/history']) {
    const answer = await tryExample(user, name, { params: { number } });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('between ourselves');
  }
  const found = await tryExample(user, 'GET /tickets', { query: { text: 'ourselves' } });
  expect(found.body).toMatchObject({ items: [], total: { count: 0 } });
});

/** Whatever a caller was given once and never again, and what is kept of it. */
function traces(secret: string): string[] {
  const hash = createHash('sha256').update(secret).digest();
  return [secret, hash.toString('hex'), hash.toString('base64'), hash.toString('base64url')];
}

test('T-31 no answer of any endpoint holds somebody’s secret, nor what is kept of it, not for the provider either', async () => {
  const { b, provider } = cast;
  const made = async (name: string, body?: Record<string, unknown>, params?: Record<string, string>) =>
    (await tryExample(b.administrator, name, { ...(body && { body }), ...(params && { params }) })).body as {
      token?: string;
      path?: string;
    };
  const invitation = { address: 'guest@elsewhere', roleId: cast.role('self-service-user') };
  const secrets = [
    (await made('POST /me/tokens', { name: 'secret', days: 1 })).token,
    (await made('POST /people/:id/link', undefined, { id: b.idle.contactId })).path?.split('#')[1],
    (await made('POST /invitations', invitation)).path?.split('#')[1],
    b.administrator.cookie,
    b.idle.cookie,
  ];
  expect(secrets.filter((secret) => !secret)).toEqual([]);
  let read = 0;
  for (const name of names.filter((one) => one.startsWith('GET '))) {
    for (const by of [provider, b.administrator, cast.p.administrator]) {
      const { input } = await callerOn(cast, b, name);
      const { status, text, headers } = await tryExample(by, name, input);
      if (status < 300) read++;
      const told = `${text}${JSON.stringify(headers)}`;
      for (const trace of secrets.flatMap((secret) => traces(secret as string)))
        expect(told, name).not.toContain(trace);
      expect(told, name).not.toMatch(/\$argon2/);
    }
  }
  expect(read).toBeGreaterThan(60);
});

test('T-44 who acts in A and names B, where they are at home as well, writes in neither', async () => {
  const naming = writes.filter((name) => {
    const { properties = {} } = (endpointsByName.get(name)?.body ?? {}) as { properties?: object };
    return 'tenant' in properties && !name.includes('/:') && !examples[name]?.own;
  });
  expect(naming).toContain('POST /tickets');
  const before = await stored(cast, cast.b);
  for (const name of naming) {
    const { body } = (await callerOn(cast, cast.a, name)).input;
    const was = [await stored(cast, cast.a), await stored(cast, cast.b)];
    const answer = await tryExample(cast.both, name, { body: { ...body, tenant: cast.b.tenant.slug } });
    expect([403, 422], `${name} ${answer.text}`).toContain(answer.status);
    expect([await stored(cast, cast.a), await stored(cast, cast.b)], name).toEqual(was);
  }
  // In B the same is theirs to do: it is the membership that decides, and nothing else.
  const body = { title: 'Bravo of both', tenant: cast.b.tenant.slug };
  const inB = await tryExample(cast.both, 'POST /tickets', { body, membership: cast.both.membershipInB });
  expect(inB.status, inB.text).toBe(201);
  expect(await stored(cast, cast.b)).not.toBe(before);
});
