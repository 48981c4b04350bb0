import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { openWorld } from '../../test/world.ts';

test('a server that ends waits for no connection that was opened ahead and never used', async () => {
  const world = await openWorld();
  await world.server.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((world.server.server.address() as AddressInfo).port, '127.0.0.1');
  await new Promise((connected) => socket.once('connect', connected));
  const ended = new Promise<string>((end) => socket.once('close', () => end('ended')));
  const late = new Promise<string>((give) => setTimeout(give, 20_000, 'still waiting').unref());
  const closed = world.close();
  expect(await Promise.race([Promise.all([ended, closed]).then(() => 'closed'), late])).toBe('closed');
});
