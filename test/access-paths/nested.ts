import pg from 'pg';
import { ownCluster } from '../database.ts';
import type { PlanNode } from '../explaining.ts';

/** A statement that a function has sent, and how it was done. */
export interface NestedStatement {
  text: string;
  plan: PlanNode;
}

/** What PostgreSQL has done inside functions: a search with rights of its own can be seen nowhere else. */
export class Nested {
  readonly found: NestedStatement[] = [];

  /** A driver that hears of it; what the driver itself has sent is left to whoever explains that. */
  hearing(Driver: typeof pg.Client): typeof pg.Client {
    const hear = (message: string, sent: ReadonlySet<string>) => this.#hear(message, sent);
    return class extends Driver {
      readonly #sent = new Set<string>();

      constructor(config?: string | pg.ClientConfig) {
        super(config);
        this.on('notice', ({ message }) => hear(message ?? '', this.#sent));
      }

      // biome-ignore lint/suspicious/noExplicitAny: the driver's own has a dozen overloads
      override query(...given: any[]): any {
        const [first] = given;
        this.#sent.add(typeof first === 'string' ? first : first.text);
        return super.query(...(given as Parameters<pg.Client['query']>));
      }
    };
  }

  #hear(message: string, sent: ReadonlySet<string>): void {
    const [, json] = /^duration: [0-9.]+ ms {2}plan:\n(.*)$/s.exec(message) ?? [];
    if (!json) return;
    const { 'Query Text': text, Plan: plan } = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode };
    if (!sent.has(text) && !text.startsWith('prepare explained')) this.found.push({ text, plan });
  }
}

/** From its next connection on, PostgreSQL tells the plan of every statement, those inside functions among them. */
export async function tellNested(database: string): Promise<void> {
  const { sockets, superuser } = ownCluster();
  const client = new pg.Client({ host: sockets, port: 5432, ...superuser, database });
  await client.connect();
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_verbose': 'on',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  };
  for (const [name, value] of Object.entries(settings))
    await client.query(`alter database ${pg.escapeIdentifier(database)} set ${name} to ${pg.escapeLiteral(value)}`);
  await client.end();
}
