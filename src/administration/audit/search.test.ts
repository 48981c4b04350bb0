import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { createTicket, getTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
import { updatePerson } from '../../identity/people/people.api.ts';
import { type AuditEntry, exportAudit, listAudit } from './audit.api.ts';

let world: World;
let alpha: WorldTenant;
let auditor: WorldPerson;
let number: string;
beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  auditor = await world.person({ tenant: alpha, role: 'tenant-auditor', name: 'Aurora' });
  const analyst = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Ána Núñez' });
  number = (await analyst.call(createTicket, { body: { title: 'Here' } })).number;
  await world.administrator.call(createTicket, { body: { title: 'There', requester: analyst.contactId } });
  await world.administrator.call(getTicket, { params: { number } });
  for (let times = 0; times < 3; times++) await world.administrator.call(listTickets);
});
afterAll(() => world.close());

type Query = Record<string, string | number>;
async function found(query: Query, by = auditor): Promise<AuditEntry[]> {
  return (await by.call(listAudit, { query: { limit: 200, ...query } as never })).items;
}
const actions = (entries: AuditEntry[]) => entries.map((entry) => entry.action);

test('R11.2 a tenant reads what the provider did in it, reads included, and for whom they acted', async () => {
  const entries = await found({ origin: 'provider', kind: 'ticket' });
  expect(
    entries.map((entry) => [entry.action, entry.subject.label, entry.actor, entry.actedFor, entry.repeats]),
  ).toEqual([
    ['ticket.listed', '', 'Ada Admin', 'Northwind', 2],
    ['ticket.read', number, 'Ada Admin', 'Northwind', 0],
    ['ticket.created', 'ALPH-2', 'Ada Admin', 'Northwind', 0],
  ]);
  expect(Date.parse(entries[0]?.lastAt ?? '')).toBeGreaterThan(Date.parse(entries[0]?.at ?? ''));
  expect(entries.every((entry) => entry.fromOutside)).toBe(true);
});

test('R11.2 each filter of the audit narrows, and they narrow together', async () => {
  expect(actions(await found({ kind: 'ticket', origin: 'inside' }))).toEqual(['ticket.created']);
  expect(actions(await found({ kind: 'ticket', reads: 'only' }))).toEqual(['ticket.listed', 'ticket.read']);
  expect(actions(await found({ kind: 'ticket', reads: 'exclude' }))).toEqual(['ticket.created', 'ticket.created']);
  expect(actions(await found({ who: 'ana nunez', kind: 'ticket' }))).toEqual(['ticket.created']);
  expect(actions(await found({ subject: number.toLowerCase(), origin: 'outside' }))).toEqual(['ticket.read']);
  expect(await found({ who: '%' })).toEqual([]);
  expect(await found({ subject: '100_' })).toEqual([]);
  const all = await found({});
  const middle = all[2] as AuditEntry;
  const older = await found({ before: middle.at });
  expect(older.length).toBeGreaterThan(0);
  expect(older.every((entry) => entry.at < middle.at)).toBe(true);
  const newer = await found({ from: middle.at });
  expect(newer.length + older.length).toBeGreaterThanOrEqual(all.length);
  expect((await auditor.try(listAudit, { query: { from: 'yesterday' } })).status).toBe(422);
});

test('R11.2 the provider narrows to one tenant; filters find nothing in a tenant that is out of reach', async () => {
  const entries = await found({ tenant: alpha.slug }, world.administrator);
  expect(new Set(entries.map((entry) => entry.tenant?.slug))).toEqual(new Set([alpha.slug]));
  expect((await auditor.try(listAudit, { query: { tenant: 'northwind' } })).status).toBe(422);
});

test('R5.4 R11.2 who acted for a tenant that is neither above nor the provider is not named with it', async () => {
  const sibling = await world.tenant({ name: 'Sibling' });
  await world.sql(
    `insert into platform.audit_entries (owner_id, id, action, subject_kind, actor_owner_id, actor_label) values ($1, platform.new_id(), 'ticket.strange', 'ticket', $2, 'Somebody')`,
    [alpha.owner, sibling.owner],
  );
  const [entry] = await found({ action: 'ticket.strange' });
  expect([entry?.fromOutside, entry?.actedFor]).toEqual([true, null]);
  expect(JSON.stringify(entry)).not.toContain('Sibling');
});

test('R11.1 an export holds what the list shows, is recorded, and no cell is a formula', async () => {
  const evil = await world.person({ tenant: alpha, role: 'tenant-administrator', name: 'Eva' });
  const body = { displayName: '=HYPERLINK("http://evil.example")' };
  expect((await evil.try(updatePerson, { params: { id: evil.contactId }, body, version: 1 })).status).toBeLessThan(300);
  await evil.call(createTicket, { body: { title: 'By a formula' } });
  const csv = await auditor.try(exportAudit, { query: { kind: 'person' } });
  expect(csv.headers['content-type']).toContain('text/csv');
  const lines = csv.text.split('\r\n');
  expect(lines[0]).toBe('\uFEFFWhen,What,To what,Who,For,Repeated,Last,Address,Details,Entry');
  // A cell begins after a comma or with a quote behind one.
  const mine = await auditor.try(exportAudit, { query: { who: 'hyperlink' } });
  expect(mine.text).not.toMatch(/(^|,)"?=HYPERLINK/m);
  expect(mine.text).toContain(`"'=HYPERLINK`);
  const shown = await found({ kind: 'person' });
  // The one line more is after the last.
  expect(lines.length - 2).toBe(shown.length);
  const json = await auditor.try(exportAudit, { query: { kind: 'person', format: 'json' } });
  const entries = JSON.parse(json.text) as AuditEntry[];
  expect(entries.map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
  expect(actions(await found({ action: 'audit-entry.exported', who: 'aurora' }))).toHaveLength(3);
  expect(
    JSON.parse((await auditor.try(exportAudit, { query: { who: 'nobody at all', format: 'json' } })).text),
  ).toEqual([]);
});

test('R11.1 an export goes through all pages, without a gap and without an end too soon', async () => {
  await world.sql(
    `insert into platform.audit_entries (owner_id, id, action, subject_kind, actor_label) select $1, platform.new_id(), 'ticket.many', 'ticket', 'Many' from generate_series(1, 1203)`,
    [alpha.owner],
  );
  const json = await auditor.try(exportAudit, { query: { action: 'ticket.many', format: 'json' } });
  const entries = JSON.parse(json.text) as AuditEntry[];
  expect([entries.length, new Set(entries.map(({ id }) => id)).size]).toEqual([1203, 1203]);
});

test('R1.3 while multi-tenancy is off the audit names no tenant, in lists and exports alike', async () => {
  const apart = await openWorld();
  try {
    await apart.administrator.call(createTicket, { body: { title: 'Off' } });
    const csv = await apart.administrator.try(exportAudit);
    expect(csv.text.split('\r\n')[0]).not.toContain('Tenant');
    expect(csv.text).toContain('ticket.created');
    const { items } = await apart.administrator.call(listAudit, { query: { origin: 'outside' } });
    expect(items).toEqual([]);
  } finally {
    await apart.close();
  }
});
