import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequest, getRequest } from '../../src/catalog/requests/requests.api.ts';
import { quoted } from '../../src/platform/roles.ts';
import { type Forest, planForest, type Size } from '../generator/forest.ts';
import { loadForest } from '../generator/installation.ts';
import { signInAs } from './caller.ts';
import { type Cluster, makeDatabase } from './cluster.ts';
import { startTenantry } from './program.ts';

export const administrator = { user: 'admin', password: 'a walk along the river at dawn' };
const provider = 'Meridian Services';
export const providerSlug = 'meridian-services';
const seed = 7;

export interface Prepared {
  database: string;
  forest: Forest;
}

/** An installation of this size: the one that was kept, or a new one. Migrations since then are applied by the program's start. */
export async function prepareInstallation(
  cluster: Cluster,
  size: Size,
  say: (line: string) => void,
): Promise<Prepared> {
  const database = `bench_${size.name}_${await fingerprint()}`;
  const [kept] = await cluster.superuser<{ until: string }>(
    `select shobj_description(oid, 'pg_database') as until from pg_database where datname = $1`,
    [database],
  );
  if (kept?.until) return { database, forest: planForest(size, seed, Number(kept.until)) };
  await dropOlder(cluster, size);
  const until = Date.now();
  const forest = planForest(size, seed, until);
  say(`preparing the ${size.name} installation: ${size.tenants} tenants, ${size.tickets} tickets (once)`);
  const begin = performance.now();
  await makeDatabase(cluster, database);
  await beginInstallation(cluster, database);
  await loadForest(cluster.owner(database), forest, (line) =>
    say(`  ${Math.round((performance.now() - begin) / 1000)} s: ${line}`),
  );
  await cluster.superuser(`comment on database ${quoted(database)} is '${until}'`);
  say(`  prepared in ${Math.round((performance.now() - begin) / 1000)} s`);
  return { database, forest };
}

/** What comes before the tenants is made by the program itself: administrator, provider, and the switch turned on. */
async function beginInstallation(cluster: Cluster, database: string): Promise<void> {
  const env = { ADMIN_USER: administrator.user, ADMIN_PASSWORD: administrator.password };
  const program = await startTenantry('preparing', cluster.url(database), env);
  try {
    const caller = await signInAs(program.port, administrator.user, administrator.password);
    const values = { state: 'on', providerName: provider };
    const { number } = await caller.call(createRequest, { body: { offering: 'multi-tenancy', values } });
    for (;;) {
      const { phase, stuck } = await caller.call(getRequest, { params: { number } });
      if (stuck) throw new Error('multi-tenancy could not be enabled');
      if (phase === 'completed') return;
      await new Promise((done) => setTimeout(done, 50));
    }
  } finally {
    await program.stop();
  }
}

/** Of another generator's making. */
async function dropOlder(cluster: Cluster, size: Size): Promise<void> {
  const older = await cluster.superuser<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [`bench_${size.name}_`],
  );
  for (const { datname } of older) await cluster.superuser(`drop database ${quoted(datname)} with (force)`);
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(String(seed));
  const folder = new URL('../generator/', import.meta.url);
  for (const name of (await readdir(folder)).sort())
    if (!name.endsWith('.test.ts')) hash.update(await readFile(new URL(name, folder)));
  return hash.digest('hex').slice(0, 6);
}
