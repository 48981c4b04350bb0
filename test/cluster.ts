import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { accountFor, reaches } from '../src/platform/account.ts';
import { embeddedBinaries } from '../src/platform/binaries.ts';
import {
  type Cluster,
  embeddedLocale,
  initCluster,
  startCluster,
  stopOrphan,
  superuserConfig,
} from '../src/platform/cluster.ts';
import { ensureLogins } from '../src/platform/logins.ts';
import { migrate } from '../src/platform/migrate.ts';
import { queues } from '../src/solution.ts';

/** What a test file needs to clone its own database. */
export interface TestCluster {
  sockets: string;
  prefix: string;
  owner: { user: string; password: string };
  app: { user: string; password: string };
  /** Who may become anybody: only for breaking walls inside a transaction that serves calls (test/attack/held.ts). */
  superuser: { user: string; password: string };
  template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    clusters: TestCluster[];
  }
}

const run = promisify(execFile);
const secret = 'of tests';
const prefix = 'tenantry';
const template = 'tenantry';

/**
 * Once a run: for each worker a private server in a temporary folder, with the migrated database that its test files clone.
 * Files that run at once share none, because the audit is not sealed while a transaction is open anywhere on a server.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const base = await reachableTemporary();
  await removeOrphans(base);
  const started = await Promise.all(Array.from({ length: project.config.maxWorkers }, () => start(base)));
  project.provide(
    'clusters',
    started.map(({ told }) => told),
  );
  return async () => {
    await Promise.all(started.map(({ stop }) => stop()));
  };
}

async function start(base: string): Promise<{ told: TestCluster; stop(): Promise<void> }> {
  const cluster = await makeCluster(base);
  const server = await startCluster(cluster, secret, {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '200',
  });
  const superConfig = superuserConfig(cluster, secret);
  const owner = { ...superConfig, user: `${prefix}_owner`, password: secret, database: template };
  const client = new pg.Client(superConfig);
  await client.connect();
  // What an administrator gives on a server of theirs; `createdb` is for the tests alone.
  await client.query(`create role ${prefix}_owner login createrole createdb password '${secret}'`);
  await client.query(`create database ${template} owner ${prefix}_owner`);
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  await client.end();
  const app = await ensureLogins(owner, prefix, secret);
  await migrate({
    owner,
    appLogin: app.user as string,
    prefix,
    folder: new URL('../db/migrations/', import.meta.url),
    queues: queues.map(({ name }) => name),
  });
  process.stdout.write(`PostgreSQL ${rows[0]?.version}\n`);
  const told = {
    sockets: cluster.sockets,
    prefix,
    template,
    owner: { user: owner.user, password: owner.password },
    app: { user: app.user as string, password: app.password as string },
    superuser: { user: superConfig.user as string, password: secret },
  };
  const stop = async () => {
    await server.stop();
    await rm(cluster.home, { recursive: true, force: true });
  };
  return { told, stop };
}

async function makeCluster(base: string): Promise<Cluster> {
  const account = await accountFor(base);
  const home = await mkdtemp(join(base, 'tenantry-test-'));
  await writeFile(join(home, 'run.pid'), String(process.pid));
  if (account) await chown(home, account.uid, account.gid);
  const debian = process.env.TEST_POSTGRES === '15';
  const bin = debian ? '/usr/lib/postgresql/15/bin' : await embeddedBinaries(account, home);
  if (!bin) throw new Error(`There is no embedded PostgreSQL for ${process.platform} on ${process.arch}.`);
  const cluster = { bin, home, sockets: join(home, 's'), account };
  await copyOrMakeData(cluster, debian ? '15' : '18');
  return cluster;
}

/** Making a cluster takes over a second, copying one a tenth of it: the first run's data is kept for the others. */
async function copyOrMakeData(cluster: Cluster, version: string): Promise<void> {
  const uid = cluster.account?.uid ?? process.getuid?.() ?? 0;
  const kept = fileURLToPath(new URL(`../node_modules/.cache/tenantry/cluster-${version}-${uid}`, import.meta.url));
  const data = join(cluster.home, 'pgdata');
  if (
    await run('cp', ['-a', kept, data]).then(
      () => true,
      () => false,
    )
  )
    return;
  await rm(data, { recursive: true, force: true });
  const options = version === '15' ? ['--locale=C.UTF-8'] : embeddedLocale;
  await initCluster(cluster, secret, ['--no-sync', ...options]);
  const unfinished = `${kept}.${basename(cluster.home)}`;
  await mkdir(dirname(kept), { recursive: true });
  await run('cp', ['-a', data, unfinished]);
  await rename(unfinished, kept).catch(() => rm(unfinished, { recursive: true, force: true }));
}

/** The place for temporary files, or /tmp where root's own is closed to the account that the server runs as. */
async function reachableTemporary(): Promise<string> {
  const account = await accountFor(tmpdir());
  return reaches(account, tmpdir()) ? tmpdir() : '/tmp';
}

/** A killed run leaves its server and its folder. */
async function removeOrphans(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.startsWith('tenantry-test-')) continue;
    const home = join(base, name);
    const pid = Number(await readFile(join(home, 'run.pid'), 'utf8').catch(() => ''));
    if (!pid || isAlive(pid)) continue;
    await stopOrphan({ bin: '', home, sockets: '', account: undefined });
    await rm(home, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
