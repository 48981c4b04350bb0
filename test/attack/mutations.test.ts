import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../database.ts';
import { schemaFaults } from '../schema.checks.ts';
import { Breaker, type Verdict } from './breaking.ts';
import { type Ground, makeGround } from './ground.ts';
import type { Sent } from './held.ts';
import { type Line, told, totals } from './mutations.table.ts';
import { type Mutation, wallsOf } from './mutations.ts';

// The suite is tried itself: one wall at a time is broken, and something must notice. `npm run attack -- --mutate` breaks every
// wall there is and lists what found it; without it a sample is broken, in seconds.

const all = process.env.ATTACK_MUTATE === 'all';
/** Of one table, or one wall of it. */
const wall = process.env.ATTACK_WALL ?? '';
/** What the short form attacks, and breaks. */
const sample = {
  endpoints: /\/categories|^(GET|POST) \/tickets(\/:number)?$/,
  walls: /^desk\.(categories |tickets (reads_|narrow|pair_category|tickets_category_outside|without enable))/,
};

let database: TestDatabase;
let owner: pg.Client;
let mutations: Mutation[];
let before: string[];
let ground: Ground;
let breaker: Breaker;

beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client(database.owner);
  await owner.connect();
  before = await schemaFaults(owner, database.prefix, database.app.user as string);
  const walls = await wallsOf(owner, database.prefix);
  mutations = walls.mutations;
  ground = await makeGround(all ? /./ : sample.endpoints);
  breaker = await Breaker.open(ground, walls);
}, 3_600_000);
afterAll(async () => {
  await breaker.close();
  await ground.drop();
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

test('R5.7 T-16 what a program that forgets to ask would write beyond a reach, the database refuses', () => {
  expect(breaker.forgetful.length).toBeGreaterThan(20);
  // To delete what the database does not show deletes nothing, and is answered as done.
  const written = breaker.forgetful.filter(
    ({ status, sent, target }) => status < 400 && sent.some((one) => hasWritten(one, target.name)),
  );
  expect(written.map(({ by, target, answer }) => `${by.name}: ${target.name} (${target.of}) ${answer}`)).toEqual([]);
});

test('T-43 no attempt fails: each is answered, or refused in words', () => {
  const failed = [...breaker.honest, ...breaker.forgetful].filter(({ status }) => status >= 500);
  expect(failed.map(({ by, target }) => `${by.name}: ${target.name} (${target.of})`)).toEqual([]);
});

/** Beside what is noted in one's own tenant: that it was asked, and the request that an administrator's change becomes. */
function hasWritten({ text, rows }: Sent, endpoint: string): boolean {
  const [, written] = /^(?:insert into|update|delete from) "([a-z]+)"/.exec(text) ?? [];
  return !!written && !!rows && written !== 'platform' && (written !== 'catalog' || endpoint.includes('/requests'));
}

/** Calls first, as an attacker would notice it; then the schema check. */
test('T-43 whichever policy, trigger, key, right or wall is broken, a call or the schema check finds it', {
  timeout: 0,
}, async () => {
  const began = performance.now();
  const tried = mutations.filter(({ name }) => (all ? name.startsWith(wall) : sample.walls.test(name)));
  const lines: Line[] = [];
  for (const mutation of tried) {
    const verdict = behindAnother(mutation) ?? (await breaker.try(mutation));
    lines.push({ mutation, verdict, schema: await foundBySchema(mutation) });
    if (all) process.stdout.write(`${told(lines.at(-1) as Line)}\n`);
  }
  process.stdout.write(`${totals(lines)}\n${Math.round((performance.now() - began) / 1000)} s\n`);
  expect([...breaker.noise], 'differs with every wall in its place').toEqual([]);
  const survivors = lines.filter(({ verdict, schema }) => verdict.by !== 'call' && !schema);
  expect(
    survivors.map(({ mutation }) => mutation.name),
    'broken without a word',
  ).toEqual([]);
});

/** The program never truncates, never asks as `public`, and owns nothing: to take these away opens no call a path. */
function behindAnother({ kind, name }: Mutation): Verdict | null {
  if (kind === 'grant')
    return { by: null, text: name.includes('truncate') ? 'no call truncates' : 'no call asks as public' };
  return name.endsWith(' without force') ? { by: null, text: 'no call asks as the owner' } : null;
}
