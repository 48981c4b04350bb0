import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson } from '../../../test/world.ts';
import { createRequest, getRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { createTicket } from '../../desk/tickets/tickets.api.ts';
import { newId } from '../../platform/ids.ts';
import { getMultiTenancy, previewDisabling } from './switch.api.ts';

// R1.2, R1.6: enabling while everybody goes on making what it has to resolve: references that cross, records without a tenant.

const rounds = Number(process.env.SWITCH_ROUNDS ?? 6);

let world: World;
let admin: WorldPerson;
let ana: WorldPerson;
let categories: string[];
beforeAll(async () => {
  world = await openWorld();
  admin = world.administrator;
  await world.enable('Northwind');
  const alpha = await world.tenant({ name: 'Alpha' });
  const beta = await world.tenant({ name: 'Beta' });
  ana = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Ana' });
  categories = [];
  for (const name of ['One', 'Two', 'Three'])
    categories.push((await admin.call(addCategory, { body: { name, tenant: beta.slug } as never })).id);
}, 60_000);
afterAll(() => world.close());

async function change(values: object): Promise<string> {
  const answer = await admin.try(createRequest, { body: { offering: 'multi-tenancy', values: values as never } });
  expect(answer.status, answer.text).toBe(201);
  for (let waited = 0; waited < 20_000; waited += 10) {
    const request = await admin.call(getRequest, { params: { number: answer.body.number } });
    if (['completed', 'cancelled'].includes(request.phase))
      return JSON.stringify([request.phase, request.tasks.map((task) => task.error)]);
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error('it never ended');
}

async function opened(state: string): Promise<void> {
  const { id: previewId } = await admin.call(previewDisabling);
  expect(await change({ state, previewId, confirmation: 'Northwind' })).toBe('["completed",[null]]');
}

let made = 0;
const refused: string[] = [];

/** A ticket of Alpha's under a category of Beta's: legal until it is on. */
async function makeCrossing(): Promise<void> {
  const body = { title: `Crossing ${++made}`, category: categories[made % 3] };
  const answer = await ana.try(createTicket, { body });
  if (answer.status >= 400) refused.push(String(answer.body.type));
}

/** A record without a tenant, which no API makes once there is a provider; every other one refers to Beta's as well. */
async function makeUnassigned(): Promise<void> {
  const membershipId = admin.membershipId as string;
  const [category] = await world.sql<{ owner_id: number; id: string }>(
    'select owner_id, id from desk.categories where id = $1',
    [categories[made % 3]],
  );
  await world.db
    .as({ kind: 'job', membershipId }, async (tx) => {
      const number = `DESK-${++made}`;
      await tx.q
        .insertInto('desk.tickets')
        .values({
          owner_id: 1,
          id: newId(),
          number,
          type: 'incident',
          title: number,
          impact: 'low',
          urgency: 'low',
          priority: 4,
          ...(made % 2 ? { category_owner_id: category?.owner_id ?? null, category_id: category?.id ?? null } : {}),
        })
        .execute();
    })
    .catch((error) => void refused.push(error.type ?? String(error)));
}

/** References outside the line, field by field, looked at without the pairs that are to prevent them. */
async function illegal(): Promise<string[]> {
  const fields = await world.sql<{ table_name: string; field: string; kind: string }>(
    `select table_name, field, kind from tenancy.reference_fields where kind <> 'own'`,
  );
  const found = await Promise.all(
    fields.map(async ({ table_name: table, field, kind }) => {
      const [row] = await world.sql<{ n: number }>(
        `select count(*)::int as n from ${table} t where t.${field}_owner_id not in (2, t.owner_id${kind === 'provider' ? ', 3' : ''})
           and not exists (select from tenancy.closure c where c.descendant_id = t.owner_id and c.ancestor_id = t.${field}_owner_id)`,
      );
      return row?.n ? [`${table}.${field}: ${row.n}`] : [];
    }),
  );
  return found.flat();
}

async function withoutTenant(): Promise<string[]> {
  const tables = await world.sql<{ name: string }>(
    `select name from tenancy.owned_tables where name not in ('tenancy.tenants', 'tenancy.series') and name not like 'platform.%'`,
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await world.sql<{ n: number }>(`select count(*)::int as n from ${name} where owner_id = 1`);
      return row?.n ? [`${name}: ${row.n}`] : [];
    }),
  );
  return found.flat();
}

test(`R1.2 R1.6 R6.6 what is made in the very second of the enabling leaves no illegal reference and nothing without a tenant, ${rounds} times`, {
  timeout: 30_000 + rounds * 20_000,
}, async () => {
  for (let round = 0; round < rounds; round++) {
    await opened(round % 2 ? 'setup' : 'off');
    let storming = true;
    const making = [makeCrossing, makeCrossing, makeUnassigned, makeUnassigned].map(async (make) => {
      while (storming) await make();
    });
    await new Promise((next) => setTimeout(next, 150));
    const before = made;
    const ended = await change({ state: 'on', crossings: 'clear' });
    await new Promise((next) => setTimeout(next, 50));
    storming = false;
    await Promise.all(making);
    expect(ended).toBe('["completed",[null]]');
    expect((await admin.call(getMultiTenancy)).state).toBe('on');
    expect(made).toBeGreaterThan(before);
    expect([await illegal(), await withoutTenant()]).toEqual([[], []]);
    expect(await world.sql('select 1 from tenancy.reference_pairs where irregular')).toEqual([]);
  }
  // Whoever was overtaken was told so in words, and of nothing else.
  expect(new Set(refused)).toEqual(new Set(['urn:tenantry:reference-unknown', 'reference-unknown', 'busy']));
});
