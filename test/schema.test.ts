import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaSql } from '../src/platform/schema.sql.ts';
import { schemaTypes } from '../src/platform/schema.types.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { schemaFaults } from './schema.checks.ts';

let database: TestDatabase;
let client: pg.Client;
let names: { prefix: string; owner: string; app: string };

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client(database.owner);
  await client.connect();
  names = { prefix: database.prefix, owner: client.user ?? '', app: database.app.user as string };
});

afterAll(async () => {
  await client.end();
  await database.close();
});

const faults = () => schemaFaults(client, names.prefix, names.app);

test('R5.7 every table is walled, every key carries its owner, every function of the owner’s has its reason', async () => {
  expect(await faults()).toEqual([]);
});

test('db/schema.sql and the types are what the migrations make, on every version of PostgreSQL', async () => {
  const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');
  expect(await schemaSql(client, names), 'run npm run generate').toBe(await read('db/schema.sql'));
  expect(await schemaTypes(client), 'run npm run generate').toBe(await read('src/platform/schema.ts'));
});

test('R6.1 every kind of record is of the class that the rules give it', async () => {
  const { rows } = await client.query<{ name: string; class: string }>('select name, class from tenancy.owned_tables');
  const classes = Object.fromEntries(rows.map((row) => [row.name, row.class]));
  const optional = [
    'desk.categories',
    'desk.locations',
    'identity.assignment_groups',
    'identity.roles',
    'identity.terms_statements',
    'identity.terms_versions',
    'catalog.offerings',
    'catalog.categories',
  ];
  const providers = ['tenancy.groups', 'tenancy.group_members', 'tenancy.exposure_previews', 'tenancy.refusals_ahead'];
  for (const [name, found] of Object.entries(classes)) {
    const own = found === 'personal' ? 'personal' : 'required';
    expect([name, found]).toEqual([
      name,
      optional.includes(name) ? 'optional' : providers.includes(name) ? 'provider' : own,
    ]);
  }
  for (const name of [...optional, ...providers, 'desk.tickets', 'catalog.requests', 'identity.people'])
    expect(classes).toHaveProperty([name]);
});

// Each check is broken on purpose, in a transaction that is rolled back: a check that cannot fail proves nothing.
const table = 'owner_id int not null, id uuid not null, primary key (owner_id, id)';
const owned = `create table desk.things (${table}); select tenancy.own('desk.things', 'required')`;
test.each([
  ['a table without a wall', `create table desk.things (${table})`, 'desk.things has no wall'],
  [
    'a table with a wall on paper alone',
    `${owned}; alter table desk.things no force row level security`,
    'not enabled and forced',
  ],
  [
    'security that is switched off',
    `alter table identity.people disable row level security`,
    'identity.people has row-level security that is not',
  ],
  [
    'an owner that may be empty',
    `${owned}; alter table desk.things drop constraint things_pkey, alter column owner_id drop not null`,
    'desk.things.owner_id is integer null',
  ],
  [
    'a key that does not begin with the owner',
    `create table desk.things (owner_id int not null, id uuid primary key); select tenancy.own('desk.things', 'required')`,
    'does not begin with owner_id',
  ],
  [
    'a policy too few',
    `drop policy never_public_insert on identity.people`,
    'identity.people lacks the policy never_public_insert',
  ],
  [
    'a policy too many',
    `create policy more on identity.people for select to {{reads_one}} using (true)`,
    'identity.people has a policy that its class does not',
  ],
  [
    'a policy that says something else',
    `alter policy reads_one on identity.people using (true)`,
    'identity.people lacks the policy reads_one',
  ],
  [
    'entries in another’s name',
    `alter policy in_own_name on platform.audit_entries with check (true)`,
    'platform.audit_entries has a policy that its class does not: in_own_name',
  ],
  [
    'a grant too many',
    `grant select on identity.passwords to {{everyone}}`,
    'identity.passwords grants everyone: select',
  ],
  ['a table open to everybody', `grant select on identity.people to public`, 'identity.people grants'],
  ['a table open to the bare login', `grant select on identity.people to {{app}}`, 'app: select'],
  [
    'a secret column granted',
    `grant select (token_hash) on identity.sessions to {{writes_all}}`,
    'identity.sessions grants',
  ],
  [
    'a key without an owner',
    `${owned}; create unique index one_person on identity.people (id); alter table desk.things add person_id uuid constraint thing_person references identity.people (id)`,
    'has the key thing_person',
  ],
  [
    'a reference field without its index',
    `drop index identity.memberships_role_owner_id_role_id_idx`,
    'identity.memberships.role has no index for its target',
  ],
  [
    'a reference field without its index of pairs',
    `drop index identity.memberships_owner_id_role_climb_idx`,
    'identity.memberships.role has no index for its pairs',
  ],
  [
    'a reference field without its key',
    `alter table identity.memberships drop constraint memberships_role_unknown`,
    'identity.memberships.role has no key to its target',
  ],
  [
    'a reference field that no line holds',
    `alter table identity.memberships drop constraint memberships_role_outside_the_line`,
    'has no key to the pairs of owners',
  ],
  [
    'a reference field of another kind',
    `update tenancy.reference_fields set kind = 'provider' where (table_name, field) = ('identity.memberships', 'role')`,
    'does not climb as its kind does',
  ],
  [
    'half a reference',
    `alter table identity.roles drop constraint roles_read_group_whole`,
    'identity.roles.read_group is not held to be whole or empty',
  ],
  [
    'a pair that nobody makes',
    `drop trigger pair_role on identity.memberships`,
    'identity.memberships.role makes no pair',
  ],
  [
    'an enum',
    `create type desk.mood as enum ('good'); alter table identity.people add mood desk.mood`,
    'identity.people.mood is of the type mood',
  ],
  [
    'a numeric column',
    `alter table identity.people add height numeric`,
    'identity.people.height is of the type numeric',
  ],
  [
    'a constraint without a name',
    `alter table identity.people add check (version > 0)`,
    'not named after what it refuses',
  ],
  [
    'a unique index without a name',
    `create unique index on identity.people (owner_id, display_name)`,
    'not named after what it refuses',
  ],
  [
    'a key that was never checked',
    `alter table identity.people add constraint late check (version > 0) not valid`,
    'is not validated',
  ],
  [
    'a view with its owner’s eyes',
    `create view desk.everybody as select * from identity.people`,
    'make it security_invoker',
  ],
  [
    'a security definer function without a reason',
    `create function desk.peek() returns int language sql security definer set search_path = '' as 'select 1'`,
    'desk.peek has no reason',
  ],
  [
    'a function that finds what others put in its way',
    `create function desk.peek() returns int language sql as 'select 1'`,
    'has no empty search_path',
  ],
  [
    'a function open to everybody',
    `grant execute on function tenancy.below(int) to public`,
    'can be called by everybody',
  ],
  [
    'a trigger that is gone',
    `drop trigger invitations_1_grant on identity.invitations`,
    'lacks the trigger invitations_1',
  ],
  [
    'a trigger that nobody has given a reason for',
    `create trigger more before update on identity.people for each row execute function tenancy.keep_tenant()`,
    'identity.people has the trigger more',
  ],
  [
    'a table that takes what has no tenant',
    `drop trigger unassigned on desk.tickets`,
    'desk.tickets takes records of no tenant',
  ],
  [
    'pairs that outlive the line',
    `alter table tenancy.reference_pairs drop constraint reference_outside_the_line`,
    'lacks the key reference_outside_the_line',
  ],
  [
    'a check that is gone',
    `alter table tenancy.tenants drop constraint provider_stays_active`,
    'lacks the check provider_stays_active',
  ],
  ['a trigger that is switched off', `alter table tenancy.tenants disable trigger tenants_1_check`, 'is switched off'],
  ['a queue that can be read', `grant select on jobs.job to {{everyone}}`, 'jobs.job lets'],
  [
    'a list that names what is gone',
    `drop policy never_reserved on tenancy.tenants`,
    'a list names the policy tenancy.tenants never_reserved',
  ],
])('the check finds %s', async (_what, statement, fault) => {
  const named = statement.replaceAll(/\{\{(\w+)\}\}/g, (_all, name) =>
    name === 'app' ? names.app : `${names.prefix}_${name}`,
  );
  await client.query('begin');
  try {
    await client.query(named);
    expect((await faults()).join('\n')).toContain(fault);
  } finally {
    await client.query('rollback');
  }
});
