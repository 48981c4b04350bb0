import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { deactivatePerson, endMembership, getPerson, grantRole, listPeople } from '../people/people.api.ts';
import { listGrantableRoles } from '../roles/roles.api.ts';
import { changePassword, getMe, listSessions } from '../sessions/sessions.api.ts';
import { createToken, listTokens, revokeToken } from './tokens.api.ts';

let world: World;
let alpha: WorldTenant;
let ana: WorldPerson;

beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  alpha = await world.tenant({ name: 'Alpha', slug: 'alpha' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
});
afterAll(() => world.close());

async function tokenOf(person: WorldPerson, days = 30) {
  const made = await person.call(createToken, { body: { name: 'script', days } });
  const client = world.visitor();
  client.token = made.token;
  return { ...made, client };
}

test('T-29 a token has 256 random bits behind tnt_, expires within a year, is kept as a hash and shown once', async () => {
  const one = await tokenOf(ana, 366);
  const two = await tokenOf(ana);
  expect(one.token).toMatch(/^tnt_[A-Za-z0-9_-]{43}$/);
  expect(one.token).not.toBe(two.token);
  expect((await ana.try(createToken, { body: { name: 'for ever', days: 367 } })).status).toBe(422);
  expect((await ana.try(listTokens)).text).not.toContain(one.token.slice(4));
  expect(
    await world.sql(`select 1 from identity.tokens where token_hash = sha256($1::bytea)`, [one.token]),
  ).toHaveLength(1);
  for (const table of ['identity.tokens', 'platform.audit_entries', 'platform.idempotency_keys']) {
    expect(await world.sql(`select 1 from ${table} t where t::text like '%' || $1 || '%'`, [one.token])).toEqual([]);
  }
});

test('T-29 it acts as its one membership whatever a header names, and its last use is noted', async () => {
  const selfService = (await ana.call(listGrantableRoles)).items.find((role) => role.stock === 'self-service-user')
    ?.id as string;
  const granted = await world.administrator.call(grantRole, {
    params: { id: ana.contactId },
    body: { roleId: selfService },
  });
  const other = granted.memberships.find((one) => one.role.stock === 'self-service-user')?.id as string;
  const weak = world.visitor();
  weak.token = (await ana.call(createToken, { body: { name: 'weak', days: 1 }, membership: other })).token;
  expect((await weak.try(listPeople)).status).toBe(403);
  expect((await weak.try(listPeople, { membership: ana.membershipId })).status).toBe(403);
  expect((await weak.call(getMe)).acting?.membershipId).toBe(other);
  const { items } = await ana.call(listTokens, { membership: other });
  expect(items).toMatchObject([{ name: 'weak', membershipId: other }]);
  expect(Date.now() - Date.parse(items[0]?.lastUsedAt as string)).toBeLessThan(60_000);
});

test('a token needs no header against forms of other sites, and cannot do what is the person’s own', async () => {
  const { client } = await tokenOf(ana);
  expect((await client.try(listPeople, { headers: { 'tenantry-request': '' } })).status).toBe(200);
  const refused = [
    await client.try(createToken, { body: { name: 'another', days: 1 } }),
    await client.try(listTokens),
    await client.try(listSessions),
    await client.try(changePassword, { body: { oldPassword: 'x', newPassword: 'four quiet kitchen chairs' } }),
  ];
  for (const answer of refused) expect([answer.status, answer.body.type]).toEqual([403, 'urn:tenantry:session-needed']);
});

test('T-29 revoked and expired tokens are nobody’s, and only one’s own are there to revoke', async () => {
  const one = await tokenOf(ana);
  const bob = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Bob' });
  expect((await bob.try(revokeToken, { params: { id: one.id } })).status).toBe(404);
  expect((await one.client.try(getMe)).status).toBe(200);
  await ana.call(revokeToken, { params: { id: one.id } });
  expect((await one.client.try(getMe)).body.type).toBe('urn:tenantry:not-signed-in');
  const two = await tokenOf(ana);
  await world.sql(`update identity.tokens set expires_at = now() - interval '1 second' where id = $1`, [two.id]);
  expect((await two.client.try(listPeople)).status).toBe(401);
});

test('T-30 R9.3 a token stops with its membership, its person and its tenant', async () => {
  const cora = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Cora' });
  const one = await tokenOf(cora);
  await ana.call(endMembership, { params: { id: cora.membershipId as string } });
  expect((await one.client.try(listPeople)).status).toBe(401);
  expect(await world.sql('select 1 from identity.tokens where id = $1', [one.id])).toEqual([]);

  const dan = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Dan' });
  const two = await tokenOf(dan);
  const { version } = await ana.call(getPerson, { params: { id: dan.contactId } });
  await ana.call(deactivatePerson, { params: { id: dan.contactId }, version });
  expect((await two.client.try(listPeople)).status).toBe(401);

  const paused = await world.tenant({ name: 'Paused' });
  const eli = await world.person({ tenant: paused, role: 'tenant-analyst', name: 'Eli' });
  const three = await tokenOf(eli);
  // By SQL: deactivating is tenancy's offering, which has its own tests.
  await world.sql(`update tenancy.tenants set status = 'inactive' where owner_id = $1`, [paused.owner]);
  expect((await three.client.try(listPeople)).body.type).toBe('urn:tenantry:tenant-suspended');
});

test('T-31 no role reads the hash of a token, session, link or password, nor a password at all', async () => {
  const roles = await world.sql<{ role: string }>(
    `select rolname as role from pg_roles where rolname like 'tenantry\\_r\\_%' or rolname = 'tenantry_everyone'`,
  );
  expect(roles.length).toBeGreaterThan(20);
  for (const { role } of roles) {
    const [row] = await world.sql(
      `select has_column_privilege($1, 'identity.tokens', 'token_hash', 'select') as tokens, has_column_privilege($1, 'identity.sessions', 'token_hash', 'select') as sessions,
        has_column_privilege($1, 'identity.links', 'token_hash', 'select') as links, has_column_privilege($1, 'identity.invitations', 'token_hash', 'select') as invitations,
        has_any_column_privilege($1, 'identity.passwords', 'select') as passwords, has_any_column_privilege($1, 'identity.first_run_links', 'select') as first_run`,
      [role],
    );
    expect([role, row]).toEqual([
      role,
      { tokens: false, sessions: false, links: false, invitations: false, passwords: false, first_run: false },
    ]);
  }
});
