import { openInstallation, type Seedbed } from './installation.ts';
import { takeInventory } from './inventory.ts';
import { deskSteps, type Step } from './operations.desk.ts';
import { identitySteps, reshape } from './operations.identity.ts';
import { moveSteps } from './operations.moves.ts';
import { ownSteps } from './operations.own.ts';
import { agreeWithTenant, lifeOfTenant, tenancySteps, turnSwitch } from './operations.tenancy.ts';
import { endpointsByName, Forest, type Tally } from './probing.ts';
import { Random } from './random.ts';

export const steps: Record<string, Step> = {
  ...deskSteps,
  ...moveSteps,
  ...identitySteps,
  ...tenancySteps,
  ...ownSteps,
};

/** What changes the ground under everybody, so often among a hundred steps. */
const structural: [Step, number][] = [
  [reshape, 6],
  [tenancySteps['PUT /tenants/:slug/parent'] as Step, 2.5],
  [lifeOfTenant, 1.2],
  [agreeWithTenant, 0.8],
  [turnSwitch, 0.8],
];
/** Made more often than once in a hundred steps: without records there is nothing to see. */
const makers = [
  'POST /tickets',
  'POST /tickets',
  'POST /requests',
  'POST /categories',
  'POST /locations',
  'POST /assignment-groups',
  'POST /tenant-groups',
];
const planting = 150;

export interface Failure {
  seed: number;
  forest: number;
  steps: number[];
  message: string;
}

/** Step `at` of a forest: which it is, and everything in it, comes from seed, forest and number alone. */
export async function take(forest: Forest, seed: number, number: number, at: number): Promise<void> {
  forest.random = new Random(seed, number, at);
  const { random } = forest;
  if (at < planting) {
    const plants: Step[] = [reshape, reshape, tenancySteps['PUT /tenants/:slug/parent'] as Step];
    return random.of([...plants, ...makers.map((name) => steps[name] as Step)])(forest);
  }
  const drawn = random.next() * 100;
  let sum = 0;
  for (const [step, share] of structural) {
    sum += share;
    if (drawn < sum) return step(forest);
  }
  if (drawn < sum + 4) return (steps[random.of(makers)] as Step)(forest);
  // Every endpoint has its turn, in another order each round; a step that finds nothing to ask looks again.
  const names = new Random(seed, number, Math.floor(at / endpointsByName.size)).shuffled(endpointsByName.keys());
  const step = steps[names[at % names.length] as string] as Step;
  for (let before = forest.tally.probes, tries = 0; tries < 6 && forest.tally.probes === before; tries++)
    await step(forest);
}

/** Runs the steps of one forest in a clone of the seedbed. @returns what failed, if anything did. */
export async function runForest(
  seedbed: Seedbed,
  tally: Tally,
  seed: number,
  number: number,
  wanted: Iterable<number>,
  enough: () => boolean = () => false,
): Promise<Failure | null> {
  const installation = await openInstallation(seedbed.template, number % 2 === 1);
  const done: number[] = [];
  try {
    const forest = new Forest(installation, seedbed, tally);
    await takeInventory(forest);
    for (const at of wanted) {
      if (enough()) break;
      done.push(at);
      try {
        await take(forest, seed, number, at);
      } catch (error) {
        return { seed, forest: number, steps: done, message: (error as Error).stack ?? String(error) };
      }
    }
    return null;
  } finally {
    await installation.close();
  }
}

/** Drops steps while it still fails, larger pieces first. */
export async function shrink(seedbed: Seedbed, failure: Failure, tally: Tally, tries = 60): Promise<Failure> {
  let best = failure;
  for (
    let piece = Math.ceil(best.steps.length / 2);
    piece >= 1 && tries > 0;
    piece = piece === 1 ? 0 : Math.ceil(piece / 2)
  ) {
    for (let from = 0; from < best.steps.length - 1 && tries > 0; ) {
      const fewer = [...best.steps.slice(0, from), ...best.steps.slice(Math.min(from + piece, best.steps.length - 1))];
      tries--;
      const still =
        fewer.length < best.steps.length ? await runForest(seedbed, tally, best.seed, best.forest, fewer) : null;
      if (still && kindOf(still) === kindOf(failure)) best = still;
      else from += piece;
    }
  }
  return best;
}

/** The same endpoint and the same kind of difference: not another failure that a shorter sequence runs into. */
function kindOf({ message }: Failure): string {
  return message.slice(0, 60).replace(/[{"].*/s, '');
}
