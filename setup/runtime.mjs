import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { npm } from './install.mjs';
import { root } from './place.mjs';
import { Refused, say } from './say.mjs';

/** The first that runs TypeScript as it is. */
const needed = [22, 18];
/** A hidden folder of node_modules: npm leaves it alone, but for `npm ci`, which empties everything. */
const folder = `${root}/node_modules/.node`;

export function refuseOldNode() {
  if (isAtLeast(process.versions.node, [20, 19])) return;
  throw new Refused(
    `Tenantry needs Node 20.19 or newer, and this is ${process.versions.node}: install a newer one (nodejs.org) and start again.`,
  );
}

/** The Node that runs everything but these set-up scripts: the machine's, or one fetched where that is too old. */
export function ensureNode() {
  if (isAtLeast(process.versions.node, needed)) return process.execPath;
  const wanted = JSON.parse(readFileSync(`${root}/setup/node/package.json`, 'utf8')).optionalDependencies;
  const name = `node-${process.platform}-${process.arch}`;
  const version = wanted[name];
  if (!version) {
    throw new Refused(
      `Tenantry runs on Node ${needed.join('.')} or newer, and there is none to fetch for ${process.platform} on ${process.arch}: install it (nodejs.org) and start again.`,
    );
  }
  const binary = `${folder}/node_modules/${name}/bin/node`;
  if (existsSync(binary) && versionOf(binary) === version) return binary;
  say(`This machine has Node ${process.versions.node}; fetching Node ${version} into node_modules (once, 45 MB).`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // With its lock file, so that npm compares what arrives with the checksum that is committed here.
  for (const file of ['package.json', 'package-lock.json']) cpSync(`${root}/setup/node/${file}`, `${folder}/${file}`);
  const refusal = `Node ${version} could not be fetched: see the lines above, or install Node ${needed.join('.')} or newer, and start again.`;
  npm(
    [
      'ci',
      '--ignore-scripts',
      '--no-fund',
      '--no-audit',
      '--no-update-notifier',
      '--loglevel=error',
      '--include=optional',
    ],
    folder,
    refusal,
  );
  if (versionOf(binary) !== version) throw new Refused(refusal);
  return binary;
}

/** The environment for children, in which `node` is the one that fits. */
export function withNode(node, extra = {}) {
  return { ...process.env, ...extra, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
}

function versionOf(binary) {
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return stdout?.trim().replace(/^v/, '');
}

function isAtLeast(version, [major, minor]) {
  const [ours, oursMinor] = version.split('.').map(Number);
  return ours > major || (ours === major && oursMinor >= minor);
}
