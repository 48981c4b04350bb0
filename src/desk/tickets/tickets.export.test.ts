import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forest, openForest, ticketBy } from '../../../test/forest.ts';
import type { WorldPerson } from '../../../test/world.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import * as api from './tickets.api.ts';

let forest: Forest;
beforeAll(async () => {
  forest = await openForest();
});
afterAll(() => forest.world.close());

async function exported(person: WorldPerson, query: object = {}): Promise<Record<string, string>[]> {
  const answer = await person.try(api.exportTickets, { query: query as never });
  expect(answer.status).toBe(200);
  return parse(answer.text, { bom: true, columns: true });
}

test('R5.3 T-09 an export holds exactly what the list shows, for every reach', async () => {
  const { analyst, analystOfA, analystOfParent, userOfA, userOfB, userOfChild } = forest;
  for (const person of [userOfA, userOfB, userOfChild]) await ticketBy(person, `Of ${person.displayName}`);
  for (const person of [analyst, analystOfA, analystOfParent]) {
    for (const query of [{}, { text: 'uma' }, { status: ['new'] }, { sort: 'number' }]) {
      const listed = (await person.call(api.listTickets, { query: query as never })).items.map((item) => item.number);
      expect((await exported(person, query)).map((row) => row.Number)).toEqual(listed);
    }
  }
  expect((await exported(analyst))[0]).toHaveProperty('Tenant');
});

test('an export needs its function, and is audited in each tenant whose tickets leave', async () => {
  const { analyst, userOfA, world } = forest;
  expect((await userOfA.try(api.exportTickets)).status).toBe(403);
  await exported(analyst, { status: ['new'] });
  const entries = await world.sql<{ owner_id: number }>(
    `select distinct owner_id from platform.audit_entries where action = 'ticket.exported' and actor_label = 'Petra Provider'`,
  );
  expect(entries.map((entry) => entry.owner_id).sort()).toEqual(
    [forest.provider, forest.a, forest.b, forest.child].map((tenant) => tenant.owner).sort(),
  );
});

test('what spreadsheets would run is neutralised, and every text comes through whole', async () => {
  const { analystOfA } = forest;
  const titles = ['=HYPERLINK("http://evil.test")', '+1', '-1', '@SUM(A1)', '\t=1', 'Comma, "quotes" and ñ', 'A\nline'];
  for (const title of titles) await analystOfA.call(api.createTicket, { body: { title, type: 'request' } });
  const rows = (await exported(analystOfA, { type: 'request', sort: 'oldest' })).map((row) => row.Title);
  expect(rows).toEqual([
    '\'=HYPERLINK("http://evil.test")',
    "'+1",
    "'-1",
    "'@SUM(A1)",
    "'\t=1",
    'Comma, "quotes" and ñ',
    'A\nline',
  ]);
});

test('R10.1 whoever sees one tenant finds no word of tenants in the file, in their language', async () => {
  const { world, a } = forest;
  const functions = ['ticket.read', 'ticket.export', 'ticket.create'] as never[];
  const role = await world.administrator.call(addRole, {
    body: { name: 'Own only', tenant: a.slug, readReach: 'own', functions },
  });
  const person = await world.person({ tenant: a, role: role.id });
  const file = await person.try(api.exportTickets, { headers: { 'accept-language': 'es' } });
  expect(file.text.slice(0, 30)).toContain('Número,Tipo,Estado');
});
