import { expect, test } from 'vitest';
import { FairQueue, type Turn } from './fair-queue.ts';

/** A queue with a clock that the test moves, and who began in which order. */
function queueOf(slots: number) {
  const clock = { now: 0 };
  const queue = new FairQueue({ slots, now: () => clock.now });
  const begun: string[] = [];
  const turns: { name: string; turn: Turn }[] = [];
  const enter = (name: string, { weight = 4, most = Number.POSITIVE_INFINITY, isCall = true } = {}) => {
    const label = isCall ? name : `${name}'s job`;
    const begins = (turn: Turn) => {
      begun.push(label);
      turns.push({ name, turn });
    };
    const entered = queue.enter({ name, weight, most }, isCall);
    if (entered instanceof Promise) void entered.then(begins);
    else begins(entered);
  };
  const settle = () => new Promise((done) => setImmediate(done));
  /** The unit that began first ends, after so many milliseconds. */
  const end = async (took = 1, name?: string) => {
    clock.now += took;
    const at = turns.findIndex((one) => name === undefined || one.name === name);
    const [ended] = turns.splice(at, 1);
    queue.leave((ended as { turn: Turn }).turn);
    await settle();
  };
  return { clock, queue, begun, turns, enter, end };
}

test('T-45 whoever comes finds a slot free, however many of another tenant wait', () => {
  const { queue, begun, enter } = queueOf(4);
  for (let n = 0; n < 200; n++) enter('flood');
  expect([begun.length, queue.waiting]).toEqual([3, 197]);
  enter('quiet');
  expect(begun.at(-1)).toBe('quiet');
});

test('T-45 two that wait take turns, however many the one has queued before the other came', async () => {
  const { begun, enter, end } = queueOf(2);
  enter('quiet');
  for (let n = 0; n < 100; n++) enter('flood');
  for (let n = 0; n < 10; n++) enter('quiet');
  for (let n = 0; n < 20; n++) await end();
  const counts = begun.slice(0, 20).filter((name) => name === 'quiet').length;
  expect([9, 10, 11]).toContain(counts);
});

test('who takes long is charged for it: turns are of time, not of units', async () => {
  const { clock, begun, turns, enter, end } = queueOf(2);
  for (let n = 0; n < 100; n++) for (const name of ['slow', 'quick', 'brisk']) enter(name);
  const endOf = ({ name, turn }: (typeof turns)[number]) => turn.began + (name === 'slow' ? 10 : 1);
  for (let n = 0; n < 90; n++) {
    const [next] = turns.toSorted((one, other) => endOf(one) - endOf(other)) as [(typeof turns)[number]];
    await end(endOf(next) - clock.now, next.name);
  }
  const count = (name: string) => begun.filter((one) => one === name).length;
  expect(count('slow')).toBeLessThan(count('quick') / 2);
  expect(Math.abs(count('quick') - count('brisk'))).toBeLessThan(5);
});

test('a weight of four is served four times as often as one', async () => {
  const { begun, enter, end } = queueOf(2);
  for (let n = 0; n < 100; n++) {
    enter('stranger', { weight: 1 });
    enter('tenant');
    enter('another tenant');
  }
  for (let n = 0; n < 90; n++) await end();
  const count = (name: string) => begun.filter((one) => one === name).length;
  expect(count('stranger')).toBeGreaterThan(5);
  expect(count('stranger')).toBeLessThan(count('tenant') / 3);
});

test('a long unit locks nobody out: what is owed is forgotten beyond a second', async () => {
  const { begun, enter, end } = queueOf(2);
  enter('long');
  enter('other');
  await end(60_000, 'long');
  for (let n = 0; n < 2000; n++) enter('other');
  enter('long');
  for (let n = 0; n < 1500 && begun.at(-1) !== 'long'; n++) await end();
  expect(begun.at(-1)).toBe('long');
});

test('no lane has more at work than it may, and as soon as one ends the next begins', async () => {
  const { queue, begun, enter, end } = queueOf(8);
  for (let n = 0; n < 5; n++) enter('limited', { most: 2 });
  expect([begun.length, queue.runningIn('limited'), queue.waitingIn('limited')]).toEqual([2, 2, 3]);
  await end();
  expect([begun.length, queue.waitingIn('limited')]).toEqual([3, 2]);
});

test('a share that grows when the others rest is had at once, though nothing ends', async () => {
  const { clock, begun, enter, end } = queueOf(4);
  for (const name of ['one', 'two', 'three', 'four']) enter(name);
  for (const name of ['two', 'three', 'four']) await end(1, name);
  // The one that is at work is stuck; its share is one of four, as long as the others are about.
  enter('one');
  expect(begun).toHaveLength(4);
  clock.now += 5000;
  for (let waited = 0; begun.length < 5 && waited < 10_000; waited += 10)
    await new Promise((done) => setTimeout(done, 10));
  expect(begun.at(-1)).toBe('one');
});

test('who comes back after a rest, at the moment at which lanes that rest are forgotten, waits for a turn that comes', async () => {
  const { clock, queue, begun, enter, end } = queueOf(2);
  enter('rested');
  await end(0, 'rested');
  clock.now = 950;
  for (const name of ['one', 'two']) enter(name);
  clock.now = 1060;
  enter('rested');
  expect(begun).toEqual(['rested', 'one', 'two']);
  await end(1, 'one');
  expect(begun).toEqual(['rested', 'one', 'two', 'rested']);
  expect(queue.waiting).toBe(0);
});

test('in a lane calls go before jobs, but not for ever', async () => {
  const { begun, enter, end } = queueOf(2);
  enter('one');
  for (let n = 0; n < 3; n++) enter('one', { isCall: false });
  for (let n = 0; n < 20; n++) enter('one');
  for (let n = 0; n < 12; n++) await end();
  expect(begun.slice(0, 4)).toEqual(['one', 'one', 'one', 'one']);
  expect(begun.filter((name) => name === "one's job").length).toBe(3);
});

test('T-45 what is no call has a quarter of the slots at most, and calls of the same lane find the others', async () => {
  const { begun, enter, end } = queueOf(8);
  for (let n = 0; n < 20; n++) enter('one', { isCall: false });
  expect(begun).toHaveLength(2);
  for (let n = 0; n < 9; n++) enter('one');
  expect(begun).toHaveLength(6);
  for (let n = 0; n < 40 && begun.length < 29; n++) await end();
  expect(begun).toHaveLength(29);
});

test('everything that waits is done in the end, and nothing is left behind', async () => {
  const { queue, begun, turns, enter, end } = queueOf(3);
  for (let n = 0; n < 90; n++) enter(`tenant ${n % 7}`, { isCall: n % 5 > 0 });
  while (turns.length) await end(n7(begun.length));
  expect([begun.length, queue.waiting]).toEqual([90, 0]);
});
const n7 = (n: number) => (n * 7) % 13;
