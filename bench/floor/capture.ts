import pg from 'pg';
import { readConfig } from '../../src/config.ts';
import { openProgram } from '../../src/program.ts';
import type { PlainRequest } from '../harness/caller.ts';

/** A statement as the program sent it. */
export interface Sent {
  text: string;
  values: unknown[];
}

export interface Recorder {
  /** The statements of one request, from `begin` to `commit` and what follows before the answer. */
  statementsOf(request: PlainRequest): Promise<Sent[]>;
  close(): Promise<void>;
}

/**
 * Answers requests in this process with the program's own code, and writes down what it asks the database: so what it is
 * compared with sends the same SQL, whatever that becomes.
 */
export async function openRecorder(databaseUrl: string): Promise<Recorder> {
  const sent: Sent[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function record(this: pg.Client, ...args: unknown[]) {
    const [first, second] = args as [string | { text?: string; values?: unknown[] }, unknown];
    if (typeof first === 'string') sent.push({ text: first, values: Array.isArray(second) ? second : [] });
    else if (typeof first?.text === 'string')
      sent.push({ text: first.text, values: first.values ?? (Array.isArray(second) ? second : []) });
    return (original as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof original;
  const config = readConfig({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' });
  const program = await openProgram(config, () => {}, { beside: true });
  return {
    async statementsOf({ method, path, headers, body }) {
      const ask = () =>
        program.server.inject({ method: method as 'GET', url: path, headers, ...(body ? { payload: body } : {}) });
      // Once before: what is read only once a process is no part of a request.
      await ask();
      sent.length = 0;
      const answer = await ask();
      if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.payload}`);
      return sent.splice(0);
    },
    async close() {
      pg.Client.prototype.query = original;
      await program.stop();
    },
  };
}
