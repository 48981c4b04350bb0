// What every npm script of this project begins with. It runs on the machine's own Node, before anything is installed.
import { ensureModules } from './install.mjs';
import { ensureNode, refuseOldNode } from './runtime.mjs';
import { Refused } from './say.mjs';

const commands = {
  start: () => import('./start.mjs'),
  dev: () => import('./dev.mjs'),
  test: () => import('./test.mjs'),
  attack: () => import('./attack.mjs'),
  bench: () => import('./bench.mjs'),
  check: () => import('./check.mjs'),
  generate: () => import('./generate.mjs'),
  tenantry: () => import('./tenantry.mjs'),
};

const [name, ...args] = process.argv.slice(2);
try {
  if (!commands[name])
    throw new Refused(`There is no command “${name}”: there are ${Object.keys(commands).join(', ')}.`);
  refuseOldNode();
  ensureModules();
  const node = ensureNode();
  const { perform } = await commands[name]();
  process.exitCode = await perform(node, args);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
