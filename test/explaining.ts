import pg from 'pg';

/** A node of a plan, as `format json` names its fields. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Schema?: string;
  Plans?: PlanNode[];
  [field: string]: unknown;
}

/** A statement, as whom it was sent, and its plan. */
export interface Explained {
  text: string;
  role: string;
  plan: PlanNode;
}

/** What has been explained so far; whoever looks waits for `settled` first. */
export class Explanations {
  readonly found: Explained[] = [];
  readonly #waiting = new Set<Promise<void>>();

  add(role: Promise<pg.QueryResult>, plan: Promise<pg.QueryResult>, text: string): void {
    const noted = Promise.all([role, plan]).then(
      ([named, planned]) => {
        this.found.push({ text, role: named.rows[0].role, plan: planned.rows[0]['QUERY PLAN'][0].Plan });
      },
      // What cannot be planned fails by itself.
      () => {},
    );
    this.#waiting.add(noted);
    void noted.then(() => this.#waiting.delete(noted));
  }

  async settled(): Promise<void> {
    await Promise.all(this.#waiting);
  }
}

/** What the driver would send beside the statement. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  return pg.escapeLiteral(textOf(value));
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value))
    return `{${value.map((one) => (one === null ? 'null' : JSON.stringify(textOf(one)))).join()}}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export interface Explaining {
  /** Of `explain`: `verbose`, or `analyze`, with which each statement is done twice. */
  options: string;
  /** Statements that are not to be explained. */
  except?: RegExp;
}

/** A driver that explains every query before it is sent, as the role that sends it: what `new Database({ app: { Client } })` takes. */
export function explainingClient(into: Explanations, { options, except }: Explaining): typeof pg.Client {
  return class extends pg.Client {
    // biome-ignore lint/suspicious/noExplicitAny: the driver's own has a dozen overloads
    override query(...given: any[]): any {
      const [first, values] = given;
      const text: string = typeof first === 'string' ? first : first.text;
      if (/^(select|with)\b/i.test(text.trim()) && !except?.test(text)) {
        const role = super.query('select current_user as role');
        // As a prepared statement, whose one plan is made for any values: so it is when the program sends it (docs/database.md 9.8).
        const asked: unknown[] = first.values ?? values ?? [];
        const literals = asked.length ? `(${asked.map(literal).join(', ')})` : '';
        const prepared = super.query(`prepare explained as ${text}`);
        const plan = super.query(`explain (${options}, format json) execute explained${literals}`);
        into.add(
          role,
          Promise.all([plan, prepared, super.query('deallocate explained')]).then(([planned]) => planned),
          text,
        );
      }
      return super.query(...(given as Parameters<pg.Client['query']>));
    }
  };
}
