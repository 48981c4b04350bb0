import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseRefusal } from './database.errors.ts';
import { StartRefusal } from './migrate.ts';
import { startRefusalOf, watchStorage } from './storage.ts';

let folder: string;
let unwatch = () => {};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenantry-storage-'));
});
afterEach(async () => {
  unwatch();
  await rm(folder, { recursive: true, force: true });
});

/** As PostgreSQL ends the connections of a server whose journal could not grow, and as the driver says that it is away. */
const away = [
  Object.assign(new Error('terminating connection because of crash'), { code: '57P02' }),
  Object.assign(new Error('the database system is in recovery mode'), { code: '57P03' }),
  Object.assign(new Error('connect ENOENT /socket'), { code: 'ENOENT', syscall: 'connect' }),
];

test('a database that is away because its disk is full answers 507, otherwise 503', () => {
  const told = () => away.map((error) => databaseRefusal(error)).map((refusal) => (refusal as { type?: string }).type);
  expect(told()).toEqual(['stopping', 'stopping', 'stopping']);
  unwatch = watchStorage(folder, 0);
  expect(told()).toEqual(['stopping', 'stopping', 'stopping']);
  unwatch = watchStorage(folder, Number.POSITIVE_INFINITY);
  expect(told()).toEqual(['storage-full', 'storage-full', 'storage-full']);
  expect(databaseRefusal(Object.assign(new Error('no room'), { code: '53100' }))).toMatchObject({
    type: 'storage-full',
  });
});

test.each([
  ['a file of ours', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })],
  ['a migration', new Error('0001_platform.sql line 4: could not extend file: No space left on device')],
  ['initdb', Object.assign(new Error('Command failed'), { stderr: 'initdb: error: No space left on device' })],
  ['a statement', Object.assign(new Error('no room'), { code: '53100' })],
  ['the server', new StartRefusal('PostgreSQL does not start, see the log: FATAL: No space left on device')],
])('a start that has no room for %s is refused with one sentence', (_what, error) => {
  expect(startRefusalOf(error)?.message).toMatch(/^The disk is full: make room .*\.$/);
});

test('other refusals are told as they are, and what is no refusal is none', () => {
  const refusal = new StartRefusal('The port is taken.');
  expect(startRefusalOf(refusal)).toBe(refusal);
  expect(startRefusalOf(new Error('a bug'))).toBeNull();
});
