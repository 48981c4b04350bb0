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
  while (forest.model.state !== 'on') await turnSwitch(forest);
  await installation.leave();
  const { model, cookies, administrator, everAbove, wasOff, made } = forest;
  return {
    template: installation.database.owner.database as string,
    snapshot: structuredClone({ model: { ...model }, cookies, administrator, everAbove, wasOff, made }) as Snapshot,
    drop: () => installation.database.close(),
  };
}

/** Breaks one wall at a time, in clones of one forest, so that whatever is noticed is of that wall. */
export class Breaker {
  /** What differs with every wall in its place: a fault of the product or of the model, and no proof of anything here. */
  readonly noise = new Set<string>();
  readonly #seedbed: Seedbed;
  readonly #probes: number;
  readonly #grown: Grown;
  /** Which steps touch a table, learned from the statements that they send. */
  readonly #touching = new Map<string, Set<string>>();
  /** Where a broken wall went unnoticed and was made whole again. */
  readonly #idle: Forest[] = [];
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

  async close(): Promise<void> {
    for (const { installation } of this.#idle) await installation.close();
    await this.#grown.drop();
  }

  /**
   * Tried in a clone that has served before; what is noticed there counts if a fresh clone shows it too, and one with
   * every wall in its place does not.
   * @returns what a call noticed.
   */
  async foundByCalls(mutation: Mutation): Promise<string | undefined> {
    const [table = ''] = mutation.name.split(' ');
    const forest = this.#idle.pop() ?? (await this.#clone());
    while (forest.model.state !== 'on') await turnSwitch(forest);
    if (!(await this.#ask(forest, table, mutation, this.#probes))) {
      this.#idle.push(forest);
      return undefined;
    }
    await forest.installation.close();
    const found = await this.#askAfresh(table, mutation);
    if (!found) return undefined;
    const unbroken = this.#unbroken.get(table) ?? this.#askAfresh(table, null);
    this.#unbroken.set(table, unbroken);
    const wrong = await unbroken;
    if (!wrong) return found;
    this.noise.add(`${table}: ${wrong}`);
    return undefined;
  }

  async #askAfresh(table: string, mutation: Mutation | null): Promise<string | undefined> {
    const forest = await this.#clone();
    try {
      return await this.#ask(forest, table, mutation, this.#probes * 3);
    } finally {
      await forest.installation.close();
    }
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

  async #ask(forest: Forest, table: string, mutation: Mutation | null, probes: number): Promise<string | undefined> {
    const owner = new pg.Client(forest.installation.database.owner);
    await owner.connect();
    try {
      if (mutation) await owner.query(mutation.break);
      const found = await this.#differenceOf(forest, table, forest.tally.probes + probes);
      // What cannot be made whole again has let something in.
      if (!found && mutation) await owner.query(mutation.mend);
      return found;
    } catch (error) {
      return `cannot be mended: ${(error as Error).message}`;
    } finally {
      await owner.end();
    }
  }

  async #differenceOf(forest: Forest, table: string, until: number): Promise<string | undefined> {
    const near = [...(this.#touching.get(table) ?? [])];
    for (let tries = 0; forest.tally.probes < until && tries < this.#probes * 3; tries++) {
      const at = forest.tally.probes + tries;
      try {
        if (near.length && at % 4) {
          forest.random = new Random(sown, at);
          await steps[forest.random.of(near)]?.(forest);
        } else await take(forest, sown, 1, sown + at);
      } catch (error) {
        const what = error instanceof Difference ? 'differs' : 'fails';
        return `call ${forest.tally.probes} ${what}: ${(error as Error).message.split('\n').slice(0, 2).join(' ').slice(0, 200)}`;
      }
    }
    return undefined;
  }
}
