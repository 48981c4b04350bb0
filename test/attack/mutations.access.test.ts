import { expect, test } from 'vitest';
import { createServer } from '../../src/platform/server.ts';
import { routes } from '../../src/solution.ts';
import { callOn, endpointsByName, tryExample } from '../attacks.tools.ts';
import { openCast } from '../cast.ts';
import { Client } from '../client.ts';

test('T-40 whichever endpoint is opened to every member, a role without functions notices', {
  timeout: 0,
}, async () => {
  const cast = await openCast();
  try {
    const wide = routes.map((route) => ({ ...route, endpoint: { ...route.endpoint, access: 'member' as const } }));
    const server = await createServer({ db: cast.world.db, routes: wide, logLevel: 'silent' });
    const { cookie, membershipId } = cast.b.idle;
    const opened = new Client(server, { cookie, membershipId });
    const survivors: string[] = [];
    const held: string[] = [];
    const guarded = [...endpointsByName].filter(([, { access }]) => access.includes('.')).map(([name]) => name);
    for (const name of guarded) {
      const input = await callOn(cast, cast.b, name);
      const refusals = [await tryExample(cast.b.idle, name, input), await tryExample(opened, name, input)];
      const [right, wrong] = refusals.map(({ body }) => String(body?.type).endsWith(':not-allowed'));
      if (!right) survivors.push(name);
      // Behind the door the domain asks for the function again.
      else if (wrong) held.push(name);
    }
    await server.close();
    process.stdout.write(
      `${guarded.length} endpoints opened, ${guarded.length - survivors.length - held.length} found by a call, refused all the same: ${held.join(', ')}\n`,
    );
    expect(survivors).toEqual([]);
  } finally {
    await cast.world.close();
  }
});
