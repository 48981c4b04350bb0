import type { ServerResponse } from 'node:http';
import type pg from 'pg';
import type { Database } from './database.ts';
import { Refusal } from './refusals.ts';
import type { Scope } from './scope.ts';
import type { Principal } from './units.ts';

/** What is announced after a commit (`Tx.changed`): a tenant's number and a topic, no content (`docs/database.md` 7.7). */
interface Change {
  owner: number;
  topic: string;
}

interface Stream {
  tokenHash: Buffer;
  memberships: string[];
  response: ServerResponse;
}

const gatherFor = 100;
const beatEvery = 20_000;
const mostOfSession = 8;
/** After these everybody's reach may be another: streams are cut, and begin anew under what holds now (R1.2, R5.8). */
const cutting = new Set(['switch', 'reach']);

/**
 * Live updates of one process: one listening connection, any number of streams. Whether a change concerns a membership is
 * asked of the database at that moment, under that membership, so a revoked one hears nothing more.
 */
export class Live {
  readonly #db: Database;
  readonly #streams = new Set<Stream>();
  #listener: Promise<pg.Client> | null = null;
  #gathered: Change[] = [];
  #timer: NodeJS.Timeout | null = null;
  readonly #beat: NodeJS.Timeout;
  #ended = false;

  constructor(db: Database) {
    this.#db = db;
    this.#beat = setInterval(() => this.#beatAll(), beatEvery).unref();
  }

  /** @returns false when the session has as many streams as it may. */
  async follow(stream: Stream): Promise<boolean> {
    const own = [...this.#streams].filter((one) => one.tokenHash.equals(stream.tokenHash));
    if (own.length >= mostOfSession || this.#ended) return false;
    // Before anything is waited for: a browser that goes away meanwhile must leave nothing here.
    stream.response.on('close', () => this.#streams.delete(stream));
    if (stream.response.destroyed) return true;
    this.#streams.add(stream);
    await this.#listen().catch((error) => {
      this.#streams.delete(stream);
      throw error;
    });
    return true;
  }

  async end(): Promise<void> {
    this.#ended = true;
    clearInterval(this.#beat);
    if (this.#timer) clearTimeout(this.#timer);
    for (const stream of this.#streams) stream.response.end();
    const listener = await this.#listener?.catch(() => null);
    await listener?.end().catch(() => {});
  }

  #listen(): Promise<pg.Client> {
    this.#listener ??= this.#open().catch((error) => {
      this.#listener = null;
      throw error;
    });
    return this.#listener;
  }

  async #open(): Promise<pg.Client> {
    const client = await this.#db.listener();
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    client.on('error', () => this.#lost());
    client.on('end', () => this.#lost());
    await client.query(`listen "${this.#db.channel}"`);
    return client;
  }

  /** What happened while nobody listened is unknown: browsers come back and look at everything again. */
  #lost(): void {
    this.#listener = null;
    for (const stream of this.#streams) stream.response.end();
  }

  #hear(payload: string): void {
    const [owner, topic] = payload.split(':') as [string, string];
    this.#gathered.push({ owner: Number(owner), topic });
    this.#timer ??= setTimeout(() => void this.#tell(), gatherFor);
  }

  async #tell(): Promise<void> {
    this.#timer = null;
    const changes = this.#gathered.splice(0);
    const cut = changes.some((change) => cutting.has(change.topic));
    // Side by side: each waits in its own tenant's queue, so one with many streams does not hold up the others'.
    const telling = [...this.#streams].map(async (stream) => {
      await this.#tellOne(stream, changes).catch(() => stream.response.end());
      if (cut) stream.response.end();
    });
    await Promise.all(telling);
  }

  async #tellOne(stream: Stream, changes: Change[]): Promise<void> {
    let refused = 0;
    for (const membership of stream.memberships) {
      const scope = await this.#scopeOf({ kind: 'session', tokenHash: stream.tokenHash, membershipId: membership });
      if (!scope) refused++;
      else send(stream.response, membership, topicsIn(scope, changes));
    }
    // Signed out, suspended or taken away: there is nothing more to hear.
    if (refused === stream.memberships.length) stream.response.end();
  }

  async #scopeOf(principal: Principal): Promise<Scope | null> {
    try {
      return await this.#db.as(principal, async (tx) => tx.scope);
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  #beatAll(): void {
    for (const { response } of this.#streams) response.write(': beat\n\n');
  }
}

/** Of records that may also be read from above and when public (R6.1); of all others one hears within the reach alone (R5.4). */
const optionalTopics = new Set(['roles', 'terms', 'organization']);

function topicsIn(scope: Scope, changes: Change[]): Set<string> {
  const inReach = ({ owner, topic }: Change) =>
    scope.reach === 'all' || scope.reads.has(owner) || (optionalTopics.has(topic) && scope.readsOptional.has(owner));
  return new Set(
    changes.filter((change) => cutting.has(change.topic) || inReach(change)).map((change) => change.topic),
  );
}

function send(response: ServerResponse, membership: string, topics: Set<string>): void {
  // A browser that does not read is not waited for; it comes back and looks at everything again.
  if (response.writableLength > 65_536) response.destroy();
  else for (const topic of topics) response.write(`data: ${JSON.stringify({ membership, topic })}\n\n`);
}
