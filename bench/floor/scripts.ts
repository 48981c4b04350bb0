import type { Sent } from './capture.ts';

/** A value that is another one in each request. */
export interface Hole {
  hole: 'id' | 'number' | 'now' | 'token';
  /** The same one again within a request. */
  place?: number;
}

export interface Step {
  text: string;
  values: (unknown | Hole)[];
}

/** What a request asks the database. */
export interface Script {
  /** As the program begins what reads, or writes. */
  begin: string;
  /** The session is turned into a scope. */
  scope: Step;
  queries: Step[];
  /** Of what is read of other tenants; written in batches after the commit. */
  reads: string | null;
}

const recordReads = 'platform.record_reads';

/** @throws Error when the program no longer sends what this understands: better no figure than a wrong one. */
export function scriptOf(sent: readonly Sent[], again: readonly Sent[] = sent): Script {
  if (sent.length !== again.length || sent.some(({ text }, i) => text !== again[i]?.text))
    throw new Error('two requests of one kind sent different statements');
  const ids = new Map<string, number>();
  const step = ({ text, values }: Sent, i: number): Step => ({
    text: withoutRole(text),
    values: values.map((value, place) => {
      if (Buffer.isBuffer(value)) return { hole: 'token' };
      const other = again[i]?.values[place];
      return isSame(value, other) ? value : holeOf(value, ids);
    }),
  });
  const steps = sent.map(step);
  const scope = steps.find(({ text }) => text.includes('tenancy.scope_of'));
  const begin = sent[0]?.text;
  if (!scope || !begin?.startsWith('begin')) throw new Error('the program begins its units of work in another way');
  const reads = sent.find(({ text }) => text.includes(recordReads));
  const isFrame = (text: string) => text === begin || text === 'commit' || text === scope.text;
  return {
    begin,
    scope,
    queries: steps.filter(({ text }) => !isFrame(text) && !text.includes(recordReads)),
    reads: reads ? String(reads.values[0]) : null,
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function holeOf(value: unknown, ids: Map<string, number>): Hole {
  const text = String(value);
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)) {
    if (!ids.has(text)) ids.set(text, ids.size);
    return { hole: 'id', place: ids.get(text) as number };
  }
  if (/^[A-Z0-9]{2,8}-\d+$/.test(text)) return { hole: 'number' };
  if (value instanceof Date || !Number.isNaN(Date.parse(text))) return { hole: 'now' };
  throw new Error(`a value that differs between two requests is neither identity nor number: ${text}`);
}

const role = "set_config('role'";
const notTaken = "set_config('app.role_not_taken'";

/** The login of the floor stands outside the policies; it does the same work and stays who it is. */
function withoutRole(text: string): string {
  return text.replace(role, notTaken);
}

/** As the program sent it. */
export function withRole(text: string): string {
  return text.replace(notTaken, role);
}
