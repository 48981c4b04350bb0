/** From so many on, looking one up goes by a table of them. */
const many = 32;

/**
 * Owners as the database writes them, `{3,17}`. Looked into only where somebody asks: of thousands most requests ask nothing, since the
 * policies and the lists go by what the database has set for itself. Never changes.
 */
export class OwnerSet {
  static readonly none = new OwnerSet('{}');
  readonly text: string;
  #all: readonly number[] | undefined;
  #table: ReadonlySet<number> | undefined;
  #size: number | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get size(): number {
    this.#size ??= this.text === '{}' ? 0 : 1 + commasIn(this.text);
    return this.#size;
  }

  get all(): readonly number[] {
    this.#all ??= Object.freeze(this.size ? this.text.slice(1, -1).split(',').map(Number) : []);
    return this.#all;
  }

  has(owner: number): boolean {
    if (this.size < many) return this.all.includes(owner);
    this.#table ??= new Set(this.all);
    return this.#table.has(owner);
  }
}

function commasIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) count++;
  return count;
}
