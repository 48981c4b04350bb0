import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase } from '../test/database.ts';
import { type Config, readConfig } from './config.ts';
import { type Installation, openInstallation, refuseUnfit } from './installation.ts';
import { lockFolder } from './platform/lock.ts';
import { checkLogin } from './platform/logins.ts';
import { prepareSchema } from './program.ts';

const quiet = { say: () => {}, onFailure: () => {} };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenantry-installation-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function configFor(url: string): Config {
  return readConfig({ DATABASE_URL: url, DATA_DIR: join(folder, 'data') });
}

/** Runs on an empty database of another server, as DATABASE_URL names it. */
async function onForeign(
  work: (url: string, owner: pg.ClientConfig, open: () => Promise<Installation>) => Promise<void>,
) {
  const given = await emptyDatabase();
  try {
    await work(given.url, given.owner, () => openInstallation(configFor(given.url), quiet));
  } finally {
    await given.close();
  }
}

async function ask(config: pg.ClientConfig, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test('a database of another server gets the schema and a login of its own, and opens again', async () => {
  await onForeign(async (_url, owner, open) => {
    const first = await open();
    await prepareSchema(first, () => {});
    const said: string[] = [];
    const second = await open();
    await prepareSchema(second, (line) => said.push(line));
    expect(said).toEqual([]);
    expect(second.app).toEqual(first.app);
    expect(second.prefix).toMatch(/^tenantry_empty_/);
    expect(second.app.user).toBe(`${second.prefix}_app`);
    await ask(owner, `alter role "${second.app.user}" password 'another'`);
    await checkLogin((await open()).app);
  });
});

test('two installations on one server share no role', async () => {
  await onForeign(async (_url, _owner, open) => {
    const first = await open();
    await onForeign(async (_other, _otherOwner, openOther) => {
      const second = await openOther();
      expect(second.prefix).not.toBe(first.prefix);
      expect(second.app.user).not.toBe(first.app.user);
    });
  });
});

test('a login that owns, bypasses or inherits is refused with what to do', async () => {
  await onForeign(async (_url, owner, open) => {
    const installation = await open();
    await prepareSchema(installation, () => {});
    await ask(owner, `create table tenancy.stray (); grant "${installation.app.user}" to current_user`);
    await ask(
      owner,
      `grant create on schema tenancy to "${installation.app.user}"; alter table tenancy.stray owner to "${installation.app.user}"`,
    );
    await expect(checkLogin(installation.app)).rejects.toThrow(/owns parts of the database.*reassign owned/);
    await ask(owner, `drop owned by "${installation.app.user}"`);
    await ask(
      owner,
      `alter role "${installation.app.user}" inherit; revoke "${installation.prefix}_system" from "${installation.app.user}"`,
    );
    await ask(owner, `grant "${installation.prefix}_system" to "${installation.app.user}"`);
    await expect(checkLogin(installation.app)).rejects.toThrow(/inherits rights.*noinherit/);
  });
});

test('a database with the tables of another program is refused', async () => {
  await onForeign(async (_url, owner, open) => {
    await ask(owner, 'create table customers (name text)');
    await expect(prepareSchema(await open(), () => {})).rejects.toThrow(/tables of another program/);
  });
});

test('a schema newer than the program is refused', async () => {
  await onForeign(async (_url, owner, open) => {
    await prepareSchema(await open(), () => {});
    await ask(owner, `insert into platform.migrations (name, checksum) values ('9999_later.sql', 'x')`);
    await expect(prepareSchema(await open(), () => {})).rejects.toThrow(/newer version/);
  });
});

test('a server that is too old and a database of another encoding are refused with what to do', async () => {
  const old = { number: '140013', version: '14.13', encoding: 'UTF8' };
  expect(() => refuseUnfit(old)).toThrow(/^The database is PostgreSQL 14.13, and Tenantry needs 15 or newer: .*\.$/);
  expect(() => refuseUnfit({ ...old, number: '150000', version: '15.0' })).not.toThrow();
  await onForeign(async (url, owner) => {
    const database = `${owner.database}_latin1`;
    await ask(owner, `create database ${database} encoding 'LATIN1' locale 'C' template template0`);
    const attempt = openInstallation(configFor(url.replace(/[^/]+$/, database)), quiet);
    await expect(attempt).rejects.toThrow(/^The database’s encoding is LATIN1: make one with encoding 'UTF8'/);
    await ask(owner, `drop database ${database}`);
  });
});

test('looking at what is not there makes no installation', async () => {
  await onForeign(async (url, owner) => {
    const attempt = openInstallation(configFor(url), { ...quiet, existing: true });
    await expect(attempt).rejects.toThrow(/^There is no installation in the database of DATABASE_URL yet: .*\.$/);
    expect(await ask(owner, `select 1 from pg_roles where rolname like '${owner.database}%app'`)).toEqual([]);
  });
  const dataDir = join(folder, 'nothing');
  const attempt = openInstallation(readConfig({ DATA_DIR: dataDir }), { ...quiet, existing: true, beside: true });
  await expect(attempt).rejects.toThrow(/^There is no installation in the folder .*nothing yet: .*\.$/);
  await expect(stat(dataDir)).rejects.toThrow(/ENOENT/);
});

test('a wrong password and an absent server are refused without repeating the password', async () => {
  await onForeign(async (url) => {
    const wrong = url.replace(/:[^:@]+@/, ':hunter2@');
    const attempt = openInstallation(configFor(wrong), quiet);
    await expect(attempt).rejects.toThrow(/does not let us in/);
    await expect(attempt).rejects.not.toThrow(/hunter2/);
  });
});

test('a database that stays at its start is said to be starting, and DATABASE_URL is spoken of where it is set alone', async () => {
  const starting = createServer((socket) => {
    socket.once('data', () => socket.end(errorOf('57P03', 'the database system is starting up')));
    socket.on('error', () => {});
  });
  const dataDir = join(folder, 'starting');
  const home = join(dataDir, 'postgresql');
  await mkdir(join(home, 'socket'), { recursive: true });
  await writeFile(join(dataDir, 'secret'), 'secret');
  const unlock = await lockFolder(home, dataDir);
  const open = (url?: string) =>
    openInstallation(readConfig({ DATABASE_URL: url, DATA_DIR: dataDir }), {
      ...quiet,
      beside: true,
      existing: true,
      patience: 300,
    });
  // No socket yet, and one behind which a server recovers.
  await expect(open()).rejects.toThrow(`The embedded database in ${dataDir} is still starting: try again in a moment.`);
  starting.listen(join(home, 'socket', '.s.PGSQL.5432'));
  await expect(open()).rejects.toThrow(`The embedded database in ${dataDir} is still starting: try again in a moment.`);
  const host = encodeURIComponent(join(home, 'socket'));
  await expect(open(`postgres://u:p@${host}/db`)).rejects.toThrow('The database of DATABASE_URL is still starting');
  await new Promise((resolve) => starting.close(resolve));
  await unlock();
});

function errorOf(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
