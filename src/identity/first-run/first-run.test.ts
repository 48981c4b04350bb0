import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { Client } from '../../../test/client.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { openWorld } from '../../../test/world.ts';
import { Database } from '../../platform/database.ts';
import { createServer } from '../../platform/server.ts';
import { routes } from '../../solution.ts';
import { usePasswordLink } from '../links/links.api.ts';
import { makeAdministratorLink } from '../links/links.ts';
import { getMe, signIn } from '../sessions/sessions.api.ts';
import { insertAdministrator, lockFirstRun } from './administrators.queries.ts';
import { createFirstAdministrator, lookAtFirstRun } from './first-run.api.ts';
import { createAdministratorUnattended, makeFirstRunLink } from './first-run.ts';

let database: TestDatabase;
let db: Database;
let server: Awaited<ReturnType<typeof createServer>>;

// A fresh installation for each test: not a world, which has its administrator.
beforeEach(async () => {
  database = await testDatabase();
  db = new Database({ app: database.app, prefix: database.prefix, connections: 4 });
  server = await createServer({ db, routes, logLevel: 'error' });
  return async () => {
    await server.close();
    await db.end();
    await database.close();
  };
});

const wanted = { userName: 'ada', displayName: 'Ada', password: 'seven green bicycles' };
const visitor = () => new Client(server);

test('every start makes a new address until one is used, and then none', async () => {
  const first = (await makeFirstRunLink(db)) as string;
  const second = (await makeFirstRunLink(db)) as string;
  expect(first).not.toBe(second);
  expect(await visitor().call(lookAtFirstRun, { body: { token: first } })).toEqual({ productName: 'Tenantry' });
  const client = visitor();
  const me = await client.call(createFirstAdministrator, {
    body: { token: second, ...wanted, language: 'es', timeZone: 'Europe/Madrid' },
  });
  expect(me.person).toMatchObject({ userName: 'ada', displayName: 'Ada', language: 'es', timeZone: 'Europe/Madrid' });
  expect(me.acting?.role.stock).toBe('system-administrator');
  expect((await client.call(getMe)).acting?.functions).toContain('solution.administer');
  expect(await makeFirstRunLink(db)).toBeNull();
  for (const token of [first, second, 'invented']) {
    for (const answer of [
      await visitor().try(lookAtFirstRun, { body: { token } }),
      await visitor().try(createFirstAdministrator, { body: { token, ...wanted, userName: 'eve' } }),
    ]) {
      expect([answer.status, answer.body.type]).toEqual([404, 'urn:tenantry:first-run.over']);
    }
  }
});

test('T-20 of two people who open the address at once, one wins', async () => {
  const tokens = [(await makeFirstRunLink(db)) as string, (await makeFirstRunLink(db)) as string];
  const answers = await Promise.all(
    [0, 1, 0, 1].map((n) =>
      visitor().try(createFirstAdministrator, { body: { token: tokens[n] as string, ...wanted, userName: `ada${n}` } }),
    ),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404, 404]);
});

test('T-20 whoever comes while the first administrator is being created waits, and is refused', async () => {
  const token = (await makeFirstRunLink(db)) as string;
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const first = db.asSystem(async (system) => {
    await lockFirstRun(system);
    await insertAdministrator(system, { userName: 'first', displayName: 'First' });
    begun();
    await pause(500);
  });
  await hasBegun;
  expect((await visitor().try(createFirstAdministrator, { body: { token, ...wanted } })).status).toBe(404);
  await first;
});

test('the address ends after an hour', async () => {
  const token = (await makeFirstRunLink(db)) as string;
  await db.asSystem((system) =>
    system.q
      .updateTable('identity.first_run_links')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute(),
  );
  expect((await visitor().try(createFirstAdministrator, { body: { token, ...wanted } })).status).toBe(404);
});

test('a weak password or a name that looks like name@slug is refused and leaves the address usable', async () => {
  const token = (await makeFirstRunLink(db)) as string;
  expect(
    (await visitor().try(createFirstAdministrator, { body: { token, ...wanted, password: 'short' } })).body.type,
  ).toBe('urn:tenantry:password.too-short');
  expect(
    (await visitor().try(createFirstAdministrator, { body: { token, ...wanted, userName: 'ada@there' } })).body.type,
  ).toBe('urn:tenantry:person.user-name-form');
  expect((await visitor().try(createFirstAdministrator, { body: { token, ...wanted } })).status).toBe(200);
});

test('unattended, a weak password stops the start, a good one creates the administrator once', async () => {
  await expect(createAdministratorUnattended(db, 'ada', 'password')).rejects.toThrow('password.too-short');
  expect(await createAdministratorUnattended(db, 'ada', wanted.password)).toBe(true);
  expect(await createAdministratorUnattended(db, 'eve', 'another long password here')).toBe(false);
  expect(await makeFirstRunLink(db)).toBeNull();
  expect((await visitor().try(signIn, { body: { userName: 'ada', password: wanted.password } })).status).toBe(200);
});

test('a locked-out administrator gets in by a link of the command line, and by that name only an administrator', async () => {
  await createAdministratorUnattended(db, 'ada', wanted.password);
  expect(await makeAdministratorLink(db, 'nobody')).toBeNull();
  const link = await makeAdministratorLink(db);
  const token = link?.path.split('#')[1] as string;
  const me = await visitor().call(usePasswordLink, { body: { token, password: 'eight purple umbrellas' } });
  expect(me.person.userName).toBe('ada');
  expect((await visitor().try(signIn, { body: { userName: 'ada', password: wanted.password } })).status).toBe(401);
});

test('a person who is no administrator gets no administrator’s link', async () => {
  const world = await openWorld();
  await world.person({ role: 'provider-analyst', name: 'Paul', userName: 'paul' });
  expect(await makeAdministratorLink(world.db, 'paul')).toBeNull();
  await world.close();
});
