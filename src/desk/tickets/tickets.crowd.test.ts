import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson } from '../../../test/world.ts';
import { pageQuery } from '../../platform/lists.ts';
import type { Principal } from '../../platform/units.ts';
import { listTickets, type TicketFilters } from './tickets.api.ts';
import { ticketList } from './tickets.list.queries.ts';
import { ticketColumns, ticketJoins } from './tickets.queries.ts';

// Whoever reads thousands of tenants finds a page among the newest tickets of everybody, or by a look at each tenant (docs/database.md 9.10):
// whichever it is, page by page, it is what stands in the table.

let world: World;
let analyst: WorldPerson;
let everybody: number;
let loud: number;
beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  const many = await world.tenant({ name: 'Many', key: 'MANY', slug: 'many' });
  loud = (await world.tenant({ name: 'Loud', key: 'LOUD', slug: 'loud' })).owner;
  everybody = many.owner;
  analyst = await world.person({ tenant: many, role: 'tenant-analyst' });
  await world.sql(`insert into tenancy.tenants (id, name, name_key, key, slug, status, parent_owner_id)
    select gen_random_uuid(), 'T' || n, 't' || n, 'T' || n, 't' || n, 'active', ${everybody} from generate_series(1, 2110) n`);
}, 120_000);
afterAll(() => world.close());

/** `theirs` of so many tickets, one a minute backwards from now, are the tenants’; `from` where the first of them is. */
async function fill(tickets: number, theirs: string): Promise<void> {
  await world.sql('delete from desk.ticket_searches');
  await world.sql('delete from desk.tickets');
  await world.sql(`insert into desk.tickets (owner_id, id, number, type, status, title, impact, urgency, priority, opened_at, updated_at)
    select case when ${theirs} then t.owner_id else ${loud} end, (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - n * 20000), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid, 'NN-' || n, 'incident', case when n % 4 = 0 then 'closed' else 'new' end, 'Made', 'low', 'low', 4,
      now() - (n / 3) * interval '1 minute', now()
    from generate_series(1, ${tickets}) n
      join lateral (select owner_id from tenancy.tenants where parent_owner_id = ${everybody} order by owner_id offset n % 2110 limit 1) t on true`);
  await world.sql('analyze desk.tickets');
}

async function expected(more = 'true'): Promise<string[]> {
  const rows = await world.sql<{ number: string }>(
    `select number from desk.tickets where owner_id <> ${loud} and ${more} order by opened_at desc, id desc`,
  );
  return rows.map(({ number }) => number);
}

async function read(query: TicketFilters, limit: number): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await analyst.call(listTickets, { query: { ...query, limit, ...(cursor ? { cursor } : {}) } });
    found.push(...page.items.map(({ number }) => number));
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
}

test.each([
  ['all of everybody’s, and fewer than are looked through', 150, 'true'],
  ['a third of everybody’s', 3000, 'n % 3 = 1'],
  ['one in twenty, about a page of what is looked through', 4000, 'n % 20 = 0'],
  ['few, and then many', 3000, 'n % 100 = 0 or n > 2000'],
  ['many, and then none for long', 3000, 'n < 80 or n > 2700'],
  ['all behind everybody else’s', 3000, 'n > 2900'],
  ['none', 1500, 'false'],
])('R5.3 the tickets of 2,110 tenants, page by page, where theirs are %s', async (_where, tickets, theirs) => {
  await fill(tickets, theirs);
  expect(await read({}, 10)).toEqual(await expected());
  expect(await read({ status: ['closed'] }, 50)).toEqual(await expected(`status = 'closed'`));
});

test('where the newest of everybody hold a page, no tenant is looked at by itself; where they do not, each is', async () => {
  const looks = async () => {
    const principal: Principal = { kind: 'job', membershipId: analyst.membershipId as string };
    return world.db.as(principal, async (tx) => {
      const page = { columns: ticketColumns, joins: ticketJoins, limit: 10 };
      const query = pageQuery(tx.scope, await ticketList(tx, {}), page);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain (analyze, timing off) ${query}`.execute(tx.q);
      const scans = rows.map((row) => row['QUERY PLAN']).filter((line) => /on tickets /.test(line));
      return Math.max(...scans.map((line) => Number(/loops=(\d+)/.exec(line)?.[1] ?? 0)));
    });
  };
  await fill(3000, 'n % 3 = 1');
  expect(await looks()).toBeLessThan(100);
  await fill(3000, 'n > 2900');
  expect(await looks()).toBeGreaterThan(2000);
});

test('a search of one tenant finds it beside a loud one, and a total says where the search was cut off', async () => {
  await fill(1500, 'n > 1490');
  await world.sql(`update desk.tickets set priority = 1 where owner_id <> ${loud}`);
  const [quiet] = await world.sql<{ slug: string; number: string }>(
    `select t.slug, k.number from desk.tickets k join tenancy.tenants t using (owner_id) where owner_id <> ${loud} limit 1`,
  );
  const search = async (query: TicketFilters) => {
    const { items, total } = await world.administrator.call(listTickets, { query: { text: 'made', ...query } });
    return { numbers: items.map(({ number }) => number), total };
  };
  const theirs = { numbers: [quiet?.number], total: { count: 1, more: false } };
  expect(await search({ tenant: quiet?.slug as string })).toEqual(theirs);
  expect(await search({ tenant: quiet?.slug as string, priority: ['critical'] })).toEqual(theirs);
  // All of the newest thousand with the word are others'.
  expect(await search({ priority: ['critical'] })).toEqual({ numbers: [], total: { count: 0, more: true } });
  expect((await search({ priority: ['low'] })).total).toEqual({ count: 1000, more: true });
});

test('R5.3 a set of 2,111 tenants holds the same as bits and as a set, up to the last owner and beyond', async () => {
  const principal: Principal = { kind: 'job', membershipId: analyst.membershipId as string };
  const conditions = await world.sql<{ name: string; condition: string }>(
    `select name, tenancy.within(name) as condition from unnest(array['reads', 'reads_optional', 'writes']) name`,
  );
  await world.db.as(principal, async (tx) => {
    for (const { name, condition } of conditions) {
      const set = sql.raw(`(nullif(current_setting('app.${name}', true), '')::int[])`);
      const { rows } = await sql<Record<string, number>>`
        select sum(octet_length(decode(current_setting(${`app.${name}_bits`}, true), 'base64')))::int as bytes, count(*)::int as asked,
          count(*) filter (where ${sql.raw(condition)})::int as held, cardinality(${set}) as owners,
          count(*) filter (where (${sql.raw(condition)}) is distinct from (owner_id = any(${set})))::int as differing
        from generate_series(0, 5000) owner_id`.execute(tx.q);
      expect(rows[0]).toMatchObject({ asked: 5001, differing: 0 });
      expect(rows[0]?.held).toBe(rows[0]?.owners);
      expect(rows[0]?.owners).toBeGreaterThanOrEqual(2111);
      expect(rows[0]?.bytes).toBeGreaterThan(0);
    }
  });
});
