import { runNode } from './child.mjs';
import { memoryOptions } from './memory.mjs';
import { perform as start } from './start.mjs';

export async function perform(node, args) {
  // The only command that serves pages, which may not be built yet.
  if (args.length === 1 && args[0] === 'start') return start(node, []);
  return runNode(node, [...memoryOptions(), 'src/cli/main.ts', ...args]);
}
