import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Access, Endpoint } from './endpoints.ts';
import { Refusal } from './refusals.ts';
import type { Scope } from './scope.ts';
import type { Principal, Tx } from './units.ts';

/** What was asked for, as far as it names records. */
export interface Asked {
  endpoint: Endpoint;
  params: unknown;
  query: unknown;
  body: unknown;
}

/** How it would end while multi-tenancy is on: an answer, a refusal, or nothing that is of interest. */
export type Rehearsal = { answer: unknown } | { refusal: Refusal } | null;

/** Refusals that say nothing of reach: a form would ask for the tenant, or somebody else was faster. */
const ofNoInterest = new Set([
  'tenant-needed',
  'version-stale',
  'busy',
  'stopping',
  'storage-full',
  'too-many',
  'terms-not-accepted',
]);
/** Whoever may not act any more, since they had their answer, has nothing noted. */
const overMeanwhile = new Set(['not-signed-in', 'membership-needed', 'tenant-suspended', 'terms-not-accepted']);
const mostWaiting = 500;

/**
 * R1.4: while multi-tenancy is being set up, nothing is refused, and what *would* be is noted. What people write is tried under the
 * rules of `on` before it is done, what they read after they have their answer; both by the very handlers and policies
 * that will be in force, in a unit of work that never commits. Noted one after the other, behind the answers.
 */
export class Rehearsals {
  readonly #db: Database;
  readonly #failed: (error: unknown) => void;
  readonly #waiting: (() => Promise<void>)[] = [];
  #working: Promise<void> | null = null;

  constructor(db: Database, failed: (error: unknown) => void) {
    this.#db = db;
    this.#failed = failed;
  }

  /** Tries what would write. Never throws: a rehearsal that fails must not keep anybody from working. */
  async of(principal: Principal, access: Access, work: (tx: Tx) => Promise<unknown>): Promise<Rehearsal> {
    const isOpen = (scope: Scope) => access === 'member' || scope.functions.includes(access);
    try {
      return await this.#db.rehearse(principal, work, (scope) => isWalled(scope) && isOpen(scope));
    } catch (error) {
      if (error instanceof Refusal) return ofNoInterest.has(error.type) ? null : { refusal: error };
      this.#failed(error);
      return null;
    }
  }

  /** Notes what was read or done and would not have been. Behind the answer; under a flood some goes unnoted. */
  note(principal: Principal, asked: Asked, answer: unknown, rehearse: () => Promise<Rehearsal>): void {
    if (this.#waiting.length >= mostWaiting) return;
    this.#waiting.push(async () => {
      const finding = findingOf(asked, answer, await rehearse());
      if (finding) await this.#write(principal, finding);
    });
    this.#working ??= this.#work();
  }

  /** Once everything is noted that waits to be. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      // The answer has left long ago: what cannot be noted is told to whoever runs the program.
      await next().catch((error) => {
        if (!(error instanceof Refusal && overMeanwhile.has(error.type))) this.#failed(error);
      });
    }
    this.#working = null;
  }

  async #write(principal: Principal, { endpoint, outcome, records }: Finding): Promise<void> {
    await this.#db.as(principal, async (tx) => {
      await sql`select tenancy.note_ahead(${endpoint}, ${outcome}, ${JSON.stringify(records)}::jsonb)`.execute(tx.q);
    });
  }
}

/** Nobody meets a wall who reaches everything; and who has no tenant yet will have one. */
function isWalled(scope: Scope): boolean {
  return scope.ownerId > 2 && (scope.reach !== 'all' || !['all', 'none'].includes(scope.writesKind));
}

interface Finding {
  endpoint: string;
  /** The refusal, or `hidden`: records that would be missing from the answer. */
  outcome: string;
  records: Named[];
}

/** A record as a call or an answer names it: by its id or its number. */
interface Named {
  value: string;
  /** The field of the body that names it. */
  field: string;
}

function findingOf(asked: Asked, answer: unknown, rehearsal: Rehearsal): Finding | null {
  const endpoint = `${asked.endpoint.method} ${asked.endpoint.path}`;
  if (!rehearsal) return null;
  if ('refusal' in rehearsal) {
    const records = [...namedIn(asked.params, false), ...namedIn(asked.query, false), ...namedIn(asked.body, true)];
    return { endpoint, outcome: rehearsal.refusal.type, records };
  }
  if (asked.endpoint.method !== 'GET') return null;
  const records = hiddenOf(answer, rehearsal.answer);
  return records.length ? { endpoint, outcome: 'hidden', records: records.slice(0, 500) } : null;
}

/** What an answer names and the rehearsed one does not. A missing item of a list is itself missing, not what it refers to. */
function hiddenOf(answer: unknown, rehearsed: unknown): Named[] {
  const [items, left] = [itemsOf(answer), itemsOf(rehearsed)];
  if (!items || !left) {
    const kept = new Set(namedIn(rehearsed, false).map(({ value }) => value));
    return namedIn(answer, false).filter(({ value }) => !kept.has(value));
  }
  const twins = new Map(left.map((item) => [item.id, item]));
  return items.flatMap((item) => {
    const twin = twins.get(item.id);
    return twin
      ? hiddenOf(item, twin)
      : Object.values(item).flatMap((own) => (typeof own === 'string' ? namedIn(own, false) : []));
  });
}

function itemsOf(answer: unknown): { id?: unknown }[] | null {
  const { items } = (answer ?? {}) as { items?: unknown };
  return Array.isArray(items) && items.every((item) => typeof item === 'object' && item !== null) ? items : null;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const number = /^[A-Z0-9]{2,8}-R?[1-9]\d{0,8}$/;

function namedIn(said: unknown, withFields: boolean, field = ''): Named[] {
  if (typeof said === 'string') return id.test(said) || number.test(said) ? [{ value: said, field }] : [];
  if (Array.isArray(said)) return said.flatMap((one) => namedIn(one, withFields, field));
  if (typeof said !== 'object' || said === null) return [];
  return Object.entries(said).flatMap(([key, value]) => namedIn(value, withFields, withFields ? key : ''));
}
