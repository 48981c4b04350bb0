import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTicket, getTicket, listTickets } from '../../src/desk/tickets/tickets.api.ts';
import { signIn } from '../../src/identity/sessions/sessions.api.ts';
import { schemaSql } from '../../src/platform/schema.sql.ts';
import { Client } from '../../test/client.ts';
import { ownCluster } from '../../test/database.ts';
import { schemaFaults } from '../../test/schema.checks.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../test/world.ts';
import { type Forest, type PlannedTenant, planForest } from './forest.ts';
import { loadForest } from './installation.ts';
import { everybodysPassword } from './loading-people.ts';
import { planPeople } from './people.ts';

let world: World;
let forest: Forest;
let owner: pg.Client;
/** Made through the API, beside those that were generated. */
let added: WorldTenant;
let user: WorldPerson;
beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  const cluster = ownCluster();
  const config = { host: cluster.sockets, port: 5432, ...cluster.owner, database: world.database };
  forest = planForest({ name: 'small', tenants: 12, tickets: 3000 }, 7, Date.now());
  await loadForest(config, forest, () => {});
  owner = new pg.Client(config);
  await owner.connect();
  added = await world.tenant({ name: 'Added by hand' });
  user = await world.person({ tenant: added, role: 'self-service-user' });
  await user.call(createTicket, { body: { title: 'The password has expired' } });
}, 300_000);
afterAll(async () => {
  await owner.end();
  await world.close();
});

const first = (branch: string) => forest.tenants.find((tenant) => tenant.branch === branch) as PlannedTenant;
const ticketsOf = (tenants: readonly PlannedTenant[]) => tenants.reduce((sum, { tickets }) => sum + tickets, 0);

test('what was taken off for loading stands again: the schema is that of the migrations, and no wall has a gap', async () => {
  const { prefix, owner: login, app } = ownCluster();
  expect(await schemaFaults(owner, prefix, app.user)).toEqual([]);
  const written = await readFile(new URL('../../db/schema.sql', import.meta.url), 'utf8');
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim().replace(/,$/, ''))
      .sort();
  expect(lines(await schemaSql(owner, { prefix, owner: login.user, app: app.user }))).toEqual(lines(written));
});

test('the hierarchy, the pairs and the numbers are those that the triggers would have made', async () => {
  const faults = await world.sql(`
    with recursive lines as (
      select owner_id, owner_id as above, 0 as distance from tenancy.tenants
      union all select l.owner_id, t.parent_owner_id, l.distance + 1 from lines l join tenancy.tenants t on t.owner_id = l.above where t.parent_owner_id is not null)
    (select 'closure' as what, owner_id, above from lines except select 'closure', descendant_id, ancestor_id from tenancy.closure)
    union all (select 'closure', descendant_id, ancestor_id from tenancy.closure except select 'closure', owner_id, above from lines)
    union all select 'depth', t.owner_id, t.depth from tenancy.tenants t where t.depth <> (select max(distance) from lines l where l.owner_id = t.owner_id)
    union all select 'series', s.owner_id, s.last from tenancy.series s where s.name = 'ticket' and s.last <> (select count(*) from desk.tickets t where t.owner_id = s.owner_id)`);
  expect(faults).toEqual([]);
  const fields = await world.sql<{ table_name: string; field: string }>(
    `select table_name, field from tenancy.reference_fields where kind <> 'own'`,
  );
  const used = fields.map(
    ({ table_name, field }) =>
      `select owner_id, "${field}_climb" as target from ${table_name} where "${field}_climb" is not null`,
  );
  const pairs = await world.sql(`select owner_id, target from (${used.join(' union ')}) u order by 1, 2`);
  expect(pairs.length).toBeGreaterThan(0);
  expect(
    await world.sql('select owner_id, target_owner_id as target from tenancy.reference_pairs order by 1, 2'),
  ).toEqual(pairs);
});

test('the words of every ticket are those that its trigger makes', async () => {
  const words = 'select owner_id, ticket_id, words::text, internal_words::text from desk.ticket_searches order by 1, 2';
  const generated = await world.sql(words);
  expect(generated).toHaveLength(ticketsOf(forest.tenants) + 1);
  await world.sql('select desk.index_ticket(owner_id, id) from desk.tickets');
  expect(await world.sql(words)).toEqual(generated);
});

test('a generated tenant has what Add Tenant makes, and a generated ticket what its making writes', async () => {
  const tables = await world.sql<{ name: string }>(
    `select name from tenancy.owned_tables where name !~ '^(platform|identity.(people|contacts|memberships|passwords|sessions|links)|desk.ticket)' order by 1`,
  );
  const has = async (tenant: number) => {
    const counts = tables.map(
      ({ name }) => `select '${name}' as name, count(*)::int as count from ${name} where owner_id = $1`,
    );
    const groups = `select 'groups of it', count(*)::int from tenancy.groups where tenant_owner_id = $1`;
    const rows = await world.sql<{ name: string; count: number }>([...counts, groups].join(' union all '), [tenant]);
    return Object.fromEntries(rows.filter(({ count }) => count).map(({ name, count }) => [name, count]));
  };
  const generated = await has(first('quiet').owner);
  // Of its own, which nobody gives a new tenant, and what is said on its tickets.
  for (const own of ['desk.categories', 'desk.comments']) delete generated[own];
  expect(generated).toEqual(await has(added.owner));
  const filled = (table: string, condition: string, tenant: number) =>
    world.sql(
      `select array(select key from jsonb_each(to_jsonb(r)) where value <> 'null' order by key) as columns from ${table} r where owner_id = $1 and ${condition} limit 1`,
      [tenant],
    );
  for (const [table, condition] of [
    ['desk.ticket_changes', `field = 'created'`],
    ['platform.audit_entries', `action = 'ticket.created'`],
    ['tenancy.tenants', 'parent_owner_id is null'],
  ] as const)
    expect(await filled(table, condition, first('quiet').owner)).toEqual(await filled(table, condition, added.owner));
});

test('the audit is sealed as the program seals it', async () => {
  const open = await world.sql(
    `select from platform.audit_entries e where e.action = 'ticket.created' and e.owner_id <> $1
    and not exists (select from platform.audit_links l where (l.owner_id, l.id) = (e.owner_id, e.id))`,
    [added.owner],
  );
  expect(open).toEqual([]);
});

test('whoever is of one tenant counts exactly its tickets, whoever is above those below, and no others', async () => {
  const branch = forest.tenants.filter((tenant) => tenant.branch === 'few');
  const analyst = async (tenant: PlannedTenant) => {
    const client = new Client(world.server);
    const userName = `${planPeople(forest).get(tenant.owner)?.[0]?.userName}@${tenant.slug}`;
    const me = await client.call(signIn, { body: { userName, password: everybodysPassword } });
    client.membershipId = me.acting?.membershipId ?? null;
    return client;
  };
  for (const [tenant, below] of [
    [first('one'), [first('one')]],
    [first('quiet'), [first('quiet')]],
    [first('few'), branch],
  ] as const) {
    const client = await analyst(tenant);
    const { items, total } = await client.call(listTickets);
    expect(total).toEqual({ count: ticketsOf(below), more: false });
    const slugs = below.map(({ slug }) => slug);
    expect(items.filter((item) => !slugs.includes(item.tenant?.slug as string))).toEqual([]);
    const foreign = `${first('work').key}-1`;
    expect((await client.try(getTicket, { params: { number: foreign } })).status).toBe(404);
  }
});
