import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../test/world.ts';
import { createRequest, getRequest } from '../../catalog/requests/requests.api.ts';
import { addCategory } from '../categories/categories.api.ts';
import { addComment, listComments, listHistory } from './comments.api.ts';
import * as api from './tickets.api.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Until it is completed, or waits for the ticket that it has become. */
async function request(offering: string, values: object) {
  const { number } = await world.administrator.call(createRequest, { body: { offering, values: values as never } });
  for (;;) {
    const now = await world.administrator.call(getRequest, { params: { number } });
    if (now.phase === 'completed' || now.tasks.some((task) => task.state !== 'waiting' && task.state !== 'done'))
      return now;
    await new Promise((done) => setTimeout(done, 10));
  }
}

test('R1.6 what was made before multi-tenancy is the provider’s afterwards, whole, and is found under its number', async () => {
  const { administrator } = world;
  const category = await administrator.call(addCategory, { body: { name: 'Early' } });
  const made = await administrator.call(api.createTicket, {
    body: { title: 'Before the walls', category: category.id, assignee: administrator.contactId },
  });
  const params = { number: made.number };
  await administrator.call(addComment, { params, body: { text: 'Said early', audience: 'public' } });
  await administrator.call(api.watchTicket, { params });
  const asked = await request('equipment', { what: 'screen', reason: 'Early' });
  expect(asked).toMatchObject({ phase: 'fulfillment' });
  expect(await request('multi-tenancy', { state: 'on', providerName: 'Northwind' })).toMatchObject({
    phase: 'completed',
  });
  const after = await administrator.call(api.getTicket, { params });
  expect(after).toMatchObject({
    number: made.number,
    tenant: { name: 'Northwind' },
    category: { name: 'Early' },
    watching: true,
    can: { resolve: true },
  });
  expect((await administrator.call(listComments, { params })).items.map((item) => item.text)).toEqual(['Said early']);
  expect((await administrator.call(listHistory, { params })).items).toHaveLength(1);
  const found = await administrator.call(api.listTickets, {
    query: { text: 'walls', tenant: after.tenant?.slug as string },
  });
  expect(found.items.map((item) => item.number)).toEqual([made.number]);
  const fulfilling = { number: asked.result.ticket as string };
  const ticket = await administrator.call(api.getTicket, { params: fulfilling });
  await administrator.call(api.resolveTicket, {
    params: fulfilling,
    version: ticket.version,
    body: { resolution: 'Late' },
  });
  expect(await administrator.call(getRequest, { params: { number: asked.number } })).toMatchObject({
    phase: 'completed',
  });
});

test('R1.8 R6.6 while it is off again, a ticket for another tenant’s person is its maker’s, and a crossing', async () => {
  const { administrator } = world;
  const tenant = await world.tenant({ name: 'Alpha' });
  const user = await world.person({ tenant, role: 'self-service-user', name: 'Uma User' });
  // By SQL: what disabling asks and shows is tenancy's own affair.
  await world.sql(`update tenancy.solution set multi_tenancy = 'off'`);
  const made = await administrator.call(api.createTicket, { body: { title: 'Across', requester: user.contactId } });
  expect(made).toMatchObject({ tenant: null, requester: { name: 'Uma User' } });
  expect(await world.sql('select owner_id, target_owner_id from tenancy.reference_pairs where irregular')).toEqual([
    { owner_id: 3, target_owner_id: tenant.owner },
  ]);
  expect((await user.call(api.listTickets)).items.map((item) => item.title)).toEqual(['Across']);
});
