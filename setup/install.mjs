import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { root } from './place.mjs';
import { Refused, say } from './say.mjs';

/** Installs what package-lock.json names, unless it is there already; npm's own note in node_modules says what is. */
export function ensureModules() {
  const missing = missingModules();
  if (!missing) return;
  say(`Installing the dependencies (npm ci): ${missing}. This takes a minute and needs the network.`);
  npm(
    ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--no-update-notifier', '--loglevel=error'],
    root,
    'The dependencies could not be installed (npm ci): see the lines above, mend it, and start again.',
  );
}

export function npm(args, cwd, refusal) {
  const { status } = spawnSync('npm', args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], env: plainEnvironment() });
  if (status !== 0) throw new Refused(refusal);
}

/** Without what the outer npm told this script: an inner npm would take it for its own options. */
function plainEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/.test(name),
  );
  return Object.fromEntries(kept);
}

function missingModules() {
  const note = `${root}/node_modules/.package-lock.json`;
  if (!existsSync(note)) return 'nothing is installed yet';
  const wanted = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')).packages;
  const present = JSON.parse(readFileSync(note, 'utf8')).packages;
  for (const [path, { version, optional, peer }] of Object.entries(wanted)) {
    if (path === '' || optional || peer) continue;
    if (present[path]?.version !== version) return `${path.replace(/^.*node_modules\//, '')} ${version} is missing`;
  }
  // What another branch installed and this one does not know would hide a missing line in package.json.
  const extra = Object.keys(present).find((path) => !wanted[path]);
  return extra ? `${extra.replace(/^.*node_modules\//, '')} is no longer used` : null;
}
