import { type getMe, signIn } from '../../src/identity/sessions/sessions.api.ts';
import type { AnswerOf, Endpoint } from '../../src/platform/endpoints.ts';
import { type CallInput, requestOf } from '../../src/platform/requests.ts';

/** One request as the clients that measure send it, again and again. */
export interface PlainRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | undefined;
}

/** Somebody signed in, through HTTP. */
export interface Caller {
  headers: Record<string, string>;
  cookie: string;
  call<E extends Endpoint>(endpoint: E, input?: CallInput<E>): Promise<AnswerOf<E>>;
  /** The request that a call would send. */
  request<E extends Endpoint>(endpoint: E, input?: CallInput<E>): PlainRequest;
}

export async function signInAs(port: number, userName: string, password: string): Promise<Caller> {
  const { url, ...request } = requestOf(signIn, { body: { userName, password } });
  const response = await fetch(`http://127.0.0.1:${port}${url}`, { ...request, body: request.body as string });
  if (!response.ok) throw new Error(`${userName} is not signed in: ${response.status} ${await response.text()}`);
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] as string;
  const me = (await response.json()) as AnswerOf<typeof getMe>;
  const headers = { cookie, 'tenantry-membership': me.acting?.membershipId ?? '' };
  const plain: Caller['request'] = (endpoint, input) => {
    const { method, url: path, headers: more, body } = requestOf(endpoint, input);
    return { method, path, headers: { ...more, ...headers }, body };
  };
  return {
    headers,
    cookie,
    request: plain,
    async call(endpoint, input) {
      const { path, body, ...rest } = plain(endpoint, input);
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        ...rest,
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${rest.method} ${path}: ${answer.status} ${text}`);
      return (text ? JSON.parse(text) : undefined) as never;
    },
  };
}
