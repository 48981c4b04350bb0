import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../src/platform/database.ts';
import type { Endpoint } from '../src/platform/endpoints.ts';
import { createServer } from '../src/platform/server.ts';
import { routes } from '../src/solution.ts';
import { allowed, small, unanswered } from './access-paths/allowed.ts';
import { type Call, callsOf, listsAndSearches, paramsOf } from './access-paths/calls.ts';
import { type Ground, makeGround, type Reader } from './access-paths/ground.ts';
import { growing } from './access-paths/growing.ts';
import { Nested, tellNested } from './access-paths/nested.ts';
import { tablesOf, type Walk, walksOf } from './access-paths/reading.ts';
import { Client } from './client.ts';
import { ownCluster } from './database.ts';
import { Explanations, explainingClient } from './explaining.ts';

// docs/database.md 9.4: a tenant condition that appears only as a filter, over an index that grows with the neighbours, makes
// the neighbours' records everybody's cost. Somebody with ten dormant tenants once cost 0.4 s of CPU a list.

interface Found extends Walk {
  reader: string;
  call: string;
}

const found: Found[] = [];
const answered = new Set<Endpoint>();
const roles = new Set<string>();
const read = new Set<string>();
/** Statements of functions that were seen. */
const inside = new Set<string>();
let ground: Ground;
let grown: Set<string>;
beforeAll(async () => {
  ground = await makeGround();
  grown = await growing(ground.world);
  await readEverything();
}, 300_000);
afterAll(() => ground?.world.close());

test('no list or search reads a growing table but by the tenants of the reach', () => {
  const walks = found.filter((walk) => !allowed.some((one) => isOf(one, walk)));
  expect([
    ...new Set(walks.map(({ reader, call, table, how }) => `${call} of who ${reader}: ${table}, ${how}`)),
  ]).toEqual([]);
});

test('every exception is needed', () => {
  expect(allowed.filter((one) => !found.some((walk) => isOf(one, walk)))).toEqual([]);
});

test('every list and search has been answered, to every role of the database that can be', () => {
  const silent = listsAndSearches().filter((endpoint) => !answered.has(endpoint));
  expect(silent.map(({ path }) => path)).toEqual(Object.keys(unanswered));
  // Of one: none, one; of a set: none, one, set; of all: every one; each narrow, too.
  expect(roles.size).toBe(18);
});

test('what lists read has grown, or is listed as small', () => {
  expect([...read].filter((table) => !grown.has(table) && !(table in small))).toEqual([]);
  expect(Object.keys(small).filter((table) => !read.has(table))).toEqual([]);
});

test('what functions read with rights of their own is seen, too', () => {
  const seen = [...inside].filter((text) => text.includes('from desk.ticket_searches s where'));
  expect(seen.length).toBeGreaterThan(0);
});

function isOf(one: (typeof allowed)[number], { call, reader, table }: Found): boolean {
  return call.startsWith(one.call) && one.readers.test(reader) && one.table === table;
}

async function readEverything(): Promise<void> {
  const { sockets, prefix, app } = ownCluster();
  const explained = new Explanations();
  // What takes the role or notes what was read cannot be done twice; no list is read by it.
  const driver = explainingClient(explained, {
    options: 'analyze, verbose, timing off',
    except: /set_config|record_reads/,
  });
  const nested = new Nested();
  await tellNested(ground.world.database);
  const config = { host: sockets, port: 5432, ...app, database: ground.world.database, Client: nested.hearing(driver) };
  const db = new Database({ app: config as never, prefix });
  const server = await createServer({ db, routes, logLevel: 'silent' });
  try {
    for (const endpoint of listsAndSearches()) {
      for (const reader of ground.readers) {
        const client = new Client(server, reader);
        const params = await paramsOf(ground.world, endpoint, reader.tenant);
        for (const call of callsOf(endpoint, valuesFor(reader)).filter((one) => isAsked(one, reader))) {
          const asked = { params, query: { ...pageOf(endpoint), ...call.query } };
          const { status, body } = await client.try(endpoint, asked as never);
          if (status === 200) answered.add(endpoint);
          const { next } = (body ?? {}) as { next?: string | null };
          if (next && call.filter === null && mightiest.test(reader.name))
            await client.try(endpoint, { ...asked, query: { ...asked.query, cursor: next } } as never);
          await explained.settled();
          note(explained, reader, call);
          noteNested(nested, reader, call);
        }
      }
    }
  } finally {
    await server.close();
    await db.end();
  }
}

const pageOf = ({ query }: Endpoint) =>
  'limit' in ((query as { properties?: object })?.properties ?? {}) ? { limit: 5 } : {};

function note(explained: Explanations, reader: Reader, call: Call): void {
  for (const one of explained.found.splice(0)) {
    const [, role] = /_(r_[a-z]+_w_[a-z_]+)$/.exec(one.role) ?? [];
    if (role) roles.add(role);
    for (const table of tablesOf(one)) if (!table.startsWith('pg_catalog.')) read.add(table);
    for (const walk of walksOf(one, grown)) found.push({ ...walk, reader: reader.name, call: call.name });
  }
}

function noteNested(nested: Nested, reader: Reader, call: Call): void {
  for (const { text, plan } of nested.found.splice(0)) {
    inside.add(text);
    for (const { table, how } of walksOf({ plan }, grown))
      found.push({ table, how: `in a function: ${how}`, reader: reader.name, call: call.name });
  }
}

/** Every role asks each list plainly; what more it writes changes no plan, so those that write most ask by words, filters and orders. */
function isAsked({ filter, endpoint, query }: Call, { name }: Reader): boolean {
  const all = name.startsWith('reads all');
  // An export of everything reads everything; of less, what its list reads, page by page.
  if (endpoint.path.endsWith('/export')) return !all && filter === null && mightiest.test(name);
  if (filter === null) return true;
  if (!mightiest.test(name)) return false;
  // Where no tenant is asked for, any other filter looks through all records until there is a page: that is no neighbour's cost.
  return !all || filter === 'sort' || (searching.test(filter) && query[filter] === words[0]);
}
const mightiest = /^reads (one, writes one|(few|ten|many), writes set|all, writes all)/;
const searching = /^(search|text|who|subject)$/;
/** The first is in a few names of the neighbour's, the second in all of everybody else. */
const words = ['alarm 1004', 'meadow'];

function valuesFor(reader: Reader) {
  return { tenant: reader.tenant.slug, ...ground.neighbours, words };
}
