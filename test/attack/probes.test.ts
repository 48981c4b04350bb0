import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSeedbed, type Seedbed } from './installation.ts';
import { endpointsByName, Tally } from './probing.ts';
import { type Failure, runForest, shrink, steps } from './running.ts';

// A random forest of tenants, roles of every reach, people, records and changes; every answer is compared with what
// model.ts, written from the rules alone, says it must be. `npm run attack -- --probes 1000000 --seed 7` for as many as wanted.

const wanted = Number(process.env.ATTACK_PROBES ?? 3000);
const seed = Number(process.env.ATTACK_SEED ?? 1);
const replayed = process.env.ATTACK_STEPS?.split(',').map(Number);
/** Over at least 200 forests where there are as many as a million. */
const atOnce = 3;
const perForest = Math.min(5000, Math.max(750, Math.ceil(wanted / 200)));

let seedbed: Seedbed;
beforeAll(async () => {
  seedbed = await makeSeedbed();
});
afterAll(() => seedbed.close());

test('every endpoint has a step that asks it', () => {
  expect(Object.keys(steps).sort()).toEqual([...endpointsByName.keys()].sort());
});

test('R1 R3 R5 R6 R7 R9 every answer is what the rules say, whatever was done before', { timeout: 0 }, async () => {
  const tally = new Tally();
  const began = Date.now();
  const forests = replayed
    ? [Number(process.env.ATTACK_FOREST)]
    : Array.from({ length: Math.ceil(wanted / perForest) }, (_none, n) => n);
  let told = began;
  let failed: Failure | null = null;
  // Several at once: while the database works for one, the program works for another.
  const work = async () => {
    for (let number = forests.shift(); number !== undefined && !failed; number = forests.shift()) {
      const own = new Tally(tally);
      const endless = Array.from({ length: perForest * 3 }, (_none, at) => at);
      const isDone = () => own.probes >= perForest && !replayed;
      const ended = await runForest(seedbed, own, seed, number, replayed ?? endless, isDone);
      // Not `??= await`: that would look before the wait, and forget what another has found meanwhile.
      failed ??= ended;
      if (Date.now() - told < 10_000) continue;
      told = Date.now();
      say(tally, began, told);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failed) {
    // Told before it is made shorter, which can take minutes.
    process.stdout.write(`seed ${seed}, forest ${(failed as Failure).forest}: ${(failed as Failure).message}\n`);
    const least = replayed ? (failed as Failure) : await shrink(seedbed, failed, new Tally());
    const replay = `npm run attack -- --seed ${seed} --forest ${least.forest} --steps ${least.steps.join(',')}`;
    expect.fail(`${least.message}\n\nagain: ${replay}`);
  }
  say(tally, began, Date.now());
  if (!replayed) expectSpread(tally);
});

function say({ probes, writes }: Tally, began: number, now: number): void {
  const seconds = (now - began) / 1000;
  const share = Math.round((100 * writes) / probes);
  process.stdout.write(
    `${probes} probes, ${share} % of them writes, in ${Math.round(seconds)} s: ${Math.round(probes / seconds)} a second\n`,
  );
}

/** What is never asked is never found. */
function expectSpread(tally: Tally): void {
  expect(tally.writes / tally.probes, 'share of writes').toBeGreaterThanOrEqual(0.25);
  const asked = [...endpointsByName.keys()].map(
    (name) => [name, (tally.endpoints.get(name) ?? 0) / tally.probes] as const,
  );
  if (process.env.ATTACK_PROBES) printGrid(tally, asked);
  // Short forests are planted more than they are asked.
  const least = perForest >= 2500 ? 0.005 : wanted >= 50_000 ? 0.004 : 0;
  expect(
    asked.filter(([, share]) => share <= least || share < least).map(([name]) => name),
    'asked too little',
  ).toEqual([]);
  const empty = cells().filter((cell) => !tally.cells.has(cell));
  if (wanted >= 50_000) expect(empty, 'cells that nothing fell into').toEqual([]);
}

/** All of them can be asked: what does not exist in a state of the switch, or for a reach, is refused, and that is compared. */
function cells(): string[] {
  const reaches = ['all', 'tenant', 'group', 'own', 'subtenants', 'supertenants', 'related'];
  const operations: Record<string, string[]> = {
    untenanted: ['read', 'write'],
    required: ['list', 'read', 'write'],
    optional: ['list', 'read', 'write'],
    public: ['list', 'read', 'write'],
    provider: ['list', 'read', 'write'],
    personal: ['list', 'read', 'write'],
  };
  return reaches.flatMap((reach) =>
    Object.entries(operations).flatMap(([kind, of]) =>
      of.flatMap((operation) => ['on', 'setup', 'off'].map((state) => `${reach} ${kind} ${operation} ${state}`)),
    ),
  );
}

function printGrid(tally: Tally, asked: readonly (readonly [string, number])[]): void {
  const lines = cells().map((cell) => `  ${cell}: ${tally.cells.get(cell) ?? 0}`);
  const shares = asked.map(([name, share]) => `  ${(share * 100).toFixed(2)} % ${name}`);
  process.stdout.write(`reach, class, operation, switch:\n${lines.join('\n')}\nendpoints:\n${shares.join('\n')}\n`);
}
