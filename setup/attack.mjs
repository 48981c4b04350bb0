import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './child.mjs';
import { root } from './place.mjs';
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
  if (files.size) return runNode(node, [vitest, 'run', ...files], { env });
  const everywhere = ['test/attack', 'test/attacks', 'test/endpoints', 'test/schema', 'test/walls'];
  const failed = await runNode(node, [vitest, 'run', ...everywhere], { env });
  // Attacks on one feature stand beside it: of those files, what bears the number of an attack.
  const beside = await runNode(node, [vitest, 'run', '-t', 'T-\\d\\d', ...featuresAttacked()], { env });
  return failed || beside;
}

function featuresAttacked() {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join('src', path))
    .filter((path) => /^\s*test.*\bT-\d\d/m.test(readFileSync(join(root, path), 'utf8')));
}
