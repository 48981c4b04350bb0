import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { StartRefusal } from './platform/migrate.ts';

/** What can be set from outside. This file is the only one that reads the environment. */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  /** Of the owning login; null: the embedded database. */
  databaseUrl: string | null;
  /** Without a slash at its end. */
  publicUrl: string;
  trustProxy: string | false;
  /** The first administrator, for an installation without questions. */
  admin: { user: string; password: string } | null;
  logLevel: LogLevel;
  /** Processes that share the port; with one there is no primary beside it. */
  workers: number;
  /** Of the command line, by the usual variables of the system. */
  language: 'en' | 'es';
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Setting {
  name: string;
  /** In words for the documentation. */
  standard: string;
  meaning: string;
  /** Its value is never printed. */
  secret?: boolean;
}

/** The table of `tenantry doctor` and of docs/operations.md. */
export const settings: readonly Setting[] = [
  { name: 'PORT', standard: '8080', meaning: 'The port of the web application and the API.' },
  {
    name: 'HOST',
    standard: '127.0.0.1',
    meaning: 'The address to listen on; 0.0.0.0 for all. Behind a proxy on the same machine the standard is right.',
  },
  {
    name: 'DATA_DIR',
    standard: './data',
    meaning: 'The folder for the embedded database and the installation’s secret. Nobody else may read it.',
  },
  {
    name: 'DATABASE_URL',
    standard: 'the embedded PostgreSQL',
    meaning: 'postgres://… of the login that owns the database (PostgreSQL 15 or newer) and may create roles.',
    secret: true,
  },
  {
    name: 'PUBLIC_URL',
    standard: 'http://localhost:PORT',
    meaning: 'The address that people use, for links and cookies: with https, cookies travel over TLS only.',
  },
  {
    name: 'TRUST_PROXY',
    standard: 'none',
    meaning: 'Addresses or networks of proxies (with commas) whose X-Forwarded-For is believed.',
  },
  {
    name: 'ADMIN_USER',
    standard: 'none: whoever opens the one-time address that the start prints',
    meaning: 'The user name of the first administrator; used by the first start alone, together with ADMIN_PASSWORD.',
  },
  { name: 'ADMIN_PASSWORD', standard: 'none', meaning: 'The first administrator’s password.', secret: true },
  {
    name: 'WORKERS',
    standard: '1',
    meaning:
      'How many processes answer on the port (1 to 16), or `npm start -- --workers N`. One for each core that is free.',
  },
  { name: 'LOG_LEVEL', standard: 'info', meaning: `What is logged at least: ${logLevels.join(', ')}.` },
];

type Environment = Record<string, string | undefined>;

/** Throws a StartRefusal, one sentence that says what to do, at the first setting that is wrong. `args` go before the environment. */
export function readConfig(environment: Environment = process.env, args: readonly string[] = []): Config {
  // An empty setting is none: `PORT= npm start` and an empty line in a file of settings mean the standard.
  const given = (name: string) => environment[name]?.trim() || undefined;
  const port = readPort(given('PORT') ?? '8080');
  return {
    port,
    host: readHost(given('HOST') ?? '127.0.0.1'),
    dataDir: resolve(given('DATA_DIR') ?? 'data'),
    databaseUrl: readDatabaseUrl(given('DATABASE_URL')),
    publicUrl: readPublicUrl(given('PUBLIC_URL') ?? `http://localhost:${port}`),
    trustProxy: readTrustProxy(given('TRUST_PROXY') ?? 'none'),
    admin: readAdmin(given('ADMIN_USER'), environment.ADMIN_PASSWORD || undefined),
    logLevel: readLogLevel(given('LOG_LEVEL') ?? 'info'),
    workers: readWorkers(argumentOf(args, '--workers') ?? given('WORKERS') ?? '1'),
    language: /^es/i.test(given('LC_ALL') ?? given('LC_MESSAGES') ?? given('LANG') ?? '') ? 'es' : 'en',
  };
}

/** The settings as they are now, for people; secrets are only said to be set. */
export function describeSettings(environment: Environment = process.env): { name: string; value: string }[] {
  return settings.map(({ name, standard, secret }) => {
    const value = environment[name]?.trim();
    return { name, value: value ? (secret ? '(set)' : value) : `${standard} (standard)` };
  });
}

/** The settings as a Markdown table. */
export function settingsTable(): string {
  const rows = settings.map(({ name, standard, meaning }) => `| \`${name}\` | ${standard} | ${meaning} |`);
  return ['| setting | standard | meaning |', '|---|---|---|', ...rows].join('\n');
}

function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65535) refuse('PORT', value, 'a number from 1 to 65535');
  return port;
}

/** `--workers 4` or `--workers=4`; one that says nothing is wrong, too. */
function argumentOf(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return undefined;
  return args[at] === name ? (args[at + 1] ?? '') : (args[at] as string).slice(name.length + 1);
}

function readWorkers(value: string): number {
  const workers = Number(value);
  if (!/^\d+$/.test(value) || workers < 1 || workers > 16) refuse('WORKERS', value, 'a number from 1 to 16');
  return workers;
}

function readHost(value: string): string {
  if (!/^[\w.:%-]+$/.test(value)) refuse('HOST', value, 'an address of this machine such as 127.0.0.1 or 0.0.0.0');
  return value;
}

function readDatabaseUrl(value: string | undefined): string | null {
  if (!value) return null;
  const wanted = 'postgres://user:password@host:5432/database';
  const url = URL.canParse(value) ? new URL(value) : null;
  // The value holds a password and is not repeated.
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) refuse('DATABASE_URL', null, wanted);
  if (url.pathname.length < 2) refuse('DATABASE_URL', null, `${wanted}, with the name of a database`);
  return value;
}

function readPublicUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.pathname !== '/') {
    refuse('PUBLIC_URL', value, 'the address that people use, without a path, such as https://desk.example.com');
  }
  return url.origin;
}

function readTrustProxy(value: string): string | false {
  if (value === 'none') return false;
  if (!value.split(',').every((part) => isNetwork(part.trim()))) {
    refuse('TRUST_PROXY', value, 'none, or the addresses of your proxies with commas, such as 10.0.0.2,192.168.1.0/24');
  }
  return value;
}

function isNetwork(value: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(value)) return true;
  const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

function readAdmin(user: string | undefined, password: string | undefined): Config['admin'] {
  if (!user && !password) return null;
  if (!user) throw new StartRefusal('ADMIN_PASSWORD is set without ADMIN_USER: set both, or neither.');
  if (!password) throw new StartRefusal('ADMIN_USER is set without ADMIN_PASSWORD: set both, or neither.');
  return { user, password };
}

function readLogLevel(value: string): LogLevel {
  const level = logLevels.find((known) => known === value);
  if (!level) refuse('LOG_LEVEL', value, `one of ${logLevels.join(', ')}`);
  return level;
}

function refuse(name: string, value: string | null, wanted: string): never {
  throw new StartRefusal(`${name}${value === null ? '' : ` is “${value}”, and`} must be ${wanted}.`);
}
