import type { Endpoint } from '../../src/platform/endpoints.ts';
import { routes } from '../../src/solution.ts';
import type { Answered } from '../client.ts';
import { Client } from '../client.ts';
import type { Installation, Seedbed } from './installation.ts';
import { absent, type Membership, Model, readOnly, type Ticket, type Verdict } from './model.ts';
import { Random } from './random.ts';

export type Class = 'untenanted' | 'required' | 'optional' | 'public' | 'provider' | 'personal';
export type Operation = 'list' | 'read' | 'write';
// biome-ignore lint/suspicious/noExplicitAny: answers of every endpoint, which are compared field by field
export type Body = any;

/** A call, and what the model says of its answer. */
export interface Probe {
  by: Membership;
  name: string;
  class: Class;
  input?: {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    body?: object;
    version?: number;
  };
  /** A refusal, judged after what everybody must pass: membership, tenant, function. */
  refused?: Verdict;
  /** What is wrong with the answer of a success, if anything is. */
  check?: (body: Body, answer: Answered<Endpoint>) => string | undefined;
}

/** The product and the model differ; one of them is wrong. */
export class Difference extends Error {}

export const endpointsByName = new Map(routes.map(({ endpoint }) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
export const endpointOf = (name: string) => {
  const endpoint = endpointsByName.get(name);
  if (!endpoint) throw new Error(`there is no endpoint ${name}`);
  return endpoint;
};

/** What a run has compared, over all its forests. */
export class Tally {
  probes = 0;
  writes = 0;
  readonly endpoints = new Map<string, number>();
  readonly cells = new Map<string, number>();
  readonly #whole: Tally | null;

  /** @param whole what a forest's own is a part of. */
  constructor(whole: Tally | null = null) {
    this.#whole = whole;
  }

  count(name: string, cell: string): void {
    this.#whole?.count(name, cell);
    this.probes++;
    if (!name.startsWith('GET ')) this.writes++;
    this.endpoints.set(name, (this.endpoints.get(name) ?? 0) + 1);
    if (cell) this.cells.set(cell, (this.cells.get(cell) ?? 0) + 1);
  }
}

/** One installation with its model: everything that is asked of the one is asked of the other. */
export class Forest {
  readonly model = new Model();
  readonly installation: Installation;
  readonly seedbed: Seedbed;
  readonly tally: Tally;
  /** Who can sign in, by their home contact's id. */
  readonly cookies = new Map<string, string>();
  administrator!: Membership;
  /** Who was ever above a tenant: its history and its audit name what was referred to then. */
  readonly everAbove = new Map<string, Set<string>>();
  /** Whose texts came into a tenant with the tickets that were moved there (R7.3). */
  readonly #cameAlong = new Map<string, Set<string>>();
  /** While the switch was off, anything could refer to anything. */
  wasOff = false;
  /** What was imported, by its number there. */
  readonly imported = new Map<string, Ticket[]>();
  /** Statements whose draft is not what is published. */
  readonly drafted = new Set<string>();
  /** Calls a minute, of tenants that have a limit. */
  readonly limits = new Map<string, number>();
  random = new Random(0);
  made = 0;
  log: string[] = [];

  constructor(installation: Installation, seedbed: Seedbed, tally: Tally) {
    this.installation = installation;
    this.seedbed = seedbed;
    this.tally = tally;
  }

  accessOf(name: string): string {
    return endpointOf(name).access;
  }

  isVersioned(name: string): boolean {
    return endpointOf(name).ifMatch === true;
  }

  clientOf(m: Membership): Client {
    return new Client(this.installation.server, {
      cookie: this.cookies.get(m.contact.person) ?? null,
      membershipId: m.id,
    });
  }

  stranger(): Client {
    return new Client(this.installation.server);
  }

  /** Counts an answer that was compared by hand. @throws Difference */
  count(name: string, wrong: string | undefined): void {
    this.tally.count(name, '');
    if (wrong) throw new Difference(`${name} ${wrong}`);
  }

  /** Everybody who has a session, under any of their memberships. */
  actors(): Membership[] {
    return [...this.model.memberships.values()].filter((m) => this.cookies.has(m.contact.person));
  }

  /** Calls, compares, and counts. @returns the body of a success. @throws Difference */
  async probe(probe: Probe): Promise<Body> {
    const { by, name, input = {} } = probe;
    const endpoint = endpointOf(name);
    // From a place of its own: what is counted by address would refuse what the rules allow.
    const address = `10.${[16, 8, 0].map((shift) => (this.tally.probes >> shift) & 255).join('.')}`;
    const answer = (await this.clientOf(by).try(endpoint, { ...input, address } as never)) as Answered<Endpoint>;
    const operation: Operation = !name.startsWith('GET ') ? 'write' : isList(name) ? 'list' : 'read';
    this.tally.count(name, `${by.role.read} ${probe.class} ${operation} ${this.model.state}`);
    const verdict = this.model.gate(by, endpoint.access, endpoint.beforeTerms) ?? probe.refused ?? null;
    const wrong = this.wrongWith(probe, answer, verdict);
    const place = `${name} ${JSON.stringify(input)} → ${answer.status}`;
    this.log.push(place);
    if (wrong) throw new Difference(`${place} ${answer.text.slice(0, 600)}\n  ${wrong}\n  by ${this.described(by)}`);
    return verdict ? undefined : answer.body;
  }

  /** R4.6: what is done directly is a request of one's own tenant as well, in which one must be able to write. */
  unrecorded(by: Membership): Verdict {
    return this.model.mayWrite(by, by.contact.owner) ? null : readOnly;
  }

  /** The hierarchy as it is now. */
  noteLines(): void {
    for (const slug of this.model.tenants.keys())
      this.everAbove.set(slug, new Set([...(this.everAbove.get(slug) ?? []), ...this.model.line(slug)]));
  }

  /** A record is moved or given: what it is called, and for a ticket what was said on it, there and wherever it had been before, is read in the other tenant from now on. */
  takeAlong(from: string, to: string): void {
    this.#cameAlong.set(to, new Set([...this.cameInto(to), ...this.line(from), ...this.cameInto(from)]));
  }

  private cameInto = (slug: string) => this.#cameAlong.get(slug) ?? new Set<string>();
  private line = (slug: string) => [...(this.everAbove.get(slug) ?? []), ...this.model.line(slug)];

  private wrongWith(probe: Probe, answer: Answered<Endpoint>, verdict: Verdict): string | undefined {
    const leak = this.leakIn(probe, answer.text);
    if (leak) return leak;
    if (!verdict) {
      if (answer.status >= 300) return 'the model allows it';
      return probe.check?.(answer.body, answer);
    }
    const type = String((answer.body as { type?: string } | undefined)?.type).replace('urn:tenantry:', '');
    if (answer.status !== verdict.status || type !== verdict.type)
      return `the model expects ${verdict.status} ${verdict.type}`;
    const { details = {} } = (answer.body ?? {}) as { details?: Record<string, unknown> };
    // Whoever may move tenants, or turn the switch, is told what forbids it.
    if (['tenant.reference-outside-the-line', 'multi-tenancy.crossings'].includes(type)) return undefined;
    const harmless = ['field', 'seconds', 'lacking', 'number', 'least', 'references', 'next', 'link'];
    // What was sent oneself is no news either.
    const sent = JSON.stringify(probe.input ?? {});
    const told = Object.entries(details).filter(
      ([key, value]) => !harmless.includes(key) && !sent.includes(JSON.stringify(value)),
    );
    // R5.4: what is not there for somebody is refused without a word of what it is.
    if ((verdict === absent && Object.keys(details).length) || told.length) return `tells ${JSON.stringify(details)}`;
    return undefined;
  }

  /**
   * Every record carries the mark of its tenant in its text (`~Tn03~`). Nobody is shown one of a tenant that they neither
   * read nor have above them (R5.4); labels of legal references are of the line, too, or the provider's.
   */
  private leakIn({ by, name, input }: Probe, text: string): string | undefined {
    const isPast = pasts.includes(name);
    if (this.model.state !== 'on' || (isPast && this.wasOff)) return undefined;
    const marks = new Set(text.match(/~Tn\d\d~/g));
    if (!marks.size) return undefined;
    const sent = JSON.stringify(input ?? {});
    const own = [...this.model.memberships.values()].filter((m) => m.contact.person === by.contact.person);
    const visible = new Set(
      [...this.model.reads(by), ...own.map((m) => m.contact.owner), 'public', this.model.provider]
        .flatMap((slug) => [slug, ...(isPast ? (this.everAbove.get(slug) ?? []) : this.model.line(slug))])
        .flatMap((slug) => [slug, ...this.cameInto(slug)]),
    );
    for (const mark of marks) {
      const slug = mark.slice(1, 5).toLowerCase();
      const isProvider = slug === 'tn00';
      if (!isProvider && !visible.has(slug) && !sent.includes(mark)) return `shows ${mark} by ${name}`;
    }
    return undefined;
  }

  described(m: Membership): string {
    const { read, readName, write, writeName, scopeTicket, scopeRequest } = m.role;
    const reach = `${read} ${readName ?? ''} / ${write} ${writeName ?? ''}, scope ${scopeTicket} ${scopeRequest}`;
    const tenants = [...this.model.tenants.values()].map(
      (t) => `${t.slug}<${t.parent ?? ''}${t.status === 'active' ? '' : '!'}`,
    );
    return `${m.contact.id} of ${m.contact.owner} (home ${m.contact.home}), ${reach}; ${this.model.state}; ${tenants.join(' ')}; functions ${m.role.functions.join()}`;
  }
}

/** What was called so at the time. */
const pasts = ['GET /audit-entries', 'GET /tickets/:number/history', 'GET /consents', 'GET /consents/export'];

function isList(name: string): boolean {
  const { properties = {} } = (endpointOf(name).answer ?? {}) as { properties?: object };
  return name.endsWith('/export') || name === 'GET /catalog' || 'items' in properties;
}

/** What is wrong with a list, compared with what the model says is in it. */
export function differenceOf(expected: Iterable<string>, got: Iterable<string>): string | undefined {
  const [wanted, shown] = [new Set(expected), new Set(got)];
  const more = [...shown].filter((one) => !wanted.has(one));
  const less = [...wanted].filter((one) => !shown.has(one));
  if (!more.length && !less.length) return undefined;
  return `shows too much: ${more.join(' ') || 'nothing'}; lacks: ${less.join(' ') || 'nothing'}`;
}
