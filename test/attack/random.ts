/** Numbers that a seed decides (mulberry32), and choices among things by them. */
export class Random {
  #state: number;

  constructor(...seed: number[]) {
    this.#state = seed.reduce((mixed, one) => Math.imul(mixed ^ one, 0x9e3779b1) + (one >>> 7), 0x1234567) >>> 0;
    this.next();
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  maybe<T>(from: Iterable<T>): T | undefined {
    const all = [...from];
    return all[this.below(all.length)];
  }

  /** @throws Error where there is nothing to choose from. */
  of<T>(from: Iterable<T>): T {
    const all = [...from];
    if (!all.length) throw new Error('nothing to choose from');
    return all[this.below(all.length)] as T;
  }

  shuffled<T>(from: Iterable<T>): T[] {
    const all = [...from];
    for (let at = all.length - 1; at > 0; at--) {
      const other = this.below(at + 1);
      [all[at], all[other]] = [all[other] as T, all[at] as T];
    }
    return all;
  }

  some<T>(from: Iterable<T>, probability = 0.5): T[] {
    return [...from].filter(() => this.chance(probability));
  }
}
