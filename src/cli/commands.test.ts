import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptyDatabase } from '../../test/database.ts';
import { StormProgram, stormPassword } from '../../test/storm.program.ts';
import { addressOf } from './connection.ts';

// The commands as they are typed, on a real program and beside it.

// Each command is a whole start, on machines that do other things, too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let folder: string;
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let empty: Awaited<ReturnType<typeof emptyDatabase>>;
let program: StormProgram;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenantry-commands-'));
  [database, empty] = [await emptyDatabase(), await emptyDatabase()];
  program = await StormProgram.make(database.url);
  await program.start();
  await program.signIn();
});
afterAll(async () => {
  await program.stop();
  await database.close();
  await empty.close();
  await rm(folder, { recursive: true, force: true });
});

/** @returns what it said and how it ended. */
function run(url: string, args: string[], more: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, DATABASE_URL: url, DATA_DIR: folder, PORT: String(program.port), ...more };
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, ['src/cli/main.ts', ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

test('a token that is made at the command line opens the API', async () => {
  const { code, out } = await run(database.url, ['--json', 'token', 'create', 'from the shell', '--days', '3']);
  expect(code).toBe(0);
  const { token } = JSON.parse(out) as { token: string };
  const me = await fetch(`http://127.0.0.1:${program.port}/api/v1/me`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(me.status).toBe(200);
  expect((await run(database.url, ['token', 'create', 'x', '--days', '0'])).err).toMatch(/^--days must be .*\n$/);
});

test('on a new installation a command says what is missing, in a sentence, also while a server of another one listens', async () => {
  const { code, err } = await run(empty.url, ['tenant', 'list']);
  expect(code).toBe(1);
  expect(err).toMatch(/^There is no installation in [^\n]+ yet: [^\n]+\n$/);
  for (const command of [
    ['doctor'],
    ['backup', join(folder, 'nothing')],
    ['admin', 'link'],
    ['token', 'create', 'x'],
  ]) {
    const answer = await run(empty.url, command);
    expect([answer.code, answer.out, answer.err]).toEqual([1, '', err]);
  }
});

test('R1.3 while multi-tenancy is off, tenant commands say so and where it is enabled; then they say what address they did not find', async () => {
  for (const command of [['list'], ['show', 'beta'], ['add', 'Beta']]) {
    const off = await run(database.url, ['tenant', ...command]);
    expect([off.code, off.out, off.err]).toEqual([
      1,
      '',
      expect.stringMatching(/^Multi-tenancy is off, .*enable.*\n$/),
    ]);
  }
  const spanish = await run(database.url, ['tenant', 'list'], { LANG: 'es_ES.UTF-8' });
  expect(spanish.err).toMatch(/^Multicliente está desactivado .*\n$/);
  expect((await run(database.url, ['multitenancy', 'enable', '--provider', 'Northwind'])).code).toBe(0);
  const added = await run(database.url, ['tenant', 'add', 'Beta Corp', '--key', 'BETA', '--address', 'beta']);
  expect(added.out).toMatch(/^Beta Corp: address beta, key BETA, active \(.*\)\n$/);
  for (const command of [
    ['add', 'Below', '--parent', 'Beta Corp'],
    ['show', 'Beta Corp'],
  ]) {
    const { code, err } = await run(database.url, ['tenant', ...command]);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^There is no tenant with the address “Beta Corp” here\. .*\n$/),
    ]);
  }
});

test('the running server is found at every form of address that it may listen on', () => {
  const at = (host: string) => addressOf({ host, port: 81 });
  expect(['127.0.0.1', '0.0.0.0', '::', '::1', 'desk.example'].map(at)).toEqual([
    'http://127.0.0.1:81',
    'http://127.0.0.1:81',
    'http://[::1]:81',
    'http://[::1]:81',
    'http://desk.example:81',
  ]);
});

test('the demonstration fills a new installation, and says who can sign in; a second time it is refused', async () => {
  const admin = { ADMIN_USER: 'dana', ADMIN_PASSWORD: stormPassword };
  const { code, out, err } = await run(empty.url, ['demo'], admin);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/self-service-user|Self-Service User/);
  expect(out.match(/\/link#/g)?.length).toBeGreaterThan(3);
  expect(out).toMatch(/dana@meridian-services .*\/sign-in/);
  expect(out).toContain('paula@meridian-services');
  const again = await run(empty.url, ['demo'], admin);
  expect([again.code, again.err]).toEqual([1, expect.stringMatching(/^This installation is in use: .*\n$/)]);
});
