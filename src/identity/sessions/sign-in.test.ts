import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldTenant, worldPassword } from '../../../test/world.ts';
import { getMe, signIn } from './sessions.api.ts';

let world: World;
let address = 0;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Each from an address of its own, unless one is given. */
async function attempt(userName: string, password: string, more: { slug?: string; address?: string } = {}) {
  const answer = await world.visitor().try(signIn, {
    body: { userName, password, ...(more.slug ? { slug: more.slug } : {}) },
    address: more.address ?? `10.1.${Math.floor(++address / 250)}.${address % 250}`,
  });
  return {
    status: answer.status,
    type: answer.body.type?.replace('urn:tenantry:', ''),
    text: answer.text,
    headers: answer.headers,
    body: answer.body,
  };
}

let provider: WorldTenant;
let alpha: WorldTenant;
let beta: WorldTenant;

test('R1.3 a fresh installation is signed in to by name alone, and names no tenant', async () => {
  expect((await attempt('ADMIN', worldPassword)).status).toBe(200);
  const me = await world.administrator.call(getMe);
  expect(me.memberships).toEqual([
    {
      id: world.administrator.membershipId,
      tenant: null,
      role: { name: 'System Administrator', stock: 'system-administrator' },
    },
  ]);
  expect(me.acting).toMatchObject({
    tenancy: 'off',
    severalTenants: false,
    organization: null,
    provider: false,
    tenant: null,
  });
});

test('R5.10 the name alone signs in while there is one tenant or none, afterwards name@slug or the tenant’s own address', async () => {
  provider = await world.enable('Provider');
  expect((await attempt('admin', worldPassword)).status).toBe(200);
  expect((await world.administrator.call(getMe)).person.signInName).toBe('admin');
  alpha = await world.tenant({ name: 'Alpha', slug: 'alpha' });
  beta = await world.tenant({ name: 'Beta', slug: 'beta' });
  expect((await attempt('admin', worldPassword)).type).toBe('sign-in-refused');
  const { signInName } = (await world.administrator.call(getMe)).person;
  expect(signInName).toBe(`admin@${provider.slug}`);
  expect((await attempt(signInName, worldPassword)).status).toBe(200);
  await world.person({ tenant: alpha, role: 'self-service-user', name: 'Sam of Alpha', userName: 'sam' });
  await world.person({ tenant: beta, role: 'self-service-user', name: 'Sam of Beta', userName: 'SAM' });
  expect((await attempt('Sam@Alpha', worldPassword)).body.person?.displayName).toBe('Sam of Alpha');
  expect((await attempt('sam', worldPassword, { slug: 'beta' })).body.person?.displayName).toBe('Sam of Beta');
  expect((await attempt('sam@alpha', worldPassword, { slug: 'beta' })).type).toBe('sign-in-refused');
});

test('R5.10 a user name may be an e-mail address, and is found whole at the tenant and with its slug', async () => {
  await world.person({ tenant: alpha, role: 'self-service-user', name: 'Mia', userName: 'mia@mail.test' });
  expect((await attempt('mia@mail.test', worldPassword, { slug: 'alpha' })).status).toBe(200);
  expect((await attempt('mia@mail.test@alpha', worldPassword)).status).toBe(200);
});

test('R5.10 in off the name alone is enough where it says who it is; name@slug still works and no refusal names a tenant', async () => {
  // By SQL: the switch is tenancy's offering, which has its own tests.
  await world.sql(`update tenancy.solution set multi_tenancy = 'off'`);
  const { body } = await attempt('admin', worldPassword);
  expect(body.acting).toMatchObject({ tenancy: 'off', organization: null, tenant: null });
  expect(body.person.signInName).toBe('admin');
  const ambiguous = await attempt('sam', worldPassword);
  expect(ambiguous.type).toBe('sign-in-refused');
  expect(ambiguous.text).not.toMatch(/alpha|beta|tenant(?!ry)/i);
  const mine = await attempt('sam@beta', worldPassword);
  expect(mine.status).toBe(200);
  expect(mine.text).not.toMatch(/"(alpha|beta)"/i);
  await world.sql(`update tenancy.solution set multi_tenancy = 'on'`);
});

test('T-10 an unknown name, a known one, an unknown tenant and an inactive person are refused with the same words', async () => {
  await world.person({ tenant: alpha, role: 'self-service-user', name: 'Ines', userName: 'ines' });
  await world.sql(`update identity.people set status = 'inactive' where user_name = 'ines'`);
  const wrong = 'not the right password';
  const answers = [
    await attempt('sam@alpha', wrong),
    await attempt('nobody@alpha', wrong),
    await attempt('sam@nowhere', wrong),
    await attempt('ines@alpha', worldPassword),
  ];
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
  expect(answers[0]?.type).toBe('sign-in-refused');
});

test('T-10 an unknown name takes as long as a known one', async () => {
  const shortest = async (userName: string) => {
    const times: number[] = [];
    for (let round = 0; round < 6; round++) {
      const began = process.hrtime.bigint();
      await attempt(userName, 'not the right password');
      times.push(Number(process.hrtime.bigint() - began) / 1e6);
    }
    return Math.min(...times);
  };
  const known = await shortest('sam@alpha');
  const unknown = await shortest('somebody@alpha');
  expect(Math.abs(known - unknown)).toBeLessThan(Math.max(known, unknown) * 0.5);
});

test('R9.3 after a right password people of a suspended tenant read that it is suspended; strangers learn nothing', async () => {
  const paused = await world.tenant({ name: 'Paused', slug: 'paused' });
  await world.person({ tenant: paused, role: 'tenant-administrator', name: 'Pam', userName: 'pam' });
  // By SQL: deactivating is tenancy's offering, which has its own tests.
  await world.sql(`update tenancy.tenants set status = 'inactive' where owner_id = $1`, [paused.owner]);
  const sessions = async () =>
    (await world.sql<{ n: number }>(`select count(*)::int as n from identity.sessions`))[0]?.n;
  const before = await sessions();
  expect(await attempt('pam@paused', worldPassword)).toMatchObject({ status: 403, type: 'tenant-suspended' });
  expect((await attempt('pam@paused', 'not the right password')).text).toBe(
    (await attempt('pam@nowhere', 'not the right password')).text,
  );
  expect(await sessions()).toBe(before);
});

test('T-10 sign-in is throttled by account and address together, alike for names that exist and that do not', async () => {
  for (const userName of ['sam@beta', 'ghost@beta']) {
    for (let guess = 1; guess <= 10; guess++)
      expect((await attempt(userName, 'a wrong guess', { address: '10.9.9.9' })).status).toBe(401);
    const refused = await attempt(userName, worldPassword, { address: '10.9.9.9' });
    expect(refused).toMatchObject({ status: 429, type: 'too-many' });
    const { seconds } = refused.body.details as { seconds: number };
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(900);
    expect(refused.headers['retry-after']).toBe(String(seconds));
  }
  await attempt('sam@beta', worldPassword, { address: '10.9.9.9' });
  const entries = await world.sql(
    `select owner_id, subject_label from platform.audit_entries where details->>'reason' = 'too-many' order by at`,
  );
  expect(entries).toEqual([
    { owner_id: beta.owner, subject_label: 'SAM' },
    { owner_id: 1, subject_label: '' },
  ]);
  // Somebody else's guesses do not keep the owner of the account out.
  expect((await attempt('sam@beta', worldPassword, { address: '10.9.9.10' })).status).toBe(200);
});

test('T-20 many guesses at once cannot slip past the limit together', async () => {
  const many = await Promise.all(
    Array.from({ length: 16 }, () => attempt('racer@beta', 'a wrong guess', { address: '10.8.8.8' })),
  );
  expect(many.filter((answer) => answer.status === 401)).toHaveLength(10);
  expect(many.filter((answer) => answer.status === 429)).toHaveLength(6);
});

test('T-10 an account is throttled from everywhere, and an address over all accounts', async () => {
  await attempt('wide@beta', 'a wrong guess', { address: '10.7.7.7' });
  const counted = await world.sql(`update identity.sign_in_attempts set failures = 100 where bucket like 'account:%'
    and bucket = (select 'account:' || split_part(bucket, ':', 2) from identity.sign_in_attempts where bucket like 'both:%:10.7.7.7') returning 1`);
  expect(counted).toHaveLength(1);
  expect((await attempt('wide@beta', 'a wrong guess', { address: '10.7.7.8' })).status).toBe(429);
  await world.sql(`update identity.sign_in_attempts set failures = 200 where bucket = 'address:10.7.7.9'`);
  await attempt('one@beta', 'a wrong guess', { address: '10.7.7.9' });
  await world.sql(`update identity.sign_in_attempts set failures = 200 where bucket = 'address:10.7.7.9'`);
  expect((await attempt('two@beta', 'a wrong guess', { address: '10.7.7.9' })).status).toBe(429);
});

test('a right password forgives the guesses before it', async () => {
  await world.person({ tenant: beta, role: 'self-service-user', name: 'Typo', userName: 'typo' });
  for (let round = 0; round < 2; round++) {
    for (let guess = 1; guess <= 9; guess++) await attempt('typo@beta', 'a wrong guess', { address: '10.6.6.6' });
    expect((await attempt('typo@beta', worldPassword, { address: '10.6.6.6' })).status).toBe(200);
  }
});

test('R11.1 sign-ins and refused ones are audited with the person’s tenant, and a name that exists nowhere is not kept', async () => {
  await attempt('typo@beta', worldPassword, { address: '10.5.5.5' });
  await attempt('typo@beta', 'a wrong guess', { address: '10.5.5.5' });
  await attempt('my-secret-typed-here', 'a wrong guess', { address: '10.5.5.5' });
  const entries = await world.sql(
    `select action, owner_id, subject_label, details->>'reason' as reason, actor_person_id is null as nobody from platform.audit_entries where address = '10.5.5.5' order by at`,
  );
  expect(entries).toEqual([
    { action: 'session.started', owner_id: beta.owner, subject_label: 'typo', reason: null, nobody: false },
    { action: 'sign-in.refused', owner_id: beta.owner, subject_label: 'typo', reason: 'password', nobody: true },
    { action: 'sign-in.refused', owner_id: 1, subject_label: '', reason: 'unknown', nobody: true },
  ]);
  expect(await world.sql(`select 1 from platform.audit_entries a where a::text like '%my-secret-typed-here%'`)).toEqual(
    [],
  );
  expect(
    await world.sql(`select 1 from identity.sign_in_attempts a where a::text like '%my-secret-typed-here%'`),
  ).toEqual([]);
});
