import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StormProgram } from './storm.program.ts';

// The program is killed at random instants while it works, and started again. Whatever it has acknowledged is there; whatever
// it has not can be sent again with the same key, and is then there once (R4.4, R4.5).

const rounds = Number(process.env.STORM_ROUNDS ?? 5);

interface Work {
  path: string;
  body: Record<string, unknown>;
  key: string;
  name: string;
  /** The number in the answer; none while nobody knows. */
  number: string | null;
}

let program: StormProgram;
const sent: Work[] = [];

beforeAll(async () => {
  program = await StormProgram.make();
  await program.start();
  await program.signIn();
  const values = { state: 'on', providerName: 'Storm Provider', crossings: 'refuse' };
  const { body } = await program.call<{ number: string }>('POST', '/requests', { offering: 'multi-tenancy', values });
  await completed(body.number);
}, 180_000);

afterAll(() => program.stop());

test(`R4.4 R4.5 nothing acknowledged is lost by ${rounds} kills, and every request ends completed or retryable`, {
  timeout: 30_000 + rounds * 15_000,
}, async () => {
  for (let round = 1; round <= rounds; round++) {
    let storming = true;
    const workers = Array.from({ length: 6 }, async (_none, worker) => {
      while (storming) await send(newWork(round, worker)).catch(unlessCutOff);
    });
    await pause(100 + Math.random() * 900);
    await program.kill({ database: round % 2 === 0 });
    storming = false;
    await Promise.all(workers);
    await program.start();
    for (const work of sent.filter((one) => one.number === null)) await send(work);
  }
  expect(sent.length).toBeGreaterThan(rounds);
  expect(sent.filter((work) => work.number === null)).toEqual([]);
  await expectAll();
});

/** A connection that broke is what this is about; any other failure is one. */
function unlessCutOff(error: unknown): void {
  if (!(error instanceof TypeError) || error.message !== 'fetch failed') throw error;
}

let made = 0;
function newWork(round: number, worker: number): Work {
  const name = `Storm ${round}.${worker}.${++made}`;
  const isTenant = made % 4 === 0;
  const work: Work = {
    path: isTenant ? '/requests' : '/tickets',
    body: isTenant ? { offering: 'add-tenant', values: { name } } : { title: name },
    key: randomUUID(),
    name,
    number: null,
  };
  sent.push(work);
  return work;
}

/** Notes the number when the answer arrives. A program that is going down may also say so. */
async function send(work: Work): Promise<void> {
  const { path, body, key } = work;
  const answer = await program.call<{ number: string; title?: string }>('POST', path, body, { 'idempotency-key': key });
  if (answer.status === 201) work.number = answer.body.number;
  else expect([503, 409], JSON.stringify(answer.body)).toContain(answer.status);
}

async function expectAll(): Promise<void> {
  const numbers = new Set<string>();
  for (const { path, number, name } of sent) {
    const place = `${path}/${number}`;
    const { status, body } = await program.call<{ title?: string; about?: string }>('GET', place);
    expect([status, body.title ?? body.about], place).toEqual([200, name]);
    numbers.add(number as string);
  }
  expect(numbers.size, 'each piece of work has a number of its own').toBe(sent.length);
  // Once each, however often it was sent.
  expect(await countOf('/tickets?limit=200')).toBe(sent.filter(({ path }) => path === '/tickets').length);
  for (const { path, number } of sent) if (path === '/requests') await completed(number as string);
  expect(await countOf('/tenants?search=Storm&limit=200')).toBe(
    sent.filter(({ path }) => path === '/requests').length + 1,
  );
}

async function countOf(list: string): Promise<number> {
  let count = 0;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { body: { items: unknown[]; next: string | null } } = await program.call(
      'GET',
      `${list}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    count += page.body.items.length;
    cursor = page.body.next;
  }
  return count;
}

/** Fulfilled by itself in a while; a part that failed is tried again on demand. */
async function completed(number: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { body } = await program.call<{ phase: string; stuck: boolean; can: { retry: boolean } }>(
      'GET',
      `/requests/${number}`,
    );
    if (body.phase === 'completed') return;
    expect(['submitted', 'approval', 'fulfillment'], number).toContain(body.phase);
    if (body.stuck) {
      expect(body.can.retry, `${number} is stuck and can be retried`).toBe(true);
      await program.call('PUT', `/requests/${number}/retry`);
    }
    await pause(100);
  }
  throw new Error(`${number} is neither completed nor stuck: ${program.said}`);
}
