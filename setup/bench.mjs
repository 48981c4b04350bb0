import { runNode } from './child.mjs';
import { Refused } from './say.mjs';
import { ensureWeb } from './web.mjs';

const usage = `npm run bench                     everything, at 50,000 tenants and 1,000,000 tickets
npm run bench -- --quick          short rounds at 1,000 tenants and 100,000 tickets, about 3 minutes
npm run bench -- --size small     the greatest forest of this run: small, middle or large
npm run bench -- floor reaches    those cases alone whose name holds a word`;

/** Measures the program beside the limit (docs/performance.md): makes its own installations, prints a table, keeps it. */
export async function perform(node, args) {
  const known = args.every((arg) => /^(--quick|--size|[a-z-]+)$/.test(arg));
  if (!known || args.includes('help')) throw new Refused(usage);
  ensureWeb(node);
  return runNode(node, ['bench/run.ts', ...args]);
}
