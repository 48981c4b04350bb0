import type pg from 'pg';
import { recordEntry } from './audit.ts';
import { type AfterCommit, type ConnectionSettings, Connections, connectionsOf } from './connections.ts';
import { databaseRefusal } from './database.errors.ts';
import { Admission } from './fairness/admission.ts';
import { noteOwners, type OwnerColumns, ownerColumnsOf, ReadLog, readsOf } from './reads.ts';
import { refusalOf } from './refusals.ts';
import { isSameScope, RememberedScopes } from './remembered-scopes.ts';
import { readScope, type Scope, scopeStatement } from './scope.ts';
import type { Origin, Principal, SystemTx, Tx } from './units.ts';

/** Queues a job in the transaction of the client; set by the part that knows the queue. */
export type Sender = (
  client: pg.ClientBase,
  queue: string,
  payload: Record<string, string | number>,
  behind: number,
) => Promise<void>;

export interface DatabaseSettings extends ConnectionSettings {
  prefix: string;
}

/** What a unit of work has seen: whose records, and as whom; and which tenants it has told of itself. */
interface Seen {
  owners: Set<number>;
  told: Set<number>;
  scope: Scope | null;
}

/** What is asked of a unit of work. */
interface Asked {
  /** The function that its role must have. */
  access?: string;
  origin?: Origin;
  /** It only reads: all of its answer is as of one instant, however many statements it takes and whatever commits meanwhile. */
  reads?: boolean;
}

/** The same, with what is noted on the way (R11.1). */
interface AskedAs extends Asked {
  seen: Seen;
  columns: OwnerColumns | undefined;
}

/** One snapshot for all statements. Not `read only`: exports are noted, and that a session is used. */
const beginReading = 'begin isolation level repeatable read';

const anywhere: Origin = { requestId: '', address: '' };

/** A role that writes nothing has no grant for it: what the database then refuses is no failure of ours. */
function refusedAsReadOnly<T>(scope: Scope, work: (tx: Tx) => Promise<T>): (tx: Tx) => Promise<T> {
  if (scope.writesKind !== 'none') return work;
  return (tx) =>
    work(tx).catch((error: unknown) => {
      throw (error as { code?: string }).code === '42501'
        ? Object.assign(refusalOf('read-only'), { cause: error })
        : error;
    });
}

export class Database {
  readonly prefix: string;
  readonly #connections: Connections;
  readonly #reads: ReadLog;
  readonly #remembered = new RememberedScopes();
  /** Who may begin a unit of work, and when. */
  readonly admission: Admission;
  #ownerColumns: OwnerColumns | null = null;
  #sender: Sender | null = null;
  #switch: Scope['state'] = 'off';

  constructor(settings: DatabaseSettings) {
    this.prefix = settings.prefix;
    this.#connections = new Connections(settings);
    this.admission = new Admission(Math.max(2, (settings.connections ?? connectionsOf(1)) - 2));
    this.#reads = new ReadLog((reads) =>
      this.#connections.query({ name: 'reads', text: 'select platform.record_reads($1)', values: [reads] }),
    );
  }

  /** The state of the switch that the latest unit of work met. What counts is read anew by each (R1.2). */
  get lastSwitch(): Scope['state'] {
    return this.#switch;
  }

  sendWith(sender: Sender): void {
    this.#sender = sender;
  }

  /**
   * A unit of work as a principal. Row-level security decides which rows exist for it, and `access` (a function of the
   * role) whether it may do this at all (R5.9). Everything commits together, or nothing does. What it has read of other
   * tenants is in their audit before anything is answered (R11.1).
   */
  async as<T>(principal: Principal, work: (tx: Tx) => Promise<T>, options: Asked = {}): Promise<T> {
    const reading = options.origin?.reading;
    const columns = reading && (await this.#findOwnerColumns());
    const seen: Seen = { owners: new Set(), told: new Set(), scope: null };
    const result = await this.#runAs(principal, work, { ...options, seen, columns });
    for (const owner of seen.told) reading?.noted.add(owner);
    // While the walls are down, everybody's records are everybody's (R1.3).
    if (!reading || seen.scope?.state !== 'on') return result;
    const reads = readsOf(reading, seen.scope, options.origin ?? anywhere, seen.owners, result);
    if (reads.length) {
      await this.#reads.note(reads).catch((error) => {
        throw databaseRefusal(error);
      });
      for (const { owner } of reads) reading.noted.add(owner);
    }
    return result;
  }

  async #runAs<T>(principal: Principal, work: (tx: Tx) => Promise<T>, asked: AskedAs): Promise<T> {
    const remembered = asked.reads ? this.#remembered.of(principal) : undefined;
    const run = async (client: pg.PoolClient, afterCommit: AfterCommit) => {
      const ahead = remembered && (await this.#workAhead(client, principal, work, asked, remembered));
      if (ahead) return ahead.result;
      const scope = await this.#enter(client, principal, asked);
      return this.#workAs(client, scope, work, asked, afterCommit);
    };
    return this.#run(principal, asked.origin ?? anywhere, run, asked.reads);
  }

  /**
   * Begins the work as what the principal was the last time, while the database says what the principal is now: both travel together. What it has
   * found is given only if that is the same; else it is undone, and nothing comes back.
   */
  async #workAhead<T>(
    client: pg.PoolClient,
    principal: Principal,
    work: (tx: Tx) => Promise<T>,
    asked: AskedAs,
    remembered: Scope,
  ): Promise<{ result: T } | undefined> {
    const later: (() => void)[] = [];
    const entering = this.#enter(client, principal, asked);
    const working = this.#workAs(client, remembered, work, asked, (then) => later.push(then));
    // Both to their end: until then the connection is theirs.
    const [entered, worked] = await Promise.allSettled([entering, working]);
    if (entered.status === 'rejected') throw entered.reason;
    if (isSameScope(entered.value, remembered) && !later.length) {
      if (worked.status === 'rejected') throw worked.reason;
      return { result: worked.value };
    }
    await client.query('rollback');
    asked.seen.owners.clear();
    asked.seen.told.clear();
    return undefined;
  }

  /** The transaction begins, and the principal becomes a role and a scope. @throws Refusal when there is none, or it may not do this. */
  async #enter(client: pg.PoolClient, principal: Principal, asked: AskedAs): Promise<Scope> {
    const began = client.query(asked.reads ? beginReading : 'begin');
    const answered = client.query(scopeStatement(principal));
    const [, answer] = await Promise.all([began, answered]);
    const scope = this.#scopeFrom(principal, answer);
    this.admission.met(principal, scope.ownerId, asked.origin?.call);
    this.#switch = scope.state;
    if (asked.access && !scope.functions.includes(asked.access)) throw refusalOf('not-allowed');
    asked.seen.scope = scope;
    return scope;
  }

  async #workAs<T>(
    client: pg.PoolClient,
    scope: Scope,
    work: (tx: Tx) => Promise<T>,
    { seen, columns, origin = anywhere }: AskedAs,
    afterCommit: AfterCommit,
  ): Promise<T> {
    const { q, underway } = this.#connections.askingOf(client);
    underway.role = scope.role;
    underway.observe = columns ? (result) => noteOwners(result, columns, seen.owners) : undefined;
    const changes = new Set<string>();
    const result = await refusedAsReadOnly(
      scope,
      work,
    )({
      q,
      scope,
      origin,
      record: (action, subject, details = {}) => {
        seen.told.add(subject.owner);
        return recordEntry(q, origin, action, subject, details, {
          personId: scope.personId,
          membershipId: scope.membershipId,
          ownerId: scope.ownerId,
          label: scope.displayName,
        });
      },
      send: (queue, payload, behind = 0) => this.#send(client, queue, payload, behind),
      changed: (topic, owner) => void changes.add(`${owner}:${topic}`),
      afterCommit,
    });
    this.#announce(client, changes);
    return result;
  }

  /**
   * R1.4: does something as it would be done if multi-tenancy were on, and undoes it; throws what it would throw. `wanted` says of
   * the scope that there would be whether it is to be done at all.
   */
  async rehearse<T>(
    principal: Principal,
    work: (tx: Tx) => Promise<T>,
    wanted: (scope: Scope) => boolean,
  ): Promise<{ answer: T } | null> {
    const rehearsed: { over: { answer: T } | null } = { over: null };
    const undone = new Error('a rehearsal is over');
    await this.#run(principal, anywhere, async (client) => {
      const { q, underway } = this.#connections.askingOf(client);
      const began = client.query('begin');
      const told = client.query(`select set_config('app.rehearsal', 'on', true)`);
      const answered = client.query(scopeStatement(principal));
      const [, , answer] = await Promise.all([began, told, answered]);
      const scope = readScope(answer.rows[0]);
      if (!wanted(scope)) throw undone;
      underway.role = scope.role;
      // What a rehearsal reads is shown to nobody.
      underway.observe = undefined;
      const nothing = async () => {};
      const tx = { q, scope, origin: anywhere, record: nothing, send: nothing, changed() {}, afterCommit() {} };
      rehearsed.over = { answer: await refusedAsReadOnly(scope, work)(tx) };
      await client.query('set constraints all immediate');
      throw undone;
    }).catch((error) => {
      if (error !== undone) throw error;
    });
    return rehearsed.over;
  }

  /** A unit of work without a person, with grants on single tables only: sign-in, the queue, start-up. */
  async asSystem<T>(work: (tx: SystemTx) => Promise<T>, origin: Origin = anywhere): Promise<T> {
    return this.#run(null, origin, async (client, afterCommit) => {
      const { q, underway } = this.#connections.askingOf(client);
      const role = `${this.prefix}_system`;
      await Promise.all([
        client.query('begin'),
        client.query({ name: 'system', text: `select set_config('role', $1, true)`, values: [role] }),
      ]);
      underway.role = role;
      underway.observe = undefined;
      const changes = new Set<string>();
      const result = await work({
        q,
        origin,
        record: (action, subject, details = {}, actor) =>
          recordEntry(q, origin, action, subject, details, actor ? { membershipId: null, ...actor } : null),
        send: (queue, payload, behind = 0) => this.#send(client, queue, payload, behind),
        changed: (topic, owner) => void changes.add(`${owner}:${topic}`),
        afterCommit,
      });
      this.#announce(client, changes);
      return result;
    });
  }

  /** Where changes are announced; one channel an installation, because all of them on a cluster share the name space of none. */
  get channel(): string {
    return `${this.prefix}_changed`;
  }

  /** A connection of its own for `listen`; the caller ends it. */
  listener(): Promise<pg.Client> {
    return this.#connections.listener();
  }

  async end(): Promise<void> {
    await this.#connections.end();
  }

  async #findOwnerColumns(): Promise<OwnerColumns> {
    this.#ownerColumns ??= await ownerColumnsOf(this.#connections);
    return this.#ownerColumns;
  }

  #scopeFrom(principal: Principal, { rows }: pg.QueryResult): Scope {
    try {
      const scope = readScope(rows[0]);
      this.#remembered.learn(principal, scope);
      return scope;
    } catch (error) {
      this.admission.forget(principal);
      this.#remembered.forget(principal);
      throw error;
    }
  }

  async #run<T>(
    principal: Principal | null,
    origin: Origin,
    work: (client: pg.PoolClient, afterCommit: AfterCommit) => Promise<T>,
    reads = false,
  ): Promise<T> {
    if (this.#connections.isUnderway) throw new Error('a unit of work inside another: it would not commit together');
    const entered = this.admission.enter(principal, origin);
    // Most find nothing to wait for, and then do not.
    const turn = entered instanceof Promise ? await entered : entered;
    try {
      return await this.#connections.transaction(work, reads);
    } finally {
      this.admission.leave(turn);
    }
  }

  /**
   * `notify` is part of the transaction: listeners hear of it once it has committed, or never. It travels with the commit, which tells whether
   * it failed.
   */
  #announce(client: pg.ClientBase, changes: ReadonlySet<string>): void {
    const { underway } = this.#connections.askingOf(client);
    for (const change of changes)
      client
        .query({ name: 'notify', text: 'select pg_notify($1, $2)', values: [this.channel, change] })
        .catch((error) => {
          underway.failed ??= error;
        });
  }

  async #send(...job: Parameters<Sender>): Promise<void> {
    if (!this.#sender) throw new Error('no queue is attached to the database door');
    if (!this.#connections.askingOf(job[0]).underway.isAsking()) throw new Error('the unit of work has ended');
    await this.#sender(...job);
  }
}
