import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { copyStatement, findSequences, findTables, type Table } from './backup.catalog.ts';
import { lockForRestore, withoutConstraints } from './backup.restore.ts';
import { StartRefusal } from './migrate.ts';

// A backup is gzip over lines: a header (JSON); for each table a line of JSON, its rows as PostgreSQL's COPY writes them,
// and `\.`; at the end a line of JSON with the counts and the sequences. COPY escapes backslashes and line breaks, so no
// row can look like the end. Without the last line a file is not whole.

const format = 'tenantry-backup';
const formatVersion = 1;

interface Header {
  format: typeof format;
  formatVersion: number;
  madeAt: string;
  postgres: string;
  /** Names and checksums of the migrations: a backup fits the same schema alone. */
  schema: Record<string, string>;
}

interface Ending {
  rows: Record<string, number>;
  sequences: Record<string, { last: string; called: boolean }>;
}

export interface Counts {
  tables: number;
  rows: number;
}

/**
 * Writes everything of the database, as of one instant, to a new file; while the program runs. The file gets its name when
 * it is whole. `owner` is the owning login: it alone sees every tenant's rows.
 */
export async function backUp(owner: pg.ClientConfig, file: string): Promise<Counts> {
  if (await stat(file).catch(() => null)) {
    throw new StartRefusal(`The file ${file} exists already: name another, or remove it.`);
  }
  const unfinished = `${file}.unfinished`;
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const counts: Counts = { tables: 0, rows: 0 };
    const output = createWriteStream(unfinished, { mode: 0o600, flags: 'w' });
    await pipeline(Readable.from(write(client, counts), { objectMode: false }), createGzip(), output);
    await rename(unfinished, file);
    return counts;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw unwritable(error, file);
  } finally {
    await client.end();
  }
}

async function* write(client: pg.Client, counts: Counts): AsyncGenerator<string | Buffer> {
  await client.query('begin isolation level repeatable read, read only');
  const header: Header = {
    format,
    formatVersion,
    madeAt: new Date().toISOString(),
    postgres: await versionOf(client),
    schema: await schemaOf(client),
  };
  yield `${JSON.stringify(header)}\n`;
  const ending: Ending = { rows: {}, sequences: await findSequences(client) };
  for (const table of await findTables(client)) {
    yield `${JSON.stringify({ table: table.name, columns: table.columns })}\n`;
    const rows = client.query(copyStreams.to(copyStatement(table, 'to stdout')));
    yield* rows.pipe(new PassThrough());
    yield '\\.\n';
    const { rows: counted } = await client.query<{ n: string }>(`select count(*) as n from ${table.name}`);
    if (Number(counted[0]?.n) !== rows.rowCount) throw new Error(`${table.name} was not copied completely`);
    ending.rows[table.name] = rows.rowCount;
    counts.tables++;
    counts.rows += rows.rowCount;
  }
  await client.query('commit');
  yield `${JSON.stringify({ ending })}\n`;
}

/**
 * Puts a backup into a database that has this program's schema and nothing else, in one transaction. Refuses with a
 * sentence a database in use, a backup of another schema, and a file that is not whole.
 */
export async function restore(owner: pg.ClientConfig, file: string): Promise<Counts> {
  const client = new pg.Client(owner);
  const input = createReadStream(file);
  const unpacked = createGunzip();
  // Errors of the file arrive where its lines are read.
  unpacked.on('error', () => {});
  input.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  const lines = linesOf(unpacked);
  await client.connect();
  try {
    await refuseOtherSchema(client, await readHeader(lines, file), file);
    await client.query('begin');
    const tables = await findTables(client);
    await lockForRestore(client, tables);
    const counts = await withoutConstraints(client, tables, () => read(client, tables, lines, file));
    await client.query('commit');
    return counts;
  } finally {
    await client.end();
    input.destroy();
  }
}

type Lines = AsyncGenerator<string>;

/** Split at line feeds and nothing else: Node's own readline also splits at U+2028, which texts may hold. */
async function* linesOf(stream: Readable): Lines {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    const data = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, start)) {
      yield data.toString('utf8', start, end);
      start = end + 1;
    }
    rest = data.subarray(start);
  }
  if (rest.length) throw new Error('the last line has no end');
}

async function readHeader(lines: Lines, file: string): Promise<Header> {
  const first = await lines.next().catch(() => ({ done: true, value: '' }));
  const header = parsed(first.value) as Partial<Header> | null;
  if (header?.format !== format)
    throw new StartRefusal(
      `The file ${file} cannot be read or is no whole backup of Tenantry, and nothing was restored: name another.`,
    );
  if (header.formatVersion !== formatVersion) {
    throw new StartRefusal(`The file ${file} was made by another version of Tenantry: restore it with that version.`);
  }
  return header as Header;
}

async function refuseOtherSchema(client: pg.Client, header: Header, file: string): Promise<void> {
  if (JSON.stringify(header.schema) === JSON.stringify(await schemaOf(client))) return;
  const last = Object.keys(header.schema).at(-1);
  throw new StartRefusal(
    `The file ${file} holds another schema (up to ${last}) than this program: restore it with the version that made it, then update.`,
  );
}

async function read(client: pg.Client, tables: Table[], lines: Lines, file: string): Promise<Counts> {
  const counts: Counts = { tables: 0, rows: 0 };
  const found: Record<string, number> = {};
  for (;;) {
    const { value } = await nextLine(lines, file);
    const line = parsed(value) as { table?: string; columns?: string[]; ending?: Ending } | null;
    if (line?.ending) {
      await finish(client, line.ending, found, file);
      return counts;
    }
    const table = tables.find(({ name }) => name === line?.table);
    if (!table || table.columns.join() !== line?.columns?.join()) throw damaged(file);
    const rows = client.query(copyStreams.from(copyStatement(table, 'from stdin')));
    await pipeline(Readable.from(rowsOf(lines, file), { objectMode: false }), rows);
    found[table.name] = rows.rowCount;
    counts.tables++;
    counts.rows += rows.rowCount;
  }
}

async function* rowsOf(lines: Lines, file: string): AsyncGenerator<string> {
  // Many small rows make few packets.
  let block = '';
  for (;;) {
    const { value } = await nextLine(lines, file);
    if (value === '\\.') break;
    block += `${value}\n`;
    if (block.length > 65_536) {
      yield block;
      block = '';
    }
  }
  if (block) yield block;
}

async function nextLine(lines: Lines, file: string): Promise<{ value: string }> {
  const next = await lines.next().catch(() => ({ done: true, value: '' }));
  if (next.done) throw damaged(file);
  return next;
}

async function finish(client: pg.Client, ending: Ending, found: Record<string, number>, file: string): Promise<void> {
  const same = Object.entries(ending.rows).every(([table, rows]) => found[table] === rows);
  if (!same || Object.keys(found).length !== Object.keys(ending.rows).length) throw damaged(file);
  for (const [name, { last, called }] of Object.entries(ending.sequences)) {
    await client.query('select setval($1::regclass, $2, $3)', [name, last, called]);
  }
}

function damaged(file: string): StartRefusal {
  return new StartRefusal(`The file ${file} is damaged or not whole, and nothing was restored: use another backup.`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function schemaOf(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from platform.migrations order by name',
  );
  return Object.fromEntries(rows.map(({ name, checksum }) => [name, checksum]));
}

async function versionOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  return rows[0]?.version ?? '';
}

function unwritable(error: unknown, file: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (!syscall) return error;
  return new StartRefusal(`The file ${file} cannot be written (${code}): name another.`);
}
