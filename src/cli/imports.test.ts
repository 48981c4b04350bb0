import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../test/world.ts';
import { importTickets } from '../desk/import/import.api.ts';
import { type IncidentLog, readIncidentLog } from '../desk/import/servicenow-log.ts';
import { exportTickets, listTickets } from '../desk/tickets/tickets.api.ts';
import { listTenants } from '../tenancy/tenants/tenants.api.ts';
import type { Api } from './connection.ts';
import { takeInLog } from './imports.ts';
import { makeOutput } from './output.ts';

let world: World;
let log: IncidentLog;
const output = makeOutput(true, 'en', () => {});
const api = (): Api => ({
  userName: 'admin',
  call: (endpoint, input) => world.administrator.call(endpoint, input ?? {}),
});
beforeAll(async () => {
  world = await openWorld();
  log = readIncidentLog(
    readFileSync(new URL('../../samples/servicenow-incident-log.csv.gz', import.meta.url)),
    'America/Sao_Paulo',
  );
});
afterAll(() => world.close());

test('while multi-tenancy is off an import is refused, and changes nothing', async () => {
  const ticket = { ...log.incidents[0], tenant: 'x' };
  delete (ticket as { location?: string }).location;
  const answer = await world.administrator.try(importTickets, { body: { source: 'test', tickets: [ticket as never] } });
  expect([answer.status, answer.body.type]).toEqual([409, 'urn:tenantry:import.multi-tenancy-off']);
  expect(await world.sql('select count(*)::int as n from desk.tickets')).toEqual([{ n: 0 }]);
});

test('the real log becomes 888 tickets of 84 tenants with their history, once however often', {
  timeout: 180_000,
}, async () => {
  await world.enable('Northwind');
  expect(await takeInLog(api(), output, log)).toEqual({ imported: 888, present: 0 });
  const tenants = await world.administrator.call(listTenants, { query: { parent: 'northwind', limit: 200 } });
  expect(tenants.items).toHaveLength(84);
  expect((await world.administrator.call(listTickets, { query: { limit: 1 } })).total).toMatchObject({ count: 888 });
  const changes = log.incidents.reduce((sum, incident) => sum + incident.changes.length, 0);
  expect(await world.sql('select count(*)::int as n from desk.ticket_changes')).toEqual([{ n: changes }]);
  const before = await world.sql('select count(*)::int as n, max(id::text) as last from platform.audit_entries');
  expect(await takeInLog(api(), output, log)).toEqual({ imported: 0, present: 888 });
  expect(await world.sql('select count(*)::int as n, max(id::text) as last from platform.audit_entries')).toEqual(
    before,
  );
});

test('R5.6 a caller of several locations is one person with several memberships, of whom none can take the others over', async () => {
  const places = new Map<string, Set<string>>();
  for (const { requester, location } of log.incidents)
    if (requester) places.set(requester, (places.get(requester) ?? new Set()).add(location));
  const several = [...places].filter(([, where]) => where.size > 1);
  expect(several.length).toBeGreaterThan(5);
  for (const [name, where] of several) {
    const [row] = await world.sql(
      `select count(*)::int as contacts, count(distinct person_id)::int as people from identity.contacts where display_name = $1`,
      [name],
    );
    expect(row).toEqual({ contacts: where.size, people: 1 });
    // R5.10, T-23: a home tenant signs in for its people, so none of several that nobody accepted is one.
    expect(
      await world.sql('select distinct person_owner_id as home from identity.contacts where display_name = $1', [name]),
    ).toEqual([{ home: 3 }]);
  }
});

test('a user of one location counts exactly its tickets, in lists, totals, search and export', {
  timeout: 60_000,
}, async () => {
  const [location, count] = [...Map.groupBy(log.incidents, (incident) => incident.location)]
    .map(([name, own]) => [name, own.length] as const)
    .toSorted((one, other) => other[1] - one[1])[2] as [string, number];
  const [tenant] = await world.sql<{ owner: number; slug: string; id: string; name: string; key: string }>(
    `select owner_id as owner, slug, id, name, key from tenancy.tenants where name = $1`,
    [location],
  );
  const analyst = await world.person({ tenant: tenant as never, role: 'tenant-analyst' });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await analyst.call(listTickets, { query: { limit: 100, ...(cursor ? { cursor } : {}) } });
    // Counted once, with the first page.
    if (!cursor) expect(page.total).toMatchObject({ count });
    seen.push(...page.items.map((ticket) => ticket.number));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(new Set(seen).size).toBe(count);
  expect(seen.every((number) => number.startsWith(`${tenant?.key}-`))).toBe(true);
  const word = log.incidents.find((incident) => incident.location !== location)?.sourceId as string;
  expect((await analyst.call(listTickets, { query: { text: word } })).items).toEqual([]);
  const own = log.incidents.find((incident) => incident.location === location)?.sourceId as string;
  expect((await analyst.call(listTickets, { query: { text: own } })).items).toHaveLength(1);
  const csv = (await analyst.try(exportTickets, {})).text.trim().split('\n');
  expect(csv.length - 1).toBe(count);
});

test('an end user sees only their own of the imported tickets', async () => {
  const [location, own] = [
    ...Map.groupBy(log.incidents, (incident) => `${incident.location}|${incident.requester}`),
  ].toSorted((one, other) => other[1].length - one[1].length)[0] as [string, typeof log.incidents];
  const [place, caller] = location.split('|') as [string, string];
  const [row] = await world.sql<{ membership: string }>(
    `select m.id as membership from identity.memberships m join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
       join tenancy.tenants t on t.owner_id = m.owner_id where c.display_name = $1 and t.name = $2`,
    [caller, place],
  );
  const scoped = await world.db.as({ kind: 'job', membershipId: row?.membership as string }, (tx) =>
    tx.q.selectFrom('desk.tickets').select('id').execute(),
  );
  expect(scoped).toHaveLength(own.length);
});
