import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer } from '../../src/platform/server.ts';
import { routes } from '../../src/solution.ts';
import { callOn, tryExample } from '../attacks.tools.ts';
import { openCast } from '../cast.ts';
import { Client } from '../client.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { schemaFaults } from '../schema.checks.ts';
import { Breaker } from './breaking.ts';
import { makeSeedbed } from './installation.ts';
import { type Mutation, mutationsOf } from './mutations.ts';
import { endpointsByName } from './probing.ts';

// The suite is tried itself: one wall at a time is broken, and something must notice. `npm run attack -- --mutate` breaks every
// wall there is and lists what found it; without it a sample is broken, in seconds.

const all = process.env.ATTACK_MUTATE === 'all';
const [growing, probes] = all ? [800, 40] : [300, 30];
/** Of one table, or one wall of it. */
const wall = process.env.ATTACK_WALL ?? '';

let database: TestDatabase;
let owner: pg.Client;
let mutations: Mutation[];
let before: string[];

beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client(database.owner);
  await owner.connect();
  before = await schemaFaults(owner, database.prefix, database.app.user as string);
  mutations = await mutationsOf(owner, database.prefix);
});
afterAll(async () => {
  await owner.end();
  await database.close();
});

/** The schema check inside a transaction that never ends well: nothing has to be mended. */
async function foundBySchema(mutation: Mutation): Promise<string | undefined> {
  await owner.query('begin');
  try {
    await owner.query(mutation.break);
    const faults = await schemaFaults(owner, database.prefix, database.app.user as string);
    return faults.find((fault) => !before.includes(fault));
  } finally {
    await owner.query('rollback');
  }
}

test('T-43 what is unbroken is not said to be broken', async () => {
  expect(mutations.length).toBeGreaterThan(300);
  expect(before).toEqual([]);
});

/** The program never truncates, never asks as `public`, and owns nothing: to take these away opens no call a path. */
const isBehindAnother = ({ kind, name }: Mutation) => kind === 'grant' || name.endsWith(' without force');

/** Calls first, as an attacker would notice it; then the schema check. */
test('T-43 whichever policy, trigger, key, right or wall is broken, a call or the schema check finds it', {
  timeout: 0,
}, async () => {
  const tried = all
    ? mutations.filter(({ name }) => name.startsWith(wall))
    : mutations.filter((_one, at) => at % 45 === 7);
  const seedbed = await makeSeedbed();
  const breaker = await Breaker.open(seedbed, 5, growing, probes);
  const lines: Line[] = [];
  const began = Date.now();
  // Two at a time: while the database works for one, the program works for the other.
  const queue = [...tried];
  const work = async () => {
    for (let mutation = queue.shift(); mutation; mutation = queue.shift()) {
      const call = isBehindAnother(mutation) ? undefined : await breaker.foundByCalls(mutation);
      lines.push({ mutation, call, schema: undefined });
      if (all && call) process.stdout.write(`${told(lines.at(-1) as Line)}\n`);
    }
  };
  try {
    await Promise.all([work(), work()]);
  } finally {
    await breaker.close();
    await seedbed.close();
  }
  for (const line of lines) line.schema = await foundBySchema(line.mutation);
  if (all) for (const line of lines) if (!line.call) process.stdout.write(`${told(line)}\n`);
  process.stdout.write(`${totals(lines)}\n${Math.round((Date.now() - began) / 1000)} s\n`);
  expect([...breaker.noise], 'differs with every wall in its place').toEqual([]);
  const survivors = lines.filter(({ call, schema }) => !call && !schema);
  expect(
    survivors.map(({ mutation }) => mutation.name),
    'broken without a word',
  ).toEqual([]);
});

interface Line {
  mutation: Mutation;
  call: string | undefined;
  schema: string | undefined;
}

function told({ mutation: { kind, name }, call, schema }: Line): string {
  const catchers = [...(call ? [call] : []), ...(schema ? [`schema: ${schema}`] : [])];
  return `  ${kind} ${name} — ${catchers.join(' · ') || 'SURVIVES'}`;
}

function totals(lines: Line[]): string {
  const kinds = [...new Set(lines.map(({ mutation }) => mutation.kind))].sort();
  return kinds
    .map((kind) => {
      const of = lines.filter(({ mutation }) => mutation.kind === kind);
      const calls = of.filter(({ call }) => call).length;
      const schema = of.filter((line) => !line.call && line.schema).length;
      const both = of.filter((line) => line.call && line.schema).length;
      return `${kind}: ${of.length} broken, ${calls} found by calls (${both} of them by the schema check, too), ${schema} by the schema check alone`;
    })
    .join('\n');
}

test('T-40 whichever endpoint is opened to every member, a role without functions notices', {
  timeout: 0,
}, async () => {
  const cast = await openCast();
  try {
    const wide = routes.map((route) => ({ ...route, endpoint: { ...route.endpoint, access: 'member' as const } }));
    const server = await createServer({ db: cast.world.db, routes: wide, logLevel: 'silent' });
    const { cookie, membershipId } = cast.b.idle;
    const opened = new Client(server, { cookie, membershipId });
    const survivors: string[] = [];
    const held: string[] = [];
    const guarded = [...endpointsByName].filter(([, { access }]) => access.includes('.')).map(([name]) => name);
    for (const name of guarded) {
      const input = await callOn(cast, cast.b, name);
      const refusals = [await tryExample(cast.b.idle, name, input), await tryExample(opened, name, input)];
      const [right, wrong] = refusals.map(({ body }) => String(body?.type).endsWith(':not-allowed'));
      if (!right) survivors.push(name);
      // Behind the door the domain asks for the function again.
      else if (wrong) held.push(name);
    }
    await server.close();
    process.stdout.write(
      `${guarded.length} endpoints opened, ${guarded.length - survivors.length - held.length} found by a call, refused all the same: ${held.join(', ')}\n`,
    );
    expect(survivors).toEqual([]);
  } finally {
    await cast.world.close();
  }
});
