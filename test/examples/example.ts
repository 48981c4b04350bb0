import type { Endpoint } from '../../src/platform/endpoints.ts';
import { routes } from '../../src/solution.ts';
import type { Cast, Side } from '../cast.ts';
import type { Answered, Client } from '../client.ts';
import type { WorldPerson } from '../world.ts';

/** A call that succeeds, on records of one side. */
/** The table holds calls of every endpoint, so nothing is known of their types here; the API checks each. */
export interface ExampleCall {
  params?: Record<string, string | undefined>;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  version?: number | undefined;
  idempotencyKey?: string;
  membership?: string | null;
  /** Who makes it succeed: the side's administrator unless said. */
  as?: Client;
}

export interface Example {
  /** Makes what the call is about, anew each time, and answers the call. */
  call(at: Place): Promise<ExampleCall>;
  /** Why a write leaves no audit entry. */
  unaudited?: string;
  /** It is about whoever calls: parent and provider have nothing to say in it. */
  own?: true;
  /** The record in its path is everybody's. */
  public?: true;
  /** How it is refused to others than whom it is about, though they see it. */
  others?: string;
  /** Why it is not called but by visitors: its own test does. */
  endless?: string;
  /** Why it cannot succeed in this world. */
  refused?: string;
}

export interface Place {
  cast: Cast;
  side: Side;
  /** Calls another endpoint as the side's administrator, or as somebody else. */
  make<T = { id: string; version: number; number: string }>(
    name: string,
    input?: ExampleCall,
    as?: WorldPerson,
  ): Promise<T>;
  /** A name that nobody has yet, with the side's mark in it. */
  fresh(what: string): string;
}

export type Examples = Record<string, Example>;

export function endpointNamed(name: string): Endpoint {
  const found = routes.find(({ endpoint }) => `${endpoint.method} ${endpoint.path}` === name);
  if (!found) throw new Error(`there is no endpoint ${name}`);
  return found.endpoint;
}

let made = 0;

export function placeOf(cast: Cast, side: Side): Place {
  return {
    cast,
    side,
    make: async (name, input = {}, as = side.administrator) =>
      (await as.call(endpointNamed(name), input as never)) as never,
    fresh: (what) => `${side.mark} ${what} ${++made}`,
  };
}

export function tryExample(client: Client, name: string, input: ExampleCall): Promise<Answered<Endpoint>> {
  return client.try(endpointNamed(name), input as never) as Promise<Answered<Endpoint>>;
}
