import { expect } from 'vitest';
import { fulfillmentQueue } from '../src/catalog/fulfillment/engine.ts';
import { createRequest, getRequest, type ServiceRequest } from '../src/catalog/requests/requests.api.ts';
import type { Client } from './client.ts';
import type { World } from './world.ts';

type Job = Record<string, string | number>;
type Values = Record<string, unknown>;

export interface Requesting {
  /** Queued and not yet done, the oldest first. */
  readonly jobs: Job[];
  /** Does what is queued. */
  run(): Promise<void>;
  /** @returns the request's number. @throws Problem when the submission is refused. */
  submit(client: Client, offering: string, values: Values): Promise<string>;
  /** Submits and fulfils, however it ends. */
  request(client: Client, offering: string, values: Values): Promise<ServiceRequest>;
  /** Submits and fulfils, and expects it to be completed. */
  done(client: Client, offering: string, values: Values): Promise<ServiceRequest>;
}

/** The jobs are run by the test itself, instead of by a queue beside it: it decides what happens between two of them. */
export function requesting(world: World): Requesting {
  const jobs: Job[] = [];
  world.db.sendWith(async (_client, _queue, payload) => void jobs.push(payload));
  const run = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await fulfil(world, job);
  };
  const submit = async (client: Client, offering: string, values: Values) =>
    (await client.call(createRequest, { body: { offering, values } })).number;
  const request = async (client: Client, offering: string, values: Values) => {
    const number = await submit(client, offering, values);
    await run();
    return client.call(getRequest, { params: { number } });
  };
  const done = async (client: Client, offering: string, values: Values) => {
    const ended = await request(client, offering, values);
    expect(ended, JSON.stringify(ended.tasks)).toMatchObject({ phase: 'completed', stuck: false });
    return ended;
  };
  return { jobs, run, submit, request, done };
}

/** One delivery of a job; what it throws is the queue's business. */
export async function fulfil(world: World, job: Job | undefined): Promise<void> {
  await fulfillmentQueue.perform(world.db, job as Job).catch(() => {});
}
