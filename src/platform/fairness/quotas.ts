import { randomUUID } from 'node:crypto';
import { refusalOf } from '../refusals.ts';

/** What the provider lets a tenant have; 0: as much as there is. */
export interface Limits {
  callsPerMinute: number;
  /** Units of work at once. */
  callsAtOnce: number;
}

/** What one process tells the others of a tenant. */
export interface Counted {
  owner: number;
  minute: number;
  calls: number;
  refused: number;
}

/** What the database knows of a tenant with limits: of the other processes, too. */
export interface Known extends Limits {
  owner: number;
  minute: number;
  /** Calls of this minute that other processes have counted. */
  others: number;
  /** Processes that had calls of the tenant in this minute and the last. */
  processes: number;
}

/** How a call stands with its tenant's limit, for its answer's headers. */
export interface Standing {
  limit: number;
  remaining: number;
  /** Until it begins anew. */
  seconds: number;
}

const minuteOf = (now: number) => Math.floor(now / 60_000);

/**
 * Calls of each tenant in each minute. A process counts for itself and exchanges counts with the others about every second
 * (`usage.ts`), so a limit is exact in one process and late by what the others had in that second with several.
 */
export class Quotas {
  /** Tells the processes of one database apart. */
  readonly process = randomUUID();
  readonly #known = new Map<number, Known>();
  readonly #mine = new Map<number, { minute: number; calls: number }>();
  readonly #untold = new Map<string, Counted>();

  /** @throws Refusal `rate-limit` for a call beyond the limit. @returns null where there is none. */
  count(owner: number, now = Date.now()): Standing | null {
    const minute = minuteOf(now);
    const known = this.#known.get(owner);
    const mine = this.#mineOf(owner, minute);
    const limit = known?.callsPerMinute ?? 0;
    const seconds = 60 - Math.floor((now % 60_000) / 1000);
    const before = mine.calls + (known?.minute === minute ? known.others : 0);
    const untold = this.#untoldOf(owner, minute);
    if (limit && before >= limit) {
      untold.refused++;
      throw Object.assign(refusalOf('rate-limit', { limit, seconds }), { standing: { limit, remaining: 0, seconds } });
    }
    mine.calls++;
    untold.calls++;
    return limit ? { limit, remaining: limit - before - 1, seconds } : null;
  }

  /** A call that was not let in although no limit said so: too many were waiting. */
  countRefused(owner: number, now = Date.now()): void {
    this.#untoldOf(owner, minuteOf(now)).refused++;
  }

  /** Units at once in this process: several share what there is. */
  callsAtOnce(owner: number): number {
    const known = this.#known.get(owner);
    if (!known?.callsAtOnce) return Number.POSITIVE_INFINITY;
    return Math.ceil(known.callsAtOnce / Math.max(1, known.processes));
  }

  get hasUntold(): boolean {
    return this.#untold.size > 0;
  }

  takeUntold(): Counted[] {
    const all = [...this.#untold.values()];
    this.#untold.clear();
    return all;
  }

  /** What could not be told is told the next time. */
  giveBack(counted: readonly Counted[]): void {
    for (const { owner, minute, calls, refused } of counted) {
      const untold = this.#untoldOf(owner, minute);
      untold.calls += calls;
      untold.refused += refused;
    }
  }

  learn(all: readonly Known[], now = Date.now()): void {
    this.#known.clear();
    for (const known of all) this.#known.set(known.owner, known);
    for (const [owner, { minute }] of this.#mine) if (minute < minuteOf(now)) this.#mine.delete(owner);
  }

  #mineOf(owner: number, minute: number): { minute: number; calls: number } {
    const mine = this.#mine.get(owner);
    if (mine?.minute === minute) return mine;
    const begun = { minute, calls: 0 };
    this.#mine.set(owner, begun);
    return begun;
  }

  #untoldOf(owner: number, minute: number): Counted {
    const key = `${owner} ${minute}`;
    const untold = this.#untold.get(key) ?? { owner, minute, calls: 0, refused: 0 };
    this.#untold.set(key, untold);
    return untold;
  }
}
