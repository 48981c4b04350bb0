import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkLogin } from '../src/platform/logins.ts';
import { type TestDatabase, testDatabase } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('the login of the program passes the check that every start makes', async () => {
  await checkLogin(database.app);
});

test('the owning login is refused as the login of the program', async () => {
  await expect(checkLogin(database.owner)).rejects.toThrow(/as a superuser, alter role/);
});

test('the bare login reads no tenanted table without switching to a role', async () => {
  const client = new pg.Client(database.app);
  await client.connect();
  await expect(client.query('select from identity.people')).rejects.toThrow(/permission denied/);
  await client.end();
});
