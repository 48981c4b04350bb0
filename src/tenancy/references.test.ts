import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { openWorld, type World, type WorldTenant } from '../../test/world.ts';
import { createRequest } from '../catalog/requests/requests.api.ts';
import { addCategory } from '../desk/categories/categories.api.ts';
import { createTicket, getTicket } from '../desk/tickets/tickets.api.ts';
import { newId } from '../platform/ids.ts';
import { changeParent, getTenant } from './tenants/tenants.api.ts';

let world: World;
let top: WorldTenant;
let low: WorldTenant;
let side: WorldTenant;
beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  top = await world.tenant({ name: 'Top' });
  low = await world.tenant({ name: 'Low', parent: top });
  side = await world.tenant({ name: 'Side' });
});
afterAll(() => world.close());

/** As the owning login, whom no policy binds: what is refused here, the keys refuse. */
async function ticketWith(owner: number, target: { owner: number; id: string }): Promise<string> {
  const id = newId();
  await world.sql(
    `insert into desk.tickets (owner_id, id, number, type, title, impact, urgency, priority, category_owner_id, category_id)
     values ($1, $2, 'RAW-' || (1 + floor(random() * 99999999))::int, 'incident', 'Raw', 'low', 'low', 4, $3, $4)`,
    [owner, id, target.owner, target.id],
  );
  return id;
}

async function category(owner: number, name: string): Promise<{ owner: number; id: string }> {
  const id = newId();
  await world.sql('insert into desk.categories (owner_id, id, name, name_key) values ($1, $2, $3, lower($3))', [
    owner,
    id,
    name,
  ]);
  return { owner, id };
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: pg.DatabaseError) => error.constraint,
  );

test('R6.1 every table is of one class, and required records are never public', async () => {
  const rows = await world.sql<{ name: string; class: string }>('select name, class from tenancy.owned_tables');
  const classOf = Object.fromEntries(rows.map((row) => [row.name, row.class]));
  for (const name of [
    'desk.tickets',
    'catalog.requests',
    'catalog.tasks',
    'identity.people',
    'identity.memberships',
    'tenancy.tenants',
    'platform.audit_entries',
  ]) {
    expect([name, classOf[name]]).toEqual([name, 'required']);
  }
  for (const name of [
    'desk.categories',
    'desk.locations',
    'identity.assignment_groups',
    'identity.roles',
    'catalog.offerings',
  ]) {
    expect([name, classOf[name]]).toEqual([name, 'optional']);
  }
  expect([classOf['tenancy.groups'], classOf['platform.idempotency_keys']]).toEqual(['provider', 'personal']);
  const { membershipId } = world.administrator;
  const work = world.db.as({ kind: 'job', membershipId: membershipId as string }, (tx) =>
    tx.q.insertInto('tenancy.series').values({ owner_id: 2, id: newId(), name: 'public' }).execute(),
  );
  await expect(work).rejects.toMatchObject({ type: 'read-only' });
});

test('R6.3 R6.4 the keys let a reference go up the line, to its own tenant and to public, and nowhere else', async () => {
  expect(await refused(ticketWith(low.owner, await category(top.owner, 'Above')))).toBe('done');
  expect(await refused(ticketWith(low.owner, await category(low.owner, 'Own')))).toBe('done');
  expect(await refused(ticketWith(low.owner, await category(2, 'Public')))).toBe('done');
  expect(await refused(ticketWith(low.owner, await category(side.owner, 'Sibling')))).toBe(
    'reference_outside_the_line',
  );
  expect(await refused(ticketWith(top.owner, await category(low.owner, 'Below')))).toBe('reference_outside_the_line');
  // Only fields that are marked so may refer to the provider’s.
  expect(await refused(ticketWith(low.owner, await category(3, 'Provider')))).toBe('reference_outside_the_line');
});

test('R6.4 a target that is referred to cannot be given to another tenant outside the line', async () => {
  const target = await category(top.owner, 'Moving');
  await ticketWith(low.owner, target);
  expect(
    await refused(world.sql('update desk.categories set owner_id = $1 where id = $2', [side.owner, target.id])),
  ).toBe('reference_outside_the_line');
  expect(await refused(world.sql('update desk.categories set owner_id = 2 where id = $1', [target.id]))).toBe('done');
});

test('R6.4 a move in the hierarchy that would strand a reference is refused, and possible once it is gone', async () => {
  const { administrator } = world;
  const above = await world.tenant({ name: 'Above it' });
  const mover = await world.tenant({ name: 'Mover', parent: above });
  const target = await category(above.owner, 'Inherited');
  const ticket = await ticketWith(mover.owner, target);
  const move = async () => {
    const { version } = await administrator.call(getTenant, { params: { slug: mover.slug } });
    return administrator.try(changeParent, { params: { slug: mover.slug }, version, body: { parent: side.slug } });
  };
  const answer = await move();
  expect([answer.status, answer.body.type]).toEqual([409, 'urn:tenantry:tenant.reference-outside-the-line']);
  await world.sql('update desk.tickets set category_owner_id = null, category_id = null where id = $1', [ticket]);
  expect((await move()).status).toBe(200);
});

test('R6.4 T-20 an insert up the line waits for the move that takes the line away, and is refused', async () => {
  const above = await world.tenant({ name: 'Race above' });
  const below = await world.tenant({ name: 'Race below', parent: above });
  const target = await category(above.owner, 'Raced');
  const mover = new pg.Client(await ownerConfig());
  await mover.connect();
  await mover.query('begin');
  await mover.query('update tenancy.tenants set parent_owner_id = null where owner_id = $1', [below.owner]);
  const insert = refused(ticketWith(below.owner, target));
  await new Promise((done) => setTimeout(done, 200));
  await mover.query('commit');
  await mover.end();
  expect(await insert).toMatch(/outside_the_line/);
});

test('R6.3 fields that are marked so refer to the provider’s, others to nobody’s but their line', async () => {
  const ticket = await ticketWith(low.owner, await category(low.owner, 'For people'));
  const contactOf = async (tenant?: WorldTenant) =>
    (await world.person({ tenant: tenant ?? null, role: 'self-service-user' })).contactId;
  const people: [string, number, string][] = [
    ['provider', 3, await contactOf()],
    ['top', top.owner, await contactOf(top)],
    ['own', low.owner, await contactOf(low)],
    ['side', side.owner, await contactOf(side)],
  ];
  const legal: Record<string, string[]> = {};
  for (const field of ['assignee', 'requester', 'affected']) {
    legal[field] = [];
    for (const [name, owner, id] of people) {
      const set = `update desk.tickets set ${field}_owner_id = $1, ${field}_id = $2 where id = $3`;
      if ((await refused(world.sql(set, [owner, id, ticket]))) === 'done') legal[field].push(name);
    }
  }
  expect(legal).toEqual({
    assignee: ['provider', 'top', 'own'],
    requester: ['top', 'own'],
    affected: ['top', 'own'],
  });
});

test('R6.4 a record that refers up is not given to a tenant that has no such line', async () => {
  const ticket = await ticketWith(low.owner, await category(top.owner, 'Left above'));
  const give = (owner: number) =>
    refused(world.sql('update desk.tickets set owner_id = $1 where id = $2', [owner, ticket]));
  expect(await give(side.owner)).toBe('reference_outside_the_line');
  expect(await give(3)).toBe('reference_outside_the_line');
  expect(await give(top.owner)).toBe('done');
  expect(await give(low.owner)).toBe('done');
});

test('R6.4 a reference names a record with its owner: neither alone, nor the wrong owner, nor one that is gone', async () => {
  const target = await category(low.owner, 'Exact');
  expect(await refused(ticketWith(low.owner, { ...target, owner: top.owner }))).toBe('tickets_category_unknown');
  expect(await refused(ticketWith(low.owner, { owner: low.owner, id: newId() }))).toBe('tickets_category_unknown');
  expect(await refused(ticketWith(low.owner, { owner: low.owner, id: null as never }))).toBe('tickets_category_whole');
});

test('R6.6 T-20 whoever refers across while it is being turned on waits, and is refused', async () => {
  await world.sql(`update tenancy.solution set multi_tenancy = 'off'`);
  const target = await category(side.owner, 'Across');
  const switcher = new pg.Client(await ownerConfig());
  await switcher.connect();
  try {
    // What turning on does first, and last.
    await switcher.query('begin; select * from tenancy.solution for update');
    const insert = refused(ticketWith(low.owner, target));
    expect(await Promise.race([insert, soon()])).toBe('waits');
    await switcher.query(`update tenancy.solution set multi_tenancy = 'on'; commit`);
    expect(await insert).toBe('reference_outside_the_line');
  } finally {
    await switcher.end();
    await world.sql(`update tenancy.solution set multi_tenancy = 'on'`);
  }
});

test('R6.6 T-20 turning on waits for whoever refers across, and then finds the crossing', async () => {
  await world.sql(`update tenancy.solution set multi_tenancy = 'off'`);
  const target = await category(side.owner, 'Across first');
  const writer = new pg.Client(await ownerConfig());
  await writer.connect();
  try {
    await writer.query('begin');
    const ticket = newId();
    await writer.query(
      `insert into desk.tickets (owner_id, id, number, type, title, impact, urgency, priority, category_owner_id, category_id)
       values ($1, $2, 'RAW-1', 'incident', 'Raw', 'low', 'low', 4, $3, $4)`,
      [low.owner, ticket, target.owner, target.id],
    );
    const values = { state: 'on' };
    const enabling = world.administrator.try(createRequest, { body: { offering: 'multi-tenancy', values } });
    expect(await Promise.race([enabling, soon()])).toBe('waits');
    await writer.query('commit');
    const answer = await enabling;
    expect([answer.status, answer.body.type]).toEqual([409, 'urn:tenantry:multi-tenancy.crossings']);
    await world.sql('update desk.tickets set category_owner_id = null, category_id = null where id = $1', [ticket]);
    const again = await world.administrator.call(createRequest, { body: { offering: 'multi-tenancy', values } });
    await world.settled(again.number);
  } finally {
    await writer.end();
    await world.sql(`update tenancy.solution set multi_tenancy = 'on'`);
  }
});

const soon = () => new Promise<string>((done) => setTimeout(() => done('waits'), 300));

/** A second connection to the world's database, as its owner. */
async function ownerConfig(): Promise<pg.ClientConfig> {
  const other = await testDatabase();
  const [row] = await world.sql<{ database: string }>('select current_database() as database');
  await other.close();
  return { ...other.owner, database: row?.database as string };
}

test('R5.4 R6.3 through the API a foreign target and an absent one are the same refusal', async () => {
  const person = await world.person({ tenant: low, role: 'tenant-analyst' });
  const foreign = await category(side.owner, 'Not theirs');
  const answers = [];
  for (const id of [foreign.id, newId()])
    answers.push(await person.try(createTicket, { body: { title: 'Probe', category: id } }));
  expect(answers.map((answer) => answer.status)).toEqual([422, 422]);
  expect(answers[0]?.text).toBe(answers[1]?.text);
});

test('R6.3 a category from above is named in the tickets below it', async () => {
  const person = await world.person({ tenant: low, role: 'tenant-analyst' });
  const administrator = await world.person({ tenant: top, role: 'tenant-administrator' });
  const made = await administrator.call(addCategory, { body: { name: 'House rules', tenant: top.slug } as never });
  const ticket = await person.call(createTicket, { body: { title: 'Inherited', category: made.id } });
  expect(await person.call(getTicket, { params: { number: ticket.number } })).toMatchObject({
    category: { name: 'House rules' },
  });
});
