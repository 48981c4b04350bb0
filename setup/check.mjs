import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNode } from './child.mjs';
import { root } from './place.mjs';
import { say } from './say.mjs';

/** In the order of how soon they answer; all of them run, so that one look tells everything. */
const checks = [
  ['format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']],
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['what nobody uses', ['node_modules/knip/bin/knip.js']],
  ['generated files are current', ['src/generate.ts', '--check']],
];

export async function perform(node) {
  const failed = [];
  for (const [name, args] of checks) {
    if (!existsSync(join(root, args[0]))) throw new Error(`${args[0]} is missing`);
    if ((await runNode(node, args)) !== 0) failed.push(name);
  }
  say(failed.length ? `Not in order: ${failed.join(', ')}.` : `In order: ${checks.map(([name]) => name).join(', ')}.`);
  return failed.length ? 1 : 0;
}
