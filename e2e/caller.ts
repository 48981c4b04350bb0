import { createRequest, getRequest, type ServiceRequest } from '../src/catalog/requests/requests.api.ts';
import { makePasswordLink, usePasswordLink } from '../src/identity/links/links.api.ts';
import { addPerson } from '../src/identity/people/people.api.ts';
import { listGrantableRoles } from '../src/identity/roles/roles.api.ts';
import { signIn } from '../src/identity/sessions/sessions.api.ts';
import type { AnswerOf, Endpoint } from '../src/platform/endpoints.ts';
import { type CallInput, requestOf } from '../src/platform/requests.ts';

export const password = 'seven herons over the estuary';

/** Somebody who uses the API of the running program: prepares quickly what a journey begins with. */
export class Caller {
  readonly address: string;
  #cookie = '';
  #membership = '';
  contactId = '';

  constructor(address: string) {
    this.address = address;
  }

  async call<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): Promise<AnswerOf<E>> {
    const { method, url, headers, body } = requestOf(endpoint, input);
    const sent = {
      ...headers,
      cookie: this.#cookie,
      ...(this.#membership && { 'tenantry-membership': this.#membership }),
    };
    const response = await fetch(this.address + url, { method, headers: sent, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie;
    return (text ? JSON.parse(text) : undefined) as AnswerOf<E>;
  }

  async signIn(userName: string, secret: string): Promise<this> {
    return this.#enter(await this.call(signIn, { body: { userName, password: secret } }));
  }

  #enter({ acting }: AnswerOf<typeof signIn>): this {
    this.#membership = acting?.membershipId ?? '';
    this.contactId = acting?.contactId ?? '';
    return this;
  }

  /** Requests an offering, and waits until it is fulfilled. */
  async request(offering: string, values: Record<string, unknown>): Promise<ServiceRequest> {
    const { number } = await this.call(createRequest, { body: { offering, values } });
    for (let tries = 0; tries < 200; tries += 1) {
      const request = await this.call(getRequest, { params: { number } });
      if (request.phase === 'completed') return request;
      if (request.stuck) throw new Error(`${number} is stuck: ${JSON.stringify(request.tasks)}`);
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`${number} was never completed`);
  }

  /** Adds somebody under a stock role, who sets their password at once and is signed in. */
  async person(displayName: string, userName: string, stock: string, tenant?: string): Promise<Caller> {
    const { items } = await this.call(listGrantableRoles, { query: { tenant } });
    const roleId = items.find((role) => role.stock === stock)?.id ?? '';
    const added = await this.call(addPerson, { body: { displayName, userName, roleId, tenant } });
    const link = await this.call(makePasswordLink, { params: { id: added.id } });
    const caller = new Caller(this.address);
    const token = link.path.split('#')[1] ?? '';
    return caller.#enter(await caller.call(usePasswordLink, { body: { token, password } }));
  }
}
