import { runNode } from './child.mjs';
import { say } from './say.mjs';

const biome = 'node_modules/@biomejs/biome/bin/biome';

/** In the order of how soon they answer; all of them run, so that one look tells everything. */
const checks = [
  ['format and lint', [biome, 'check', '--error-on-warnings']],
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['what nobody uses', ['node_modules/knip/bin/knip.js']],
  ['generated files are current', ['src/generate.ts', '--check']],
  ['weight of the first pages', ['setup/weight.mjs']],
];

/** With `--fix`, what Biome can mend is mended first. */
export async function perform(node, args) {
  if (args.includes('--fix')) await runNode(node, [biome, 'check', '--write', '--log-level=error']);
  const failed = [];
  for (const [name, command] of checks) {
    if ((await runNode(node, command)) !== 0) failed.push(name);
  }
  say(failed.length ? `Not in order: ${failed.join(', ')}.` : `In order: ${checks.map(([name]) => name).join(', ')}.`);
  return failed.length ? 1 : 0;
}
