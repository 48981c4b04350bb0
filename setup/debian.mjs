import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { say } from './say.mjs';

export const postgres15 = {
  path: () => firstThatExists(['/usr/lib/postgresql/15/bin/postgres']),
  remedy: 'install postgresql-15',
};

export const chromium = {
  path: () =>
    firstThatExists([
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ]),
  remedy: 'install chromium',
};

/** On Debian, and as root, what the tests need beside npm's packages is installed; elsewhere the rest of them runs. */
export function ensureSystemPackages() {
  const missing = [];
  if (!postgres15.path()) missing.push('postgresql-15');
  if (!chromium.path()) missing.push('chromium', 'fonts-dejavu-core');
  if (!missing.length || process.getuid?.() !== 0 || !isDebian()) return;
  say(`Installing for the tests, from Debian: ${missing.join(', ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-q', '-y', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  apt('update');
  apt('install', '--no-install-recommends', ...missing);
}

function isDebian() {
  const about = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(_LIKE)?=.*debian/m.test(about) && existsSync('/usr/bin/apt-get');
}

function firstThatExists(paths) {
  return paths.find((path) => existsSync(path));
}
