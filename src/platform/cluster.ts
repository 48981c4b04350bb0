import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Account } from './account.ts';
import { StartRefusal } from './migrate.ts';

/** One PostgreSQL server of ours: its files, and whom it runs as. */
export interface Cluster {
  /** The folder of `postgres` and `initdb`. */
  bin: string;
  /** Holds the data (`pgdata`), the log and the password file; mode 0700, of the account. */
  home: string;
  /** Where the Unix socket is made; short, because a socket's path has about 100 bytes. */
  sockets: string;
  account: Account | undefined;
}

export interface RunningCluster {
  /** Stops it as PostgreSQL likes it best: connections end, everything is written. */
  stop(): Promise<void>;
  /** Fulfilled when the server is gone, wanted or not. */
  readonly gone: Promise<void>;
}

const run = promisify(execFile);
export const superuser = 'postgres';
/** PostgreSQL's own locale, so that every machine sorts alike; since 17. */
export const embeddedLocale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];

export function superuserConfig(cluster: Cluster, password: string): pg.ClientConfig {
  return { host: cluster.sockets, port: 5432, user: superuser, password, database: 'postgres' };
}

/** Makes the files of a new cluster. */
export async function initCluster(cluster: Cluster, password: string, options: string[] = []): Promise<void> {
  const passwords = join(cluster.home, `password-${randomBytes(4).toString('hex')}`);
  await writeFile(passwords, password, { mode: 0o600 });
  if (cluster.account) await chown(passwords, cluster.account.uid, cluster.account.gid);
  // Half-made data would look like a cluster to the next start: it gets its name when it is whole.
  const unfinished = join(cluster.home, 'pgdata.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  const auth = ['--auth=scram-sha-256', `--pwfile=${passwords}`, `--username=${superuser}`];
  try {
    await run(
      join(cluster.bin, 'initdb'),
      ['-D', unfinished, '--encoding=UTF8', ...auth, ...options],
      surroundings(cluster),
    );
    await rename(unfinished, join(cluster.home, 'pgdata'));
  } finally {
    await rm(passwords, { force: true });
  }
}

/**
 * Starts the server and waits until it answers. Right after a kill the old server's lock or shared memory may still be
 * there, so a server that ends at once is tried again with growing pauses.
 */
export async function startCluster(
  cluster: Cluster,
  password: string,
  settings: Record<string, string>,
): Promise<RunningCluster> {
  for (let wait = 100; ; wait *= 2) {
    await stopOrphan(cluster);
    const server = await spawnServer(cluster, settings);
    if (await answers(server, superuserConfig(cluster, password))) return running(server);
    if (wait > 5000)
      throw new StartRefusal(
        `PostgreSQL does not start, see ${join(cluster.home, 'postgresql.log')}: ${await lastLines(cluster)}`,
      );
    await pause(wait);
  }
}

async function spawnServer(cluster: Cluster, settings: Record<string, string>): Promise<ChildProcess> {
  await mkdir(cluster.sockets, { recursive: true, mode: 0o700 });
  const { uid } = await stat(cluster.sockets);
  const allowed = [cluster.account?.uid, process.getuid?.()];
  if (!allowed.includes(uid)) throw new StartRefusal(`The folder ${cluster.sockets} is somebody else’s: remove it.`);
  if (cluster.account) await chown(cluster.sockets, cluster.account.uid, cluster.account.gid);
  const all: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: cluster.sockets,
    unix_socket_permissions: '0700',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The details of an error can hold values of records, which do not belong into a log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(join(cluster.home, 'postgresql.log'), 'a', 0o600);
  if (cluster.account) await log.chown(cluster.account.uid, cluster.account.gid);
  // A process group of its own: Ctrl-C in the terminal must not end the database before the requests.
  const server = spawn(join(cluster.bin, 'postgres'), ['-D', join(cluster.home, 'pgdata'), '-p', '5432', ...args], {
    ...surroundings(cluster),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  await new Promise<void>((resolve, reject) => server.once('spawn', resolve).once('error', reject));
  await log.close();
  return server;
}

function surroundings(cluster: Cluster) {
  return { ...cluster.account, cwd: cluster.home, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } };
}

async function answers(server: ChildProcess, config: pg.ClientConfig): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    const client = new pg.Client({ ...config, connectionTimeoutMillis: 5000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      const { code } = error as { code?: string };
      // A wrong password does not become right by waiting.
      if (code === '28P01') {
        server.kill('SIGINT');
        throw error;
      }
      await pause(30);
    }
  }
  return false;
}

function running(server: ChildProcess): RunningCluster {
  const gone = new Promise<void>((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    else server.once('exit', () => resolve());
  });
  return {
    gone,
    async stop() {
      server.kill('SIGINT');
      const late = setTimeout(() => server.kill('SIGQUIT'), 20_000);
      await gone;
      clearTimeout(late);
    },
  };
}

/** Ends the server that a killed program has left behind on this data; a process that took over its number is not touched. */
export async function stopOrphan(cluster: Cluster): Promise<void> {
  const data = join(cluster.home, 'pgdata');
  const pid = await pidOfServer(data);
  if (!pid) return;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    for (let tries = 0; tries < 100; tries++) {
      if (!(await isServer(pid, data))) return;
      if (tries === 0) signalTo(pid, signal);
      await pause(50);
    }
  }
}

async function pidOfServer(data: string): Promise<number> {
  const content = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(content.split('\n')[0]) || 0;
}

async function isServer(pid: number, data: string): Promise<boolean> {
  const command =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      : await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(
          ({ stdout }) => stdout,
          () => '',
        );
  return command.includes('postgres') && command.includes(data);
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in this instant.
  }
}

async function lastLines(cluster: Cluster): Promise<string> {
  const log = await readFile(join(cluster.home, 'postgresql.log'), 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-3).join(' / ');
}
