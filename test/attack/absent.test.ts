import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { signIn } from '../../src/identity/sessions/sessions.api.ts';
import * as tools from '../attacks.tools.ts';
import { type Cast, openCast } from '../cast.ts';
import { Client } from '../client.ts';
import { examples } from '../examples/all.ts';
import type { ExampleCall } from '../examples/example.ts';
import { distributionsOf } from './distributions.ts';
import { withStatements } from './statements.ts';

// R5.4: what somebody may not read takes the same steps as what was never there: the same answer to the byte, the same statements
// in the same order, the same hashing. How long it takes is printed by `npm run attack -- --timing`, and never asserted.

const hashing = vi.hoisted(() => ({ steps: 0 }));
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  const counted = <A extends unknown[], R>(work: (...sent: A) => R) => {
    return (...sent: A): R => {
      hashing.steps++;
      return work(...sent);
    };
  };
  return { ...real, hash: counted(real.hash), verify: counted(real.verify) };
});

const rounds = Number(process.env.ATTACK_TIMING ?? 0);

let cast: Cast;
beforeAll(async () => {
  cast = await openCast();
});
afterAll(() => cast.world.close());

/** What an answer can be told apart by, and what was done for it. */
async function stepsOf(client: Client, name: string, input: ExampleCall) {
  const before = hashing.steps;
  const { result, statements } = await withStatements(() => tools.tryExample(client, name, input));
  return { answer: tools.seen(result), statements, hashed: hashing.steps - before, status: result.status };
}

/** An identifier of the same form that nothing has. */
function absentLike(value: string): string {
  if (/^[0-9a-f]{8}-/.test(value)) return tools.uuid;
  return /^[A-Z0-9]+-/.test(value) ? value.replace(/^[A-Z0-9]+-(\D*).*$/, 'ZZZ9-$1999999') : 'there-is-none';
}

function absentInput(input: ExampleCall): ExampleCall {
  const params = Object.entries(input.params ?? {}).map(([key, value]) => [key, absentLike(value ?? '')]);
  return { ...input, params: Object.fromEntries(params) };
}

const named = tools.names.filter((name) => name.includes('/:') && !examples[name]?.own && !examples[name]?.public);
test.each(named)('T-10 R5.4 %s takes the same steps for a foreign record and for none', async (name) => {
  const input = await tools.callOn(cast, cast.b, name);
  // The first call of a kind may look things up that later ones know.
  await tools.tryExample(cast.a.administrator, name, absentInput(input));
  const foreign = await stepsOf(cast.a.administrator, name, input);
  const nothing = await stepsOf(cast.a.administrator, name, absentInput(input));
  expect(foreign.statements.length).toBeGreaterThan(0);
  expect(foreign).toEqual(nothing);
});

test('T-10 R5.4 steps that differ are seen to differ', async () => {
  const own = await tools.callOn(cast, cast.a, 'GET /tickets/:number');
  const seen = await stepsOf(cast.a.administrator, 'GET /tickets/:number', own);
  const nothing = await stepsOf(cast.a.administrator, 'GET /tickets/:number', absentInput(own));
  expect([seen.status, nothing.status]).toEqual([200, 404]);
  expect(seen.statements).not.toEqual(nothing.statements);
});

test('T-10 R5.10 an unknown name and a wrong password take the same steps', async () => {
  const attempt = (userName: string) => ({
    body: { userName, password: 'a password that nobody has' },
    address: '203.0.113.7',
  });
  const steps = async (userName: string) => {
    await cast.world.sql('delete from identity.sign_in_attempts');
    const before = hashing.steps;
    const { result, statements } = await withStatements(() =>
      new Client(cast.world.server).try(signIn, attempt(userName)),
    );
    return { answer: tools.seen(result as never), statements, hashed: hashing.steps - before };
  };
  const known = `${cast.a.administrator.userName}@${cast.a.tenant.slug}`;
  await steps('somebody else');
  const right = await steps(known);
  expect(right.hashed).toBe(1);
  expect(await steps(`nobody.at.all@${cast.a.tenant.slug}`)).toEqual(right);
  expect(await steps('nobody@there-is-none')).toEqual(right);
});

const timed = [
  'GET /tickets/:number',
  'PATCH /tickets/:number',
  'GET /people/:id',
  'GET /categories/:id',
  'GET /roles/:id',
];
if (rounds)
  test('how long foreign and absent take', { timeout: 0 }, async () => {
    for (const name of timed) {
      const input = await tools.callOn(cast, cast.b, name);
      const ask = (one: ExampleCall) => () => tools.tryExample(cast.a.administrator, name, one);
      await say(name, ask(input), ask(absentInput(input)));
    }
    const known = `${cast.a.administrator.userName}@${cast.a.tenant.slug}`;
    const ask = (userName: string) => () =>
      new Client(cast.world.server).try(signIn, { body: { userName, password: 'a password that nobody has' } });
    const forget = () => cast.world.sql('delete from identity.sign_in_attempts');
    await say('POST /session', ask(known), ask(`nobody@${cast.a.tenant.slug}`), forget);
  });

/** The two take turns, each first as often as the other: what else the machine does falls on both. */
async function say(
  name: string,
  foreign: () => Promise<unknown>,
  absent: () => Promise<unknown>,
  between: () => Promise<unknown> = async () => {},
): Promise<void> {
  const taken: Record<'foreign' | 'absent', number[]> = { foreign: [], absent: [] };
  for (let round = -20; round < rounds; round++) {
    for (const which of round % 2 ? (['foreign', 'absent'] as const) : (['absent', 'foreign'] as const)) {
      await between();
      const began = performance.now();
      await (which === 'foreign' ? foreign : absent)();
      if (round >= 0) taken[which].push(performance.now() - began);
    }
  }
  process.stdout.write(`${name}\n${distributionsOf(taken.foreign, taken.absent)}\n`);
}
