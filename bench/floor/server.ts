import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { newId } from '../../src/platform/ids.ts';
import { ReadLog } from '../../src/platform/reads.ts';
import type { Hole, Script, Step } from './scripts.ts';

/** What the limit is made of: a login that bypasses policies, and what each request asks, by its address. */
export interface FloorSettings {
  database: pg.ClientConfig;
  scripts: Record<string, Script>;
}

const settings: FloorSettings = await new Promise((resolve) => process.once('message', resolve as never));
const scripts = new Map(Object.entries(settings.scripts));
const config = {
  ...settings.database,
  max: 20,
  pipeline: true,
  options: '-c jit=off -c plan_cache_mode=force_generic_plan',
} as pg.PoolConfig;
const pool = new pg.Pool(config);
const reads = new ReadLog((batch) =>
  pool.query({ name: 'reads', text: 'select platform.record_reads($1)', values: [batch] }),
);
const server = Fastify();
server.get('/hello', async () => ({ hello: 'world' }));
for (const method of ['GET', 'POST'] as const) {
  for (const inTransaction of [true, false]) {
    server.route<{ Params: { '*': string } }>({
      method,
      url: `${inTransaction ? '/scoped' : '/bare'}/*`,
      handler: async (request) => answer(request.params['*'], request.headers.cookie ?? '', inTransaction),
    });
  }
}
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });

async function answer(name: string, cookie: string, inTransaction: boolean): Promise<unknown> {
  const script = scripts.get(name);
  if (!script) throw new Error(`no script ${name}`);
  const token = createHash('sha256')
    .update(/=([^;]+)/.exec(cookie)?.[1] ?? '')
    .digest();
  const client = await pool.connect();
  let rows: unknown;
  try {
    rows = await perform(client, script, token, inTransaction);
  } finally {
    client.release();
  }
  if (script.reads) await reads.note(JSON.parse(script.reads));
  return rows;
}

interface Given {
  token: Buffer;
  ids: string[];
  number: string;
}

/** Everything is sent at once, as far as no statement needs the answer of another one: fewer round trips there cannot be. */
async function perform(client: pg.PoolClient, script: Script, token: Buffer, inTransaction: boolean): Promise<unknown> {
  const given: Given = { token, ids: [], number: '' };
  const frame = [...(inTransaction ? [client.query(script.begin)] : []), client.query(bound(script.scope, given))];
  const answers: Promise<pg.QueryResult>[] = [];
  for (const step of script.queries) {
    const answered = client.query(bound(step, given));
    answers.push(answered);
    if (step.text.includes('next_number')) given.number = (await answered).rows[0].number;
  }
  if (inTransaction) frame.push(client.query('commit'));
  const [results] = await Promise.all([Promise.all(answers), Promise.all(frame)]);
  return results.map(({ rows }) => rows);
}

const names = new Map<string, string>();

function bound({ text, values }: Step, given: Given): pg.QueryConfig {
  if (!names.has(text)) names.set(text, `s${names.size}`);
  return { name: names.get(text) as string, text, values: values.map((value) => filled(value, given)) };
}

function filled(value: unknown, given: Given): unknown {
  if (value === null || typeof value !== 'object' || !('hole' in value)) return value;
  const { hole, place = 0 } = value as Hole;
  if (hole === 'token') return given.token;
  if (hole === 'number') return given.number;
  if (hole === 'now') return new Date();
  given.ids[place] ??= newId();
  return given.ids[place];
}
