import pg from 'pg';
import { quoted } from '../../src/platform/roles.ts';
import { ownCluster, type TestDatabase } from '../database.ts';

/** A statement that a call sent, and how it ended. */
export interface Sent {
  text: string;
  rows: number | null;
  error?: { code?: string; constraint?: string; table?: string; message: string };
}

type Callback = (error: Error, result: pg.QueryResult) => void;

/** What the door sets for a unit of work, and the end of a transaction takes away. */
const settings = [
  ...['tenancy', 'person', 'membership', 'contact', 'owner', 'reach', 'read_owner', 'reads', 'reads_optional'],
  ...['write_owner', 'writes', 'closed', 'groups', 'scope_ticket', 'scope_request', 'read_internal'],
  ...['provider_people', 'update_public', 'rehearsal'],
].map((name) => `'app.${name}'`);
const forget = `set local role none; select set_config(name, '', true) from unnest(array[${settings}]) name`;

/**
 * One connection under the program, held in a transaction that never commits: units of work become savepoints of it. A wall
 * is broken in it, calls go through HTTP as ever, and the rollback mends everything, whatever they have done.
 */
export class Held {
  readonly sent: Sent[] = [];
  readonly #login: string;
  #client: HeldClient | null = null;
  #breaking = false;

  constructor(login: string) {
    this.#login = login;
  }

  /** What `new Database({ app })` takes, with one connection. */
  app({ app }: TestDatabase): pg.ClientConfig {
    const held = this;
    const Client = class extends HeldClient {
      constructor(config: pg.ClientConfig) {
        super(config);
        held.#attach(this);
      }
    };
    const pool = { Client, idleTimeoutMillis: 0 };
    return { ...app, ...ownCluster().superuser, ...pool } as pg.ClientConfig;
  }

  #attach(client: HeldClient): void {
    // Another connection would stand outside the transaction, and what it did would stay.
    if (this.#client) throw new Error('the connection that was held is gone');
    this.#client = client;
    client.noting = this.sent;
  }

  get #held(): HeldClient {
    if (!this.#client) throw new Error('nothing is connected yet');
    return this.#client;
  }

  /** Until `mend`, every call meets the database with this done to it; null: as it is. */
  async break(statement: string | null): Promise<void> {
    if (this.#breaking) throw new Error('one wall at a time');
    this.#breaking = true;
    const client = this.#held;
    await client.plain('begin');
    if (statement) await client.plain(statement);
    await client.plain(`set local session authorization ${quoted(this.#login)}`);
    client.isHeld = true;
  }

  /**
   * The program forgets to ask what it may write: it is told that it may write everything, while the database knows better.
   * What is refused then is refused by the database alone.
   */
  set forgetful(forgets: boolean) {
    this.#held.isForgetful = forgets;
  }

  async mend(): Promise<void> {
    this.#held.isHeld = false;
    this.#breaking = false;
    await this.#held.plain('rollback');
  }

  /** Does something and undoes it, so that the next meets what this has met. */
  async trying<T>(work: () => Promise<T>): Promise<T> {
    const client = this.#held;
    this.sent.splice(0);
    await client.plain('savepoint attempt');
    try {
      return await work();
    } finally {
      await client.plain('rollback to savepoint attempt');
    }
  }
}

/** As the scope of somebody who writes everything. */
const allowed = { writes_kind: 'all', writes: [], closed: [], update_public: true };

/** Of the pool's making. Where a unit of work begins and ends a transaction, it begins and ends a savepoint. */
class HeldClient extends pg.Client {
  isHeld = false;
  isForgetful = false;
  noting: Sent[] = [];
  #inWork = false;

  plain(text: string): Promise<unknown> {
    return super.query(text);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the driver's own has a dozen overloads
  override query(...given: any[]): any {
    const [first, values, last] = given;
    const callback = [values, last].find((one): one is Callback => typeof one === 'function');
    if (!this.isHeld) return super.query(first, values, last);
    if (typeof first === 'string' && first.startsWith('begin')) return this.#begin();
    if (first === 'commit') return this.#commit();
    if (first === 'rollback') return this.#undo();
    const answer = this.#send(first, typeof values === 'function' ? undefined : values);
    if (!callback) return answer;
    answer.then(
      (result) => callback(undefined as never, result),
      (error) => callback(error, undefined as never),
    );
    return undefined;
  }

  #begin(): Promise<unknown> {
    this.#inWork = true;
    return super.query('savepoint work');
  }

  async #commit(): Promise<{ command: string }> {
    this.#inWork = false;
    try {
      await super.query(`release savepoint work; ${forget}`);
      return { command: 'COMMIT' };
    } catch {
      await this.#undo();
      return { command: 'ROLLBACK' };
    }
  }

  #undo(): Promise<unknown> {
    this.#inWork = false;
    return super.query('rollback to savepoint work; release savepoint work');
  }

  async #send(first: string | pg.QueryConfig, values: unknown[] | undefined): Promise<pg.QueryResult> {
    const alone = !this.#inWork;
    const sent: Sent = { text: typeof first === 'string' ? first : first.text, rows: null };
    this.noting.push(sent);
    if (alone) void super.query('savepoint alone');
    const [ended] = await Promise.allSettled([super.query(first as string, values as unknown[])]);
    if (alone)
      await super.query(`${ended.status === 'rejected' ? 'rollback to savepoint alone; ' : ''}release savepoint alone`);
    if (ended.status === 'fulfilled') {
      sent.rows = ended.value.rowCount;
      const isScope = typeof first !== 'string' && first.name === 'scope';
      if (isScope && this.isForgetful) Object.assign(ended.value.rows[0], allowed);
      return ended.value;
    }
    sent.error = ended.reason;
    throw ended.reason;
  }
}
