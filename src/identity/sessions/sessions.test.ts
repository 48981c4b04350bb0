import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant, worldPassword } from '../../../test/world.ts';
import { createServer } from '../../platform/server.ts';
import { routes } from '../../solution.ts';
import { endMembership, grantRole, listPeople } from '../people/people.api.ts';
import { listRoles } from '../roles/roles.api.ts';
import { secretHash } from '../secrets.ts';
import {
  changePassword,
  chooseMembership,
  endSession,
  getMe,
  listSessions,
  setPreferences,
  signIn,
  signOut,
  signOutEverywhere,
} from './sessions.api.ts';

let world: World;
let alpha: WorldTenant;
let ana: WorldPerson;

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Provider & Co');
  alpha = await world.tenant({ name: 'Alpha' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana', userName: 'ana' });
});
afterAll(() => world.close());

async function signedIn(person: WorldPerson) {
  const client = world.visitor();
  await client.call(signIn, {
    body: { userName: `${person.userName}@${person.tenant?.slug}`, password: worldPassword },
  });
  return client;
}

test('the cookie is HttpOnly, SameSite=Lax, for every path, Secure behind https, and stored only as its SHA-256', async () => {
  const server = await createServer({ db: world.db, routes, logLevel: 'error', secure: true });
  const answer = await server.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { 'tenantry-request': '1' },
    payload: { userName: 'ana', slug: alpha.slug, password: worldPassword },
  });
  const cookie = answer.cookies[0] as {
    name: string;
    value: string;
    path: string;
    httpOnly: boolean;
    sameSite: string;
    secure: boolean;
  };
  expect(cookie).toMatchObject({ name: 'tenantry_session', path: '/', httpOnly: true, sameSite: 'Lax', secure: true });
  expect(
    await world.sql(`select 1 from identity.sessions where token_hash = sha256($1::bytea)`, [cookie.value]),
  ).toHaveLength(1);
  expect(
    await world.sql(`select 1 from identity.sessions s where s::text like '%' || $1 || '%'`, [cookie.value]),
  ).toHaveLength(0);
  await server.close();
});

test('a form of another site, which cannot send the header, is refused', async () => {
  const answer = await ana.try(signOut, { headers: { 'tenantry-request': '' } });
  expect([answer.status, answer.body.type]).toEqual([403, 'urn:tenantry:cross-site']);
  expect((await ana.try(getMe)).status).toBe(200);
});

test('a session that is used lives on, at most a week from sign-in, and one that is not ends', async () => {
  const client = await signedIn(ana);
  const mine = `token_hash = '\\x${secretHash(client.cookie as string).toString('hex')}'`;
  const left = async () =>
    (
      await world.sql<{ h: number }>(
        `select round(extract(epoch from expires_at - now()) / 3600)::int as h from identity.sessions where ${mine}`,
      )
    )[0]?.h;
  await world.sql(
    `update identity.sessions set used_at = now() - interval '1 hour', expires_at = now() + interval '1 hour' where ${mine}`,
  );
  await client.call(getMe);
  expect(await left()).toBe(12);
  await world.sql(
    `update identity.sessions set used_at = now() - interval '1 hour', created_at = now() - interval '166 hours' where ${mine}`,
  );
  await client.call(getMe);
  expect(await left()).toBe(2);
  await world.sql(`update identity.sessions set expires_at = now() - interval '1 second' where ${mine}`);
  expect((await client.try(getMe)).status).toBe(401);
});

test('signing out ends this session, and everywhere ends all of one’s own and nobody else’s', async () => {
  const eva = await world.person({ tenant: alpha, role: 'self-service-user', name: 'Eva' });
  const [one, two, three] = [await signedIn(eva), await signedIn(eva), await signedIn(eva)];
  const stolen = world.visitor();
  stolen.cookie = one.cookie;
  await one.call(signOut);
  expect(one.cookie).toBeNull();
  expect((await stolen.try(getMe)).status).toBe(401);
  const { items } = await two.call(listSessions);
  expect(items.filter((session) => session.current)).toHaveLength(1);
  await two.call(endSession, { params: { id: items.find((session) => session.current)?.id as string } });
  expect((await two.try(getMe)).status).toBe(401);
  await three.call(signOutEverywhere);
  expect((await eva.try(getMe)).status).toBe(401);
  expect((await ana.try(getMe)).status).toBe(200);
});

test('T-02 a session of somebody else is not found, exactly like one that never was', async () => {
  const bob = await world.person({ tenant: alpha, role: 'self-service-user', name: 'Bob' });
  const theirs = (await ana.call(listSessions)).items[0]?.id as string;
  const foreign = await bob.try(endSession, { params: { id: theirs } });
  const absent = await bob.try(endSession, { params: { id: '01900000-0000-7000-8000-000000000000' } });
  expect(foreign.status).toBe(404);
  expect(foreign.text).toBe(absent.text);
  expect((await ana.try(getMe)).status).toBe(200);
});

test('one’s own password changes only with the old one, follows the rules, and ends the other sessions', async () => {
  const carla = await world.person({ tenant: alpha, role: 'self-service-user', name: 'Carla', userName: 'carla.long' });
  const other = await signedIn(carla);
  const change = (oldPassword: string, newPassword: string) =>
    carla.try(changePassword, { body: { oldPassword, newPassword } });
  expect((await change('not the old one', 'four quiet kitchen chairs')).body.type).toBe('urn:tenantry:password-wrong');
  expect((await change(worldPassword, 'short')).body.type).toBe('urn:tenantry:password.too-short');
  expect((await change(worldPassword, 'I am CARLA.long myself')).body.type).toBe('urn:tenantry:password.is-user-name');
  for (const common of [
    'passwordpassword',
    'qwertyuiopas',
    '123456789012',
    'aaaaaaaaaaaaaa',
    'Administrator1',
    'contraseña2026',
    'letmeinplease!',
  ]) {
    expect([common, (await change(worldPassword, common)).body.type]).toEqual([
      common,
      'urn:tenantry:password.too-common',
    ]);
  }
  expect((await change(worldPassword, 'four quiet kitchen chairs')).status).toBe(204);
  expect((await other.try(getMe)).status).toBe(401);
  expect((await carla.try(getMe)).status).toBe(200);
  const body = { userName: `carla.long@${alpha.slug}` };
  expect((await world.visitor().try(signIn, { body: { ...body, password: worldPassword } })).status).toBe(401);
  expect((await world.visitor().try(signIn, { body: { ...body, password: 'four quiet kitchen chairs' } })).status).toBe(
    200,
  );
});

test('R5.1 each request acts under the membership it names, two tabs never mix, and the switch is audited', async () => {
  const dora = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Dora' });
  const roles = (await world.administrator.call(listRoles, { query: { public: 'only' } })).items;
  const selfService = roles.find((role) => role.stock === 'self-service-user')?.id as string;
  const granted = await world.administrator.call(grantRole, {
    params: { id: dora.contactId },
    body: { roleId: selfService },
  });
  const second = granted.memberships.find((one) => one.role.stock === 'self-service-user')?.id as string;
  expect((await dora.call(getMe)).memberships).toHaveLength(2);
  expect((await dora.try(listPeople)).status).toBe(200);
  expect((await dora.try(listPeople, { membership: second })).status).toBe(403);
  expect((await dora.call(getMe, { membership: null })).acting?.role.stock).toBe('tenant-analyst');

  const me = await dora.call(chooseMembership, { body: { membershipId: second } });
  expect(me.acting?.role.stock).toBe('self-service-user');
  expect((await dora.call(getMe, { membership: null })).acting?.membershipId).toBe(second);
  // The other tab still names its own.
  expect((await dora.call(getMe)).acting?.role.stock).toBe('tenant-analyst');
  const entries = await world.sql(
    `select actor_membership_id, details->>'from' as before, owner_id from platform.audit_entries where action = 'membership.chosen' and actor_person_id = $1`,
    [dora.personId],
  );
  expect(entries).toEqual([{ actor_membership_id: second, before: dora.membershipId, owner_id: alpha.owner }]);
});

test('T-05 somebody else’s membership, an ended one and none reach nothing', async () => {
  const fay = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Fay' });
  for (const call of [
    () => fay.try(listPeople, { membership: ana.membershipId }),
    () => fay.try(chooseMembership, { body: { membershipId: ana.membershipId as string } }),
  ]) {
    const answer = await call();
    expect([answer.status, answer.body.type]).toEqual([403, 'urn:tenantry:membership-needed']);
  }
  await world.administrator.call(endMembership, { params: { id: fay.membershipId as string } });
  for (const membership of [fay.membershipId, null]) {
    expect((await fay.try(listPeople, { membership })).body.type).toBe('urn:tenantry:membership-needed');
    expect(await fay.call(getMe, { membership })).toMatchObject({
      acting: null,
      problem: 'membership-needed',
      memberships: [],
    });
  }
});

test('R9.3 on a live session people of a suspended tenant read why, and from reactivation on it works as before', async () => {
  const tenant = await world.tenant({ name: 'Paused' });
  const gus = await world.person({ tenant, role: 'tenant-administrator', name: 'Gus' });
  // By SQL: deactivating is tenancy's offering, which has its own tests.
  await world.sql(`update tenancy.tenants set status = 'inactive' where owner_id = $1`, [tenant.owner]);
  expect((await gus.try(listPeople)).body).toMatchObject({ type: 'urn:tenantry:tenant-suspended', status: 403 });
  expect(await gus.call(getMe)).toMatchObject({ acting: null, problem: 'tenant-suspended' });
  await world.sql(`update tenancy.tenants set status = 'active' where owner_id = $1`, [tenant.owner]);
  expect((await gus.try(listPeople)).status).toBe(200);
});

test('a person sets their own language and time zone, and an unknown zone is refused', async () => {
  const me = await ana.call(setPreferences, { body: { language: 'es', timeZone: 'Europe/Madrid' } });
  expect(me.person).toMatchObject({ language: 'es', timeZone: 'Europe/Madrid' });
  expect((await ana.try(setPreferences, { body: { language: 'es', timeZone: 'Europe/Nowhere' } })).body.type).toBe(
    'urn:tenantry:time-zone-unknown',
  );
});
