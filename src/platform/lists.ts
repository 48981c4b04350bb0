import { type RawBuilder, sql } from 'kysely';
import { type ColumnType, cursorOf, type Place, placeOf } from './lists.cursors.ts';
import type { Schema } from './schema.ts';
import type { Scope } from './scope.ts';
import type { Tx } from './units.ts';

/** An order that an index serves: columns of `t` in one direction, the last of them unique. */
export interface ListOrder {
  /** Part of the cursor: a page of one order is no page of another. */
  name: string;
  columns: readonly (readonly [column: string, type: ColumnType])[];
  descending: boolean;
  /**
   * Of an order by instants, the newest first: since when so many of everybody's records have been before an instant, or before now. Whoever
   * reads thousands of tenants finds a page among those, mostly. Nothing but a place to stop at, whatever it answers.
   */
  since?: (before: RawBuilder<unknown> | null, records: number) => RawBuilder<unknown>;
}

/**
 * What a feature says of a list. It never writes a condition on tenants for the wall's sake: row-level security decides
 * what there is to see, and this builder adds the path that makes it fast at every reach (`docs/database.md` 9).
 */
export interface List {
  table: keyof Schema & string;
  /** Optional records are read from public and from above, too (R5.3). */
  class: 'required' | 'optional';
  /** Over `t`. */
  conditions: readonly RawBuilder<unknown>[];
  order: ListOrder;
  /** A filter by tenant: these alone, as far as they are in reach. */
  owners?: readonly number[] | undefined;
  /** The columns that a page may name, where not all may be read. */
  readable?: readonly string[] | undefined;
  /** The keys (owner_id, id) of the few records that can match at all, where something better than the order finds them: a search. */
  candidates?: RawBuilder<unknown> | undefined;
  /** Where there are so many of them, there may be more, and what is counted is not all. */
  mostCandidates?: number | undefined;
  /** Conditions that an index serves in the list's order, and that leave too little to go from tenant to tenant: what is assigned to somebody. */
  narrow?: readonly RawBuilder<unknown>[] | undefined;
}

export interface PageWanted {
  columns: RawBuilder<unknown>;
  /** Always left joins: a target may be out of reach (R5.4). */
  joins?: RawBuilder<unknown>;
  cursor?: string | undefined;
  limit: number;
}

export interface Total {
  count: number;
  /** There are more than were counted. */
  more: boolean;
}

/**
 * So many rows a query of a page asks for, the least that are enough. As numbers in its text, because the one plan that it has is made
 * without values (docs/database.md 9.8): of a limit that is not known PostgreSQL believes that it is a tenth of the table.
 */
const steps = [2, 11, 26, 51, 101, 201];

/** From so many tenants on, a first look finds those that have something for the page. */
const few = 10;

/** From so many tenants on, the newest of everybody's are looked through first: a look at each tenant takes two microseconds. */
const crowd = 2000;

/** Everybody's are looked through as far as this many times the page. */
const nearness = 25;

/** One page in the list's order, and the cursor of the next. @throws Refusal `cursor-unknown`. */
export async function findPage<Row extends object>(
  tx: Tx,
  list: List,
  wanted: PageWanted,
): Promise<{ rows: Row[]; next: string | null }> {
  const { rows } = await pageQuery<Row & { cursor: string }>(tx.scope, list, wanted).execute(tx.q);
  return pageOf(list, rows, wanted.limit);
}

function pageOf<Row extends { cursor: string }>(
  list: List,
  rows: Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last;
  return { rows: page, next: more ? cursorOf(list.order, last.cursor) : null };
}

/** The first page with how many there are, counted up to a bound: exact below it; a later one without. @throws Refusal `cursor-unknown`. */
export async function findCountedPage<Row extends object>(
  tx: Tx,
  list: List,
  wanted: PageWanted,
  bound: number,
): Promise<{ rows: Row[]; next: string | null; total: Total | null }> {
  if (wanted.cursor !== undefined) return { ...(await findPage<Row>(tx, list, wanted)), total: null };
  const { candidates, mostCandidates } = list;
  if (!candidates) {
    const [page, counted] = await Promise.all([
      findPage<Row>(tx, list, wanted),
      countQuery(tx.scope, list, bound).execute(tx.q),
    ]);
    return { ...page, total: totalOf(counted.rows[0]?.found, bound) };
  }
  const wasCutOff = mostCandidates ? sql<boolean>`(select count(*) >= ${mostCandidates} from found)` : sql`false`;
  // What a search finds is found once, for both.
  const found = { ...list, candidates: sql`select owner_id, id from found` };
  const columns = sql`(${countQuery(tx.scope, found, bound)}) as counted, ${wasCutOff} as "wasCutOff", ${wanted.columns}`;
  const query = sql<
    Row & { cursor: string; counted: number; wasCutOff: boolean }
  >`with found as materialized (${candidates})
    ${pageQuery(tx.scope, found, { ...wanted, columns })}`;
  const { rows } = await query.execute(tx.q);
  const total = totalOf(rows[0]?.counted, bound);
  // No row tells whether there were others beyond those that were looked at.
  const isMore =
    rows[0]?.wasCutOff ?? (mostCandidates !== undefined && (await areAsMany(tx, candidates, mostCandidates)));
  return { ...pageOf(list, rows, wanted.limit), total: { ...total, more: total.more || isMore } };
}

async function areAsMany(tx: Tx, candidates: RawBuilder<unknown>, most: number): Promise<boolean> {
  const { rows } = await sql<{ many: boolean }>`select count(*) >= ${most} as many from (${candidates}) c`.execute(
    tx.q,
  );
  return rows[0]?.many ?? false;
}

function totalOf(found = 0, bound: number): Total {
  return { count: Math.min(found, bound), more: found > bound };
}

/** The query of a page, one row more than the page or some; apart, so that a test can look at its plan. */
export function pageQuery<Row>(scope: Scope, list: List, wanted: PageWanted): RawBuilder<Row> {
  const keys = keysQuery(scope, list, placeOf(list.order, wanted.cursor), atLeast(wanted.limit + 1));
  const values = list.order.columns.map((_column, i) => sql.ref(`k.s${i}`));
  return sql<Row>`select ${wanted.columns}, json_build_array(${sql.join(values)})::text as cursor
    from (${keys}) k, lateral ${byKey(list, 'k')} t ${wanted.joins ?? sql``}
    order by ${ordered(list, values)}`;
}

function atLeast(rows: number): number {
  return steps.find((step) => step >= rows) ?? rows;
}

/** How many there are, and one more than the bound where there are more. */
export function countQuery(scope: Scope, list: List, bound: number): RawBuilder<{ found: number }> {
  const limit = sql`limit ${sql.lit(bound + 1)}`;
  const among = ownersOf(scope, list);
  const table = sql.table(list.table);
  const where = (owner: RawBuilder<unknown>[]) => all([...owner, ...list.conditions]);
  let matching: RawBuilder<unknown>;
  if (list.candidates) matching = sql`select from ${fromCandidates(list)} where ${where(within(list.owners))} ${limit}`;
  else if (list.narrow) matching = sql`select from ${table} t where ${where(narrowed(list, list.narrow))} ${limit}`;
  else if (!among) matching = sql`select from ${table} t where ${where([])} ${limit}`;
  else {
    matching = sql`select from ${among.each} o, lateral
      (select from ${table} t where ${where([sql`t.owner_id = o.owner_id`])} ${limit}) x ${limit}`;
  }
  return sql<{ found: number }>`select count(*)::int as found from (${matching}) m`;
}

/** Owner, id and the order's values of the page's records. */
function keysQuery(scope: Scope, list: List, place: Place | null, limit: number): RawBuilder<unknown> {
  const after = place ? [place.behind] : [];
  const columns = list.order.columns.map(([column]) => sql.ref(`t.${column}`));
  const named = sql.join(columns.map((column, i) => sql`${column} as ${sql.ref(`s${i}`)}`));
  const table = sql.table(list.table);
  const inOrder = (from: RawBuilder<unknown>, owner: RawBuilder<unknown>[], most: number) => sql`
    select t.owner_id, t.id, ${named} from ${from} where ${all([...owner, ...after, ...list.conditions])}
    order by ${ordered(list, columns)} limit ${sql.lit(most)}`;
  if (list.candidates) return inOrder(fromCandidates(list), within(list.owners), limit);
  if (list.narrow) return inOrder(sql`${table} t`, narrowed(list, list.narrow), limit);
  const among = ownersOf(scope, list);
  if (!among) return inOrder(sql`${table} t`, [], limit);
  if (among.only !== undefined) return inOrder(sql`${table} t`, [sql`t.owner_id = ${among.only}`], limit);
  // Nothing merges several owners' indexes: each is read in order, and the best of all are taken.
  const merged = (from: RawBuilder<unknown>, most: number) => sql`
    select m.* from ${from} o, lateral (${inOrder(sql`${table} t`, [sql`t.owner_id = o.owner_id`], most)}) m
    order by ${ordered(
      list,
      list.order.columns.map((_column, i) => sql.ref(`m.s${i}`)),
    )} limit ${sql.lit(limit)}`;
  if (among.size <= few) return merged(among.each, limit);
  // The page can only hold records of the tenants whose first ones are best.
  const far = merged(sql`(${merged(among.each, 1)})`, limit);
  const { since } = list.order;
  if (!since || among.size < crowd) return far;
  // Without “is true” it becomes a join, and the order is lost.
  const theirs = sql`(t.owner_id in ${among.each}) is true`;
  const instant = sql`${columns[0]} >= (select ${since(place?.values[0] ?? null, nearness * limit)})`;
  return sql`with near as materialized (${inOrder(sql`${table} t`, [theirs, instant], limit)})
    select * from near where (select count(*) from near) = ${sql.lit(limit)}
    union all select * from (${far}) far where (select count(*) from near) < ${sql.lit(limit)}`;
}

/** The owners a list goes through, one by one. */
interface Among {
  size: number;
  only: number | undefined;
  each: RawBuilder<unknown>;
}

/** @returns null where it goes through all records instead. */
function ownersOf(scope: Scope, list: List): Among | null {
  if (scope.reach === 'all') return list.owners ? named(list.owners) : null;
  const reads = list.class === 'optional' ? scope.readsOptional : scope.reads;
  if (list.owners) return named(list.owners.filter((owner) => reads.has(owner)));
  if (reads.size === 1) return named(reads.all);
  // What the database has set for itself need not travel to it, and there can be thousands.
  const setting = sql.lit(list.class === 'optional' ? 'app.reads_optional' : 'app.reads');
  return {
    size: reads.size,
    only: undefined,
    each: sql`(select unnest(nullif(current_setting(${setting}, true), '')::int[]) as owner_id)`,
  };
}

function named(owners: readonly number[]): Among {
  const each = sql`(select unnest(${[...owners]}::int[]) as owner_id)`;
  return { size: owners.length, only: owners.length === 1 ? owners[0] : undefined, each };
}

function within(owners: readonly number[] | undefined): RawBuilder<unknown>[] {
  return owners ? [sql`t.owner_id = any(${[...owners]}::int[])`] : [];
}

function narrowed(list: List, conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown>[] {
  return [...within(list.owners), ...conditions];
}

function fromCandidates(list: List): RawBuilder<unknown> {
  return sql`(${list.candidates}) c, lateral ${byKey(list, 'c')} t`;
}

/**
 * One look at the primary key for each key; `offset 0` keeps the planner from reading the table beside the keys instead. The place of the row
 * (`ctid`, which is never 0) stands in no index: else an index of an order, which holds all that is asked for, is gone through as far as the tenant's records reach.
 */
function byKey(list: List, keys: string): RawBuilder<unknown> {
  const readable = list.readable ? sql.join(list.readable.map((column) => sql.ref(column))) : sql`*`;
  // Whoever may not read all columns may not ask for that one.
  const fromTable = list.readable ? sql`` : sql` and r.ctid <> '(0,0)'`;
  return sql`(select ${readable} from ${sql.table(list.table)} r
    where r.owner_id = ${sql.ref(`${keys}.owner_id`)} and r.id = ${sql.ref(`${keys}.id`)}${fromTable} offset 0)`;
}

function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length ? sql.join(conditions, sql` and `) : sql`true`;
}

function ordered(list: List, values: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(values.map((value) => (list.order.descending ? sql`${value} desc` : sql`${value}`)));
}
