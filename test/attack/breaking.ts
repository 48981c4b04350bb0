import pg from 'pg';
import { openInstallation, type Seedbed } from './installation.ts';
import { takeInventory } from './inventory.ts';
import type { Mutation } from './mutations.ts';
import { turnSwitch } from './operations.tenancy.ts';
import { Difference, Forest, Tally } from './probing.ts';
import { Random } from './random.ts';
import { steps, take } from './running.ts';
import { withStatements } from './statements.ts';

/** A forest with records of every kind, left as a database to be cloned, with what the model knew of it. */
interface Grown {
  template: string;

  snapshot: Snapshot;
  drop(): Promise<void>;
}

type Snapshot = Pick<Forest, 'model' | 'cookies' | 'administrator' | 'everAbove' | 'wasOff' | 'made'>;

/** What numbers the steps that are taken in clones. */
const sown = 10_000;

async function grow(seedbed: Seedbed, seed: number, growing: number): Promise<Grown> {
  const installation = await openInstallation(seedbed.template);
  const forest = new Forest(installation, seedbed, new Tally());
  await takeInventory(forest);
  for (let at = 0; at < growing; at++) await take(forest, seed, 0, at);
  // While it is off, there are no walls to break.
  if (forest.model.state === 'off') await turnSwitch(forest);
  await installation.leave();
  const { model, cookies, administrator, everAbove, wasOff, made } = forest;
  return {
    template: installation.database.owner.database as string,

    snapshot: structuredClone({ model: { ...model }, cookies, administrator, everAbove, wasOff, made }) as Snapshot,
    drop: () => installation.database.close(),
  };
}

/** Breaks one wall at a time in a clone of its own, so that whatever is noticed is of that wall. */
export class Breaker {
  readonly #seedbed: Seedbed;
  readonly #probes: number;
  readonly #grown: Grown;
  /** Which steps touch a table, learned from the statements that they send. */
  readonly #touching = new Map<string, Set<string>>();
  readonly #unbroken = new Map<string, Promise<string | undefined>>();

  private constructor(seedbed: Seedbed, probes: number, grown: Grown) {
    this.#seedbed = seedbed;
    this.#probes = probes;
    this.#grown = grown;
  }

  /** @param growing how many steps a forest grows before walls are broken in it. */
  static async open(seedbed: Seedbed, seed: number, growing: number, probes: number): Promise<Breaker> {
    const breaker = new Breaker(seedbed, probes, await grow(seedbed, seed, growing));
    await breaker.#learn();
    return breaker;
  }

  close(): Promise<void> {
    return this.#grown.drop();
  }

  /** @returns what a call noticed that it does not notice where nothing is broken. */
  async foundByCalls(mutation: Mutation): Promise<string | undefined> {
    const [table = ''] = mutation.name.split(' ');
    const noise = this.#unbroken.get(table) ?? this.#ask(table, []);
    this.#unbroken.set(table, noise);
    const wrong = await noise;
    if (wrong) throw new Error(`with every wall in its place, probes of ${table} fail: ${wrong}`);
    return this.#ask(table, [mutation.break]);
  }

  async #learn(): Promise<void> {
    const forest = await this.#clone();
    try {
      for (const [name, step] of Object.entries(steps)) {
        for (let round = 0; round < 3; round++) {
          forest.random = new Random(round, name.length);
          const { statements } = await withStatements(() => step(forest));
          for (const [, schema, table] of statements.join('\n').matchAll(/\b"?([a-z]+)"?\."?([a-z_]+)"?/g)) {
            const key = `${schema}.${table}`;
            this.#touching.set(key, (this.#touching.get(key) ?? new Set()).add(name));
          }
        }
      }
    } finally {
      await forest.installation.close();
    }
  }

  async #clone(): Promise<Forest> {
    const installation = await openInstallation(this.#grown.template);
    const forest = new Forest(installation, this.#seedbed, new Tally());
    const { model, ...others } = structuredClone(this.#grown.snapshot);
    Object.assign(forest, others, { model: Object.assign(forest.model, model) });
    return forest;
  }

  async #ask(table: string, statements: string[]): Promise<string | undefined> {
    const forest = await this.#clone();
    try {
      const owner = new pg.Client(forest.installation.database.owner);
      await owner.connect();
      for (const statement of statements) await owner.query(statement);
      await owner.end();
      const near = [...(this.#touching.get(table) ?? [])];
      for (let at = 0; forest.tally.probes < this.#probes && at < this.#probes * 3; at++) {
        const random = new Random(sown, at);
        try {
          if (near.length && at % 4) {
            forest.random = random;
            await steps[random.of(near)]?.(forest);
          } else await take(forest, sown, 1, sown + at);
        } catch (error) {
          const what = error instanceof Difference ? 'differs' : 'fails';
          return `call ${forest.tally.probes} ${what}: ${(error as Error).message.split('\n').slice(0, 2).join(' ').slice(0, 200)}`;
        }
      }
      return undefined;
    } finally {
      await forest.installation.close();
    }
  }
}
