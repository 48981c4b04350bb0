import { refusalOf } from '../refusals.ts';
import type { Origin, Principal } from '../units.ts';
import { FairQueue, type LaneWanted, type Turn } from './fair-queue.ts';
import { Lanes, placeOf, weights } from './lanes.ts';
import { Quotas, type Standing } from './quotas.ts';

/** One call of the API, through all its units of work: only its first can be refused, the others finish what was begun. */
export interface CallAccount {
  principal: Principal | null;
  admitted: boolean;
  /** With its tenant's calls of this minute. */
  counted: boolean;
  standing: Standing | null;
}

export function accountOf(principal: Principal | null): CallAccount {
  return { principal, admitted: false, counted: false, standing: null };
}

/** Calls that wait in one process: of a tenant, of an address that nobody is known at, of all. */
const mostOfTenant = 300;
const mostOfAddress = 100;
const mostOfAll = 5000;

/** Who may begin a unit of work, and when: in front of the pool, so that nobody's flood is anybody else's wait (T-45). */
export class Admission {
  readonly quotas = new Quotas();
  readonly #queue: FairQueue;
  readonly #lanes = new Lanes();

  constructor(slots: number) {
    this.#queue = new FairQueue({ slots });
  }

  /** @throws Refusal for a call that comes after too many others of its tenant, before the database is asked anything. */
  enter(principal: Principal | null, { call, address, reading }: Origin): Turn | Promise<Turn> {
    const who = principal ?? call?.principal ?? null;
    const owner = who === null ? undefined : this.#lanes.ownerOf(who);
    const lane = this.#laneOf(owner, address);
    // An export that has begun is no call any more: its pages go on for long after, without anybody's asking.
    const goesOn = call?.admitted && reading?.manner === 'exported';
    if (call && !call.admitted) {
      this.#refuseSurplus(lane, owner);
      if (owner !== undefined) this.#count(owner, call);
      call.admitted = true;
    }
    return this.#queue.enter(lane, call !== undefined && !goesOn);
  }

  leave(turn: Turn): void {
    this.#queue.leave(turn);
  }

  /** The database has said whose it is. @throws Refusal for a call that was not known to be of a tenant with a limit. */
  met(principal: Principal, owner: number, call: CallAccount | undefined): void {
    this.#lanes.learn(principal, owner);
    if (call && !call.counted) this.#count(owner, call);
  }

  forget(principal: Principal): void {
    this.#lanes.forget(principal);
  }

  /** How many calls of a tenant wait. */
  waitingOf(owner: number): number {
    return this.#queue.waitingIn(`tenant ${owner}`);
  }

  #count(owner: number, call: CallAccount): void {
    call.counted = true;
    try {
      call.standing = this.quotas.count(owner);
    } catch (error) {
      call.standing = (error as { standing?: Standing }).standing ?? null;
      throw error;
    }
  }

  #laneOf(owner: number | undefined, address: string): LaneWanted {
    if (owner !== undefined)
      return { name: `tenant ${owner}`, weight: weights.tenant, most: this.quotas.callsAtOnce(owner) };
    if (address) return { name: placeOf(address), weight: weights.address, most: Number.POSITIVE_INFINITY };
    // The program's own work is no call of anybody's: nothing in this lane is to be left room for.
    const most = Number.POSITIVE_INFINITY;
    return { name: 'system', weight: weights.system, most, mostRest: most };
  }

  #refuseSurplus({ name }: LaneWanted, owner: number | undefined): void {
    const waiting = this.#queue.waitingIn(name);
    if (waiting >= (owner === undefined ? mostOfAddress : mostOfTenant)) {
      if (owner !== undefined) this.quotas.countRefused(owner);
      throw refusalOf('too-many-waiting', { seconds: 1 });
    }
    if (this.#queue.waiting >= mostOfAll) throw refusalOf('overloaded');
  }
}
