import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from './database.ts';
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from './endpoints.ts';
import type { Language } from './refusals.ts';
import type { Origin, Principal, SystemTx, Tx } from './units.ts';

/** What every handler gets: the validated call, and where it came from. */
export interface Call<E> {
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  /** Of the record, from `If-Match`; 0 where the endpoint does not ask for one. */
  version: number;
  language: Language;
  origin: Origin;
  db: Database;
  request: FastifyRequest;
  reply: FastifyReply;
}

export type PersonCall<E> = Call<E> & { tx: Tx; principal: Principal };
export type SystemCall<E> = Call<E> & { system: SystemTx; principal: Principal | null };
export type RawCall<E> = Call<E> & { principal: Principal | null };

export interface Route {
  readonly endpoint: Endpoint;
  /** With `tx`: in a unit of work as the caller. With `system`: in one without a person. `raw`: opens its own. */
  readonly door: 'person' | 'system' | 'raw';
  readonly handle: (call: never) => unknown;
  /** The answer carries a secret, which is stored nowhere: no idempotency key keeps it (R4.7). */
  readonly secret?: boolean;
}

/** An endpoint without an answer has a handler that returns nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: such a handler need not even write a return.
type Answered<E> = AnswerOf<E> extends undefined ? undefined | void : AnswerOf<E>;

/** Endpoint → domain function, in a unit of work as the caller. For `member` and functions. */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (call: PersonCall<E>) => Promise<Answered<E>> | Answered<E>,
): Route {
  if (endpoint.access === 'visitor' || endpoint.access === 'session') {
    throw new Error(`${endpoint.method} ${endpoint.path}: nobody acts under a membership here, use systemRoute`);
  }
  return { endpoint: endpoint as Endpoint, door: 'person', handle: handle as (call: never) => unknown };
}

/** The same, for an answer that nobody may read a second time. */
export function secretRoute<E extends Endpoint>(
  endpoint: E,
  handle: (call: PersonCall<E>) => Promise<Answered<E>> | Answered<E>,
): Route {
  return { ...route(endpoint, handle), secret: true };
}

/** For `visitor` and `session`: a unit of work with the narrow grants of sign-in. */
export function systemRoute<E extends Endpoint>(
  endpoint: E,
  handle: (call: SystemCall<E>) => Promise<Answered<E>> | Answered<E>,
): Route {
  return { endpoint: endpoint as Endpoint, door: 'system', handle: handle as (call: never) => unknown };
}

/**
 * For what does not fit one unit of work: sign-in (hashes for a while before it writes), streams, files, several steps.
 * The handler opens units of work itself; `access` is checked in a first one before it runs.
 */
export function rawRoute<E extends Endpoint>(
  endpoint: E,
  handle: (call: RawCall<E>) => Promise<Answered<E>> | Answered<E>,
): Route {
  return { endpoint: endpoint as Endpoint, door: 'raw', handle: handle as (call: never) => unknown };
}
