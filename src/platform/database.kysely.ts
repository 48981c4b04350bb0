import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { QueryResult as Answered, ClientBase } from 'pg';

/** The client's unit of work. */
export interface UnderWay {
  /** That it has switched to; part of the name of each statement. */
  role: string;
  unit: object | undefined;
  /** Whether it is this unit of work that asks now. */
  isAsking(): boolean;
  /** Looks at every result. */
  observe?: ((result: Answered) => void) | undefined;
  /** Why a statement of this unit of work was refused, whatever became of that. */
  failed: unknown;
}

/** More different statements than this (filters in many combinations) are sent without a name, planned each time. */
const mostNamed = 2000;
const numbers = new Map<string, number>();

/** Kysely over one client that is in a transaction already: queries only, no connections, no transactions of its own. */
export class PinnedDialect implements Dialect {
  readonly #client: ClientBase;
  readonly #underway: UnderWay;

  constructor(client: ClientBase, underway: UnderWay) {
    this.#client = client;
    this.#underway = underway;
  }

  createAdapter = () => new PostgresAdapter();
  createDriver = () => new PinnedDriver(new PinnedConnection(this.#client, this.#underway));
  createIntrospector = (db: ConstructorParameters<typeof PostgresIntrospector>[0]) => new PostgresIntrospector(db);
  createQueryCompiler = () => new PostgresQueryCompiler();
}

class PinnedDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    throw new Error('the unit of work is the transaction');
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

class PinnedConnection implements DatabaseConnection {
  readonly #client: ClientBase;
  readonly #underway: UnderWay;

  constructor(client: ClientBase, underway: UnderWay) {
    this.#client = client;
    this.#underway = underway;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.#underway.isAsking())
      throw new Error('the unit of work has ended: what it left behind asks nothing more');
    // A plan that depends on policies is thrown away when the same statement runs under another role: one name for each.
    const number = numberOf(query.sql);
    const name = number === undefined ? {} : { name: `${this.#underway.role}:${number}` };
    const asked = { ...name, text: query.sql, values: query.parameters as unknown[] };
    const result = await this.#client.query(asked).catch((error) => {
      this.#underway.failed ??= error;
      throw error;
    });
    this.#underway.observe?.(result);
    return {
      rows: result.rows as R[],
      ...(result.command === 'SELECT' ? {} : { numAffectedRows: BigInt(result.rowCount ?? 0) }),
    };
  }

  // biome-ignore lint/correctness/useYield: nothing streams inside a unit of work; Kysely asks for the method.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('a unit of work does not stream: read pages');
  }
}

function numberOf(sql: string): number | undefined {
  let number = numbers.get(sql);
  if (number === undefined && numbers.size < mostNamed) {
    number = numbers.size + 1;
    numbers.set(sql, number);
  }
  return number;
}
