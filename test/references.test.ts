import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

// R6.3 and R6.4 are held by PostgreSQL itself: tried here as the owning login, whom no policy stops, on assignment groups and
// their members, by several connections that do not wait for each other.

let database: TestDatabase;
let one: pg.Client;
let two: pg.Client;

const [provider, top, middle, bottom, aside] = [3, 20, 21, 22, 23];

beforeAll(async () => {
  database = await testDatabase();
  [one, two] = [new pg.Client(database.owner), new pg.Client(database.owner)];
  await Promise.all([one.connect(), two.connect()]);
  const tenants: [number, string, number | null][] = [
    [provider, 'P', null],
    [top, 'T', null],
    [middle, 'M', top],
    [bottom, 'B', middle],
    [aside, 'A', null],
  ];
  for (const [owner, name, parent] of tenants) {
    await one.query(
      `insert into tenancy.tenants (owner_id, id, name, name_key, key, slug, status, parent_owner_id, subtenants_allowed)
       values ($1, gen_random_uuid(), $2, $3, $4, $3, 'active', $5, true)`,
      [owner, name, name.toLowerCase(), `${name}${owner}`, parent],
    );
  }
  await one.query(`update tenancy.solution set multi_tenancy = 'on'`);
});

afterAll(async () => {
  await Promise.all([one.end(), two.end()]);
  await database.close();
});

let made = 0;

async function category(owner: number): Promise<string> {
  const { rows } = await one.query<{ id: string }>(
    `insert into desk.categories (owner_id, id, name, name_key) values ($1, gen_random_uuid(), $2, $2) returning id`,
    [owner, `category ${++made}`],
  );
  return rows[0]?.id as string;
}

/** A role of one tenant that a person of another is given: a reference up the line. */
async function contact(owner: number): Promise<string> {
  const person = `insert into identity.people (owner_id, id, user_name, user_name_key, display_name) values ($1, gen_random_uuid(), $2, $2, $2) returning id`;
  const { rows } = await one.query<{ id: string }>(person, [owner, `person ${++made}`]);
  const text = `insert into identity.contacts (owner_id, id, person_owner_id, person_id, display_name, name_key) values ($1, gen_random_uuid(), $1, $2, $3, $3) returning id`;
  return (await one.query<{ id: string }>(text, [owner, rows[0]?.id, `person ${made}`])).rows[0]?.id as string;
}

async function role(owner: number): Promise<string> {
  const text = `insert into identity.roles (owner_id, id, name, name_key, read_reach) values ($1, gen_random_uuid(), $2, $2, 'own') returning id`;
  return (await one.query<{ id: string }>(text, [owner, `role ${++made}`])).rows[0]?.id as string;
}

const give = (client: pg.Client, owner: number, contactId: string, roleOwner: number, roleId: string) =>
  client.query(
    `insert into identity.memberships (owner_id, id, contact_id, role_owner_id, role_id) values ($1, gen_random_uuid(), $2, $3, $4)`,
    [owner, contactId, roleOwner, roleId],
  );
const move = (client: pg.Client, owner: number, parent: number | null) =>
  client.query('update tenancy.tenants set parent_owner_id = $2 where owner_id = $1', [owner, parent]);
const outside = /reference_outside_the_line|outside_the_line/;

test('R6.3 R6.4 a reference up the line, to oneself and to public is kept; down, aside and to the provider is not', async () => {
  const person = await contact(middle);
  for (const owner of [middle, top, 2]) await give(one, middle, person, owner, await role(owner));
  for (const owner of [bottom, aside, provider])
    await expect(give(one, middle, person, owner, await role(owner))).rejects.toThrow(outside);
});

test('R6.4 a record that is referred to does not change its tenant to one outside the line, and within it takes its references along', async () => {
  const person = await contact(bottom);
  const shared = await role(middle);
  await give(one, bottom, person, middle, shared);
  const change = 'update identity.roles set owner_id = $2 where id = $1';
  await expect(one.query(change, [shared, aside])).rejects.toThrow(outside);
  await one.query(change, [shared, top]);
  const { rows } = await one.query('select role_owner_id from identity.memberships where contact_id = $1', [person]);
  expect(rows).toEqual([{ role_owner_id: top }]);
});

test('R6.4 a move that would leave a reference outside the line is refused while there is one, and done once there is none', async () => {
  const person = await contact(bottom);
  const shared = await role(top);
  await give(one, bottom, person, top, shared);
  await expect(move(one, middle, aside)).rejects.toThrow(outside);
  await one.query('delete from identity.memberships where owner_id = $1', [bottom]);
  await one.query('delete from identity.memberships where owner_id = $1', [middle]);
  await move(one, middle, aside);
  await expect(give(one, bottom, person, top, shared)).rejects.toThrow(outside);
  await move(one, middle, top);
});

test('R6.4 T-20 whoever refers up while the tenant moves away waits, and is refused', async () => {
  const person = await contact(middle);
  const shared = await role(top);
  await one.query('begin');
  await move(one, middle, null);
  const late = give(two, middle, person, top, shared).then(
    () => 'kept',
    (error: Error) => error.message,
  );
  expect(await Promise.race([late, new Promise((resolve) => setTimeout(() => resolve('waits'), 300))])).toBe('waits');
  await one.query('commit');
  expect(await late).toMatch(outside);
  await move(one, middle, top);
});

test('R6.4 T-20 a move that comes while somebody refers up waits, and is refused', async () => {
  const person = await contact(middle);
  const shared = await role(top);
  await one.query('begin');
  await give(one, middle, person, top, shared);
  const late = move(two, middle, null).then(
    () => 'moved',
    (error: Error) => error.message,
  );
  expect(await Promise.race([late, new Promise((resolve) => setTimeout(() => resolve('waits'), 300))])).toBe('waits');
  await one.query('commit');
  expect(await late).toMatch(outside);
});

test('R6.4 a target that is gone, and half a reference, are refused by the keys', async () => {
  const id = await category(top);
  const half =
    'insert into identity.memberships (owner_id, id, contact_id, role_owner_id) values ($1, gen_random_uuid(), $2, $1)';
  await expect(one.query(half, [top, await contact(top)])).rejects.toThrow(/null value|_whole/);
  await expect(give(one, top, await contact(top), top, id)).rejects.toThrow(/memberships_role_unknown/);
});
