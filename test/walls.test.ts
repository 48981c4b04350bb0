import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkLogin } from '../src/platform/logins.ts';
import { quoted } from '../src/platform/roles.ts';
import { assertWalls, findGaps } from '../src/platform/walls.ts';
import { type TestDatabase, testDatabase } from './database.ts';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  owner = new pg.Client(database.owner);
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database.close();
});

test('T-43 the program starts behind walls that it has tried itself', async () => {
  expect(await findGaps(database.app, database.prefix)).toEqual([]);
});

// The self-test has a connection of its own, so each break is committed, and mended.
test.each([
  [
    'policies that are switched off',
    'alter table identity.people disable row level security',
    'alter table identity.people enable row level security',
    'identity.people has no policies in force',
  ],
  [
    'an owner whom no policy binds',
    'alter table identity.people no force row level security',
    'alter table identity.people force row level security',
    'identity.people has no policies in force',
  ],
  [
    'a table without a wall',
    'create table desk.things (owner_id int)',
    'drop table desk.things',
    'desk.things has no policies in force',
  ],
  [
    'a table open to the bare login',
    'grant select on identity.people to public',
    'revoke select on identity.people from public',
    "identity.people is open to the program's bare login",
  ],
  [
    'a policy that lets everything through',
    'create policy more on identity.roles for select using (true)',
    'drop policy more on identity.roles',
    'sees records without a scope',
  ],
])('T-43 the program does not start with %s', async (_what, breaking, mending, gap) => {
  await owner.query(breaking);
  try {
    expect((await findGaps(database.app, database.prefix)).join('\n')).toContain(gap);
    await expect(assertWalls(database.app, database.prefix)).rejects.toThrow(/does not keep tenants apart/);
  } finally {
    await owner.query(mending);
  }
  expect(await findGaps(database.app, database.prefix)).toEqual([]);
});

test('T-43 a login that owns, inherits or makes roles is refused', async () => {
  const name = `${database.prefix}_bad_${process.pid}`;
  const login = { ...database.app, user: name, password: 'of tests' };
  const modes: [string, RegExp][] = [
    ['login inherit', /inherits rights/],
    ['login noinherit createrole', /more rights/],
  ];
  for (const [attributes, refusal] of modes) {
    await owner.query(`create role ${quoted(name)} ${attributes} password 'of tests'`);
    try {
      await owner.query(`grant ${quoted(`${database.prefix}_r_all_w_all`)} to ${quoted(name)}`);
      await expect(checkLogin(login)).rejects.toThrow(refusal);
    } finally {
      await owner.query(`drop role ${quoted(name)}`);
    }
  }
});

test('T-43 without a scope, whatever role is switched to, nothing is read and nothing written', async () => {
  const client = new pg.Client(database.app);
  await client.connect();
  try {
    for (const role of ['r_one_w_one', 'r_set_w_set', 'r_one_w_none', 'r_set_w_one_narrow']) {
      await client.query('begin');
      await client.query(`set local role ${quoted(`${database.prefix}_${role}`)}`);
      const { rows } = await client.query('select count(*)::int as n from identity.roles');
      expect(rows[0].n, role).toBe(0);
      const insert = `insert into identity.assignment_groups (owner_id, id, name, name_key) values (3, gen_random_uuid(), 'x', 'x')`;
      await expect(client.query(insert), role).rejects.toThrow(/row-level security|permission denied/);
      await client.query('rollback');
    }
  } finally {
    await client.end();
  }
});
