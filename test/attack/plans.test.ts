import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../../src/platform/database.ts';
import { createServer } from '../../src/platform/server.ts';
import { routes } from '../../src/solution.ts';
import { tryExample } from '../attacks.tools.ts';
import { Client as Caller } from '../client.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { Explanations, explainingClient, type PlanNode } from '../explaining.ts';
import { type Ground, makeGround } from './ground.ts';

// T-04: what is read, whoever reads it and by whichever endpoint, is planned with the tenants of the reach in its condition. Only
// roles that read all tenants are planned without, and the program's own role, which has no person and no tenants.

const explained = new Explanations();

/** The places where records of tenants are read in a plan. */
function scansOf(node: PlanNode): { table: string; conditions: string }[] {
  const below = (node.Plans ?? []).flatMap(scansOf);
  if (!node['Relation Name']) return below;
  // The index conditions of a bitmap stand below it, and again as what is rechecked.
  const own = ['Index Cond', 'Recheck Cond', 'Filter'].map((name) => node[name] ?? '');
  // PostgreSQL 15 says of a set only which sub-plan makes it, and there, of which setting.
  const sets = (node.Plans ?? []).filter((plan) => plan['Parent Relationship'] === 'SubPlan');
  const conditions = [...own, ...sets.map((plan) => JSON.stringify(plan))].join(' ');
  return [{ table: `${node.Schema}.${node['Relation Name']}`, conditions }, ...below];
}

let ground: Ground;
let database: TestDatabase;
let owned: Set<string>;
beforeAll(async () => {
  ground = await makeGround(/^GET /);
  database = await testDatabase(ground.template);
  const owner = new pg.Client(database.owner);
  await owner.connect();
  const { rows } = await owner.query<{ name: string }>('select name from tenancy.owned_tables');
  owned = new Set(rows.map(({ name }) => name));
  await owner.end();
}, 180_000);
afterAll(async () => {
  await database.close();
  await ground.drop();
});

test('T-04 no plan of any read is without a condition on the tenant, but at the reach of all', async () => {
  const Client = explainingClient(explained, { options: 'verbose' });
  const db = new Database({ app: { ...database.app, Client } as never, prefix: database.prefix });
  const server = await createServer({ db, routes, logLevel: 'silent' });
  try {
    for (const { name, input, by } of ground.targets) {
      for (const { cookie, membershipId } of by)
        await tryExample(new Caller(server, { cookie, membershipId }), name, input);
    }
  } finally {
    await server.close();
    await db.end();
  }
  await explained.settled();
  const bounded = readBy(/_r_(none|one|set)_/);
  // Enough of them, and of enough tables, that nobody has turned the explaining off.
  expect(bounded.length).toBeGreaterThan(1000);
  expect(new Set(bounded.map(({ table }) => table)).size).toBeGreaterThan(20);
  expect([...new Set(bounded.filter(isUnbounded).map(({ role, table, text }) => `${role} ${table}: ${text}`))]).toEqual(
    [],
  );
  // What reads all tenants is seen to, so that it would be seen of others.
  expect(readBy(/_r_all_/).filter(isUnbounded).length).toBeGreaterThan(20);
});

const isUnbounded = ({ conditions }: { conditions: string }) => !/\bowner_id\b|app\.reads/.test(conditions);

function readBy(roles: RegExp) {
  return explained.found
    .filter(({ role }) => roles.test(role))
    .flatMap(({ text, role, plan }) => scansOf(plan).map((scan) => ({ ...scan, text, role })))
    .filter(({ table }) => owned.has(table));
}
