import { runNode } from './child.mjs';

/** With file filters: one quick run on the embedded PostgreSQL, for work in progress. */
export async function perform(node, args) {
  return runNode(node, ['node_modules/vitest/vitest.mjs', 'run', ...args]);
}
