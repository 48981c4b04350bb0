import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { Compile, type Validator } from 'typebox/compile';
import { databaseRefusal } from './database.errors.ts';
import type { Database } from './database.ts';
import type { Endpoint } from './endpoints.ts';
import { accountOf, type CallAccount } from './fairness/admission.ts';
import { faultOf, namesIn, type SchemaError, toldFields } from './faults.ts';
import { protectingHeaders } from './headers.ts';
import { rememberAnswer, rememberedAnswer } from './idempotency.ts';
import { newId } from './ids.ts';
import { endLive } from './live.routes.ts';
import { readingOf, unread } from './reads.ts';
import { type InvalidField, type Language, Refusal, refusalOf, refuse } from './refusals.ts';
import { Rehearsals } from './rehearsal.ts';
import type { Call, Route } from './routes.ts';
import { serializerOf } from './serialization.ts';
import type { Origin, Principal, Tx } from './units.ts';

export interface ServerSettings {
  db: Database;
  routes: readonly Route[];
  /** Trusted proxies, as Fastify takes them; false: none. */
  trustProxy?: boolean | string;
  logLevel?: string;
  /** The cookie is marked Secure when people reach the program over TLS. */
  secure?: boolean;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The cookie is to be marked Secure. */
    secureCookies: boolean;
  }
}

export const sessionCookie = 'tenantry_session';
const base = '/api/v1';

/** The API: every route of the solution behind access, validation, one unit of work and one shape of error. */
export async function createServer(settings: ServerSettings): Promise<FastifyInstance> {
  const server = Fastify({
    logger: { level: settings.logLevel ?? 'info', redact: ['req.headers.authorization', 'req.headers.cookie'] },
    trustProxy: settings.trustProxy ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    bodyLimit: 1_000_000,
    routerOptions: { maxParamLength: 300 },
    // What Fastify refuses before any route leaves as a problem document, too.
    frameworkErrors: (error, request, reply) => void sendFailure(error, request, reply as FastifyReply),
  });
  server.decorate('secureCookies', settings.secure ?? false);
  await server.register(cookie);
  await server.register(compress, { threshold: 2048 });
  const headers = await protectingHeaders(settings.secure ?? false);
  server.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of headers) reply.raw.setHeader(name, value);
    done();
  });
  server.setErrorHandler((error, request, reply) => sendFailure(error as FastifyError, request, reply));
  server.setNotFoundHandler((request, reply) => sendRefusal(refusalOf('not-found'), request, reply));
  const rehearsals = new Rehearsals(settings.db, (error) =>
    server.log.error({ err: { message: (error as Error).message } }, 'a rehearsal failed'),
  );
  const endUnused = followUnused(server.server);
  server.addHook('preClose', async () => {
    await endLive(settings.db);
    endUnused();
  });
  server.addHook('onClose', () => rehearsals.settled());
  for (const route of settings.routes) mount(server, route, settings, rehearsals);
  return server;
}

/** Browsers open connections before they need them; Node counts none of those as idle, and would wait a minute for each. */
function followUnused(server: Server): () => void {
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return () => {
    for (const socket of unused) socket.destroy();
  };
}

function mount(server: FastifyInstance, route: Route, settings: ServerSettings, rehearsals: Rehearsals): void {
  const { endpoint } = route;
  const check = { params: compiled(endpoint.params), query: compiled(endpoint.query), body: compiled(endpoint.body) };
  const status = endpoint.status ?? (endpoint.answer ? 200 : 204);
  // The answer's schema decides what leaves: undeclared fields never do.
  const serialize = endpoint.answer && serializerOf(endpoint.answer);
  server.route({
    method: endpoint.method,
    url: `${base}${endpoint.path}`,
    bodyLimit: endpoint.bodyLimit ?? 1_000_000,
    handler: async (request, reply) => {
      const principal = principalOf(request);
      refuseCrossSite(request, endpoint);
      // Who may not call learns nothing about what a right call looks like (T-40).
      if (endpoint.access !== 'visitor' && !principal) refuse('not-signed-in');
      const account = accountOf(principal);
      const call = readCall(request, reply, endpoint, check, settings.db, account);
      const answer = await perform(route, call, principal, settings.db, rehearsals).finally(() =>
        tellLimit(reply, account),
      );
      if (reply.sent || endpoint.sends) return reply;
      reply.header('cache-control', 'no-store');
      if (reply.statusCode === 200) reply.status(status);
      return serialize ? reply.type('application/json; charset=utf-8').send(serialize(answer)) : reply.send();
    },
  });
}

/** Where the tenant's calls have a limit, as the IETF's draft on rate limit fields writes it (draft-ietf-httpapi-ratelimit-headers). */
function tellLimit(reply: FastifyReply, { standing }: CallAccount): void {
  if (!standing || reply.sent) return;
  reply.header('ratelimit-policy', `"calls";q=${standing.limit};w=60`);
  reply.header('ratelimit', `"calls";r=${standing.remaining};t=${standing.seconds}`);
}

async function perform(
  route: Route,
  call: Call<Endpoint>,
  principal: Principal | null,
  db: Database,
  rehearsals: Rehearsals,
): Promise<unknown> {
  const handle = route.handle as (call: unknown) => unknown;
  const { access } = route.endpoint;
  const needed = access === 'visitor' || access === 'session' || access === 'member' ? {} : { access };
  if (access === 'session' && !route.endpoint.beforeTerms)
    await refuseBeforeTerms(db, principal as Principal, call.origin);
  if (route.door === 'system')
    return db.asSystem(async (system) => handle({ ...call, system, principal }), call.origin);
  if (route.door === 'raw') {
    if (access !== 'visitor' && access !== 'session')
      await db.as(principal as Principal, async () => {}, { ...needed, origin: unread(call.origin) });
    return handle({ ...call, principal });
  }
  const person = principal as Principal;
  const rehearse = () => rehearsals.of(person, access, async (tx) => handle({ ...call, tx, principal }));
  const isRead = route.endpoint.method === 'GET';
  const before = !isRead && db.lastSwitch === 'setup' ? await rehearse() : null;
  const answer = await performAs(route, call, person, db);
  // An answer that was given before says nothing of now.
  if ((before || (isRead && db.lastSwitch === 'setup')) && !call.reply.hasHeader('idempotent-replay'))
    rehearsals.note(person, { ...call, endpoint: route.endpoint }, answer, async () => before ?? rehearse());
  return answer;
}

/** In one unit of work as the caller; a write that names an idempotency key is done once (R4.5). */
async function performAs(
  { endpoint, handle: handler, secret }: Route,
  call: Call<Endpoint>,
  principal: Principal,
  db: Database,
): Promise<unknown> {
  const handle = handler as (call: unknown) => unknown;
  const needed = endpoint.access === 'member' ? {} : { access: endpoint.access };
  const key = call.request.headers['idempotency-key'];
  return db.as(
    principal,
    async (tx: Tx) => {
      if (typeof key !== 'string' || endpoint.method === 'GET' || secret) return handle({ ...call, tx, principal });
      if (!/^[\x20-\x7e]{1,200}$/.test(key)) refuse('idempotency-key-form');
      // Of one membership: what was answered under another is not to be read again under this (R5.8).
      const named = `${endpoint.method} ${endpoint.path} ${tx.scope.membershipId}`;
      const place = { endpoint: named, key, bodyHash: hashOf(call) };
      const before = await rememberedAnswer(tx, place);
      if (before) {
        call.reply.header('idempotent-replay', 'true');
        return before.answer;
      }
      const answer = await handle({ ...call, tx, principal });
      await rememberAnswer(tx, place, answer);
      return answer;
    },
    { ...needed, origin: call.origin, reads: endpoint.method === 'GET' },
  );
}

/** R8.3: what is asked under no membership waits for the terms of usage as well; units of work refuse by themselves. */
async function refuseBeforeTerms(db: Database, principal: Principal, origin: Origin): Promise<void> {
  try {
    await db.as(principal, async () => {}, { origin: unread(origin) });
  } catch (error) {
    // Whoever acts under nothing at present is not asked for anything.
    if (!(error instanceof Refusal) || error.type === 'terms-not-accepted') throw error;
  }
}

function hashOf(call: Call<Endpoint>): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([call.params, call.query, call.body, call.version]))
    .digest();
}

/** The membership is named by each request (R5.1); the session only remembers the last one used. */
export function principalOf(request: FastifyRequest): Principal | null {
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return { kind: 'token', tokenHash: tokenHash(bearer) };
  const cookie = request.cookies[sessionCookie];
  if (!cookie) return null;
  const named = request.headers['tenantry-membership'];
  const membershipId = typeof named === 'string' && uuid.test(named) ? named : null;
  return { kind: 'session', tokenHash: tokenHash(cookie), membershipId };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A form of another site can send the cookie, but not this header. */
function refuseCrossSite(request: FastifyRequest, endpoint: Endpoint): void {
  // A token is sent by a program on purpose; a cookie goes along by itself.
  if (endpoint.method === 'GET' || request.headers.authorization?.startsWith('Bearer ')) return;
  if (request.headers['tenantry-request'] !== '1') refuse('cross-site');
}

const deepest = 40;

/** Neither so deep that walking it fails, nor with halves of characters, which no database keeps. */
function isStorable(value: unknown, depth = 0): boolean {
  if (depth > deepest) return false;
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, one]) => name.isWellFormed() && isStorable(one, depth + 1));
}

interface Checks {
  params: Validator | null;
  query: Validator | null;
  body: Validator | null;
}

function compiled(schema: Endpoint['params']): Validator | null {
  return schema ? Compile(schema) : null;
}

function readCall(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  check: Checks,
  db: Database,
  account: CallAccount,
): Call<Endpoint> {
  const wrong: InvalidField[] = [];
  const params = checked(check.params, request.params, '', wrong, true);
  const query = checked(check.query ?? nothing, request.query ?? {}, '?', wrong, true);
  if (!isStorable(request.body)) refuse('not-json');
  const body = check.body ? checked(check.body, request.body ?? {}, '/', wrong, false) : undefined;
  // An address that names nothing we could have is simply not there.
  if (wrong.some((field) => field.pointer.startsWith(':'))) refuse('not-found');
  if (wrong.length) refuse('invalid', { count: wrong.length, errors: wrong });
  return {
    params: params as never,
    query: query as never,
    body: body as never,
    version: endpoint.ifMatch ? versionOf(request) : 0,
    language: languageOf(request),
    origin: { requestId: request.id, address: request.ip, reading: readingOf(endpoint, params, query), call: account },
    db,
    request,
    reply,
  };
}

const nothing = Compile({ type: 'object', additionalProperties: false, properties: {} });

function checked(
  validator: Validator | null,
  value: unknown,
  kind: '' | '?' | '/',
  wrong: InvalidField[],
  convert: boolean,
): unknown {
  if (!validator) return undefined;
  const converted = convert ? validator.Convert(value) : value;
  if (validator.Check(converted)) return converted;
  for (const error of validator.Errors(converted)) {
    // The one error “additionalProperties” names what each “schema is false” would say again.
    if (error.keyword === 'boolean') continue;
    for (const pointer of pointersOf(error)) {
      wrong.push({ pointer: kind === '/' ? pointer : `${kind || ':'}${pointer.slice(1)}`, detail: faultOf(error) });
    }
  }
  return converted;
}

function pointersOf(error: SchemaError): string[] {
  const names = namesIn(error);
  return names ? names.map((name) => `${error.instancePath}/${name}`) : [error.instancePath];
}

function versionOf(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) refuse('version-missing');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header ?? '')?.[1];
  if (version === undefined) refuse('version-stale');
  return Number(version);
}

export function languageOf(request: FastifyRequest): Language {
  const wanted = request.headers['accept-language'] ?? '';
  for (const part of wanted.split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === 'es' || language === 'en') return language;
  }
  return 'en';
}

/** What an error of Fastify itself is called in our words. */
const frameworkRefusals: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'not-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'not-json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'not-json',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
  FST_ERR_ASYNC_CONSTRAINT: 'not-found',
};

function sendFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return sendRefusal(error, request, reply);
  const type = frameworkRefusals[error.code];
  if (type) return sendRefusal(refusalOf(type), request, reply);
  const known = databaseRefusal(error);
  if (known instanceof Refusal) return sendRefusal(known, request, reply);
  // `detail` and `where` of a database error can hold other tenants' values: they are not logged either.
  const { code, constraint, table } = error as FastifyError & { constraint?: string; table?: string };
  request.log.error({ err: { message: error.message, stack: error.stack, code, constraint, table } }, 'failure');
  return sendRefusal(refusalOf('failure', { requestId: request.id }), request, reply);
}

function sendRefusal(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { errors, ...details } = refusal.details;
  const language = languageOf(request);
  if (refusal.status === 429 && typeof details.seconds === 'number')
    reply.header('retry-after', String(details.seconds));
  return reply
    .status(refusal.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:tenantry:${refusal.type}`,
        title: refusal.title(language),
        status: refusal.status,
        ...(Object.keys(details).length ? { details } : {}),
        ...(errors ? { errors: toldFields(errors as InvalidField[], language) } : {}),
      }),
    );
}
