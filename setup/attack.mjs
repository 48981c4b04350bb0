import { runNode } from './child.mjs';
import { Refused } from './say.mjs';

const vitest = 'node_modules/vitest/vitest.mjs';
/** Options that take a number or a list, and what they are called for the tests. */
const variables = { probes: 'ATTACK_PROBES', seed: 'ATTACK_SEED', forest: 'ATTACK_FOREST', steps: 'ATTACK_STEPS' };
const usage = `npm run attack                                the whole suite, in its short form
npm run attack -- --probes 1000000 --seed 7   so many random probes
npm run attack -- --seed 7 --forest 3 --steps 12,40   a failure again, as it was printed
npm run attack -- --mutate                    one wall broken at a time: what finds it?
npm run attack -- --mutate --wall desk.tickets   those of one table
npm run attack -- --timing                    how long foreign and absent records take`;

/** The attack suite (SECURITY.md): without options all of it in short, with one the part that it names. */
export async function perform(node, args) {
  const env = {};
  const files = new Set();
  for (let at = 0; at < args.length; at++) {
    const name = args[at].replace(/^--/, '');
    if (name in variables && /^[\d,]+$/.test(args[at + 1] ?? '')) {
      env[variables[name]] = args[++at];
      files.add('test/attack/probes');
    } else if (name === 'mutate') {
      env.ATTACK_MUTATE = 'all';
      files.add('test/attack/mutations');
    } else if (name === 'timing') {
      env.ATTACK_TIMING = '400';
      files.add('test/attack/absent');
    } else if (name === 'wall' && /^[a-z_.]+$/.test(args[at + 1] ?? '')) {
      env.ATTACK_WALL = args[++at];
    } else throw new Refused(usage);
  }
  if (env.ATTACK_STEPS && !env.ATTACK_FOREST) throw new Refused(usage);
  const chosen = files.size
    ? [...files]
    : ['test/attack', 'test/attacks', 'test/endpoints', 'test/schema', 'test/walls'];
  return runNode(node, [vitest, 'run', ...chosen], { env });
}
