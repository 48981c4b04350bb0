import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { AnswerOf, Endpoint } from '../src/platform/endpoints.ts';
import { type CallInput, requestOf } from '../src/platform/requests.ts';

export type TestCall<E> = CallInput<E> & {
  headers?: Record<string, string>;
  /** Instead of the client's own. */
  membership?: string | null;
  /** Where the call comes from, for what is counted by address. */
  address?: string;
};

export interface Answered<E> {
  status: number;
  body: (AnswerOf<E> extends undefined ? unknown : AnswerOf<E>) & Partial<Omit<ProblemBody, keyof AnswerOf<E>>>;
  headers: LightMyRequestResponse['headers'];
  text: string;
}

interface ProblemBody {
  type: string;
  title: string;
  status: number;
  details?: Record<string, unknown>;
  errors?: { pointer: string; detail: string }[];
}

/** A refused call, as the API answers it; `type` without the prefix. */
export class Problem extends Error {
  readonly type: string;
  readonly status: number;
  readonly body: ProblemBody;

  constructor(what: string, body: ProblemBody) {
    super(`${what}: ${body.status} ${body.type} ${body.title} ${JSON.stringify(body.errors ?? body.details ?? '')}`);
    this.type = String(body.type).replace('urn:tenantry:', '');
    this.status = body.status;
    this.body = body;
  }
}

/** Somebody who calls the API: keeps the session's cookie like a browser and names the membership it acts under. */
export class Client {
  readonly server: FastifyInstance;
  cookie: string | null = null;
  token: string | null = null;
  membershipId: string | null = null;

  constructor(
    server: FastifyInstance,
    from: { cookie?: string | null; token?: string | null; membershipId?: string | null } = {},
  ) {
    this.server = server;
    this.cookie = from.cookie ?? null;
    this.token = from.token ?? null;
    this.membershipId = from.membershipId ?? null;
  }

  /** @throws Problem unless the call succeeds. */
  async call<E extends Endpoint>(endpoint: E, input: TestCall<E> = {}): Promise<AnswerOf<E>> {
    const answer = await this.try(endpoint, input);
    if (answer.status >= 400)
      throw new Problem(`${endpoint.method} ${endpoint.path}`, answer.body as unknown as ProblemBody);
    return answer.body as AnswerOf<E>;
  }

  async try<E extends Endpoint>(endpoint: E, input: TestCall<E> = {}): Promise<Answered<E>> {
    const request = requestOf(endpoint, input);
    const membership = input.membership === undefined ? this.membershipId : input.membership;
    const response = await this.server.inject({
      method: request.method as 'GET',
      url: request.url,
      headers: {
        ...request.headers,
        ...(membership ? { 'tenantry-membership': membership } : {}),
        ...(this.cookie ? { cookie: `tenantry_session=${this.cookie}` } : {}),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...input.headers,
      },
      ...(request.body === undefined ? {} : { payload: request.body }),
      ...(input.address ? { remoteAddress: input.address } : {}),
    });
    const cookie = response.cookies.find((one) => one.name === 'tenantry_session');
    if (cookie) this.cookie = cookie.value || null;
    const text = response.payload;
    const isJson = /json/.test(String(response.headers['content-type'] ?? ''));
    return {
      status: response.statusCode,
      body: (isJson ? JSON.parse(text) : undefined) as Answered<E>['body'],
      headers: response.headers,
      text,
    };
  }
}
