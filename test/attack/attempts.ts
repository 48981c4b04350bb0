import type { FastifyInstance } from 'fastify';
import { Database } from '../../src/platform/database.ts';
import { createServer } from '../../src/platform/server.ts';
import { routes } from '../../src/solution.ts';
import { seen, tryExample } from '../attacks.tools.ts';
import { Client } from '../client.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import type { Attacker, Ground, Target } from './ground.ts';
import { Held, type Sent } from './held.ts';

/** Somebody calls something: what was answered with every wall in its place, and what the database was asked for it. */
export interface Attempt {
  by: Attacker;
  /** Whether the program forgot to ask what may be written. */
  forgetful: boolean;
  target: Target;
  answer: string;
  status: number;
  sent: Sent[];
  /** `read desk.tickets`, `update desk.tickets`, … */
  touches: Set<string>;
}

/** The ground with the real server in front of it, in a transaction that never commits. */
export class Siege {
  readonly held: Held;
  readonly #database: TestDatabase;
  readonly #db: Database;
  readonly #server: FastifyInstance;

  private constructor(held: Held, database: TestDatabase, db: Database, server: FastifyInstance) {
    this.held = held;
    this.#database = database;
    this.#db = db;
    this.#server = server;
  }

  static async open(ground: Ground): Promise<Siege> {
    const database = await testDatabase(ground.template);
    const held = new Held(database.app.user as string);
    const db = new Database({ app: held.app(database), prefix: database.prefix, connections: 1 });
    const server = await createServer({ db, routes, logLevel: 'silent' });
    db.sendWith(async () => {});
    await db.asSystem(async () => {});
    return new Siege(held, database, db, server);
  }

  async close(): Promise<void> {
    await this.#server.close();
    await this.#db.end();
    await this.#database.close();
  }

  /** Calls, and undoes what the call has done. */
  async try({
    by,
    target,
    forgetful,
  }: Pick<Attempt, 'by' | 'target' | 'forgetful'>): Promise<{ answer: string; status: number }> {
    this.held.forgetful = forgetful;
    const client = new Client(this.#server, { cookie: by.cookie, membershipId: by.membershipId });
    return this.held.trying(async () => {
      const answered = await tryExample(client, target.name, target.input);
      return { answer: told(target.name, JSON.stringify(seen(answered))), status: answered.status };
    });
  }

  /** Every attempt, with every wall in its place. */
  async survey(targets: readonly Target[], forgetful = false): Promise<Attempt[]> {
    const attempts: Attempt[] = [];
    await this.held.break(null);
    for (const target of targets) {
      for (const by of target.by) {
        const answered = await this.try({ by, target, forgetful });
        const sent = [...this.held.sent];
        attempts.push({ by, target, forgetful, ...answered, sent, touches: touchesOf(sent) });
      }
    }
    await this.held.mend();
    return attempts;
  }
}

const instants = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const identities = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g;
/** Secrets of links and tokens, and signatures: 32 bytes and more, in either alphabet of base64; the name of the key that signs. */
const secrets = /[\w+/-]{43,}|\b[0-9a-f]{16}\b/g;

/** What is made anew has another identity, instant and secret each time. */
function told(name: string, answer: string): string {
  const timeless = answer.replace(instants, 'then').replace(secrets, 'secret');
  return name.startsWith('GET ') ? timeless : timeless.replace(identities, 'one');
}

const verbs: Record<string, string> = { 'insert into': 'insert', update: 'update', 'delete from': 'delete' };

function touchesOf(sent: Sent[]): Set<string> {
  const touches = new Set<string>();
  for (const { text } of sent) {
    for (const [, verb, schema, table] of text.matchAll(
      /\b(insert into |update |delete from )?"?([a-z]+)"?\."?([a-z_]+)"?/g,
    ))
      touches.add(`${verbs[verb?.trim() ?? ''] ?? 'read'} ${schema}.${table}`);
  }
  return touches;
}
