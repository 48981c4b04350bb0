import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../test/world.ts';
import { createRequest } from '../catalog/requests/requests.api.ts';
import { createTicket } from '../desk/tickets/tickets.api.ts';
import { signOut } from '../identity/sessions/sessions.api.ts';

let world: World;
let address: string;
let alpha: WorldTenant;
let beta: WorldTenant;
beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
  await world.server.listen({ port: 0, host: '127.0.0.1' });
  address = `http://127.0.0.1:${(world.server.server.address() as AddressInfo).port}`;
});
afterAll(() => world.close());

/** What a person hears, until the stream ends. */
async function listen(person: WorldPerson, memberships = [person.membershipId]) {
  const response = await fetch(`${address}/api/v1/live?memberships=${memberships.join(',')}`, {
    headers: { cookie: `tenantry_session=${person.cookie}` },
  });
  const heard: string[] = [];
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard.push(
        ...new TextDecoder()
          .decode(value)
          .split('\n')
          .filter((line) => line.startsWith('data: ')),
      );
    }
  })().catch(() => {});
  return { status: response.status, heard, ended, stop: () => reader.cancel() };
}

const someTime = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 10_000 && !holds(); waited += 20) await someTime(20);
  expect(holds()).toBe(true);
}

test('R5.4 a change of another tenant is never heard, one’s own is, and neither with what changed', async () => {
  const [ana, ben] = [
    await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Ana' }),
    await world.person({ tenant: beta, role: 'tenant-analyst', name: 'Ben' }),
  ];
  const [ofAna, ofBen] = [await listen(ana), await listen(ben)];
  await ben.call(createTicket, { body: { title: 'Beta’s secret' } });
  await until(() => ofBen.heard.length > 0);
  await ana.call(createTicket, { body: { title: 'Alpha’s own' } });
  await until(() => ofAna.heard.length > 0);
  expect(ofAna.heard.concat(ofBen.heard).map((line) => Object.keys(JSON.parse(line.slice(6))))).toSatisfy(
    (all: string[][]) => all.every((keys) => keys.join() === 'membership,topic'),
  );
  expect(ofAna.heard.filter((line) => line.includes('tickets'))).toEqual([
    `data: ${JSON.stringify({ membership: ana.membershipId, topic: 'tickets' })}`,
  ]);
  await Promise.all([ofAna.stop(), ofBen.stop()]);
});

test('R5.1 nobody listens under a membership that is somebody else’s', async () => {
  const ana = await world.person({ tenant: alpha, role: 'tenant-analyst' });
  const ben = await world.person({ tenant: beta, role: 'tenant-analyst' });
  expect((await listen(ana, [ben.membershipId])).status).toBe(403);
  expect((await fetch(`${address}/api/v1/live?memberships=${ana.membershipId}`)).status).toBe(401);
});

test('T-30 a stream of a session that has ended ends at the next change', async () => {
  const ana = await world.person({ tenant: alpha, role: 'tenant-analyst' });
  const carl = await world.person({ tenant: alpha, role: 'tenant-analyst' });
  const stream = await listen(ana);
  await ana.call(signOut);
  await carl.call(createTicket, { body: { title: 'After she left' } });
  await stream.ended;
  // What made her and Carl may still be told when she arrives; what came after she left is not.
  expect(stream.heard.filter((line) => line.includes('tickets'))).toEqual([]);
});

test('R1.2 when a reach changes, the streams are cut and begin anew', async () => {
  const ana = await world.person({ tenant: alpha, role: 'tenant-analyst' });
  const stream = await listen(ana);
  const made = await world.administrator.call(createRequest, {
    body: { offering: 'manage-tenants', values: { action: 'deactivate', tenants: [beta.slug] } },
  });
  await world.settled(made.number);
  await stream.ended;
});

test('a browser that goes away while its stream opens leaves nothing behind that counts', async () => {
  const ana = await world.person({ tenant: alpha, role: 'tenant-analyst' });
  for (let tries = 0; tries < 30; tries++) {
    const leaving = new AbortController();
    const opening = fetch(`${address}/api/v1/live?memberships=${ana.membershipId}`, {
      headers: { cookie: `tenantry_session=${ana.cookie}` },
      signal: leaving.signal,
    }).catch(() => {});
    await someTime(tries % 6);
    leaving.abort();
    await opening;
  }
  await someTime(300);
  const stream = await listen(ana);
  expect(stream.status).toBe(200);
  await stream.stop();
});
