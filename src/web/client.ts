import type { AnswerOf, Endpoint } from '../platform/endpoints.ts';
import { type CallInput, requestOf } from '../platform/requests.ts';
import { currentLanguage } from './language.ts';
import { currentMembership } from './membership.ts';
import { Problem, problemOf } from './problem.ts';
import { termsAccepted } from './terms.ts';

export interface BrowserCall<E> extends CallInput<E> {
  signal?: AbortSignal;
}

type Refused = (problem: Problem) => void;
let onRefused: Refused = () => {};

/** Told of refusals that concern the whole tab: not signed in, suspended. */
export function watchRefusals(watch: Refused): void {
  onRefused = watch;
}

/** Calls an endpoint under this tab's membership. Throws a `Problem`. */
export async function call<E extends Endpoint>(endpoint: E, input: BrowserCall<E> = {}): Promise<AnswerOf<E>> {
  const response = await send(endpoint, input);
  if (response.status === 204) return undefined as AnswerOf<E>;
  if (response.ok) return (await response.json()) as AnswerOf<E>;
  const problem = await problemOf(response);
  onRefused(problem);
  throw problem;
}

/** The call as it is answered, whatever the answer; one that waits for the terms of usage is answered once they are accepted. */
export async function send<E extends Endpoint>(endpoint: E, input: BrowserCall<E>): Promise<Response> {
  const { method, url, headers, body } = requestOf(endpoint, input);
  const membership = currentMembership();
  if (membership) headers['tenantry-membership'] = membership;
  headers['accept-language'] = currentLanguage();
  const response = await reach(url, { method, headers, body, signal: input.signal, credentials: 'same-origin' });
  if (response.status !== 403 || (await problemOf(response.clone())).type !== 'terms-not-accepted') return response;
  return (await termsAccepted(input.signal)) ? send(endpoint, input) : response;
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new Problem(0, { type: 'unreached', title: (error as Error).message });
  }
}
