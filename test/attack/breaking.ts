import { type Attempt, Siege } from './attempts.ts';
import { attemptsAgainst } from './choosing.ts';
import type { Ground } from './ground.ts';
import type { Mutation, Walls } from './mutations.ts';

/** What noticed a broken wall through HTTP, or why nothing could. */
export interface Verdict {
  /** `call`; `forgetful`: a call, where the program forgets to ask first; `both`: a call, where the wall's double is broken, too. */
  by: 'call' | 'forgetful' | 'both' | null;
  text: string;
}

/** Breaks one wall at a time and tries whatever it stood in the way of. */
export class Breaker {
  /** Attempts that are answered differently though every wall stands: no proof of anything here. */
  readonly noise = new Set<string>();
  readonly #siege: Siege;
  readonly #mutations: readonly Mutation[];
  readonly honest: Attempt[];
  /** What was refused, by a program that forgets to ask. */
  readonly forgetful: Attempt[];

  /** What each table's records are parts of. */
  readonly #wholes: ReadonlyMap<string, string>;

  private constructor(siege: Siege, walls: Walls, honest: Attempt[], forgetful: Attempt[]) {
    this.#siege = siege;
    this.#mutations = walls.mutations;
    this.#wholes = walls.wholes;
    this.honest = honest;
    this.forgetful = forgetful;
  }

  static async open(ground: Ground, walls: Walls): Promise<Breaker> {
    const siege = await Siege.open(ground);
    const honest = await siege.survey(ground.targets);
    const refused = honest.filter(
      ({ by, target, status }) => status >= 400 && by.writes !== 'none' && !target.name.startsWith('GET '),
    );
    const forgetful = await siege.survey(
      [...new Set(refused.map(({ target }) => target))].map((target) => ({
        ...target,
        by: refused.filter((one) => one.target === target).map(({ by }) => by),
      })),
      true,
    );
    return new Breaker(siege, walls, honest, forgetful);
  }

  close(): Promise<void> {
    return this.#siege.close();
  }

  async try(mutation: Mutation): Promise<Verdict> {
    if (mutation.withoutRight) return { by: null, text: `no role of a person may ${mutation.verb} there` };
    const attempts = attemptsAgainst(mutation, this.honest);
    const call = await this.#notice(mutation.break, attempts);
    if (call) return { by: 'call', text: call };
    const forgetful = attemptsAgainst(mutation, this.forgetful);
    const forgotten = await this.#notice(mutation.break, forgetful);
    if (forgotten) return { by: 'forgetful', text: `where the program forgets to ask: ${forgotten}` };
    const double = this.#doubleOf(mutation);
    if (double) {
      const behind = attemptsAgainst(double, this.honest);
      const bothGone = await this.#notice(mutation.break, [...behind, ...attempts, ...forgetful], double.break);
      if (bothGone) return { by: 'both', text: `with ${double.name} broken, too: ${bothGone}` };
    }
    return { by: null, text: whyNot(mutation, this.honest, attempts) };
  }

  /**
   * A reference across is noted by a trigger and held by a key: either refuses what is outside the line. And what is a part of
   * something is reached through the whole alone, which has a policy of the same name.
   */
  #doubleOf({ kind, table, name }: Mutation): Mutation | undefined {
    const [, wall = ''] = name.split(' ');
    const [, bare] = table.split('.');
    const other =
      kind === 'trigger' && wall.startsWith('pair_')
        ? `${table} ${bare}_${wall.slice(5)}_outside_the_line`
        : kind === 'key' && wall.endsWith('_outside_the_line')
          ? `${table} ${wall.replace(`${bare}_`, 'pair_').replace('_outside_the_line', '')}`
          : kind === 'policy' && this.#wholes.has(table)
            ? `${this.#wholes.get(table)} ${wall}`
            : null;
    return other ? this.#mutations.find((one) => one.name === other) : undefined;
  }

  /** @param first what is broken before, and is no news. */
  async #notice(
    statement: string,
    attempts: readonly Attempt[],
    first: string | null = null,
  ): Promise<string | undefined> {
    if (!attempts.length) return undefined;
    const usual = first ? await this.#answersOf(first, attempts) : attempts;
    const different = await this.#firstDifferent(first ? `${first}; ${statement}` : statement, usual);
    if (!different) return undefined;
    const { attempt, answered } = different;
    const what = `${attempt.by.name}: ${attempt.target.name} (${attempt.target.of})`;
    // What differs though nothing more is broken proves nothing; the others are asked.
    if (await this.#firstDifferent(first, [attempt])) {
      this.noise.add(what);
      return this.#notice(statement, attempts.slice(usual.indexOf(attempt) + 1), first);
    }
    const how =
      answered.status === attempt.status ? 'something else' : `${answered.status} instead of ${attempt.status}`;
    return `${what} answers ${how}`;
  }

  async #answersOf(statement: string, attempts: readonly Attempt[]): Promise<Attempt[]> {
    await this.#siege.held.break(statement);
    try {
      const answered: Attempt[] = [];
      for (const attempt of attempts) answered.push({ ...attempt, ...(await this.#siege.try(attempt)) });
      return answered;
    } finally {
      await this.#siege.held.mend();
    }
  }

  async #firstDifferent(statement: string | null, attempts: readonly Attempt[]) {
    await this.#siege.held.break(statement);
    try {
      for (const attempt of attempts) {
        const answered = await this.#siege.try(attempt);
        if (answered.answer !== attempt.answer) return { attempt, answered };
      }
      return undefined;
    } finally {
      await this.#siege.held.mend();
    }
  }
}

/** From what was surveyed: who stands before the wall. */
function whyNot(
  { kind, table, verb = 'all', name }: Mutation,
  surveyed: readonly Attempt[],
  attempts: readonly Attempt[],
): string {
  const writes = (one: string) => surveyed.filter(({ touches }) => touches.has(`${one} ${table}`));
  const writers = [...new Set(['insert', 'update', 'delete'].flatMap(writes))];
  if (kind === 'policy' && ['insert', 'update', 'delete'].includes(verb)) {
    const sent = writes(verb);
    if (!sent.length) return `no call of any endpoint sends ${verb} there`;
    if (/never_public/.test(name)) return `none of ${sent.length} calls that ${verb} there can name a public record`;
    return `refused before: ${refusalsOf(attempts.length ? attempts : surveyed.filter((one) => one.status >= 400 && one.touches.has(`read ${table}`)))}`;
  }
  if (kind === 'policy' || kind === 'security') {
    const read = surveyed.filter(({ touches }) => touches.has(`read ${table}`));
    return read.length
      ? `shows in no answer of ${attempts.length} calls that read there`
      : 'no call of any endpoint reads there';
  }
  if (!writers.length) return 'no call of any endpoint writes there';
  return `${writers.length} calls write there, and what they write was looked up before; refused so: ${refusalsOf(attempts)}`;
}

function refusalsOf(attempts: readonly Attempt[]): string {
  const counts = new Map<string, number>();
  for (const { status, answer } of attempts.filter((one) => one.status >= 400)) {
    const type = /urn:tenantry:([a-z.-]+)/.exec(answer)?.[1];
    counts.set(`${status} ${type}`, (counts.get(`${status} ${type}`) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4);
  return most.map(([what, count]) => `${what} ×${count}`).join(', ') || 'none';
}
