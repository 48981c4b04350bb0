import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../test/world.ts';
import { addComment } from './comments.api.ts';
import * as api from './tickets.api.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const found = async (text: string) =>
  (await world.administrator.call(api.listTickets, { query: { text } })).items.map((item) => item.title);
const create = (title: string, description = '') =>
  world.administrator.call(api.createTicket, { body: { title, description } });

test('words are found in Spanish and English, in other forms and with or without accents', async () => {
  await create('Las impresoras no imprimen', 'Ningún color en la oficina de Málaga');
  await create('Printers stopped printing', 'The computers in the office');
  for (const text of ['impresora', 'IMPRESORAS', 'malaga', 'Málaga', 'ningun', 'oficinas', 'impresora oficina']) {
    expect([text, await found(text)]).toEqual([text, ['Las impresoras no imprimen']]);
  }
  for (const text of ['printer', 'computer', 'offices', 'stop'])
    expect([text, await found(text)]).toEqual([text, ['Printers stopped printing']]);
  expect(await found('printer -computer')).toEqual([]);
  expect(await found('"printers stopped"')).toEqual(['Printers stopped printing']);
  expect(await found('tiger')).toEqual([]);
});

test('a number finds its ticket, and words like a number find what they say', async () => {
  const ticket = await create('Upgrade to Windows-11');
  expect(await found(ticket.number.toLowerCase())).toContain('Upgrade to Windows-11');
  expect(await found('windows-11')).toEqual(['Upgrade to Windows-11']);
});

test('comments and resolutions are found as soon as they are saved', async () => {
  const ticket = await create('Something');
  const params = { number: ticket.number };
  await world.administrator.call(addComment, { params, body: { text: 'It was the capacitor', audience: 'public' } });
  expect(await found('capacitors')).toEqual(['Something']);
  await world.administrator.call(api.resolveTicket, {
    params,
    version: ticket.version,
    body: { resolution: 'Soldado de nuevo' },
  });
  expect(await found('soldado')).toEqual(['Something']);
});

test('T-20 what several people say and change at the same instant is all found', async () => {
  const ticket = await create('Crowded');
  const params = { number: ticket.number };
  const words = ['alligator', 'buffalo', 'cormorant', 'dromedary', 'echidna', 'flamingo'];
  await Promise.all([
    ...words.map((text) => world.administrator.call(addComment, { params, body: { text } })),
    world.administrator.call(api.updateTicket, { params, version: 1, body: { title: 'Crowded zoo' } }),
  ]);
  expect(await found([...words, 'zoo'].join(' '))).toEqual(['Crowded zoo']);
});

test('R1.3 R1.8 while multi-tenancy is off a ticket is its maker’s, and nothing names a tenant', async () => {
  const ticket = await create('Nobody’s tenant');
  expect(ticket).toMatchObject({ tenant: null, number: expect.stringMatching(/^DESK-/) });
  const [row] = await world.sql('select owner_id from desk.tickets where number = $1', [ticket.number]);
  expect(row).toEqual({ owner_id: 1 });
  const named = { query: { tenant: 'public' } };
  expect((await world.administrator.try(api.listTickets, named)).status).toBe(422);
  expect((await world.administrator.try(api.createTicket, { body: { title: 'x', tenant: 'unassigned' } })).status).toBe(
    422,
  );
  const file = await world.administrator.try(api.exportTickets);
  expect(file.text.split('\r\n')[0]).not.toContain('Tenant');
});

test('filters narrow a list together, and a total beyond its bound says so', async () => {
  const { administrator } = world;
  const urgent = await administrator.call(api.createTicket, {
    body: { title: 'Urgent', impact: 'high', urgency: 'high', type: 'request' },
  });
  const numbers = async (query: object) =>
    (await administrator.call(api.listTickets, { query })).items.map((item) => item.number);
  expect(await numbers({ priority: ['critical'], type: 'request' })).toEqual([urgent.number]);
  expect((await numbers({ sort: 'priority' }))[0]).toBe(urgent.number);
  expect(await numbers({ openedFrom: urgent.openedAt, type: 'request' })).toEqual([urgent.number]);
  expect(await numbers({ openedBefore: urgent.openedAt, type: 'request' })).toEqual([]);
  expect(await numbers({ status: ['closed', 'cancelled'] })).toEqual([]);
  expect(await numbers({ assignee: 'none', mine: 'requested', priority: ['critical'] })).toEqual([urgent.number]);
  const taken = await administrator.call(api.assignTicket, {
    params: { number: urgent.number },
    version: 1,
    body: { assignee: administrator.contactId },
  });
  expect(await numbers({ mine: 'assigned' })).toEqual([taken.number]);
  // By SQL: a thousand tickets by the API would take a minute.
  await world.sql(`insert into desk.tickets (owner_id, id, number, type, title, impact, urgency, priority)
    select 1, gen_random_uuid(), 'DESK-' || n, 'incident', 'Many', 'low', 'low', 4 from generate_series(5000, 6100) n`);
  const many = await administrator.call(api.listTickets);
  expect(many).toMatchObject({ total: { count: 1000, more: true } });
  expect((await administrator.call(api.listTickets, { query: { cursor: many.next as string } })).total).toBeNull();
});

test('a frequent word is sought backwards week by week, a rare one at once: the newest are found, whenever they were', async () => {
  await world.sql('delete from desk.ticket_searches');
  await world.sql('delete from desk.tickets');
  // Three years of tickets, one in eight hours, the first dated three weeks ahead; every one has “frequent”, one in ten “common”, and twelve “rare”, the newest of which is two years old.
  await world.sql(`insert into desk.tickets (owner_id, id, number, type, title, impact, urgency, priority, opened_at)
    select 1, (lpad(to_hex((extract(epoch from x.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid, 'DESK-' || n, 'incident',
      'Frequent' || case when n % 10 = 0 then ' common' else '' end || case when n > 2200 and n % 90 = 0 then ' rare' else '' end, 'low', 'low', 4, x.at
    from generate_series(1, 3285) n, lateral (select now() + interval '20 days' - n * interval '8 hours' as at) x`);
  const found = async (text: string) => {
    const numbers: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.administrator.call(api.listTickets, {
        query: { text, limit: 200, ...(cursor ? { cursor } : {}) },
      });
      numbers.push(...page.items.map(({ number }) => number));
      cursor = page.next ?? undefined;
    } while (cursor);
    return numbers;
  };
  const numbered = (wanted: (n: number) => boolean) =>
    Array.from({ length: 3285 }, (_, n) => n + 1)
      .filter(wanted)
      .map((n) => `DESK-${n}`);
  expect(await found('frequent')).toEqual(numbered((n) => n <= 1001));
  expect(await found('common')).toEqual(numbered((n) => n % 10 === 0));
  expect(await found('rare')).toEqual(numbered((n) => n > 2200 && n % 90 === 0));
});
