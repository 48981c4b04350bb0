import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  constants,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Account, accountFor, reaches } from './account.ts';
import { embeddedBinaries, rootsPlace } from './binaries.ts';
import {
  type Cluster,
  embeddedLocale,
  initCluster,
  type RunningCluster,
  startCluster,
  superuserConfig,
} from './cluster.ts';
import { FolderInUse, lockFolder } from './lock.ts';
import { passwordFrom } from './logins.ts';
import { StartRefusal } from './migrate.ts';
import { lacksStorage, watchStorage } from './storage.ts';

export interface EmbeddedDatabase {
  /** The owning login, which is no superuser: the same terms as on any other server. */
  owner: pg.ClientConfig;
  secret: string;
  /** Another program keeps it, and may still be starting it. */
  borrowed: boolean;
  stop(): Promise<void>;
}

export interface EmbeddedSettings {
  dataDir: string;
  say: (line: string) => void;
  /** The server ended and could not be started again. */
  onFailure: (error: unknown) => void;
}

const database = 'tenantry';

/** Starts the PostgreSQL that comes with the program, on files in the data folder; makes them at the first start. */
export async function startEmbedded(settings: EmbeddedSettings): Promise<EmbeddedDatabase> {
  const { dataDir, say, onFailure } = settings;
  await prepareDataFolder(dataDir);
  const account = await accountOf(dataDir);
  const home = await homeOf(dataDir, account, say);
  const unlock = await lockFolder(home, dataDir);
  try {
    const bin = await embeddedBinaries(account, home);
    if (!bin) {
      throw new StartRefusal(
        `There is no embedded database for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
      );
    }
    const cluster: Cluster = { bin, home, sockets: socketsOf(home), account };
    const made = await exists(join(home, 'pgdata', 'PG_VERSION'));
    const secret = await readSecret(dataDir, made);
    const password = passwordFrom(secret, 'superuser');
    if (!made) {
      say('Making the database (once).');
      await initCluster(cluster, password, embeddedLocale);
    }
    await refuseOtherVersion(cluster);
    await keepLogSmall(home);
    const server = await keepRunning(cluster, password, onFailure);
    const unwatch = watchStorage(home);
    const owner = await ensureDatabase(superuserConfig(cluster, password), passwordFrom(secret, 'owner')).catch(
      (error) => server.stop().then(() => Promise.reject(error)),
    );
    return { owner, secret, borrowed: false, stop: () => server.stop().finally(unwatch).finally(unlock) };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** The embedded database of a program that may be running: for the command line beside it. Starts it when it is not. */
export async function borrowEmbedded({
  until = 0,
  ...settings
}: EmbeddedSettings & { until?: number }): Promise<EmbeddedDatabase> {
  try {
    return await startEmbedded(settings);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const home = await realpath(join(settings.dataDir, 'postgresql'));
    // A first start takes the folder before it makes the secret.
    while (!(await exists(join(settings.dataDir, 'secret'))) && Date.now() < until) await pause(100);
    const secret = await readSecret(settings.dataDir, true);
    const owner = {
      host: socketsOf(home),
      port: 5432,
      user: `${database}_owner`,
      password: passwordFrom(secret, 'owner'),
      database,
    };
    return { owner, secret, borrowed: true, stop: async () => {} };
  }
}

/** Whether an earlier start has made a database in this folder. A folder that is closed to us may hold one. */
export async function holdsInstallation(dataDir: string): Promise<boolean> {
  return readdir(dataDir).then(
    (names) => names.includes('postgresql'),
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT',
  );
}

/** Of the files that are there; else of the data folder, for the first start. */
async function accountOf(dataDir: string): Promise<Account | undefined> {
  const home = join(dataDir, 'postgresql');
  return accountFor((await exists(home)) ? home : dataDir);
}

/** The installation's secret, from which the passwords of its logins follow. Losing it after the first start is refused. */
export async function readSecret(dataDir: string, needed: boolean): Promise<string> {
  const path = join(dataDir, 'secret');
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw notWritable(dataDir, error);
    return '';
  });
  if (kept) return kept.trim();
  if (needed) {
    throw new StartRefusal(`The file ${path} is missing, without which the database cannot be opened: put it back.`);
  }
  const secret = randomBytes(32).toString('base64url');
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${secret}\n`, { mode: 0o600 }).catch((error) => {
    throw notWritable(dataDir, error);
  });
  const { uid, gid } = await stat(dataDir);
  if (process.getuid?.() === 0) await chown(draft, uid, gid);
  await rename(draft, path);
  return secret;
}

/** Exists, can be written by us, and is closed to everybody else. */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    await refuseForeignFolder(dataDir);
    const { mode } = await stat(dataDir);
    if ((mode & 0o067) !== 0) await chmod(dataDir, mode & 0o710);
  } catch (error) {
    throw error instanceof StartRefusal ? error : notWritable(dataDir, error);
  }
}

/** A folder of other things must not be closed to those whom they belong to. */
async function refuseForeignFolder(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name !== 'lost+found');
  if (names.length === 0 || names.includes('secret') || names.includes('postgresql')) return;
  throw new StartRefusal(
    `The folder ${dataDir} holds other files: set DATA_DIR to an empty folder, or to one that need not exist.`,
  );
}

/** With its parents. Node's own way of doing this never ends where the system makes the folders, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await exists(folder)) return;
  if (!(await exists(dirname(folder)))) await makeFolder(dirname(folder));
  await mkdir(folder, { mode: 0o700 });
}

function notWritable(dataDir: string, error: unknown): StartRefusal {
  const { code } = error as NodeJS.ErrnoException;
  return new StartRefusal(
    `The folder ${dataDir} cannot be written by this user (${code}): give it to the user, or set DATA_DIR to another folder.`,
  );
}

/**
 * Where the database's files are: below the data folder, or, where root's clone lies in a folder that is closed to the
 * account of the database, in a place of root's that is not. A link in the data folder leads there.
 */
async function homeOf(dataDir: string, account: Account | undefined, say: (line: string) => void): Promise<string> {
  const inside = join(dataDir, 'postgresql');
  const linked = await readlink(inside).catch(() => null);
  if (linked) return makeHome(linked, account);
  if (!account) return makeHome(inside, account);
  // Where the data folder is root's, the account's group may pass through it, not read it.
  const { uid } = await stat(dataDir);
  if (uid === 0) {
    await chown(dataDir, 0, account.gid);
    await chmod(dataDir, 0o710);
  }
  const before = await exists(inside);
  await makeHome(inside, account);
  if (before || reaches(account, inside)) return inside;
  await rm(inside, { recursive: true });
  if (uid === 0) await chmod(dataDir, 0o700);
  // A name that was never used: files of a clone that is gone would be opened with another secret.
  const outside = join(rootsPlace, randomBytes(6).toString('hex'));
  say(`The database runs as another user, whom ${dataDir} is closed to: its files go to ${outside}.`);
  await makeHome(outside, account);
  await symlink(outside, inside);
  return outside;
}

async function makeHome(home: string, account: Account | undefined): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o755 });
  await chmod(home, 0o700);
  if (account) await chown(home, account.uid, account.gid);
  return home;
}

/** Short enough for the path of a socket, wherever the data is. */
function socketsOf(home: string): string {
  const inside = join(home, 'socket');
  if (inside.length < 80) return inside;
  return join(
    tmpdir().length < 60 ? tmpdir() : '/tmp',
    `tenantry-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`,
  );
}

async function refuseOtherVersion(cluster: Cluster): Promise<void> {
  const version = (await readFile(join(cluster.home, 'pgdata', 'PG_VERSION'), 'utf8')).trim();
  if (version === '18') return;
  throw new StartRefusal(
    `The database in ${cluster.home} is PostgreSQL ${version}, and this program comes with 18: back up with the program that made it, and restore here.`,
  );
}

async function keepLogSmall(home: string): Promise<void> {
  const log = join(home, 'postgresql.log');
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 5_000_000) await rename(log, `${log}.1`);
}

/**
 * A server that ends unasked is started again; the program's connections come back by themselves. Where it has no room, it is
 * tried until there is some: whoever asks meanwhile is told so.
 */
async function keepRunning(
  cluster: Cluster,
  password: string,
  onFailure: (error: unknown) => void,
): Promise<Pick<RunningCluster, 'stop'>> {
  const settings = { max_connections: '200', shared_buffers: '128MB' };
  let stopping = false;
  let server = await startCluster(cluster, password, settings);
  const watch = () => {
    void server.gone
      .then(async () => {
        for (let next: RunningCluster | null = null; !next && !stopping; ) {
          next = await startCluster(cluster, password, settings).catch(unlessFull);
          if (next) server = next;
        }
        if (stopping) await server.stop();
        else watch();
      })
      .catch(onFailure);
  };
  watch();
  return {
    stop: () => {
      stopping = true;
      return server.stop();
    },
  };
}

async function unlessFull(error: unknown): Promise<null> {
  if (!lacksStorage()) throw error;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return null;
}

async function ensureDatabase(superuser: pg.ClientConfig, password: string): Promise<pg.ClientConfig> {
  const user = `${database}_owner`;
  const client = new pg.Client(superuser);
  await client.connect();
  try {
    const { rowCount: role } = await client.query('select from pg_roles where rolname = $1', [user]);
    if (!role) await client.query(`create role ${user} login createrole password ${client.escapeLiteral(password)}`);
    const { rowCount: made } = await client.query('select from pg_database where datname = $1', [database]);
    if (!made) await client.query(`create database ${database} owner ${user}`);
    await client.query(`revoke all on database ${database}, postgres from public`);
  } finally {
    await client.end();
  }
  return { ...superuser, user, password, database };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
