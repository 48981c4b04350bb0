import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealAudit } from '../src/administration/audit/sealing.ts';
import { getMe } from '../src/identity/sessions/sessions.api.ts';
import { withStatements } from './attack/statements.ts';
import * as tools from './attacks.tools.ts';
import { type Cast, openCast } from './cast.ts';
import { examples } from './examples/all.ts';

// What docs/rules/attacks.md lists, over every endpoint there is: an endpoint with an example is attacked from its first day.

let cast: Cast;
let ofB: { kind: string; id: string }[];

beforeAll(async () => {
  cast = await openCast();
  // One record of each kind in B, and in P above it.
  for (const name of tools.writes) {
    for (const side of [cast.b, cast.p]) {
      if (examples[name]?.own) continue;
      const { as, input } = await tools.callerOn(cast, side, name);
      await tools.tryExample(as, name, input);
    }
  }
  ofB = await tools.identitiesOf(cast, cast.b);
}, 180_000);
afterAll(() => cast.world.close());

const withReferences = tools.writes.filter(
  (name) => tools.referenceFields(tools.endpointsByName.get(name)?.body).length,
);
test.each(withReferences)('T-01 T-44 %s refuses a foreign record in its body like one that never was', async (name) => {
  for (const field of tools.referenceFields(tools.endpointsByName.get(name)?.body)) {
    const answered = async (value: string) => {
      const { input } = await tools.callerOn(cast, cast.a, name);
      // Whoever else makes it succeed may reach further: the attacker is of A.
      const as = cast.a.administrator;
      const body = { ...input.body, [field.name]: field.list ? [value] : value };
      const { result, statements } = await withStatements(() => tools.tryExample(as, name, { ...input, body }));
      return { ...result, statements };
    };
    const nothing = await answered(field.slug ? 'there-is-none' : tools.uuid);
    const before = await tools.stored(cast, cast.b);
    for (const { kind, id } of field.slug ? [{ kind: 'tenant', id: cast.b.tenant.slug }] : ofB) {
      const foreign = await answered(id);
      const what = `${field.name}: ${kind} ${foreign.text}`;
      expect(foreign.status, what).toBe(nothing.status);
      // A field that another field switches off is passed over; then nothing of the foreign record may come back.
      if (nothing.status >= 400) expect(tools.seen(foreign), what).toEqual(tools.seen(nothing));
      if (nothing.status >= 400) expect(foreign.statements, what).toEqual(nothing.statements);
      expect(foreign.text).not.toMatch(/bravo/i);
    }
    expect(await tools.stored(cast, cast.b), field.name).toBe(before);
  }
});

test.each(tools.writes.filter((name) => name.includes('/:') && !examples[name]?.public))(
  'T-02 T-16 %s changes nothing of a sibling, and tells nothing',
  async (name) => {
    const input = await tools.callOn(cast, cast.b, name);
    const before = await tools.stored(cast, cast.b);
    const answer = await tools.tryExample(cast.a.administrator, name, input);
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toMatch(/bravo/i);
    expect(await tools.stored(cast, cast.b)).toBe(before);
  },
);

test.each(tools.names.filter((name) => name.includes('/:') && !examples[name]?.own && !examples[name]?.public))(
  'T-18 %s leaves what is inherited from above as it is',
  async (name) => {
    const input = await tools.callOn(cast, cast.p, name);
    const before = await tools.stored(cast, cast.p);
    const answer = await tools.tryExample(cast.a.administrator, name, input);
    if (name.startsWith('GET ')) expect([200, 403, 404], answer.text).toContain(answer.status);
    else expect([403, 404, 422], answer.text).toContain(answer.status);
    expect(await tools.stored(cast, cast.p)).toBe(before);
  },
);

test.each(tools.writes.filter((name) => tools.endpointsByName.get(name)?.body))(
  'T-15 %s takes no field that it does not declare',
  async (name) => {
    for (const field of ['owner_id', 'ownerId', 'tenantId', 'id', 'isAdmin', 'constructor']) {
      const { input } = await tools.callerOn(cast, cast.a, name);
      // Whoever else makes it succeed may reach further: the attacker is of A.
      const body = { ...input.body, [field]: 3 };
      const answer = await tools.tryExample(cast.a.administrator, name, { ...input, body });
      expect([answer.status, answer.body.type], `${field}: ${answer.text}`).toEqual([422, 'urn:tenantry:invalid']);
    }
  },
);

/** As somebody would write them who has seen a real one. */
const wrongCursors = ['requests', 'audit', 'tenants', 'tenant-groups', 'by-name', 'name', 'at', 'opened', ''].flatMap(
  (list) =>
    [
      '[]',
      '{}',
      'null',
      '["2026-02-31T00:00:00Z","x"]',
      `["2026-02-31T25:61:61Z","${tools.uuid}"]`,
      `["2026-02-28","${tools.uuid}"]`,
      `["\\u0000","${tools.uuid}"]`,
      '[true,"a",99999999999]',
      '[1,2,3,4]',
      `["x","------------------------------------"]`,
    ].map((values) => Buffer.from(list ? `${list}:${values}` : values).toString('base64url')),
);

const asked = tools.names.filter((name) => tools.queryFields(name).length);
test.each(asked)(
  'T-08 T-14 %s answers any question without a failure and without a word of a sibling’s',
  async (name) => {
    const fields = tools.queryFields(name);
    const nasty = [
      "'",
      '%',
      '_',
      '\\',
      '\u0000',
      '-1',
      '1e99',
      '9999999999',
      'null',
      '[]',
      '{"a":1}',
      'x'.repeat(199),
      '()',
      '" or 1=1 --',
      '\u202e',
      '2026-13-45',
      'bravo',
      cast.b.tenant.slug,
      ...ofB.map(({ id }) => id),
    ];
    const input = await tools.callOn(cast, cast.a, name);
    for (const field of fields) {
      for (const value of field === 'cursor' ? [...nasty, ...wrongCursors] : nasty) {
        const answer = await tools.tryExample(cast.a.administrator, name, {
          ...input,
          query: { ...input.query, [field]: value },
        });
        expect(answer.status, `${field}=${value}: ${answer.text}`).toBeLessThan(500);
        expect(answer.text.replaceAll(value, ''), `${field}=${value}`).not.toMatch(/bravo/i);
      }
    }
  },
  60_000,
);

const versioned = tools.writes.filter((name) => tools.endpointsByName.get(name)?.ifMatch);
test.each(versioned)('T-20 of several %s with the same version, one wins', async (name) => {
  const { as, input } = await tools.callerOn(cast, cast.b, name);
  const answers = await Promise.all([1, 2, 3, 4].map(() => tools.tryExample(as, name, input)));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses.filter((status) => status < 300).length, statuses.join()).toBe(1);
  for (const status of statuses.slice(1)) expect([409, 412, 422], statuses.join()).toContain(status);
});

const pairs = tools.names.flatMap((list) => {
  const detail = tools.names.find((name) => name.startsWith(`${list}/:`) && !name.slice(list.length + 2).includes('/'));
  return list.startsWith('GET ') && detail ? [[list, detail] as const] : [];
});
test.each(pairs)('T-11 what %s shows, %s opens', async (list, detail) => {
  const key = detail.split(':')[1] as string;
  let shownAtAll = 0;
  for (const person of [cast.a.administrator, cast.p.administrator, cast.both, cast.provider, cast.a.idle]) {
    const shown = await tools.tryExample(person, list, {});
    if (shown.status === 403) continue;
    const { items = [] } = shown.body as { items?: Record<string, string>[] };
    shownAtAll += items.length;
    for (const item of items.slice(0, 20)) {
      const opened = await tools.tryExample(person, detail, { params: { [key]: item[key] } });
      expect(opened.status, `${person.displayName}: ${item[key]} ${opened.text}`).toBe(200);
    }
  }
  expect(shownAtAll, 'nothing was opened').toBeGreaterThan(0);
});

const inside = tools.names.filter(
  (name) => !['visitor', 'session'].includes(tools.endpointsByName.get(name)?.access as string),
);
test.each(inside)(
  'T-05 %s is closed to a person without a membership, and to one who names another’s',
  async (name) => {
    const input = await tools.callOn(cast, cast.a, name);
    for (const membership of [null, cast.loner.membershipId, cast.a.administrator.membershipId, tools.uuid]) {
      const answer = await tools.tryExample(cast.loner, name, { ...input, membership });
      expect([answer.status, answer.body.type], `${membership}`).toEqual([403, 'urn:tenantry:membership-needed']);
    }
  },
);

const several = tools.writes.filter((name) => (name.match(/\/:/g) ?? []).length > 1);
test.each(several)('T-02 %s refuses one foreign name among one’s own in the path', async (name) => {
  const foreign = await tools.callOn(cast, cast.b, name);
  for (const [param, value] of Object.entries(foreign.params ?? {})) {
    const before = await tools.stored(cast, cast.b);
    const answered = async (other: string | undefined) => {
      const own = await tools.callOn(cast, cast.a, name);
      return tools.tryExample(cast.a.administrator, name, { ...own, params: { ...own.params, [param]: other } });
    };
    const absent = value?.includes('-') && /^[0-9a-f]{8}-/.test(value) ? tools.uuid : 'ZZZ9-999999';
    const [swapped, nothing] = [await answered(value), await answered(absent)];
    // To take away what is not there is done already; then it must be so for both.
    if (!name.startsWith('DELETE ')) expect(swapped.status, swapped.text).toBeGreaterThanOrEqual(400);
    expect(tools.seen(swapped), param).toEqual(tools.seen(nothing));
    expect(await tools.stored(cast, cast.b)).toBe(before);
  }
});

const lists = tools.names.filter((name) => tools.queryFields(name).includes('cursor') && !name.includes('/:'));
/** What first makes a second page of some: heads of several tenants, and two who have accepted terms. */
const furnish: Record<string, () => Promise<void>> = {
  'GET /audit-heads': () => sealAudit(cast.world.db),
  'GET /consents': async () => {
    for (let made = 0; made < 2; made++) {
      const { as, input } = await tools.callerOn(cast, cast.b, 'PUT /me/terms/acceptance');
      expect((await tools.tryExample(as, 'PUT /me/terms/acceptance', input)).status).toBe(200);
    }
  },
};
test.each(lists)('T-07 %s goes on from another’s place within one’s own reach', async (name) => {
  // Where a tenant must be named, each names their own.
  const of = ({ slug }: { slug: string }) => (name === 'GET /grantable-roles' ? { tenant: slug } : {});
  await furnish[name]?.();
  // Somebody who reads everything, on whose first page is one record of many.
  const first = await tools.tryExample(cast.provider, name, { query: { limit: 1, ...of(cast.b.tenant) } });
  const { next } = first.body as { next?: string | null };
  expect(next, first.text).toBeTruthy();
  const answer = await tools.tryExample(cast.a.administrator, name, {
    query: { limit: 200, cursor: next, ...of(cast.a.tenant) },
  });
  expect([200, 403], answer.text).toContain(answer.status);
  expect(answer.text).not.toMatch(/bravo/i);
});

test('T-27 an idempotency key is its sender’s alone, at its endpoint alone', async () => {
  const input = { idempotencyKey: 'one key for all', body: { title: 'Alfa secret' } };
  const made = await tools.tryExample(cast.a.administrator, 'POST /tickets', input);
  const again = await tools.tryExample(cast.a.administrator, 'POST /tickets', input);
  expect([again.text, again.headers['idempotent-replay']]).toEqual([made.text, 'true']);
  const reused = await tools.tryExample(cast.a.administrator, 'POST /tickets', { ...input, body: { title: 'Other' } });
  expect(reused.body.type).toBe('urn:tenantry:idempotency-key-reused');
  const others = await tools.tryExample(cast.b.administrator, 'POST /tickets', input);
  expect(others.headers).not.toHaveProperty('idempotent-replay');
  expect((others.body as { number?: string }).number).not.toBe((made.body as { number?: string }).number);
  const elsewhere = await tools.tryExample(cast.a.administrator, 'POST /categories', {
    ...input,
    body: { name: 'Keyed', tenant: cast.a.tenant.slug },
  });
  expect([elsewhere.status, elsewhere.headers['idempotent-replay']]).toEqual([201, undefined]);
});

test('T-43 a connection that served one tenant serves the next without a trace of it', async () => {
  const people = [cast.a.administrator, cast.b.administrator, cast.p.administrator, cast.provider, cast.a.idle];
  const expected = new Map(people.map((person) => [person, person.displayName]));
  const rounds = Array.from({ length: 40 }, (_none, round) =>
    people.map(async (person, at) => {
      // A refused, a failing and a broken call in between leave no scope behind.
      if ((round + at) % 3 === 0) await tools.tryExample(person, 'GET /people/:id', { params: { id: tools.uuid } });
      const me = await person.call(getMe);
      expect(me.person.displayName).toBe(expected.get(person));
      const people = await tools.tryExample(person, 'GET /people', { query: { limit: 200 } });
      if (person === cast.a.administrator) expect(people.text).not.toMatch(/bravo|papa/i);
      if (person === cast.b.administrator) expect(people.text).not.toMatch(/alfa|papa/i);
    }),
  );
  await Promise.all(rounds.flat());
});

test('T-43 connections that are killed in the middle of requests lose nothing and leave nothing', async () => {
  // The program's own login may end its own connections.
  const killer = await cast.world.db.listener();
  const kill = () =>
    killer.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and datname = current_database() and pid <> pg_backend_pid()',
    );
  const before = await tools.stored(cast, cast.b);
  for (let round = 0; round < 5; round++) {
    const calls = Array.from({ length: 20 }, () => tools.tryExample(cast.a.administrator, 'GET /people', {}));
    await kill();
    for (const answer of await Promise.all(calls)) {
      expect([200, 503], answer.text).toContain(answer.status);
      expect(answer.text).not.toMatch(/bravo/i);
    }
  }
  const after = await tools.tryExample(cast.a.administrator, 'GET /people', {});
  expect([after.status, await tools.stored(cast, cast.b)]).toEqual([200, before]);
  await killer.end();
});
