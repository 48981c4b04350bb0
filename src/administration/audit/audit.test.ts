import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldTenant } from '../../../test/world.ts';
import { createTicket } from '../../desk/tickets/tickets.api.ts';
import { type AuditEntry, listAudit } from './audit.api.ts';

let world: World;
let alpha: WorldTenant;
beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
});
afterAll(() => world.close());

test('R11.1 R11.2 a tenant’s auditor reads what was done in the tenant, by whom, and whether from outside', async () => {
  const auditor = await world.person({ tenant: alpha, role: 'tenant-auditor' });
  const analyst = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Ana' });
  const requester = analyst.contactId;
  await analyst.call(createTicket, { body: { title: 'From inside', requester } });
  await world.administrator.call(createTicket, { body: { title: 'From outside', requester } });
  const { items } = await auditor.call(listAudit, { query: { action: 'ticket.' } });
  const seen = items.filter((entry) => entry.action === 'ticket.created');
  expect(seen.map((entry) => [entry.actor, entry.fromOutside, entry.subject])).toEqual([
    ['Ada Admin', true, { kind: 'ticket', label: 'ALPH-2' }],
    ['Ana', false, { kind: 'ticket', label: 'ALPH-1' }],
  ]);
});

test('R5.4 nobody reads another tenant’s entries, and without the function nobody reads any', async () => {
  const beta = await world.tenant({ name: 'Beta' });
  const auditor = await world.person({ tenant: beta, role: 'tenant-auditor' });
  const { items } = await auditor.call(listAudit, { query: { limit: 200 } });
  expect(items.length).toBeGreaterThan(0);
  expect(JSON.stringify(items)).not.toMatch(/Alpha|ALPH|From outside/);
  expect((await auditor.try(listAudit, { query: { tenant: alpha.slug } })).status).toBe(422);
  const user = await world.person({ tenant: beta, role: 'self-service-user' });
  expect((await user.try(listAudit)).status).toBe(403);
});

test('pages follow one another without a gap, also of entries of one instant', async () => {
  // The first look leaves its entries at the tenants that it shows; the others are joined to it.
  await world.administrator.call(listAudit, { query: { limit: 200 } });
  const all: AuditEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.administrator.call(listAudit, { query: { limit: 3, ...(cursor ? { cursor } : {}) } });
    all.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  const [row] = await world.sql('select count(*)::int as n from platform.audit_entries');
  expect([new Set(all.map((entry) => entry.id)).size, all.length]).toEqual([row?.n, row?.n]);
});
