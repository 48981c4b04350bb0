import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

const recording = new AsyncLocalStorage<string[]>();

/** The driver itself is listened to, below every door of ours: what a call sends is noted with the call, whoever else asks. */
const send = pg.Client.prototype.query as (this: pg.Client, ...sent: unknown[]) => unknown;
pg.Client.prototype.query = function (this: pg.Client, ...sent: unknown[]) {
  const [first] = sent as [string | { text?: string }];
  recording.getStore()?.push(typeof first === 'string' ? first : (first.text ?? ''));
  return send.apply(this, sent);
} as never;

/** What some work answers, with the text of every statement that it sent, in order. */
export async function withStatements<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  return { result: await recording.run(statements, work), statements };
}
