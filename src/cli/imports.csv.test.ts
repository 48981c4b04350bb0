import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldTenant } from '../../test/world.ts';
import { readTicketsCsv } from '../desk/import/tickets-csv.ts';
import { getTicket, listTickets } from '../desk/tickets/tickets.api.ts';
import type { Api } from './connection.ts';
import { takeInCsv } from './imports.ts';
import { makeOutput } from './output.ts';

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
const output = makeOutput(true, 'en', () => {});
const api = (): Api => ({
  userName: 'admin',
  call: (endpoint, input) => world.administrator.call(endpoint, input ?? {}),
});
beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
});
afterAll(() => world.close());

const columns = {
  id: 'Ref',
  title: 'Asunto',
  description: 'Texto',
  tenant: 'Cliente',
  opened: 'Fecha',
  requester: 'Quién',
};
const read = (text: string, name = 'tickets.csv') =>
  readTicketsCsv(Buffer.from(text), { columns, tenant: undefined, name, now: Temporal.Now.instant() });
const count = async (tenant: WorldTenant) => {
  const analyst = await world.person({ tenant, role: 'tenant-analyst' });
  return (await analyst.call(listTickets, { query: { limit: 1 } })).total;
};

test('any CSV becomes tickets of the tenants it names, once however often it is imported', async () => {
  const { tickets, rejects } = read(
    'Ref,Asunto,Texto,Cliente,Fecha,Quién\nA1,"Impresora, sin tóner","Dice ""no""\nen dos líneas",alpha,2026-03-01T09:30:00Z,Núria\nB1,Correo,,beta,2026-03-02T09:30:00Z,\n',
  );
  expect(rejects).toEqual([]);
  expect(await takeInCsv(api(), output, 'tickets.csv', tickets)).toEqual({ imported: 2, present: 0 });
  expect(await takeInCsv(api(), output, 'tickets.csv', tickets)).toEqual({ imported: 0, present: 2 });
  // Another file of the same references is another source.
  expect(await takeInCsv(api(), output, 'others.csv', tickets.slice(1))).toEqual({ imported: 1, present: 0 });
  expect(await count(alpha)).toMatchObject({ count: 1 });
  expect(await count(beta)).toMatchObject({ count: 2 });
  const { items } = await world.administrator.call(listTickets, { query: { text: 'tóner' } });
  const ticket = await world.administrator.call(getTicket, { params: { number: items[0]?.number as string } });
  expect(ticket).toMatchObject({
    title: 'Impresora, sin tóner',
    description: 'Dice "no"\nen dos líneas',
    openedAt: '2026-03-01T09:30:00.000Z',
    requester: { name: 'Núria' },
  });
});

test('R5.10 T-23 the same name in two tenants is two people, each of their own tenant', async () => {
  const { tickets } = read(
    'Ref,Asunto,Texto,Cliente,Fecha,Quién\nE1,Of A,,alpha,,María García\nE2,Of B,,beta,,María García\n',
  );
  await takeInCsv(api(), output, 'same.csv', tickets);
  expect(
    await world.sql(
      `select owner_id, person_owner_id = owner_id as home from identity.contacts where display_name = 'María García' order by 1`,
    ),
  ).toEqual([
    { owner_id: alpha.owner, home: true },
    { owner_id: beta.owner, home: true },
  ]);
});

test('rows that cannot be tickets are refused with line, column and value; a file that is none, whole', () => {
  const { tickets, rejects } = read(
    'Ref,Asunto,Texto,Cliente,Fecha,Quién\nC1,,,alpha,,\nC2,Fine,,alpha,yesterday,\nC3,Fine,,,,\nC4,Fine,,alpha,,\n',
  );
  expect(tickets.map((one) => one.sourceId)).toEqual(['C4']);
  expect(rejects.map(({ sourceId, line, column, value }) => [sourceId, line, column, value])).toEqual([
    ['C1', 2, 'Asunto', ''],
    ['C2', 3, 'Fecha', 'yesterday'],
    ['C3', 4, 'Cliente', ''],
  ]);
  // The very judgement of the dry run: what the API would refuse later, with its line.
  const judged = readTicketsCsv(
    Buffer.from(
      `Ref,Asunto,Texto,Cliente,Fecha,Quién\nF1,Fine,,nowhere,,\n${'F'.repeat(101)},Fine,,alpha,,\nF3,Fine,,alpha,0000-01-01T00:00:00Z,\n`,
    ),
    { columns, tenant: undefined, name: 'x', now: Temporal.Now.instant(), knownTenants: new Set(['alpha']) },
  );
  expect(judged.tickets).toEqual([]);
  expect(judged.rejects.map(({ line, column }) => [line, column])).toEqual([
    [2, 'Cliente'],
    [3, 'Ref'],
    [4, 'Fecha'],
  ]);
  expect(() => read('Ref,Something\n1,2\n')).toThrow();
});

test('a tenant that is not there refuses the rows, and nothing of their batch is imported', async () => {
  const { tickets } = read('Ref,Asunto,Texto,Cliente,Fecha,Quién\nD1,One,,alpha,,\nD2,Two,,nowhere,,\n');
  await expect(takeInCsv(api(), output, 'wrong.csv', tickets)).rejects.toThrow();
  expect(await world.sql(`select count(*)::int as n from desk.tickets where title in ('One', 'Two')`)).toEqual([
    { n: 0 },
  ]);
});
