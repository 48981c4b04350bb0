import type pg from 'pg';
import { from } from 'pg-copy-streams';

/** Rows for one table, in PostgreSQL's text form of `copy`. */
export class CopyWriter {
  readonly #stream: NodeJS.WritableStream;
  readonly #done: Promise<void>;
  #buffer: string[] = [];
  #length = 0;

  constructor(client: pg.Client, table: string, columns: readonly string[]) {
    const stream = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`));
    this.#stream = stream;
    this.#done = new Promise((resolve, reject) => stream.once('finish', resolve).once('error', reject));
    // Heard again by whoever ends it.
    this.#done.catch(() => {});
  }

  /** Fulfilled when more can be taken. */
  async write(row: readonly unknown[]): Promise<void> {
    const line = `${row.map(encoded).join('\t')}\n`;
    this.#buffer.push(line);
    this.#length += line.length;
    if (this.#length > 1 << 16) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
    this.#stream.end();
    await this.#done;
  }

  async #flush(): Promise<void> {
    const chunk = this.#buffer.join('');
    this.#buffer = [];
    this.#length = 0;
    if (chunk && !this.#stream.write(chunk))
      await Promise.race([new Promise((drained) => this.#stream.once('drain', drained)), this.#done]);
  }
}

export async function copyRows(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly unknown[]>,
): Promise<void> {
  const writer = new CopyWriter(client, table, columns);
  for (const row of rows) await writer.write(row);
  await writer.end();
}

function encoded(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return String(value);
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (one) => escapes[one] as string) : value;
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
