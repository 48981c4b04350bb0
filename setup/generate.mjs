import { runNode } from './child.mjs';

export async function perform(node, args) {
  return runNode(node, ['src/generate.ts', ...args]);
}
