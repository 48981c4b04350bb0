// What the first pages weigh, as a browser that has nothing yet gets them: `npm run check` fails when one has grown too much.
// The same is measured in a browser by `npm run bench -- first`; this is the part of it that a build decides.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';
import { say } from './say.mjs';
import { ensureWeb } from './web.mjs';

const most = 250_000;
/** Of each answer, as measured: nearly all of it is the content security policy. */
const headers = 950;
/** What is no file of the build, as measured for 50 tickets: page and icon, who one is, the organization, the list, with room. */
const answers = 16_000;

ensureWeb(process.execPath);
const pages = JSON.parse(readFileSync(join(root, 'dist', 'first-pages.json'), 'utf8'));
for (const [page, files] of Object.entries(pages)) {
  const weight = files.map(weightOf).reduce((sum, size) => sum + size, answers);
  const kilobytes = `${Math.round(weight / 1000)} of ${most / 1000} kB`;
  if (weight <= most) continue;
  process.exitCode = 1;
  const largest = files.map((file) => [weightOf(file), file]).sort(([one], [other]) => other - one);
  say(`The first page (${page}) has grown too heavy: ${kilobytes}. What takes most of it, in bytes:`);
  for (const [size, file] of largest.slice(0, 8)) say(`${String(size).padStart(8)}  ${file}`);
  say('Load later what its first view does not show (src/ui/later.tsx), or find who imports it.');
}

function weightOf(file) {
  const path = join(root, 'dist', file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size + headers;
}
