import { readFile } from 'node:fs/promises';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { describeSettings, readConfig, settingsTable } from './config.ts';

test('without any setting the program serves this machine alone from ./data', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataDir: `${process.cwd()}/data`,
    databaseUrl: null,
    publicUrl: 'http://localhost:8080',
    trustProxy: false,
    admin: null,
    logLevel: 'info',
    workers: 1,
    language: 'en',
  });
});

test('an empty setting is none', () => {
  expect(readConfig({ PORT: '', LOG_LEVEL: ' ' })).toEqual(readConfig({}));
});

test('workers are set by the environment, or for one start on its command line', () => {
  expect(readConfig({ WORKERS: '3' }).workers).toBe(3);
  expect(readConfig({ WORKERS: '3' }, ['--without-pages', '--workers', '2']).workers).toBe(2);
  expect(readConfig({}, ['--workers=4']).workers).toBe(4);
  expect(() => readConfig({}, ['--workers'])).toThrow(/WORKERS/);
});

test.each([
  ['PORT', 'http', /PORT is “http”, and must be a number from 1 to 65535/],
  ['PORT', '70000', /PORT/],
  ['HOST', 'a b', /HOST/],
  ['DATABASE_URL', 'mysql://root:secret@localhost/x', /^DATABASE_URL must be postgres:\/\/[^ ]+$/],
  ['DATABASE_URL', 'postgres://me:secret@localhost/', /name of a database/],
  ['PUBLIC_URL', 'desk.example.com', /PUBLIC_URL/],
  ['PUBLIC_URL', 'https://example.com/desk', /without a path/],
  ['TRUST_PROXY', 'everybody', /TRUST_PROXY/],
  ['TRUST_PROXY', '1', /TRUST_PROXY/],
  ['TRUST_PROXY', '10.0.0.2, 999.1.1.1', /TRUST_PROXY/],
  ['TRUST_PROXY', '10.0.0.0/33', /TRUST_PROXY/],
  ['WORKERS', '0', /WORKERS is “0”, and must be a number from 1 to 16/],
  ['WORKERS', 'many', /WORKERS/],
  ['LOG_LEVEL', 'loud', /one of fatal, error/],
  ['ADMIN_USER', 'ana', /without ADMIN_PASSWORD/],
  ['ADMIN_PASSWORD', 'long enough, this one', /without ADMIN_USER/],
])('%s=%s is refused with one sentence that says what to set', (name, value, sentence) => {
  const attempt = () => readConfig({ [name]: value });
  expect(attempt).toThrow(sentence);
  expect(attempt).not.toThrow(/secret/);
});

test.each(['none', 'loopback', '10.0.0.2, 192.168.1.0/24', 'fd00::/8,::1'])('TRUST_PROXY=%s is taken', (value) => {
  const { trustProxy } = readConfig({ TRUST_PROXY: value });
  expect(() => Fastify({ trustProxy })).not.toThrow();
});

test('a description of the settings repeats no secret', () => {
  const described = describeSettings({ DATABASE_URL: 'postgres://me:secret@localhost/x', ADMIN_PASSWORD: 'secret' });
  expect(JSON.stringify(described)).not.toContain('secret');
});

test('the table in docs/operations.md is the one of the program', async () => {
  expect(await readFile(new URL('../docs/operations.md', import.meta.url), 'utf8')).toContain(settingsTable());
});
