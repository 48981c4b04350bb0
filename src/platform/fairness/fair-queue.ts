/** What waits and works for one tenant, or for an address that nobody is known at. */
interface Lane {
  readonly name: string;
  readonly weight: number;
  /** At work at once at most, whatever is free. */
  most: number;
  running: number;
  /** Of these, what is no call, and how much of that there may be. */
  restRunning: number;
  readonly mostRest: number;
  /** What it has had so far, in milliseconds of work divided by its weight; whoever has had least is next. */
  had: number;
  /** When it last began something. */
  seen: number;
  readonly calls: ((turn: Turn) => void)[];
  /** Jobs, timers, live updates and pages of exports: each fourth turn of the lane is theirs while calls wait, too. */
  readonly rest: ((turn: Turn) => void)[];
  turns: number;
}

/** A unit of work that has begun; given back by `leave`. */
export interface Turn {
  readonly lane: Lane;
  readonly began: number;
  readonly isCall: boolean;
}

export interface LaneWanted {
  name: string;
  weight: number;
  most: number;
  /** What is no call, at once; a quarter of the slots where nothing is said. */
  mostRest?: number;
}

export interface QueueSettings {
  /** Units at work at once. */
  slots: number;
  /** Milliseconds; of tests, a clock of their own. */
  now?: () => number;
}

/** A lane that did nothing for so long takes no part in what the others share. */
const rests = 1000;
/** What a lane owes for past work is forgotten beyond so many milliseconds: one long unit must not lock it out. */
const greatestDebt = 1000;
/** What a unit costs until it is known. */
const guess = 1;

/**
 * A weighted fair queue (start-time fair queueing, by the time that units took): the lane that has had least is next, and
 * in a lane who came first. One lane never takes the last quarter of the slots, and while others are at work no more than its
 * share (but always a quarter), so that whoever asks for little finds a slot free although another asks for much. What is no
 * call has a quarter in a lane at most, where the lane has calls at all: nobody looks at a screen for it, and its units are the longest there are.
 */
export class FairQueue {
  readonly #slots: number;
  readonly #now: () => number;
  readonly #lanes = new Map<string, Lane>();
  #running = 0;
  #waiting = 0;
  /** What the lane had that began last: whoever comes after a rest begins there, and not with everything it has not had. */
  #level = 0;
  /** The weight of all lanes that are at work or were a moment ago. */
  #weight = 0;
  #weighedAt = Number.NEGATIVE_INFINITY;
  #looking = false;

  constructor({ slots, now = () => performance.now() }: QueueSettings) {
    this.#slots = slots;
    this.#now = now;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** How many calls wait in a lane. */
  waitingIn(name: string): number {
    return this.#lanes.get(name)?.calls.length ?? 0;
  }

  runningIn(name: string): number {
    return this.#lanes.get(name)?.running ?? 0;
  }

  /** A turn, at once where there is nothing to wait for. */
  enter(wanted: LaneWanted, isCall: boolean): Turn | Promise<Turn> {
    const now = this.#now();
    // In this order: a lane that rested is forgotten there, and what was put into it would wait for ever.
    this.#weigh(now);
    const lane = this.#laneOf(wanted);
    lane.most = wanted.most;
    // Where a slot is free, whoever waits has all that their lane may have.
    if (this.#running < this.#slots && !this.#waitsIn(lane) && this.#mayBegin(lane) && (isCall || this.#mayRest(lane)))
      return this.#begin(lane, now, isCall);
    this.#waiting++;
    this.#lookAgain();
    return new Promise((turn) => (isCall ? lane.calls : lane.rest).push(turn));
  }

  leave({ lane, began, isCall }: Turn): void {
    const now = this.#now();
    lane.running--;
    if (!isCall) lane.restRunning--;
    this.#running--;
    lane.had = Math.min(lane.had + (now - began - guess) / lane.weight, this.#level + greatestDebt);
    this.#serve(now);
  }

  #serve(now: number): void {
    this.#weigh(now);
    for (let next = this.#next(); next; next = this.#next()) {
      this.#waiting--;
      const fromRest = next.rest.length > 0 && this.#mayRest(next) && (!next.calls.length || ++next.turns % 4 === 0);
      const turn = (fromRest ? next.rest : next.calls).shift() as (turn: Turn) => void;
      turn(this.#begin(next, now, !fromRest));
    }
    this.#lookAgain();
  }

  /** A share grows when others rest, and then nobody's end tells those who wait: without this they waited for units of their own that were stuck. */
  #lookAgain(): void {
    if (this.#looking || !this.#waiting || this.#running >= this.#slots) return;
    this.#looking = true;
    const look = () => {
      this.#looking = false;
      this.#serve(this.#now());
    };
    setTimeout(look, rests / 10).unref();
  }

  #begin(lane: Lane, now: number, isCall: boolean): Turn {
    this.#level = Math.max(this.#level, lane.had);
    lane.had = Math.max(lane.had, this.#level) + guess / lane.weight;
    lane.running++;
    if (!isCall) lane.restRunning++;
    lane.seen = now;
    this.#running++;
    return { lane, began: now, isCall };
  }

  /** Of those who wait and may begin, the lane that has had least. */
  #next(): Lane | undefined {
    if (!this.#waiting || this.#running >= this.#slots) return undefined;
    let first: Lane | undefined;
    for (const lane of this.#lanes.values()) {
      if (!this.#waitsIn(lane)) continue;
      if ((!first || lane.had < first.had) && this.#mayBegin(lane)) first = lane;
    }
    return first;
  }

  /** Whether anything waits in it that its own kind leaves room for. */
  #waitsIn(lane: Lane): boolean {
    return lane.calls.length > 0 || (lane.rest.length > 0 && this.#mayRest(lane));
  }

  #mayRest(lane: Lane): boolean {
    return lane.restRunning < lane.mostRest;
  }

  get #quarter(): number {
    return Math.max(1, Math.floor(this.#slots / 4));
  }

  #mayBegin(lane: Lane): boolean {
    // A page asks for several things at once: among many tenants a quarter may be one's, and who has had least is still next.
    const share = (this.#slots * lane.weight) / Math.max(this.#weight, lane.weight);
    const most = Math.min(this.#slots - this.#quarter, Math.ceil(Math.max(share, this.#slots / 4)), lane.most);
    return lane.running < Math.max(1, most);
  }

  #laneOf({ name, weight, most, mostRest = this.#quarter }: LaneWanted): Lane {
    let lane = this.#lanes.get(name);
    if (!lane) {
      const had = this.#level;
      const idle = { running: 0, restRunning: 0, seen: this.#now(), calls: [], rest: [], turns: 0 };
      lane = { name, weight, most, mostRest, had, ...idle };
      this.#lanes.set(name, lane);
      this.#weight += weight;
    }
    return lane;
  }

  /** Who takes part at present; ten times a second, because it looks at every lane. */
  #weigh(now: number): void {
    if (now - this.#weighedAt < rests / 10) return;
    this.#weighedAt = now;
    this.#weight = 0;
    for (const lane of this.#lanes.values()) {
      if (lane.running || lane.calls.length || lane.rest.length || now - lane.seen < rests) this.#weight += lane.weight;
      else this.#lanes.delete(lane.name);
    }
  }
}
