import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../test/world.ts';
import { createTicket, listTickets } from './tickets.api.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('smoke', async () => {
  const ticket = await world.administrator.call(createTicket, { body: { title: 'Impresora rota' } });
  console.log(ticket);
  console.log(await world.administrator.call(listTickets, { query: { text: 'impresoras' } }));
  await world.enable();
  const a = await world.tenant({ name: 'Alpha' });
  const analyst = await world.person({ tenant: a, role: 'tenant-analyst' });
  const user = await world.person({ tenant: a, role: 'self-service-user' });
  const mine = await user.call(createTicket, { body: { title: 'Mine' } });
  console.log(mine.can, mine.number);
  console.log(
    (await analyst.call(listTickets)).items.map((t) => t.number),
    (await world.administrator.call(listTickets)).items.map((t) => [t.number, t.tenant]),
  );
});
