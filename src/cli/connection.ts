import { isIPv6 } from 'node:net';
import type { Config } from '../config.ts';
import { getMe } from '../identity/sessions/sessions.api.ts';
import { makeCommandLineToken } from '../identity/tokens/command-line.ts';
import { NoInstallation, openInstallation } from '../installation.ts';
import { Database } from '../platform/database.ts';
import type { AnswerOf, Endpoint } from '../platform/endpoints.ts';
import { StartRefusal } from '../platform/migrate.ts';
import { type CallInput, type HttpRequest, requestOf } from '../platform/requests.ts';
import { findWhereabouts } from '../platform/whereabouts.ts';
import { createUnattended, openProgram, prepareSchema } from '../program.ts';
import type { Crossing } from '../tenancy/switch/switch.api.ts';
import type { Output } from './output.ts';

/** A refusal of the API, in the caller's language. */
export class Refused extends Error {
  readonly status: number;
  readonly body: {
    type: string;
    title: string;
    errors?: { pointer: string; detail: string }[];
    details?: Record<string, unknown>;
  };

  constructor(body: Refused['body'], status: number) {
    const errors = (body.errors ?? []).map((error) => `  ${error.pointer}: ${error.detail}`);
    super([body.title, ...errors, ...crossingsOf(body.details)].join('\n'));
    this.status = status;
    this.body = body;
  }
}

/** R6.6: each with what `--resolve` takes for it. */
function crossingsOf(details: Refused['body']['details']): string[] {
  return ((details?.crossings ?? []) as Crossing[]).map(
    ({ kind, field, id, label, target, from, to, rules }) =>
      `  ${label} (${from ?? ''}) → ${target} (${to ?? ''})\n    --resolve ${kind}/${field}/${id}=${rules.join('|')}`,
  );
}

type Send = (request: HttpRequest) => Promise<{ status: number; text: string }>;

/** The API, through the running server, or through one that lives as long as the command. */
export interface Api {
  call<E extends Endpoint>(endpoint: E, input?: CallInput<E>): Promise<AnswerOf<E>>;
  /** Who the command acts as. */
  userName: string;
}

/** Opens the installation's database beside a server that may be running, for the time of one command. */
export async function withDatabase<T>(config: Config, output: Output, work: (db: Database) => Promise<T>): Promise<T> {
  const installation = await openInstallation(config, {
    say: output.say,
    onFailure: fail,
    beside: true,
    existing: true,
  });
  try {
    await prepareSchema(installation, output.say);
    const db = new Database({ app: installation.app, prefix: installation.prefix, connections: 4 });
    return await work(db).finally(() => db.end());
  } finally {
    await installation.close();
  }
}

/**
 * Runs a command's work against the API as an administrator (`--as`, or the first). A server that runs does the work; where
 * none does, the program is opened without a port, with its jobs, and closed again.
 */
export async function withApi<T>(
  config: Config,
  output: Output,
  as: string | undefined,
  work: (api: Api) => Promise<T>,
): Promise<T> {
  const url = addressOf(await asItRuns(config));
  const running = await withRunning(config, output, as, url, work);
  if (running) return running.result;
  // Only who brings an administrator along may begin an installation with a command.
  const program = await openProgram(config, output.say, { beside: true, work: true, existing: !config.admin });
  try {
    await createUnattended(config, program.db, output.say);
    const token = await tokenOf(program.db, as);
    const send: Send = async ({ method, url: address, headers, body }) => {
      const response = await program.server.inject({
        method: method as 'GET',
        url: address,
        headers: { ...headers, ...headersOf(token.token, output) },
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: response.statusCode, text: response.payload };
    };
    return await work(apiOf(send, token.userName));
  } finally {
    await program.stop();
  }
}

/** With the address of the program that runs on the data folder, whatever it was started with; else with our own settings'. */
export async function asItRuns(config: Config): Promise<Config> {
  const found = config.databaseUrl ? null : await findWhereabouts(config.dataDir);
  return { ...config, ...found };
}

/** Of a server on this machine that listens as the settings say. */
export function addressOf({ host, port }: Pick<Config, 'host' | 'port'>): string {
  const own: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
  return `http://${own[host] ?? (isIPv6(host) ? `[${host}]` : host)}:${port}`;
}

async function withRunning<T>(
  config: Config,
  output: Output,
  as: string | undefined,
  url: string,
  work: (api: Api) => Promise<T>,
) {
  if (!(await answers(url))) return null;
  // The token is made in this installation's database: a server of another one does not know it.
  const token = await withDatabase(config, output, (db) => makeCommandLineToken(db, as)).catch((error) => {
    if (error instanceof NoInstallation) return null;
    throw error;
  });
  if (!token) return null;
  const api = apiOf(overHttp(url, token.token, output), token.userName);
  const ours = await api.call(getMe).catch(() => null);
  return ours ? { result: await work(api) } : null;
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/api/v1/me`, { signal: AbortSignal.timeout(3000) }).then(
    (response) => response.headers.get('content-type')?.includes('problem+json') ?? false,
    () => false,
  );
}

export async function tokenOf(db: Database, as: string | undefined) {
  const token = await makeCommandLineToken(db, as);
  if (token) return token;
  throw new StartRefusal(
    as
      ? `There is no administrator with the user name “${as}”.`
      : 'There is no administrator yet: run “npm start” and open the address that it prints, or set ADMIN_USER and ADMIN_PASSWORD.',
  );
}

function overHttp(url: string, token: string, output: Output): Send {
  return async (request) => {
    const response = await fetch(url + request.url, {
      method: request.method,
      headers: { ...request.headers, ...headersOf(token, output) },
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return { status: response.status, text: await response.text() };
  };
}

function headersOf(token: string, output: Output): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'accept-language': output.language };
}

function apiOf(send: Send, userName: string): Api {
  return {
    userName,
    async call(endpoint, input) {
      const { status, text } = await send(requestOf(endpoint, input));
      const body = text ? JSON.parse(text) : undefined;
      if (status >= 400) throw new Refused(body, status);
      return body;
    },
  };
}

function fail(error: unknown): never {
  throw error;
}
