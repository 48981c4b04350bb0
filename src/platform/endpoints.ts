import type { Static, TSchema } from 'typebox';

/**
 * Who may call an endpoint. There is no default: an endpoint without `access` does not compile, and the check over all
 * endpoints refuses it a second time (T-40).
 *
 * - `visitor`: anybody, signed in or not. The handler gets the narrow system door only.
 * - `session`: a person who is signed in, under no membership yet.
 * - `member`: a person under any membership; row-level security decides what there is to see.
 * - a function: the same, and the role must have that function (R5.9).
 */
export type Access = 'visitor' | 'session' | 'member' | `${string}.${string}`;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Endpoint<
  Params extends TSchema | undefined = TSchema | undefined,
  Query extends TSchema | undefined = TSchema | undefined,
  Body extends TSchema | undefined = TSchema | undefined,
  Answer extends TSchema | undefined = TSchema | undefined,
> {
  readonly method: Method;
  /** Below `/api/v1`, with `:name` for parameters. */
  readonly path: string;
  readonly access: Access;
  /** One sentence in the imperative, the title in the API reference. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer?: Answer;
  /** Of a success. Default: 200, or 204 without an answer. */
  readonly status?: number;
  /** Of access `session`: also answers before the terms of usage are accepted (R8.3), which everything else waits for. */
  readonly beforeTerms?: true;
  /** The record has a version: the call must say which one it changes (R2.6). */
  readonly ifMatch?: boolean;
  /** A stream, page or file instead of JSON; the route sends it itself. */
  readonly sends?: 'event-stream' | 'file';
  /** The kind of record that it shows, for the audit of other tenants (R11.1). Default: what the path names. */
  readonly shows?: string;
  /** More than the usual limit, in bytes. */
  readonly bodyLimit?: number;
}

/** Declares an endpoint as plain data: the server, the browser, the tests and the API reference read the same object. */
export function endpoint<
  Params extends TSchema | undefined = undefined,
  Query extends TSchema | undefined = undefined,
  Body extends TSchema | undefined = undefined,
  Answer extends TSchema | undefined = undefined,
>(declared: Endpoint<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return declared;
}

type StaticOf<S> = S extends TSchema ? Static<S> : undefined;

export type ParamsOf<E> = E extends Endpoint<infer P, infer _Q, infer _B, infer _A> ? StaticOf<P> : never;
export type QueryOf<E> = E extends Endpoint<infer _P, infer Q, infer _B, infer _A> ? StaticOf<Q> : never;
export type BodyOf<E> = E extends Endpoint<infer _P, infer _Q, infer B, infer _A> ? StaticOf<B> : never;
export type AnswerOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer A> ? StaticOf<A> : never;
