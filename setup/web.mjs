import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './place.mjs';
import { withNode } from './runtime.mjs';
import { Refused, say } from './say.mjs';

const note = join(root, 'dist', '.sources');

/** Builds what the browser gets into dist/, when the sources are not those that it was built from. */
export function ensureWeb(node) {
  const sources = fingerprint();
  if (existsSync(note) && readFileSync(note, 'utf8') === sources) return;
  say('Building the web application (once for each version of the sources).');
  const { status, stderr } = spawnSync(node, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: withNode(node, { NODE_ENV: 'production' }),
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Refused(`${stderr}\nThe web application could not be built: see the lines above.`);
  writeFileSync(note, sources);
}

/** Over everything that can get into the build; the server's own files are few beside it and not worth telling apart. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const path of ['package-lock.json', 'vite.config.ts', 'src']) add(hash, join(root, path));
  return hash.digest('hex');
}

function add(hash, path) {
  if (!existsSync(path)) return;
  const entries = readdirSafely(path);
  if (!entries) {
    if (/\.test\.tsx?$/.test(path)) return;
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
    return;
  }
  for (const name of entries.sort()) add(hash, join(path, name));
}

function readdirSafely(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}
