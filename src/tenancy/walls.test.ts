import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../test/world.ts';
import { endMembership, getPerson, grantRole } from '../identity/people/people.api.ts';
import { addRole } from '../identity/roles/roles.api.ts';
import { getMe } from '../identity/sessions/sessions.api.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/units.ts';
import { addTenantGroup } from './groups/groups.api.ts';
import { publicOwner, unassigned } from './owners.ts';

// What the policies of 0003 let through, asked in plain SQL under real memberships: nothing of the application's own
// conditions stands between the question and the wall. One table stands for each class: series of numbers (required),
// categories of the catalog (optional), groups of tenants (the provider's), idempotency keys (personal).

let world: World;
let provider: WorldTenant;
/** The line: root over middle over leaf and twig; aside is a stranger. */
let root: WorldTenant;
let middle: WorldTenant;
let leaf: WorldTenant;
let twig: WorldTenant;
let aside: WorldTenant;
let group: { id: string };
let mia: WorldPerson;

beforeAll(async () => {
  world = await openWorld();
  provider = await world.enable('Northwind');
  root = await world.tenant({ name: 'Root' });
  middle = await world.tenant({ name: 'Middle', parent: root });
  leaf = await world.tenant({ name: 'Leaf', parent: middle });
  twig = await world.tenant({ name: 'Twig', parent: middle });
  aside = await world.tenant({ name: 'Aside' });
  group = await world.administrator.call(addTenantGroup, {
    body: { name: 'Mixed', members: [aside.slug, leaf.slug] },
  });
  mia = await world.person({ tenant: middle, role: 'self-service-user', name: 'Mia' });
  // As the owner: a row of each class for each tenant, whether or not somebody could have made it.
  await world.sql(
    `insert into tenancy.series (owner_id, id, name) select owner_id, gen_random_uuid(), 'wall' from tenancy.tenants where owner_id <> 2`,
  );
  // R1.6: while it is on, nobody makes a record without a tenant; the walls hold for what might be left of one all the same.
  await world.sql('alter table catalog.categories disable trigger unassigned');
  await world.sql(
    `insert into catalog.categories (owner_id, id, key, name) select owner_id, gen_random_uuid(), 'wall', '{"en":"","es":""}' from tenancy.tenants`,
  );
  await world.sql('alter table catalog.categories enable trigger unassigned');
}, 60_000);
afterAll(() => world.close());

/** Undone at the end, whatever it did. */
async function within<T>(membershipId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  let result: T | undefined;
  const undone = new Error('undone');
  await world.db
    .as({ kind: 'job', membershipId }, async (tx) => {
      result = await work(tx);
      throw undone;
    })
    .catch((error) => {
      if (error.cause !== undone && error !== undone) throw error;
    });
  return result as T;
}

const sorted = (owners: number[]) => [...new Set(owners)].sort((one, other) => one - other);

async function ownersOf(tx: Tx, text: string): Promise<number[]> {
  const { rows } = await sql<{ owner_id: number }>`${sql.raw(text)}`.execute(tx.q);
  return sorted(rows.map((row) => row.owner_id));
}

async function refusedOr<T>(tx: Tx, work: () => Promise<T>): Promise<T | 'refused'> {
  await sql`savepoint one_try`.execute(tx.q);
  try {
    return await work();
  } catch (error) {
    const { code, constraint } = ((error as Error).cause ?? error) as { code?: string; constraint?: string };
    if (code !== '42501' && constraint !== 'overtaken_by_the_switch') throw error;
    await sql`rollback to savepoint one_try`.execute(tx.q);
    return 'refused';
  }
}

async function insertable(tx: Tx, owners: number[], statement: (owner: number) => string): Promise<number[]> {
  const fitting: number[] = [];
  for (const owner of owners) {
    if ((await refusedOr(tx, () => sql.raw(statement(owner)).execute(tx.q))) !== 'refused') fitting.push(owner);
  }
  return sorted(fitting);
}

const everyOwner = () => [
  unassigned,
  publicOwner,
  ...[provider, root, middle, leaf, twig, aside].map((tenant) => tenant.owner),
];

/** A membership of Mia's with such a role; the role is Middle's own. */
async function membershipOf(person: WorldPerson, tenant: WorldTenant, reaches: object): Promise<string> {
  const role = await world.administrator.call(addRole, {
    body: { name: `Reach ${newId()}`, tenant: tenant.slug, functions: [], ...(reaches as { readReach: 'own' }) },
  });
  const granted = await world.administrator.call(grantRole, {
    params: { id: person.contactId },
    body: { roleId: role.id },
  });
  return granted.memberships.find((one) => one.role.id === role.id)?.id as string;
}

interface Found {
  required: Record<'read' | 'insert' | 'update' | 'delete', number[]>;
  optional: Record<'read' | 'insert' | 'update' | 'delete', number[]>;
  tenants: number[];
}

/**
 * What is read and written, which is the same whether sets of owners travel as bits or, with very many owners, alone.
 * @param more owners beside those of the tree, to try inserts for.
 */
async function found(membershipId: string, more: number[] = []): Promise<Found> {
  const asBits = await look(membershipId, more);
  const [bits, owners] = await within(membershipId, async (tx) => [
    await settingOf(tx, 'reads_bits'),
    await settingOf(tx, 'reads'),
  ]);
  expect(Boolean(bits)).toBe((owners?.split(',').length ?? 0) > 1);
  const [last] = await world.sql<{ owner: number }>('select last_value as owner from tenancy.owner_ids');
  await world.sql(`select setval('tenancy.owner_ids', 100000)`);
  expect(await within(membershipId, (tx) => settingOf(tx, 'reads_bits'))).toBe('');
  expect(await look(membershipId, more)).toEqual(asBits);
  // Where the sequence has fallen behind its owners, those beyond it have no bit.
  await world.sql(`select setval('tenancy.owner_ids', ${middle.owner})`);
  expect(await look(membershipId, more)).toEqual(asBits);
  await world.sql(`select setval('tenancy.owner_ids', ${last?.owner})`);
  return asBits;
}

async function settingOf(tx: Tx, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`select current_setting(${`app.${name}`}, true) as value`.execute(tx.q);
  return rows[0]?.value;
}

async function look(membershipId: string, more: number[]): Promise<Found> {
  return within(membershipId, async (tx) => {
    const table = async (name: string, insert: (owner: number) => string) => ({
      read: await ownersOf(tx, `select owner_id from ${name}`),
      insert: await insertable(tx, [...everyOwner(), ...more], insert),
      // Without a condition: what a policy lets through that nothing else asks for.
      update: await writable(tx, `update ${name} set owner_id = owner_id returning owner_id`),
      delete: await writable(
        tx,
        `delete from ${name} where id not in (select category_id from catalog.offerings) returning owner_id`,
      ),
    });
    return {
      tenants: await ownersOf(tx, 'select owner_id from tenancy.tenants'),
      required: await table(
        'tenancy.series',
        (owner) =>
          `insert into tenancy.series (owner_id, id, name) values (${owner}, gen_random_uuid(), 'new ${owner}')`,
      ),
      optional: await table(
        'catalog.categories',
        (owner) =>
          `insert into catalog.categories (owner_id, id, key, name) values (${owner}, gen_random_uuid(), 'new', '{"en":"","es":""}')`,
      ),
    };
  });
}

async function writable(tx: Tx, text: string): Promise<number[]> {
  const owners = await refusedOr(tx, () => ownersOf(tx, text));
  return owners === 'refused' ? [] : owners;
}

function expected(reads: WorldTenant[], writes: WorldTenant[], above: WorldTenant[] = []): Found {
  const [r, w] = [reads, writes].map((tenants) => sorted(tenants.map((tenant) => tenant.owner))) as [
    number[],
    number[],
  ];
  const optional = sorted([...r, ...above.map((tenant) => tenant.owner), publicOwner]);
  return {
    tenants: r,
    required: { read: r, insert: w, update: w, delete: w },
    optional: { read: optional, insert: w, update: w, delete: w },
  };
}

const reaches = (): [string, object, WorldTenant[], WorldTenant[]][] => [
  ['own', { readReach: 'own' }, [middle], [root]],
  ['subtenants', { readReach: 'subtenants' }, [middle, leaf, twig], [root]],
  ['supertenants', { readReach: 'supertenants' }, [middle, root], []],
  ['related', { readReach: 'related' }, [middle, root, leaf, twig], []],
  ['tenant', { readReach: 'tenant', readTenant: aside.slug }, [aside], []],
  ['group', { readReach: 'group', readGroup: group.id }, [aside, leaf], [middle, root]],
  ['all', { readReach: 'all' }, [provider, root, middle, leaf, twig, aside], []],
];

test('R5.2 R5.3 R6.1 whoever writes as they read writes all that they read of their own class, and nothing above or public', async () => {
  for (const [name, reach, reads, above] of reaches()) {
    const membership = await membershipOf(mia, middle, { ...reach, writeReach: 'same' });
    expect([name, await found(membership)]).toEqual([name, expected(reads, reads, above)]);
  }
});

test('R5.2 R5.3 whoever writes nothing reads the same, and changes not one row', async () => {
  for (const [name, reach, reads, above] of reaches()) {
    const membership = await membershipOf(mia, middle, { ...reach, writeReach: 'none' });
    expect([name, await found(membership)]).toEqual([name, expected(reads, [], above)]);
  }
});

test('R5.2 R5.3 a write reach that is narrower than the read reach changes only what it names, with or without a condition', async () => {
  const narrower: [string, object, WorldTenant[], WorldTenant[], WorldTenant[]][] = [
    ['subtenants, own', { readReach: 'subtenants', writeReach: 'own' }, [middle, leaf, twig], [middle], [root]],
    ['supertenants, own', { readReach: 'supertenants', writeReach: 'own' }, [middle, root], [middle], []],
    ['related, own', { readReach: 'related', writeReach: 'own' }, [middle, root, leaf, twig], [middle], []],
    [
      'related, below',
      { readReach: 'related', writeReach: 'subtenants' },
      [middle, root, leaf, twig],
      [middle, leaf, twig],
      [],
    ],
    [
      'related, above',
      { readReach: 'related', writeReach: 'supertenants' },
      [middle, root, leaf, twig],
      [middle, root],
      [],
    ],
    ['all, own', { readReach: 'all', writeReach: 'own' }, [provider, root, middle, leaf, twig, aside], [middle], []],
    [
      'all, tenant',
      { readReach: 'all', writeReach: 'tenant', writeTenant: aside.slug },
      [provider, root, middle, leaf, twig, aside],
      [aside],
      [],
    ],
    [
      'group, tenant',
      { readReach: 'group', readGroup: group.id, writeReach: 'tenant', writeTenant: leaf.slug },
      [aside, leaf],
      [leaf],
      [middle, root],
    ],
  ];
  for (const [name, reach, reads, writes, above] of narrower) {
    const membership = await membershipOf(mia, middle, reach);
    expect([name, await found(membership)]).toEqual([name, expected(reads, writes, above)]);
  }
});

test('R5.2 no role is saved whose write reach is wider than what it reads', async () => {
  for (const body of [
    { readReach: 'own', writeReach: 'subtenants' },
    { readReach: 'subtenants', writeReach: 'all' },
    { readReach: 'own', writeReach: 'supertenants' },
    { readReach: 'group', readGroup: group.id, writeReach: 'tenant', writeTenant: root.slug },
  ]) {
    const answer = await world.administrator.try(addRole, {
      body: { name: `Wide ${newId()}`, tenant: middle.slug, functions: [], ...body } as never,
    });
    expect([answer.status, answer.body.type]).toEqual([422, 'urn:tenantry:role.write-wider-than-read']);
  }
});

test('R5.2 a write reach that has come to lie outside the read reach since it was saved writes nothing there', async () => {
  const other = await world.administrator.call(addTenantGroup, {
    body: { name: 'Shrinking', members: [aside.slug, leaf.slug] },
  });
  const membership = await membershipOf(mia, middle, {
    readReach: 'group',
    readGroup: other.id,
    writeReach: 'tenant',
    writeTenant: aside.slug,
  });
  expect((await found(membership)).required.update).toEqual([aside.owner]);
  await world.sql('delete from tenancy.group_members where group_id = $1 and member_owner_id = $2', [
    other.id,
    aside.owner,
  ]);
  expect(await found(membership)).toEqual(expected([leaf], [], [middle, root]));
});

test('R1.8 R6.2 the provider’s all tenants are really all, unassigned too; public is written with that function alone', async () => {
  const all = [unassigned, ...everyOwner().slice(2)];
  const reads = { read: all, insert: all, update: all, delete: all };
  const withPublic = sorted([...all, publicOwner]);
  // R1.6: while it is on, nothing new comes to have no tenant; what has none is given one.
  const assigned = (owners: number[]) => owners.filter((owner) => owner !== unassigned);
  expect(await found(world.administrator.membershipId as string)).toEqual({
    // Reserved tenants are in no list; and nobody deletes a tenant.
    tenants: everyOwner().slice(2),
    required: reads,
    optional: { read: withPublic, insert: assigned(withPublic), update: withPublic, delete: withPublic },
  });
  const analyst = await world.person({ tenant: provider, role: 'provider-analyst' });
  expect(await found(analyst.membershipId as string)).toEqual({
    tenants: everyOwner().slice(2),
    required: reads,
    optional: { read: withPublic, insert: assigned(all), update: all, delete: all },
  });
  const auditor = await world.person({ tenant: provider, role: 'provider-auditor' });
  expect(await found(auditor.membershipId as string)).toEqual({
    tenants: everyOwner().slice(2),
    required: { read: all, insert: [], update: [], delete: [] },
    optional: { read: withPublic, insert: [], update: [], delete: [] },
  });
});

test('R5.3 the function update public is worth nothing outside the provider', async () => {
  const membership = await membershipOf(mia, middle, { readReach: 'subtenants', functions: ['public.update'] });
  expect(await found(membership)).toEqual(expected([middle, leaf, twig], [middle, leaf, twig], [root]));
});

test('R6.1 R6.2 a row is pushed neither out of the write reach nor into public', async () => {
  const membership = await membershipOf(mia, middle, { readReach: 'subtenants', writeReach: 'own' });
  const pushed = await within(membership, async (tx) => {
    const answers: Record<string, unknown> = {};
    for (const owner of [leaf.owner, aside.owner, publicOwner, unassigned]) {
      const push = (table: string) =>
        refusedOr(tx, async () =>
          sql.raw(`update ${table} set owner_id = ${owner} where owner_id = ${middle.owner}`).execute(tx.q),
        );
      answers[owner] = [await push('tenancy.series'), await push('catalog.categories')];
    }
    return Object.values(answers).flat();
  });
  expect(new Set(pushed)).toEqual(new Set(['refused']));
});

test('R6.1 what is the provider’s exists only for those who read the provider', async () => {
  const groups = (membership: string) =>
    within(membership, async (tx) => [
      (await ownersOf(tx, 'select owner_id from tenancy.groups')).length,
      (await writable(tx, 'update tenancy.groups set owner_id = owner_id returning owner_id')).length,
    ]);
  expect(await groups(world.administrator.membershipId as string)).toEqual([1, 1]);
  expect(await groups(await membershipOf(mia, middle, { readReach: 'all', writeReach: 'own' }))).toEqual([1, 0]);
  for (const readReach of ['own', 'related', 'subtenants'] as const)
    expect([readReach, await groups(await membershipOf(mia, middle, { readReach }))]).toEqual([readReach, [0, 0]]);
});

test('R6.1 what is personal is the acting person’s own, whatever the reach', async () => {
  const insert = (person: WorldPerson, owner: number) =>
    world.sql(
      `insert into platform.idempotency_keys (owner_id, id, person_id, endpoint, key, body_hash) values ($1, gen_random_uuid(), $2, 'wall', gen_random_uuid(), '')`,
      [owner, person.personId],
    );
  await insert(mia, middle.owner);
  await insert(mia, leaf.owner);
  await insert(world.administrator, provider.owner);
  const keys = (membership: string) =>
    within(membership, (tx) => ownersOf(tx, `select owner_id from platform.idempotency_keys where endpoint = 'wall'`));
  expect(await keys(await membershipOf(mia, middle, { readReach: 'all' }))).toEqual([middle.owner]);
  expect(await keys(world.administrator.membershipId as string)).toEqual([provider.owner]);
});

test('R9.3 records of an inactive or provisioning tenant are read by the provider alone, and written by nobody', async () => {
  const idle = await world.tenant({ name: 'Idle', parent: middle });
  // As the owner: every status, without what leads to it.
  await world.sql(`insert into tenancy.series (owner_id, id, name) values ($1, gen_random_uuid(), 'wall')`, [
    idle.owner,
  ]);
  await world.sql(
    `insert into catalog.categories (owner_id, id, key, name) values ($1, gen_random_uuid(), 'wall', '{"en":"","es":""}')`,
    [idle.owner],
  );
  const inside = await world.person({ tenant: idle, role: 'tenant-analyst' });
  const below = await membershipOf(mia, middle, { readReach: 'subtenants' });
  const has = ({ required, optional }: Found) =>
    [required, optional].flatMap((verbs) => Object.values(verbs).map((owners) => owners.includes(idle.owner)));
  const [everything, nothing] = [Array(8).fill(true), Array(8).fill(false)];
  expect(has(await found(below, [idle.owner]))).toEqual(everything);
  for (const status of ['inactive', 'provisioning']) {
    await world.sql('alter table tenancy.tenants disable trigger tenants_1_check');
    await world.sql('update tenancy.tenants set status = $1 where owner_id = $2', [status, idle.owner]);
    await world.sql('alter table tenancy.tenants enable trigger tenants_1_check');
    expect([status, has(await found(below, [idle.owner]))]).toEqual([status, nothing]);
    expect([status, has(await found(world.administrator.membershipId as string, [idle.owner]))]).toEqual([
      status,
      [true, false, false, false, true, false, false, false],
    ]);
    await expect(found(inside.membershipId as string)).rejects.toMatchObject({
      type: status === 'inactive' ? 'tenant-suspended' : 'tenant-not-ready',
    });
  }
});

test('R5.7 T-43 without a principal the login reads and writes nothing, and a role without a scope no more', async () => {
  const client = await world.db.listener();
  try {
    for (const role of ['', 'r_all_w_all', 'r_set_w_set', 'r_one_w_one', 'r_all_w_none_narrow']) {
      await client.query('begin');
      if (role) await client.query(`set local role "${world.db.prefix}_${role}"`);
      for (const table of ['tenancy.series', 'identity.people', 'platform.idempotency_keys', 'tenancy.tenants']) {
        if (role.startsWith('r_all') && table !== 'platform.idempotency_keys' && table !== 'tenancy.tenants') continue;
        await client.query('savepoint here');
        const answer = await client.query(`select count(*)::int as n from ${table}`).then(
          ({ rows }) => rows[0].n,
          (error) => error.code,
        );
        await client.query('rollback to savepoint here');
        expect([role, table, answer]).toEqual([role, table, role ? 0 : '42501']);
      }
      await client.query('rollback');
    }
  } finally {
    await client.end();
  }
});

test('T-43 a connection that served one person keeps nothing of them for the next', async () => {
  const wide = world.administrator.membershipId as string;
  const narrow = await membershipOf(mia, middle, { readReach: 'own' });
  const lists = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      world.db
        .as({ kind: 'job', membershipId: index % 2 ? wide : narrow }, async (tx) => {
          const read = await ownersOf(tx, 'select owner_id from tenancy.series');
          if (index % 3 === 0) await sql`select 1/0`.execute(tx.q);
          return [index, read.length];
        })
        .catch(() => null),
    ),
  );
  const seen = lists.filter((one) => one !== null);
  expect(seen.length).toBe(40);
  for (const [index, count] of seen as [number, number][])
    expect([index, count]).toEqual([index, index % 2 ? everyOwner().length : 1]);
});

test('T-05 a membership that ended, that never was, or is somebody else’s reaches nothing', async () => {
  const person = await world.person({ tenant: leaf, role: 'tenant-analyst', name: 'Lost' });
  const first = person.membershipId as string;
  const second = await membershipOf(person, leaf, { readReach: 'own', functions: ['ticket.read'] });
  const names = async () => (await person.try(getMe)).body;
  expect((await names()).memberships).toHaveLength(2);
  await world.administrator.call(endMembership, { params: { id: first } });
  await expect(found(first)).rejects.toMatchObject({ type: 'not-signed-in' });
  expect((await found(second)).required.read).toEqual([leaf.owner]);
  await world.administrator.call(endMembership, { params: { id: second } });
  for (const membershipId of [first, second, newId()])
    await expect(found(membershipId)).rejects.toMatchObject({ type: 'not-signed-in' });
  // Signed in, with only ended memberships: whichever is named, there is nothing to act under.
  for (const membership of [first, second, null, mia.membershipId, world.administrator.membershipId]) {
    const answer = await person.try(getPerson, { params: { id: person.contactId }, membership });
    expect([answer.status, answer.body.type]).toEqual([403, 'urn:tenantry:membership-needed']);
  }
});

test('T-06 owners whose numbers begin alike are told apart', async () => {
  const twins: WorldTenant[] = [];
  // 1 and 16… 2 and 20…: as the sequence gives them; and one that is another's with a digit more.
  await world.sql(`select setval('tenancy.owner_ids', ${middle.owner * 10 - 1})`);
  for (const name of ['Twin one', 'Twin two']) twins.push(await world.tenant({ name }));
  expect(String(twins[0]?.owner).startsWith(String(middle.owner))).toBe(true);
  await world.sql(
    `insert into tenancy.series (owner_id, id, name) select owner_id, gen_random_uuid(), 'wall' from tenancy.tenants where owner_id = any($1)`,
    [twins.map((twin) => twin.owner)],
  );
  for (const tenant of [middle, ...twins]) {
    const person = await world.person({ tenant, role: 'self-service-user' });
    const read = await within(person.membershipId as string, (tx) =>
      ownersOf(tx, 'select owner_id from tenancy.series'),
    );
    expect(read).toEqual([tenant.owner]);
  }
  const set = await membershipOf(mia, middle, { readReach: 'group', readGroup: group.id });
  expect((await found(set)).required.read).toEqual(sorted([aside.owner, leaf.owner]));
});
