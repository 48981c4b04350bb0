import { AsyncLocalStorage } from 'node:async_hooks';
import { availableParallelism } from 'node:os';
import { Kysely } from 'kysely';
import pg from 'pg';
import { databaseRefusal } from './database.errors.ts';
import { PinnedDialect, type UnderWay } from './database.kysely.ts';
import { GatheringSocket } from './gathering.ts';
import { Refusal } from './refusals.ts';
import type { Schema } from './schema.ts';

export interface ConnectionSettings {
  app: pg.ClientConfig;
  /** Connections at most, of which two are kept for what is no unit of work. */
  connections?: number | undefined;
}

/** Kept for what is no unit of work. */
const apart = 2;

/** All processes have at most so many together, beside those of their queues; the embedded database takes 200. */
const mostOfAll = 96;

/**
 * As many as a process has that shares the machine with so many of its like: two units of work at once for each processor, four at least, since some wait for the disk or for a lock; ten at most. More units at once
 * take no less time together, and whoever comes while one tenant floods shares the processors with all of them (decision 30).
 */
export function connectionsOf(processes: number, processors = availableParallelism()): number {
  const units = Math.min(10, Math.max(4, Math.ceil((2 * processors) / processes)));
  return Math.min(apart + units, Math.floor(mostOfAll / processes));
}

/** What is done once the transaction has been committed. */
export type AfterCommit = (then: () => void) => void;

/** A connection's queries, and the unit of work that may ask them. */
interface Asking {
  q: Kysely<Schema>;
  underway: UnderWay;
}

/** What belongs to one unit of work: whatever is still going on when it has ended asks nothing in the next one on its connection. */
const units = new AsyncLocalStorage<object>();

/** The connections of the program's login, and transactions on them: as whom they are begun is the affair of `database.ts`. */
export class Connections {
  readonly #app: pg.ClientConfig;
  readonly #pool: pg.Pool;
  readonly #asking = new WeakMap<pg.ClientBase, Asking>();

  constructor({ app, connections = connectionsOf(1) }: ConnectionSettings) {
    // The pool hides the password of its own copy.
    this.#app = app;
    // One round trip for what is sent together; pg keeps answers and errors apart.
    // To compile a statement takes longer than any of ours, and some servers think otherwise (docs/database.md 9.7).
    // Each statement has one plan, made for any values: lists say by themselves which index they go by, and planning one takes longer than
    // reading a page (docs/database.md 9.8). Instants are answered in UTC, whatever the server's zone: cursors hold them.
    const options = `${app.options ?? ''} -c jit=off -c plan_cache_mode=force_generic_plan -c timezone=UTC`.trim();
    const stream = () => new GatheringSocket();
    this.#pool = new pg.Pool({ ...app, options, max: connections, pipeline: true, stream } as pg.PoolConfig);
    // An idle connection that breaks is replaced; the next use would report what is wrong.
    this.#pool.on('error', () => {});
    // One that breaks in the middle of a unit of work fails its queries; unheard, its event would end the program.
    this.#pool.on('connect', (client) => void client.on('error', () => {}));
  }

  /** Whether this is called from within a transaction. */
  get isUnderway(): boolean {
    return units.getStore() !== undefined;
  }

  askingOf(client: pg.ClientBase): Asking {
    let made = this.#asking.get(client);
    if (!made) {
      const underway: UnderWay = {
        role: '',
        failed: undefined,
        unit: undefined,
        isAsking: () => units.getStore() === underway.unit,
      };
      made = { q: new Kysely<Schema>({ dialect: new PinnedDialect(client, underway) }), underway };
      this.#asking.set(client, made);
    }
    return made;
  }

  /** Work that begins a transaction, which is committed at its end, or undone. `reads`: it changes nothing that anybody waits for. */
  transaction<T>(work: (client: pg.PoolClient, afterCommit: AfterCommit) => Promise<T>, reads: boolean): Promise<T> {
    const unit = {};
    return units.run(unit, async () => {
      const client = await this.#pool.connect().catch((error) => {
        throw databaseRefusal(error);
      });
      const after: (() => void)[] = [];
      let broken = false;
      const { underway } = this.askingOf(client);
      underway.unit = unit;
      underway.failed = undefined;
      try {
        const result = await work(client, (then) => after.push(then));
        // Nothing depends on the end of what has only read: it travels with what comes next on this connection.
        if (reads && !underway.failed && !after.length) {
          client.query('commit').catch(() => {});
          return result;
        }
        const committed = await client.query('commit');
        // A transaction that had failed answers the commit with a rollback, and without an error.
        if (committed.command !== 'COMMIT')
          throw new Error('the unit of work was rolled back: a failed query was swallowed', { cause: underway.failed });
        units.exit(() => {
          for (const then of after) then();
        });
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => {
          broken = true;
        });
        throw error instanceof Refusal ? error : databaseRefusal(error);
      } finally {
        underway.unit = undefined;
        client.release(broken);
      }
    });
  }

  /** One statement outside every unit of work, as the login itself. */
  query<Row extends pg.QueryResultRow>(asked: string | pg.QueryConfig): Promise<pg.QueryResult<Row>> {
    return this.#pool.query<Row>(asked);
  }

  /** A connection of its own for `listen`; the caller ends it. */
  async listener(): Promise<pg.Client> {
    const client = new pg.Client(this.#app);
    await client.connect();
    return client;
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }
}
