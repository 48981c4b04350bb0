import { runNode } from './child.mjs';
import { say } from './say.mjs';

const web = '5173';

/** The program, started again at every change of it, and vite's server in front, which hands /api on to its port. */
export async function perform(node, args) {
  say(`The pages are at http://localhost:${web}, and follow every change.`);
  const program = runNode(node, ['--watch', '--watch-preserve-output', 'src/main.ts', '--without-pages'], {
    env: { PORT: '8080', PUBLIC_URL: `http://localhost:${web}` },
  });
  const vite = runNode(node, ['node_modules/vite/bin/vite.js', '--port', web, '--strictPort', ...args]);
  return Math.max(...(await Promise.all([program, vite])));
}
