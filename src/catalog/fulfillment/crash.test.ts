import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase } from '../../../test/database.ts';
import { StormProgram } from '../../../test/storm.program.ts';
import type { ServiceRequest } from '../requests/requests.api.ts';

// Where storm.test.ts kills at random, this kills at one instant: the third of five parts is in the middle of its unit of work.

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let program: StormProgram;
let owner: pg.Client;

beforeAll(async () => {
  database = await emptyDatabase();
  program = await StormProgram.make(database.url);
  await program.start();
  await program.signIn();
  owner = new pg.Client(database.owner);
  await owner.connect();
  await request('multi-tenancy', { state: 'on', providerName: 'Northwind' }).then(completed);
}, 60_000);
afterAll(async () => {
  await program.stop();
  await owner.end();
  await database.close();
});

async function request(offering: string, values: object): Promise<string> {
  const { status, body } = await program.call<{ number: string }>('POST', '/requests', { offering, values });
  expect([status, body]).toMatchObject([201, {}]);
  return body.number;
}
const seen = async (number: string) => (await program.call<ServiceRequest>('GET', `/requests/${number}`)).body;
async function until(number: string, holds: (now: ServiceRequest) => boolean): Promise<ServiceRequest> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const now = await seen(number);
    if (holds(now)) return now;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${number} never came to that: ${JSON.stringify(await seen(number))}`);
}
const completed = (number: string) => until(number, (now) => now.phase === 'completed');

test('R4.4 killed in the middle of a part, the program resumes there: what was done is not repeated, what was begun leaves nothing', {
  timeout: 60_000,
}, async () => {
  // As the owner: the part that prepares the new tenant's requests waits for a lock that the test holds.
  await owner.query(`create function public.wait_here() returns trigger language plpgsql as $$ begin
    if new.name = 'request' and new.owner_id > 3 then perform pg_advisory_xact_lock(4242); end if; return new; end $$`);
  await owner.query(
    'create trigger wait_here before insert on tenancy.series for each row execute function public.wait_here()',
  );
  await owner.query('select pg_advisory_lock(4242)');
  const number = await request('add-tenant', { name: 'Phoenix', currency: 'USD' });
  await until(number, (now) => now.tasks.filter((task) => task.state === 'done').length === 2);
  const waiting = async () =>
    (await owner.query(`select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 4242`)).rowCount;
  for (let waited = 0; waited < 10_000 && !(await waiting()); waited += 20)
    await new Promise((done) => setTimeout(done, 20));
  expect(await waiting()).toBe(1);
  await program.kill({ database: false });
  await owner.query('select pg_advisory_unlock(4242)');
  await owner.query('drop trigger wait_here on tenancy.series');
  const half = await owner.query(`select status, currency from tenancy.tenants where name = 'Phoenix'`);
  expect(half.rows).toEqual([{ status: 'provisioning', currency: 'EUR' }]);
  await program.start();
  const done = await completed(number);
  expect(done.tasks.map((task) => task.state)).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(done.history.filter((entry) => entry.kind === 'part-done')).toHaveLength(5);
  const { rows } = await owner.query(`select status, currency from tenancy.tenants where name = 'Phoenix'`);
  expect(rows).toEqual([{ status: 'active', currency: 'USD' }]);
});
