import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forest, openForest } from '../../../test/forest.ts';
import { fulfillmentQueue } from '../../catalog/fulfillment/engine.ts';
import { createRequest, getRequest } from '../../catalog/requests/requests.api.ts';
import { prepareDesk } from '../preparation.ts';
import { getTicket, listTickets, resolveTicket } from '../tickets/tickets.api.ts';

let forest: Forest;
const jobs: Record<string, string | number>[] = [];
beforeAll(async () => {
  forest = await openForest();
  // The jobs are run by the test itself, one after the other, instead of by a queue beside it.
  forest.world.db.sendWith(async (_client, _queue, payload) => void jobs.push(payload));
});
afterAll(() => forest.world.close());

async function runJobs(): Promise<void> {
  for (let job = jobs.shift(); job; job = jobs.shift()) await fulfillmentQueue.perform(forest.world.db, job);
}

const body = { offering: 'equipment', values: { what: 'screen', reason: 'Mine is broken' } };

test('R4.4 what somebody requests becomes a ticket, and the request is done when the ticket is resolved', async () => {
  const { userOfA, analystOfA } = forest;
  const { number } = await userOfA.call(createRequest, { body });
  await runJobs();
  const during = await userOfA.call(getRequest, { params: { number } });
  expect(during).toMatchObject({ phase: 'fulfillment', tasks: [{ state: 'running' }] });
  const params = { number: during.result.ticket as string };
  const ticket = await analystOfA.call(getTicket, { params });
  expect(ticket).toMatchObject({
    type: 'request',
    title: `Equipment (${number})`,
    description: 'What do you need?: Screen\nWhat for?: Mine is broken',
    requester: { name: 'Uma User' },
    can: { resolve: true, cancel: false },
  });
  await analystOfA.call(resolveTicket, { params, version: ticket.version, body: { resolution: 'A new screen' } });
  expect(await userOfA.call(getRequest, { params: { number } })).toMatchObject({
    phase: 'completed',
    tasks: [{ state: 'done' }],
  });
  const listed = await analystOfA.call(listTickets, { query: { type: 'request' } });
  expect(listed.items.map((item) => item.number)).toEqual([params.number]);
});

test('R6.3 what the provider’s analyst requests for a tenant is watched by them, who cannot be its requester', async () => {
  const { analyst, analystOfA, a } = forest;
  const { number } = await analyst.call(createRequest, { body: { ...body, tenant: a.slug } });
  await runJobs();
  const { result } = await analyst.call(getRequest, { params: { number } });
  const ticket = await analystOfA.call(getTicket, { params: { number: result.ticket as string } });
  expect(ticket).toMatchObject({ tenant: { slug: a.slug }, requester: null, watchers: [{ name: 'Petra Provider' }] });
});

test('R4.4 the desk’s part of a new tenant is done once, and its queue receives the first ticket', async () => {
  const { world, b, userOfB, analystOfB } = forest;
  const principal = { kind: 'job', membershipId: world.administrator.membershipId as string } as const;
  for (let i = 0; i < 2; i++) await world.db.as(principal, (tx) => prepareDesk(tx, b.owner));
  const { number } = await userOfB.call(createRequest, { body });
  await runJobs();
  const { result } = await userOfB.call(getRequest, { params: { number } });
  expect(result.ticket).toBe('AL12-1');
  expect(await analystOfB.call(getTicket, { params: { number: 'AL12-1' } })).toMatchObject({
    group: { name: 'Service desk' },
  });
});
