import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant, worldPassword } from '../../../test/world.ts';
import { createFirstAdministrator } from '../first-run/first-run.api.ts';
import { makeFirstRunLink } from '../first-run/first-run.ts';
import { acceptInvitation, invite } from '../invitations/invitations.api.ts';
import { addPerson, deactivatePerson, getPerson } from '../people/people.api.ts';
import { addRole, listGrantableRoles, listRoles } from '../roles/roles.api.ts';
import { getMe, signIn } from '../sessions/sessions.api.ts';
import { createToken } from '../tokens/tokens.api.ts';
import { lookAtLink, makePasswordLink, usePasswordLink } from './links.api.ts';

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
let ana: WorldPerson;
let ben: WorldPerson;
let selfService: string;

beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  alpha = await world.tenant({ name: 'Alpha', slug: 'alpha' });
  beta = await world.tenant({ name: 'Beta', slug: 'beta' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
  ben = await world.person({ tenant: beta, role: 'tenant-administrator', name: 'Ben' });
  selfService = (await ana.call(listGrantableRoles)).items.find((role) => role.stock === 'self-service-user')
    ?.id as string;
});
afterAll(() => world.close());

let count = 0;
async function newcomer() {
  const userName = `new.${++count}`;
  const person = await ana.call(addPerson, {
    body: { userName, displayName: `Newcomer ${count}`, roleId: selfService },
  });
  const link = async () =>
    (await ana.call(makePasswordLink, { params: { id: person.id } })).path.split('#')[1] as string;
  return { id: person.id, userName, link };
}
const use = (token: string, password = 'eight purple umbrellas') =>
  world.visitor().try(usePasswordLink, { body: { token, password } });
const unusable = [404, 'urn:tenantry:link-not-usable'];

test('R4.7 a one-time link sets the password once, signs in, and is bound to its person', async () => {
  const { userName, link } = await newcomer();
  const token = await link();
  expect(await world.visitor().call(lookAtLink, { body: { token } })).toEqual({
    displayName: `Newcomer ${count}`,
    organization: 'Alpha',
    signInName: `${userName}@alpha`,
  });
  const first = await use(token);
  expect(first.body.person).toMatchObject({ userName });
  expect(
    (await world.visitor().try(signIn, { body: { userName: `${userName}@alpha`, password: 'eight purple umbrellas' } }))
      .status,
  ).toBe(200);
  for (const answer of [await use(token), await world.visitor().try(lookAtLink, { body: { token } })])
    expect([answer.status, answer.body.type]).toEqual(unusable);
});

test('R4.7 it ends after 72 hours, and a newer one revokes it', async () => {
  const { link } = await newcomer();
  const older = await link();
  const newer = await link();
  expect((await use(older)).status).toBe(404);
  const [row] = await world.sql<{ hours: number }>(
    `select round(extract(epoch from expires_at - created_at) / 3600)::int as hours from identity.links order by id desc limit 1`,
  );
  expect(row?.hours).toBe(72);
  await world.sql(`update identity.links set expires_at = now() - interval '1 second' where used_at is null`);
  expect((await use(newer)).status).toBe(404);
  expect((await world.visitor().try(lookAtLink, { body: { token: newer } })).status).toBe(404);
});

test('T-22 absent, altered, expired, used and revoked are answered alike', async () => {
  const { link } = await newcomer();
  const revoked = await link();
  const token = await link();
  await use(token);
  const altered = `${token.slice(0, -2)}${token.endsWith('A') ? 'B' : 'A'}x`;
  const answers = await Promise.all([revoked, token, altered, 'x', ''.padEnd(43, 'A')].map((one) => use(one)));
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
  expect([answers[0]?.status, answers[0]?.body.type]).toEqual(unusable);
});

test('T-27 a secret of one kind is none of another', async () => {
  const { link } = await newcomer();
  const password = await link();
  const invitation = (
    await ben.call(invite, { body: { address: `${ana.userName}@alpha`, roleId: selfService } })
  ).path.split('#')[1] as string;
  const apiToken = (await ana.call(createToken, { body: { name: 't', days: 1 } })).token;
  const session = ana.cookie as string;
  for (const token of [invitation, apiToken, session]) expect([token, (await use(token)).status]).toEqual([token, 404]);
  for (const token of [password, apiToken, session])
    expect((await ana.try(acceptInvitation, { body: { token } })).status).toBe(404);
  expect(await makeFirstRunLink(world.db)).toBeNull();
  for (const token of [password, invitation]) {
    const body = { token, userName: 'eve', displayName: 'Eve', password: worldPassword };
    expect((await world.visitor().try(createFirstAdministrator, { body })).status).toBe(404);
  }
  for (const secret of [password, invitation, session]) {
    const client = world.visitor();
    client.token = secret;
    expect((await client.try(getMe)).status).toBe(401);
  }
  for (const secret of [password, invitation, apiToken]) {
    const client = world.visitor();
    client.cookie = secret;
    expect((await client.try(getMe)).status).toBe(401);
  }
  expect((await use(password)).status).toBe(200);
});

test('T-20 of several uses at once, one wins', async () => {
  const { link } = await newcomer();
  const token = await link();
  const answers = await Promise.all([1, 2, 3, 4].map((n) => use(token, `umbrellas in purple ${n}`)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404, 404]);
});

test('T-31 the secret is kept as a hash and stands in no table, audit entry or stored answer', async () => {
  const { id, link } = await newcomer();
  const viaKey = await ana.call(makePasswordLink, { params: { id }, idempotencyKey: 'once' });
  const secrets = [viaKey.path.split('#')[1] as string, await link()];
  const tables = await world.sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('platform', 'identity')`,
  );
  for (const { name } of tables) {
    for (const secret of secrets)
      expect([name, await world.sql(`select 1 from ${name} t where t::text like '%' || $1 || '%'`, [secret])]).toEqual([
        name,
        [],
      ]);
  }
  expect(await world.sql(`select action from platform.audit_entries where subject_id = $1 order by at`, [id])).toEqual([
    { action: 'person.added' },
    { action: 'person.link-made' },
    { action: 'person.link-made' },
  ]);
});

test('T-30 using a link ends the sessions that were there, and a deactivated person’s link is dead at once', async () => {
  const { id, link } = await newcomer();
  const before = world.visitor();
  await before.call(usePasswordLink, { body: { token: await link(), password: 'eight purple umbrellas' } });
  await use(await link());
  expect((await before.try(getMe)).status).toBe(401);
  const token = await link();
  const { version } = await ana.call(getPerson, { params: { id } });
  await ana.call(deactivatePerson, { params: { id }, version });
  expect((await use(token)).status).toBe(404);
  expect((await ana.try(makePasswordLink, { params: { id } })).body.type).toBe('urn:tenantry:person.inactive');
});

test('R9.3 the link of a suspended tenant’s person waits for its reactivation', async () => {
  const paused = await world.tenant({ name: 'Paused' });
  const role = (await world.administrator.call(listRoles, { query: { public: 'only' } })).items.find(
    (one) => one.stock === 'self-service-user',
  );
  const body = { userName: 'pia', displayName: 'Pia', roleId: role?.id as string, tenant: paused.slug };
  const person = await world.administrator.call(addPerson, { body });
  const token = (await world.administrator.call(makePasswordLink, { params: { id: person.id } })).path.split(
    '#',
  )[1] as string;
  // By SQL: deactivating is tenancy's offering, which has its own tests.
  await world.sql(`update tenancy.tenants set status = 'inactive' where owner_id = $1`, [paused.owner]);
  expect((await use(token)).body.type).toBe('urn:tenantry:tenant-suspended');
  await world.sql(`update tenancy.tenants set status = 'active' where owner_id = $1`, [paused.owner]);
  expect((await use(token)).status).toBe(200);
});

test('T-02 nobody makes a link for a person of a tenant that they do not reach, and reads the same as for nobody', async () => {
  const foreign = await ben.try(makePasswordLink, { params: { id: ana.contactId } });
  const absent = await ben.try(makePasswordLink, { params: { id: '01900000-0000-7000-8000-000000000000' } });
  expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
});

test('T-26 nobody becomes a greater person by making their link', async () => {
  const limited = await world.person({ tenant: alpha, role: await limitedRole(), name: 'Clerk' });
  expect((await limited.try(makePasswordLink, { params: { id: ana.contactId } })).body.type).toBe(
    'urn:tenantry:person.greater-than-you',
  );
  const { id } = await newcomer();
  expect((await limited.try(makePasswordLink, { params: { id } })).status).toBe(201);
});

async function limitedRole(): Promise<string> {
  const body = {
    name: 'Front desk',
    readReach: 'own' as const,
    functions: [
      'person.read',
      'person.administer',
      'offering.request',
      'request.read',
      'ticket.read',
      'ticket.create',
      'ticket.comment',
    ] as const,
    tenant: alpha.slug,
  };
  return (await world.administrator.call(addRole, { body: { ...body, functions: [...body.functions] } })).id;
}
