import { runNode } from './child.mjs';
import { memoryOptions } from './memory.mjs';
import { ensureWeb } from './web.mjs';

export async function perform(node, args) {
  ensureWeb(node);
  return runNode(node, [...memoryOptions(), 'src/main.ts', ...args], { channel: true, watchParent: true });
}
