import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actionLabel } from '../src/administration/web/audit/auditLabels.tsx';
import english from '../src/administration/web/messages.en.json' with { type: 'json' };
import spanish from '../src/administration/web/messages.es.json' with { type: 'json' };
import { type Endpoint, endpoint } from '../src/platform/endpoints.ts';
import { openApi } from '../src/platform/openapi.ts';
import { routes } from '../src/solution.ts';
import type { Say } from '../src/web/text.ts';
import { type Cast, openCast } from './cast.ts';
import { endpointFaults, nameOf } from './endpoints.checks.ts';
import { examples } from './examples/all.ts';
import { placeOf, tryExample } from './examples/example.ts';

const endpoints = routes.map((route) => route.endpoint);
const names = endpoints.map(nameOf).sort();
const root = fileURLToPath(new URL('..', import.meta.url));
const textOf = (path: string) => (existsSync(root + path) ? readFileSync(root + path, 'utf8') : '');

describe('what is declared', () => {
  test('T-40 every endpoint says who may call it and takes declared fields only; every function opens something', () => {
    expect(endpointFaults(endpoints, textOf)).toEqual([]);
  });

  const good = { method: 'POST', path: '/things', access: 'member', summary: 'Make a thing' } as const;
  const closed = { additionalProperties: false };
  test.each<[string, Endpoint, string]>([
    ['an unknown function', endpoint({ ...good, access: 'thing.make' }), 'which is no function'],
    ['an open body', endpoint({ ...good, body: Type.Object({}) }), 'takes undeclared fields at “/”'],
    [
      'an open object inside',
      endpoint({ ...good, body: Type.Object({ a: Type.Array(Type.Object({})) }, closed) }),
      'takes undeclared fields at “/a/”',
    ],
    [
      'an open choice',
      endpoint({ ...good, body: Type.Object({ a: Type.Union([Type.Null(), Type.Object({})]) }, closed) }),
      'takes undeclared fields at “/a/”',
    ],
    [
      'anything at all',
      endpoint({ ...good, body: Type.Object({ a: Type.Unknown() }, closed) }),
      'takes anything at “/a/”',
    ],
    ['an open query', endpoint({ ...good, method: 'GET', query: Type.Object({}) }), 'takes undeclared fields'],
    ['a parameter without a schema', endpoint({ ...good, path: '/things/:id' }), 'has the parameters'],
    [
      'a body that is read',
      endpoint({ ...good, method: 'GET', body: Type.Object({}, closed) }),
      'reads, and has a body',
    ],
  ])('the check finds %s', (_what, declared, fault) => {
    expect(endpointFaults([declared], () => '').join('\n')).toContain(fault);
  });

  test('the check finds a path that is declared twice, and a function that opens nothing', () => {
    const faults = endpointFaults([endpoint(good), endpoint(good)], () => '').join('\n');
    expect(faults).toContain('POST /things is declared twice');
    expect(faults).toContain('the function ticket.read is asked for by no endpoint');
    expect(faults).toContain('the function public.update is not asked for in');
  });

  test('docs/api/openapi.json is what the endpoints say, and names each of them once', () => {
    const document = openApi(routes);
    expect(`${JSON.stringify(document, null, 2)}\n`, 'run npm run generate').toBe(textOf('docs/api/openapi.json'));
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.operationId),
    );
    expect(new Set(ids).size).toBe(endpoints.length);
  });
});

test('R4.5 every write takes an idempotency key but sign-in, one’s own session, and what answers with a secret', () => {
  const { paths } = openApi(routes);
  const without = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(
        ([method, { parameters = [] }]) => method !== 'get' && !JSON.stringify(parameters).includes('Idempotency'),
      )
      .map(([method]) => `${method} ${path}`),
  );
  // Whoever adds one here says by that that a second call does no harm, or that its answer may not be kept.
  expect(without.sort()).toEqual([
    'delete /me/sessions',
    'delete /me/sessions/{id}',
    'delete /me/tokens/{id}',
    'delete /session',
    'post /audit-verifications',
    'post /first-run',
    'post /first-run/look',
    'post /invitations',
    'post /invitations/accept',
    'post /invitations/look',
    'post /links/look',
    'post /links/use',
    'post /me/tokens',
    'post /people/{id}/link',
    'post /session',
    'put /me/membership',
    'put /me/password',
    'put /me/preferences',
    'put /me/terms/acceptance',
    'put /me/terms/rejection',
  ]);
});

describe('every endpoint, called by everybody', () => {
  let cast: Cast;
  beforeAll(async () => {
    cast = await openCast();
  }, 180_000);
  afterAll(() => cast.world.close());

  test('every endpoint has an example, and every example an endpoint', () => {
    expect(Object.keys(examples).sort()).toEqual(names);
  });

  const ofNames = names.filter((name) => name in examples && !examples[name]?.endless);
  const isWrite = (name: string) => !name.startsWith('GET ');
  const access = (name: string) => endpoints.find((one) => nameOf(one) === name)?.access as string;
  const entries = async () => Number((await cast.world.sql('select count(*) as n from platform.audit_entries'))[0]?.n);

  test.each(ofNames)('R11.1 %s succeeds for whom it is for, and a write leaves its audit entry', async (name) => {
    const example = examples[name] as NonNullable<(typeof examples)[string]>;
    const { as = cast.b.administrator, ...input } = await example.call(placeOf(cast, cast.b));
    const before = await entries();
    const answer = await tryExample(as, name, input);
    if (example.refused) return expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status, answer.text).toBeLessThan(300);
    const written = (await entries()) - before;
    if (isWrite(name) && !example.unaudited) expect(written, 'audit entries').toBeGreaterThan(0);
    if (example.unaudited) expect(written, example.unaudited).toBe(0);
  });

  /** Every identity of a record of that tenant, whatever its table. */
  async function identitiesOf(owner: number): Promise<Set<string>> {
    const tables = await cast.world.sql<{ name: string }>(
      `select o.name from tenancy.owned_tables o where exists (select from information_schema.columns c
         where c.table_schema || '.' || c.table_name = o.name and c.column_name = 'id')`,
    );
    const all = tables.map(({ name }) => `select id::text from ${name} where owner_id = ${owner}`).join(' union all ');
    return new Set((await cast.world.sql<{ id: string }>(all)).map(({ id }) => id));
  }
  /** How often somebody's reading was noted in a tenant: entries, and calls that were joined to one. */
  async function readsIn(owner: number): Promise<number> {
    const [row] = await cast.world.sql<{ n: number }>(
      `select ((select count(*) from platform.audit_entries where owner_id = $1 and action ~ '[.](read|listed|exported)$')
         + (select coalesce(sum(calls - 1), 0) from platform.read_windows where owner_id = $1))::int as n`,
      [owner],
    );
    return row?.n ?? 0;
  }
  const reading = ofNames.filter((name) => !isWrite(name) && (access(name) === 'member' || access(name).includes('.')));
  const showing: string[] = [];
  test.each(reading)('R11.1 %s tells the other tenant whose records it shows', async (name) => {
    const { as: _as, ...input } = await (examples[name] as (typeof examples)[string] & {}).call(placeOf(cast, cast.b));
    const before = await readsIn(cast.b.tenant.owner);
    const answer = await tryExample(cast.provider, name, input);
    const identities = await identitiesOf(cast.b.tenant.owner);
    const found = answer.text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
    // A name alone is a label, which a legal reference shows (R5.4).
    if (!found.some((id) => identities.has(id)) && !/\bBRAV-/.test(answer.text)) return;
    showing.push(name);
    expect(await readsIn(cast.b.tenant.owner), answer.text.slice(0, 300)).toBeGreaterThan(before);
  });

  test('R11.1 most endpoints that read show records of others to the provider, so the check above has something to find', () => {
    const kinds = ['tickets', 'requests', 'people', 'categories', 'locations', 'assignment-groups', 'roles', 'tenants'];
    for (const kind of kinds) {
      expect(showing).toContain(`GET /${kind}`);
      expect(
        showing.some((name) => name.startsWith(`GET /${kind}/:`)),
        kind,
      ).toBe(true);
    }
    expect(showing).toContain('GET /tickets/export');
    expect(showing.length, showing.join(', ')).toBeGreaterThan(20);
  });

  test.each(ofNames.filter((name) => access(name) !== 'visitor'))('T-40 %s is closed to visitors', async (name) => {
    const answer = await tryExample(cast.world.visitor(), name, {});
    expect([answer.status, answer.body.type]).toEqual([401, 'urn:tenantry:not-signed-in']);
  });

  test.each(ofNames.filter((name) => access(name).includes('.')))(
    'R5.9 %s is closed to roles without its function',
    async (name) => {
      const { as: _as, ...input } = await (examples[name] as (typeof examples)[string] & {}).call(
        placeOf(cast, cast.b),
      );
      const answer = await tryExample(cast.b.idle, name, input);
      expect([answer.status, answer.body.type], answer.text).toEqual([403, 'urn:tenantry:not-allowed']);
    },
  );

  test.each(ofNames.filter((name) => name.includes('/:') && !examples[name]?.public))(
    'T-02 %s answers the same for another tenant’s record and for none',
    async (name) => {
      const { as: _as, ...input } = await (examples[name] as (typeof examples)[string] & {}).call(
        placeOf(cast, cast.b),
      );
      const absent = {
        ...input,
        params: Object.fromEntries(
          Object.entries(input.params ?? {}).map(([key, value]) => [key, absentLike(String(value))]),
        ),
      };
      const [foreign, nothing] = [
        await tryExample(cast.a.administrator, name, input),
        await tryExample(cast.a.administrator, name, absent),
      ];
      expect(foreign.status, foreign.text).toBeGreaterThanOrEqual(403);
      expect([foreign.status, foreign.text, headersOf(foreign)]).toEqual([
        nothing.status,
        nothing.text,
        headersOf(nothing),
      ]);
      const unsent = cast.a.administrator.membershipId as string;
      const asBoth = await tryExample(cast.both, name, input);
      expect(asBoth.status, `${unsent}: a role in both, acting in A`).toBeGreaterThanOrEqual(403);
    },
  );

  test.each(ofNames.filter((name) => !isWrite(name) && !name.includes('/:')))(
    'T-07 %s names nothing of a sibling',
    async (name) => {
      const { as: _as, ...input } = await (examples[name] as (typeof examples)[string] & {}).call(
        placeOf(cast, cast.b),
      );
      const answer = await tryExample(cast.a.administrator, name, input);
      expect(answer.text).not.toMatch(/bravo/i);
    },
  );

  const shared = ofNames.filter((name) => !examples[name]?.own && !examples[name]?.refused);
  test.each(shared)('R5.2 %s is open to the parent’s administrator and to the provider’s', async (name) => {
    for (const by of [cast.p.administrator, cast.provider]) {
      const { as, ...input } = await (examples[name] as (typeof examples)[string] & {}).call(placeOf(cast, cast.b));
      if (as === cast.provider && by !== cast.provider) continue;
      const answer = await tryExample(by, name, input);
      const { others } = examples[name] ?? {};
      if (others) expect([answer.status, answer.body.type], answer.text).toEqual([403, `urn:tenantry:${others}`]);
      else expect(answer.status, answer.text).toBeLessThan(300);
    }
  });

  test('R11.1 whatever was recorded by all that has a word for people, in both languages', async () => {
    const recorded = await cast.world.sql<{ action: string }>('select distinct action from platform.audit_entries');
    expect(recorded.length).toBeGreaterThan(40);
    for (const messages of [english, spanish] as Record<string, string>[]) {
      const say = ((id: string) => messages[id] as string) as Say;
      expect(recorded.filter(({ action }) => actionLabel(action, say) === action)).toEqual([]);
    }
  });
});

/** Of the same form, and of nothing. */
function absentLike(value: string): string {
  if (/^[0-9a-f]{8}-/.test(value)) return '00000000-0000-7000-8000-000000000000';
  if (/^[A-Z0-9]{2,8}-R?\d+$/.test(value)) return value.replace(/^[A-Z0-9]+/, 'ZZZ9');
  return 'there-is-none';
}

function headersOf({ headers }: { headers: Record<string, unknown> }): Record<string, unknown> {
  const { date: _date, 'content-length': _length, 'set-cookie': _cookie, ...rest } = headers;
  return rest;
}
