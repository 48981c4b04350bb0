import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson } from '../../../test/world.ts';
import { countQuery, type List, pageQuery } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';
import { choiceList } from '../choices/choices.queries.ts';
import type { TicketFilters } from './tickets.api.ts';
import { ticketList } from './tickets.list.queries.ts';
import { ticketColumns, ticketJoins } from './tickets.queries.ts';

let world: World;
const people: Record<string, WorldPerson> = {};
beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  const busy = await world.tenant({ name: 'Busy', key: 'BUSY', slug: 'busy' });
  const few = await world.tenant({ name: 'Few', key: 'FEW', slug: 'few' });
  const many = await world.tenant({ name: 'Many', key: 'MANY', slug: 'many' });
  people.one = await world.person({ tenant: busy, role: 'tenant-analyst' });
  people.own = await world.person({ tenant: busy, role: 'self-service-user' });
  people.few = await world.person({ tenant: few, role: 'tenant-analyst' });
  people.many = await world.person({ tenant: many, role: 'tenant-analyst' });
  people.all = await world.person({ role: 'provider-analyst' });
  // By SQL: thousands of records by the API would take minutes. The tenants below few and many are dormant, with old tickets.
  await world.sql(`insert into tenancy.tenants (id, name, name_key, key, slug, status, parent_owner_id)
    select gen_random_uuid(), 'T' || n, 't' || n, 'T' || n, 't' || n, 'active', case when n <= 5 then ${few.owner} else ${many.owner} end
    from generate_series(1, 120) n`);
  await world.sql(`insert into desk.tickets (owner_id, id, number, type, title, impact, urgency, priority, opened_at, updated_at, requester_owner_id, requester_id)
    select ${busy.owner}, gen_random_uuid(), 'BUSY-' || n, 'incident', 'Busy', 'low', 'low', 1 + n % 4, now() - n * interval '1 minute', now() - n * interval '1 minute',
      case when n % 1000 = 0 then ${busy.owner} end, case when n % 1000 = 0 then '${people.own.contactId}'::uuid end
    from generate_series(1, 8000) n`);
  // A neighbour whose tickets are all older, and first in every order.
  const loud = await world.tenant({ name: 'Loud', key: 'LOUD', slug: 'loud' });
  await world.sql(`insert into desk.tickets (owner_id, id, number, type, status, title, impact, urgency, priority, opened_at, updated_at)
    select ${loud.owner}, gen_random_uuid(), 'ALOUD-' || n, 'incident', 'closed', 'Loud', 'low', 'low', 1, now() - interval '1 year' - n * interval '1 minute', now() + n * interval '1 minute'
    from generate_series(1, 8000) n`);
  await world.sql(`insert into desk.tickets (owner_id, id, number, type, title, impact, urgency, priority, opened_at, updated_at)
    select t.owner_id, gen_random_uuid(), t.key || '-' || n, 'incident', 'Dormant', 'low', 'low', 4, now() - interval '9 years', now() - interval '9 years'
    from tenancy.tenants t, generate_series(1, 3) n where t.key like 'T%'`);
  await world.sql(`insert into desk.categories (owner_id, id, name, name_key)
    select t.owner_id, gen_random_uuid(), 'C' || n, 'c' || n from tenancy.tenants t, generate_series(1, 40) n where t.owner_id >= 16`);
  await world.sql('analyze');
}, 120_000);
afterAll(() => world.close());

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  'Index Name'?: string;
  'Rows Removed by Filter'?: number;
  'Actual Loops': number;
  Plans?: Node[];
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** What a list's page and total read, at one reach. */
async function plans(
  person: WorldPerson,
  listOf: (tx: Tx) => Promise<List>,
  columns = ticketColumns,
  joins = ticketJoins,
): Promise<Node[]> {
  return world.db.as({ kind: 'job', membershipId: person.membershipId as string }, async (tx) => {
    const list = await listOf(tx);
    const found: Node[] = [];
    for (const query of [pageQuery(tx.scope, list, { columns, joins, limit: 50 }), countQuery(tx.scope, list, 1000)]) {
      const { rows } = await sql<{
        'QUERY PLAN': { Plan: Node }[];
      }>`explain (analyze, timing off, format json) ${query}`.execute(tx.q);
      found.push(...nodesOf((rows[0] as (typeof rows)[0])['QUERY PLAN'][0]?.Plan as Node));
    }
    return found;
  });
}

const removed = (nodes: Node[]) =>
  nodes.reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0) * node['Actual Loops'], 0);
const readers = (nodes: Node[], relation: string) => nodes.filter((node) => node['Relation Name'] === relation);
const sorts = ['newest', 'oldest', 'updated', 'priority', 'number'] as const;

test.each(['one', 'few', 'many', 'all', 'own'].flatMap((reach) => sorts.map((sort) => [reach, sort] as const)))(
  'the list of tickets reads by index at reach %s, in the order %s',
  async (reach, sort) => {
    const nodes = await plans(people[reach] as WorldPerson, (tx) => ticketList(tx, { sort }));
    const tickets = readers(nodes, 'tickets');
    expect(tickets.length).toBeGreaterThan(0);
    if (reach !== 'all') for (const node of tickets) expect(node['Node Type']).not.toBe('Seq Scan');
    // Nothing is read to be thrown away: the busy neighbour's tickets cost the quiet ones nothing.
    expect(removed(tickets)).toBeLessThan(200);
  },
);

test.each<[string, TicketFilters]>([
  ['one', { text: 'nothing like it' }],
  ['few', { text: 'dormant' }],
  ['all', { text: 'nothing like it' }],
  ['own', { text: 'busy' }],
  ['one', { mine: 'assigned' }],
  ['few', { mine: 'assigned' }],
  ['all', { mine: 'assigned' }],
  ['all', { tenant: 'few' }],
  ['one', { status: ['resolved'] }],
  ['few', { status: ['new', 'on_hold'] }],
  ['all', { status: ['resolved'], sort: 'newest' }],
  ['all', { status: ['in_progress', 'on_hold'], sort: 'priority' }],
])('a narrow question at reach %s does not walk the list: %o', async (reach, filters) => {
  const nodes = await plans(people[reach] as WorldPerson, (tx) => ticketList(tx, filters));
  expect(removed(readers(nodes, 'tickets'))).toBeLessThan(500);
});

test.each(['one', 'few', 'many', 'all'])('the list of categories reads by index at reach %s', async (reach) => {
  const list = async () => choiceList('desk.categories', { limit: 50 });
  const nodes = await plans(people[reach] as WorldPerson, list, sql`t.name`, sql``);
  expect(removed(readers(nodes, 'categories'))).toBeLessThan(200);
});

test.each(['one', 'few', 'many', 'all'])(
  'what a search has found is looked up by its key at reach %s',
  async (reach) => {
    // As it is where most tenants have few tickets and the table has been vacuumed: PostgreSQL then likes to read indexes alone.
    await world.sql('alter table desk.tickets alter column owner_id set (n_distinct = 5000)');
    await world.sql('vacuum (analyze) desk.tickets');
    const nodes = await plans(people[reach] as WorldPerson, (tx) => ticketList(tx, { text: 'busy' }));
    const looked = readers(nodes, 'tickets').filter((node) => /\(id = /.test(node['Index Cond'] ?? ''));
    expect(looked.length).toBeGreaterThan(0);
    // An index of an order holds the key, too, and is gone through as far as the tenant has tickets.
    expect(new Set(looked.map((node) => node['Index Name']))).toEqual(new Set(['tickets_pkey']));
  },
);
