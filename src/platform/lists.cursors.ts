import { type RawBuilder, sql } from 'kysely';
import type { ListOrder } from './lists.ts';
import { refusalOf } from './refusals.ts';

/** What a value in a cursor looks like: people can change a cursor, and must then read a refusal. */
const forms = {
  text: /^[^\0]{0,500}$/su,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  int: /^-?\d{1,9}$/,
  boolean: /^(true|false)$/,
  // As connections are answered, in UTC.
  timestamptz: /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/,
};

export type ColumnType = keyof typeof forms;

/** Opaque to callers: the order's name, and the last record's values in it as JSON. */
export function cursorOf(order: ListOrder, values: string): string {
  return Buffer.from(`${order.name}:${values}`).toString('base64url');
}

/** Where a page begins. */
export interface Place {
  /** The condition of being behind it, on the index that serves the order. */
  behind: RawBuilder<unknown>;
  /** In the order's columns, of the last record that was shown. */
  values: RawBuilder<unknown>[];
}

export function placeOf(order: ListOrder, cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const values = placeIn(
    order.name,
    order.columns.map(([, type]) => type),
    cursor,
  );
  const columns = sql.join(order.columns.map(([column]) => sql.ref(`t.${column}`)));
  const typed = order.columns.map(([, type], i) => sql`${values[i]}::${sql.raw(type)}`);
  return { behind: sql`(${columns}) ${order.descending ? sql`<` : sql`>`} (${sql.join(typed)})`, values: typed };
}

/** A place in a list that is no list of the builder's: what it is ordered by, of the last record shown. */
export function cursorAt(list: string, values: readonly unknown[]): string {
  return Buffer.from(`${list}:${JSON.stringify(values)}`).toString('base64url');
}

/** @returns the values, as texts of these types. @throws Refusal `cursor-unknown` for anything that is no cursor of this list. */
export function placeIn<const T extends readonly ColumnType[]>(
  list: string,
  types: T,
  cursor: string,
): { -readonly [K in keyof T]: string } {
  const text = Buffer.from(cursor, 'base64url').toString();
  const values = text.startsWith(`${list}:`) ? parsed(text.slice(list.length + 1)) : null;
  if (!Array.isArray(values) || values.length !== types.length) throw refusalOf('cursor-unknown');
  const texts = values.map(String);
  if (!types.every((type, i) => isOf(type, texts[i] as string))) throw refusalOf('cursor-unknown');
  return texts as { -readonly [K in keyof T]: string };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isOf(type: ColumnType, value: string): boolean {
  if (!forms[type].test(value)) return false;
  if (type !== 'timestamptz') return true;
  // A day that no month has would be the database's error, not a refusal.
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(Date.parse(value)) && day.toISOString().startsWith(value.slice(0, 10));
}
