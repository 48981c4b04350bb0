import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { foldName } from '../platform/fold.ts';
import { newId } from '../platform/ids.ts';

// R6.3, R6.4, R6.6 and R3.4 told by the database alone, as the owning login: the keys hold also where no policy does.

let database: TestDatabase;
let one: pg.Client;
let other: pg.Client;
let next = 100;

beforeAll(async () => {
  database = await testDatabase();
  one = await connect();
  other = await connect();
  await tenant({ owner: 3 });
});
beforeEach(() => one.query(`update tenancy.solution set multi_tenancy = 'on'`));
afterAll(async () => {
  await one.end();
  await other.end();
  await database.close();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(database.owner);
  await client.connect();
  return client;
}

async function tenant({ parent, owner = ++next }: { parent?: number; owner?: number } = {}): Promise<number> {
  const name = `Tenant ${owner}`;
  await one.query(
    `insert into tenancy.tenants (owner_id, id, name, name_key, key, slug, status, subtenants_allowed, parent_owner_id) values ($1, $2, $3, $4, $5, $6, 'active', true, $7)`,
    [owner, newId(), name, foldName(name), `T${owner}`, `tenant-${owner}`, parent ?? null],
  );
  return owner;
}

async function category(owner: number): Promise<string> {
  const id = newId();
  await one.query(`insert into desk.categories (owner_id, id, name, name_key) values ($1, $2, $3, $3)`, [
    owner,
    id,
    `c${++next}`,
  ]);
  return id;
}

/** A ticket of `owner` whose category is of `target`. */
function refer(client: pg.Client, owner: number, target: number, id: string) {
  return client.query(
    `insert into desk.tickets (owner_id, id, number, title, type, status, impact, urgency, priority, category_owner_id, category_id)
     values ($1, $2, $3, 'x', 'incident', 'new', 'low', 'low', 4, $4, $5)`,
    [owner, newId(), `T${owner}-${++next}`, target, id],
  );
}

const outside = { code: '23503' };
const move = (client: pg.Client, owner: number, parent: number | null) =>
  client.query('update tenancy.tenants set parent_owner_id = $2 where owner_id = $1', [owner, parent]);

test('R6.3 a record refers to its own, public ones and those above; not beside, below, or the provider', async () => {
  const top = await tenant();
  const [middle, cousin] = [await tenant({ parent: top }), await tenant({ parent: top })];
  const bottom = await tenant({ parent: middle });
  for (const target of [bottom, middle, top, 2]) await refer(one, bottom, target, await category(target));
  for (const [owner, target] of [
    [bottom, cousin],
    [middle, bottom],
    [top, middle],
    [cousin, middle],
    [bottom, 3],
    [3, bottom],
  ] as const) {
    await expect(refer(one, owner, target, await category(target)), `${owner} to ${target}`).rejects.toMatchObject(
      outside,
    );
  }
});

test('R6.3 a provider-eligible field may also refer to the provider’s, another may not', async () => {
  const owner = await tenant();
  const group = newId();
  await one.query(`insert into identity.assignment_groups (owner_id, id, name, name_key) values (3, $1, 'g', 'g')`, [
    group,
  ]);
  const insert = (field: string, id: string) =>
    one.query(
      `insert into desk.tickets (owner_id, id, number, title, type, status, impact, urgency, priority, ${field}_owner_id, ${field}_id)
       values ($1, $2, $3, 'x', 'incident', 'new', 'low', 'low', 4, 3, $4)`,
      [owner, newId(), `T${owner}-${++next}`, id],
    );
  await insert('group', group);
  await expect(insert('category', await category(3))).rejects.toMatchObject(outside);
});

test('R6.4 neither the target’s owner nor the record’s can change so that the reference is outside the line', async () => {
  const [top, beside] = [await tenant(), await tenant()];
  const below = await tenant({ parent: top });
  const target = await category(top);
  await refer(one, below, top, target);
  await expect(
    one.query('update desk.categories set owner_id = $1 where id = $2', [beside, target]),
  ).rejects.toMatchObject(outside);
  await expect(
    one.query('update desk.tickets set owner_id = $1 where owner_id = $2', [beside, below]),
  ).rejects.toMatchObject(outside);
  await one.query('update desk.categories set owner_id = 2 where id = $1', [target]);
  await one.query('update desk.tickets set owner_id = $1 where owner_id = $2', [beside, below]);
});

test('R6.4 one half of a reference is none', async () => {
  const owner = await tenant();
  const half = (field: string, value: unknown) =>
    one.query(
      `insert into desk.tickets (owner_id, id, number, title, type, status, impact, urgency, priority, ${field}) values ($1, $2, $3, 'x', 'incident', 'new', 'low', 'low', 4, $4)`,
      [owner, newId(), `T${owner}-${++next}`, value],
    );
  await expect(half('category_owner_id', owner)).rejects.toMatchObject({ constraint: 'tickets_category_whole' });
  await expect(half('category_id', newId())).rejects.toMatchObject({ constraint: 'tickets_category_whole' });
});

test('R3.4 a move is refused while a reference needs the old place, and possible once it does not', async () => {
  const [top, elsewhere] = [await tenant(), await tenant()];
  const middle = await tenant({ parent: top });
  const bottom = await tenant({ parent: middle });
  await refer(one, bottom, top, await category(top));
  await expect(move(one, middle, elsewhere)).rejects.toMatchObject(outside);
  await expect(move(one, bottom, null)).rejects.toMatchObject(outside);
  // From middle to top itself: still in the line.
  await move(one, bottom, top);
  await move(one, bottom, middle);
  await one.query('update desk.tickets set category_owner_id = null, category_id = null where owner_id = $1', [bottom]);
  await move(one, middle, elsewhere);
  const { rows } = await one.query(
    'select ancestor_id, distance from tenancy.closure where descendant_id = $1 order by distance',
    [bottom],
  );
  expect(rows).toEqual([
    { ancestor_id: bottom, distance: 0 },
    { ancestor_id: middle, distance: 1 },
    { ancestor_id: elsewhere, distance: 2 },
  ]);
});

/** Whether a statement waits for another connection at this moment. */
async function waits(statement: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    statement.then(
      () => false,
      () => false,
    ),
    new Promise<boolean>((done) => setTimeout(() => done(true), 150)),
  ]);
}

for (const fresh of [true, false]) {
  const pair = fresh ? 'whose pair is new' : 'whose pair was there and unused';
  test(`R6.4 T-20 a reference that is being made, ${pair}, keeps a move from leaving it outside the line`, async () => {
    const top = await tenant();
    const below = await tenant({ parent: top });
    const target = await category(top);
    if (!fresh) {
      await refer(one, below, top, target);
      await one.query('delete from desk.tickets where owner_id = $1', [below]);
    }
    await one.query('begin');
    await refer(one, below, top, target);
    const moving = move(other, below, null);
    moving.catch(() => {});
    expect(await waits(moving)).toBe(true);
    await one.query('commit');
    await expect(moving).rejects.toMatchObject(outside);
    const { rows } = await one.query('select 1 from tenancy.closure where (descendant_id, ancestor_id) = ($1, $2)', [
      below,
      top,
    ]);
    expect(rows).toHaveLength(1);
  });

  test(`R6.4 T-20 a move that is being made keeps a reference, ${pair}, from staying outside the line`, async () => {
    const top = await tenant();
    const below = await tenant({ parent: top });
    const target = await category(top);
    if (!fresh) {
      await refer(one, below, top, target);
      await one.query('delete from desk.tickets where owner_id = $1', [below]);
    }
    await one.query('begin');
    await move(one, below, null);
    const referring = refer(other, below, top, target);
    referring.catch(() => {});
    expect(await waits(referring)).toBe(true);
    await one.query('commit');
    await expect(referring).rejects.toMatchObject(outside);
  });
}

test('R3.1 T-20 two moves that would make a circle together: one is refused', async () => {
  const [a, b] = [await tenant(), await tenant()];
  await one.query('begin');
  await move(one, a, b);
  const second = move(other, b, a);
  second.catch(() => {});
  expect(await waits(second)).toBe(true);
  await one.query('commit');
  await expect(second).rejects.toMatchObject({ constraint: 'tenant_parent_below' });
});

test('R3.1 R2.8 T-20 two tenants that are added at once do not exceed the greatest number', async () => {
  const { rows } = await one.query<{ n: number }>(
    'select count(*)::int + 1 as n from tenancy.tenants where owner_id > 2',
  );
  await one.query('update tenancy.solution set greatest_tenants = $1', [rows[0]?.n]);
  await one.query('begin');
  await tenant();
  const owner = ++next;
  const second = other.query(
    `insert into tenancy.tenants (owner_id, id, name, name_key, key, slug) values ($1, $2, $3, $3, $4, $5)`,
    [owner, newId(), `late ${owner}`, `L${owner}`, `late-${owner}`],
  );
  second.catch(() => {});
  expect(await waits(second)).toBe(true);
  await one.query('commit');
  await expect(second).rejects.toMatchObject({ constraint: 'greatest_tenants_reached' });
  await one.query('update tenancy.solution set greatest_tenants = null');
});

test('R6.6 while off a reference outside the line is kept as a crossing; on refuses the next one over the same pair', async () => {
  const [a, b] = [await tenant(), await tenant()];
  const target = await category(b);
  await one.query(`update tenancy.solution set multi_tenancy = 'off'`);
  await refer(one, a, b, target);
  const { rows } = await one.query(
    'select irregular from tenancy.reference_pairs where (owner_id, target_owner_id) = ($1, $2)',
    [a, b],
  );
  expect(rows).toEqual([{ irregular: true }]);
  await one.query(`update tenancy.solution set multi_tenancy = 'on'`);
  await expect(refer(one, a, b, target)).rejects.toMatchObject(outside);
  await one.query('delete from desk.tickets where owner_id = $1', [a]);
});

test('R6.6 T-20 a crossing that is being made holds the switch where it is', async () => {
  const [a, b] = [await tenant(), await tenant()];
  const target = await category(b);
  await one.query(`update tenancy.solution set multi_tenancy = 'off'`);
  await one.query('begin');
  await refer(one, a, b, target);
  const locking = other.query('begin').then(() => other.query('select tenancy.lock_switch()'));
  expect(await waits(locking)).toBe(true);
  await one.query('commit');
  await locking;
  const crossing = refer(one, b, a, await category(a));
  crossing.catch(() => {});
  expect(await waits(crossing)).toBe(true);
  await other.query(`update tenancy.solution set multi_tenancy = 'on'`);
  await other.query('commit');
  await expect(crossing).rejects.toMatchObject(outside);
});

test('R1.6 T-20 a record without a tenant that is being made holds the switch; one that comes behind it is refused', async () => {
  await one.query(`update tenancy.solution set multi_tenancy = 'off'`);
  const unassigned = (client: pg.Client) =>
    client.query(`insert into desk.categories (owner_id, id, name, name_key) values (1, $1, $2, $2)`, [
      newId(),
      `lost ${++next}`,
    ]);
  await one.query('begin');
  await unassigned(one);
  const locking = other.query('begin').then(() => other.query('select tenancy.lock_switch()'));
  expect(await waits(locking)).toBe(true);
  await one.query('commit');
  await locking;
  const late = unassigned(one);
  late.catch(() => {});
  expect(await waits(late)).toBe(true);
  await other.query(`update tenancy.solution set multi_tenancy = 'on'`);
  await other.query('commit');
  await expect(late).rejects.toMatchObject({ constraint: 'overtaken_by_the_switch' });
});

test('R3.3 a move takes the whole subtree, and the depth of its deepest counts', async () => {
  await one.query('update tenancy.solution set greatest_depth = 3');
  const top = await tenant();
  const middle = await tenant({ parent: top });
  const branch = await tenant();
  const leaf = await tenant({ parent: branch });
  const deep = await tenant({ parent: leaf });
  await expect(move(one, branch, middle)).rejects.toMatchObject({ constraint: 'greatest_depth_reached' });
  await move(one, branch, top);
  const { rows } = await one.query(
    'select owner_id, depth from tenancy.tenants where owner_id = any($1) order by depth',
    [[branch, leaf, deep]],
  );
  expect(rows.map((row) => row.depth)).toEqual([1, 2, 3]);
  await one.query('update tenancy.solution set greatest_depth = 10');
});

test('R2.1 R2.4 R9.1 what a tenant is can never be changed', async () => {
  const owner = await tenant();
  await one.query(`insert into tenancy.series (owner_id, id, name, last) values ($1, $2, 'ticket', 1)`, [
    owner,
    newId(),
  ]);
  await expect(
    one.query(`update tenancy.tenants set key = 'NEWKEY' where owner_id = $1`, [owner]),
  ).rejects.toMatchObject({ constraint: 'tenant_key_fixed' });
  await expect(one.query('delete from tenancy.tenants where owner_id = $1', [owner])).rejects.toMatchObject({
    constraint: 'tenant_never_deleted',
  });
  await expect(
    one.query('update tenancy.tenants set id = $2 where owner_id = $1', [owner, newId()]),
  ).rejects.toMatchObject({ constraint: 'tenant_identity_fixed' });
  await expect(move(one, 3, owner)).rejects.toMatchObject({ constraint: 'provider_has_no_parent' });
  await expect(one.query(`update tenancy.tenants set status = 'inactive' where owner_id = 3`)).rejects.toMatchObject({
    code: '23514',
  });
  await expect(
    one.query(`update tenancy.tenants set status = 'provisioning' where owner_id = $1`, [owner]),
  ).rejects.toMatchObject({ constraint: 'tenant_status_step' });
});
