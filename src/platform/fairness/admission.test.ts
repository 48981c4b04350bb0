import { expect, test } from 'vitest';
import type { Endpoint } from '../endpoints.ts';
import { type Reading, readingOf } from '../reads.ts';
import { Refusal } from '../refusals.ts';
import type { Origin, Principal } from '../units.ts';
import { Admission, accountOf } from './admission.ts';
import type { Turn } from './fair-queue.ts';
import { Lanes, placeOf } from './lanes.ts';
import { Quotas } from './quotas.ts';

const session = (n: number, membershipId: string | null = 'm'): Principal => ({
  kind: 'session',
  tokenHash: Buffer.alloc(32, n),
  membershipId,
});
const from = (principal: Principal | null, address = '192.0.2.1'): Origin => ({
  requestId: '',
  address,
  call: accountOf(principal),
});
function refused(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s queues as %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});

test('T-45 strangers share a queue by their address, and fill nobody’s of a tenant', () => {
  const admission = new Admission(4);
  const known = session(200);
  admission.met(known, 17, undefined);
  // Whoever invents credentials is known nowhere: 3 begin, 100 wait, the others are refused.
  for (let n = 0; n < 103; n++) admission.enter(session(n % 100), from(session(n % 100)));
  const surplus = refused(() => admission.enter(session(7), from(session(7))));
  expect([surplus.type, surplus.status]).toEqual(['too-many-waiting', 429]);
  expect(admission.waitingOf(17)).toBe(0);
  expect(admission.enter(known, from(known))).not.toBeInstanceOf(Promise);
  // From elsewhere one is no part of that flood.
  expect(() => admission.enter(session(7), from(session(7), '192.0.2.99'))).not.toThrow();
});

test('a call that has begun is not refused in its midst', () => {
  const admission = new Admission(4);
  const one = session(1);
  admission.met(one, 17, undefined);
  const begun = from(one);
  const turn = admission.enter(one, begun) as Turn;
  for (let n = 0; n < 303; n++) {
    if (n < 302) admission.enter(one, from(one));
    else expect(refused(() => admission.enter(one, from(one))).type).toBe('too-many-waiting');
  }
  admission.leave(turn);
  expect(() => admission.enter(one, begun)).not.toThrow();
});

test('T-45 an export is a call as long as it can be refused, and then what goes on without anybody asking', () => {
  const admission = new Admission(8);
  const one = session(1);
  admission.met(one, 17, undefined);
  const reading = readingOf({ method: 'GET', path: '/tickets/export', sends: 'file' } as Endpoint, {}, {}) as Reading;
  const exports = Array.from({ length: 4 }, () => ({ ...from(one), reading }));
  for (const origin of exports) admission.leave(admission.enter(one, origin) as Turn);
  const pages = exports.map((origin) => admission.enter(one, origin));
  expect(pages.filter((page) => page instanceof Promise)).toHaveLength(2);
  expect([admission.enter(one, from(one)) instanceof Promise, admission.waitingOf(17)]).toEqual([false, 0]);
});

test('the program’s own work waits for no other of its own, as long as there are turns', () => {
  const admission = new Admission(6);
  const turns = Array.from({ length: 2 }, () => admission.enter(null, { requestId: '', address: '' }));
  expect(turns.map((turn) => turn instanceof Promise)).toEqual([false, false]);
});

test('a credential is remembered for its queue alone, under its membership, and forgotten when it holds no more', () => {
  const lanes = new Lanes();
  lanes.learn(session(1, 'a'), 17);
  expect([lanes.ownerOf(session(1, 'a')), lanes.ownerOf(session(1, 'b')), lanes.ownerOf(session(2, 'a'))]).toEqual([
    17,
    undefined,
    undefined,
  ]);
  lanes.forget(session(1, 'a'));
  expect(lanes.ownerOf(session(1, 'a'))).toBeUndefined();
});

const minute = 1_000_000;
const at = minute * 60_000 + 20_000;
const limits = { owner: 17, minute, callsPerMinute: 5, callsAtOnce: 4, others: 0, processes: 1 };

test('a limit counts each minute anew, and what other processes have counted', () => {
  const quotas = new Quotas();
  expect(quotas.count(17, at)).toBeNull();
  quotas.learn([{ ...limits, others: 2 }], at);
  expect(quotas.count(17, at)).toEqual({ limit: 5, remaining: 1, seconds: 40 });
  expect(quotas.count(17, at)).toEqual({ limit: 5, remaining: 0, seconds: 40 });
  const beyond = refused(() => quotas.count(17, at));
  expect([beyond.type, beyond.status, beyond.details]).toEqual(['rate-limit', 429, { limit: 5, seconds: 40 }]);
  expect(quotas.count(17, at + 60_000)).toMatchObject({ remaining: 4 });
  expect(quotas.count(16, at)).toBeNull();
});

test('what could not be told to the database is told the next time', () => {
  const quotas = new Quotas();
  quotas.count(17, at);
  quotas.countRefused(17, at);
  const untold = quotas.takeUntold();
  expect([untold, quotas.hasUntold]).toEqual([[{ owner: 17, minute, calls: 1, refused: 1 }], false]);
  quotas.count(17, at);
  quotas.giveBack(untold);
  expect(quotas.takeUntold()).toEqual([{ owner: 17, minute, calls: 2, refused: 1 }]);
});

test('several processes share what may be done at once', () => {
  const quotas = new Quotas();
  expect(quotas.callsAtOnce(17)).toBe(Number.POSITIVE_INFINITY);
  quotas.learn([{ ...limits, processes: 3 }], at);
  expect(quotas.callsAtOnce(17)).toBe(2);
  quotas.learn([{ ...limits, processes: 0 }], at);
  expect(quotas.callsAtOnce(17)).toBe(4);
});
