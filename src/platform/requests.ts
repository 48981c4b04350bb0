import type { BodyOf, Endpoint, ParamsOf, QueryOf } from './endpoints.ts';

/** What a call carries beside the endpoint; `undefined` values are left out. */
export interface CallInput<E> {
  params?: ParamsOf<E>;
  query?: QueryOf<E>;
  body?: BodyOf<E>;
  /** Of the record that is changed. */
  version?: number;
  idempotencyKey?: string;
}

export interface HttpRequest {
  method: string;
  /** Path and query, from `/api/v1` on. */
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** An endpoint's call as an HTTP request: the same for the browser, the command line and the tests. */
export function requestOf<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): HttpRequest {
  const params = (input.params ?? {}) as Record<string, string | number>;
  const path = endpoint.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one));
    }
  }
  const headers: Record<string, string> = { 'tenantry-request': '1' };
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  if (input.version !== undefined) headers['if-match'] = `"${input.version}"`;
  if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey;
  const search = query.toString();
  return {
    method: endpoint.method,
    url: `/api/v1${path}${search ? `?${search}` : ''}`,
    headers,
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  };
}
