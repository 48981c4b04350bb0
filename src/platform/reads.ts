import type pg from 'pg';
import type { Connections } from './connections.ts';
import type { Endpoint } from './endpoints.ts';
import type { Scope } from './scope.ts';
import type { Origin } from './units.ts';

/** What a call reads, for the audit of the tenants whose records it shows (R11.1). One for each call of a GET. */
export interface Reading {
  endpoint: string;
  /** `ticket`, `person`: what is opened, or what there is a list of. */
  kind: string;
  manner: 'read' | 'listed' | 'exported';
  /** What stands in the path: the record, or the record whose part is listed. */
  of: string;
  /** Which filters there were; their values can be somebody else's business. */
  filters: string[];
  /** Tenants that know of this call already. */
  noted: Set<number>;
}

/** One read as platform.record_reads takes it. */
interface Read {
  owner: number;
  action: string;
  kind: string;
  subject: string | null;
  label: string;
  endpoint: string;
  details: Record<string, unknown>;
  person: string;
  membership: string;
  actor_owner: number;
  actor: string;
  request: string;
  address: string;
  /** Counted with the calls of a quarter of an hour instead of having an entry of its own. */
  joined: boolean;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only calls that answer what there is; what changes something has its own entry. */
export function readingOf(endpoint: Endpoint, params: unknown, query: unknown): Reading | undefined {
  if (endpoint.method !== 'GET') return undefined;
  const segments = endpoint.path.split('/').slice(1);
  const opens = segments.at(-1)?.startsWith(':') ?? false;
  const named = segments.filter((segment) => !segment.startsWith(':'));
  const last = endpoint.sends === 'file' ? named[0] : named.at(-1);
  return {
    endpoint: `${endpoint.method} ${endpoint.path}`,
    kind: endpoint.shows ?? singular(last ?? ''),
    manner: endpoint.sends === 'file' ? 'exported' : opens ? 'read' : 'listed',
    of: Object.values((params ?? {}) as Record<string, unknown>).join(' '),
    filters: Object.keys((query ?? {}) as Record<string, unknown>).filter((name) => !paging.includes(name)),
    noted: new Set(),
  };
}

const paging = ['limit', 'cursor'];

function singular(plural: string): string {
  if (plural === 'people') return 'person';
  return plural.endsWith('ies') ? `${plural.slice(0, -3)}y` : plural.replace(/s$/, '');
}

/** Of the same call, where nothing that is read is shown. */
export function unread(origin: Origin): Origin {
  return { ...origin, reading: undefined };
}

/** The reads of one unit of work: of each tenant but the reader's own that has not heard of this call. */
export function readsOf(
  reading: Reading,
  scope: Scope,
  origin: { requestId: string; address: string },
  shown: Iterable<number>,
  answer: unknown,
): Read[] {
  const foreign = [...shown].filter((owner) => owner > 2 && owner !== scope.ownerId && !reading.noted.has(owner));
  const subject = subjectOf(reading, answer);
  return foreign.map((owner) => ({
    owner,
    action: `${reading.kind}.${reading.manner}`,
    kind: reading.kind,
    ...subject,
    endpoint: reading.endpoint,
    details: { endpoint: reading.endpoint, ...(reading.filters.length ? { filters: reading.filters } : {}) },
    person: scope.personId,
    membership: scope.membershipId,
    actor_owner: scope.ownerId,
    actor: scope.displayName,
    request: origin.requestId,
    address: origin.address,
    joined: reading.manner === 'listed',
  }));
}

/** A record that was opened by its number or name; otherwise by what stood in the path. */
function subjectOf({ manner, of }: Reading, answer: unknown): { subject: string | null; label: string } {
  const opened = (manner === 'read' && answer && typeof answer === 'object' ? answer : {}) as Record<string, unknown>;
  const label = [opened.number, opened.displayName, opened.name].find((one) => typeof one === 'string' && one);
  const id = [opened.id, of].find((one) => typeof one === 'string' && uuid.test(one));
  return { subject: (id as string | undefined) ?? null, label: String(label ?? (uuid.test(of) ? '' : of)) };
}

interface Waiting {
  reads: Read[];
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * R11.1: reads are durable before the answer leaves. Those of requests that come while a batch is being written share the
 * next one: one round trip and one commit for all of them.
 */
export class ReadLog {
  readonly #write: (reads: string) => Promise<unknown>;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(write: (reads: string) => Promise<unknown>) {
    this.#write = write;
  }

  note(reads: Read[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ reads, done, failed });
      void this.#writeWaiting();
    });
  }

  async #writeWaiting(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    while (this.#waiting.length) {
      const batch = this.#waiting.splice(0, 200);
      try {
        await this.#write(JSON.stringify(batch.flatMap(({ reads }) => reads)));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = false;
  }
}

/** Of each table with an owner, the place of that column: how a result says whose records it holds. */
export type OwnerColumns = ReadonlyMap<number, number>;

export async function ownerColumnsOf(asking: Pick<Connections, 'query'>): Promise<OwnerColumns> {
  const { rows } = await asking.query<{ id: number; place: number }>(
    `select a.attrelid::int8::int as id, a.attnum as place from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'owner_id' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
  );
  return new Map(rows.map(({ id, place }) => [id, place]));
}

/**
 * Whose records a result holds. PostgreSQL says of each column of which table it is, through joins and sub-selects, so no
 * query has to say so itself; a label that stands beside (R5.4) comes without its owner.
 */
export function noteOwners(result: pg.QueryResult, columns: OwnerColumns, owners: Set<number>): void {
  if (!result.rows.length) return;
  for (const { name, tableID, columnID } of result.fields) {
    if (!tableID || columns.get(tableID) !== columnID) continue;
    for (const row of result.rows) if (row[name] !== null) owners.add(row[name]);
  }
}
