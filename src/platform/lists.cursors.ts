import { type RawBuilder, sql } from 'kysely';
import type { ListOrder } from './lists.ts';
import { refusalOf } from './refusals.ts';

/** What a value in a cursor looks like: people can change a cursor, and must then read a refusal. */
const forms = {
  text: /^[^\0]{0,500}$/su,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  int: /^-?\d{1,9}$/,
  timestamptz: /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/,
};

export type ColumnType = keyof typeof forms;

/** Opaque to callers: the order's name, and the last record's values in it as JSON. */
export function cursorOf(order: ListOrder, values: string): string {
  return Buffer.from(`${order.name}:${values}`).toString('base64url');
}

/** The condition of being behind the cursor, on the index that serves the order. */
export function startOf(order: ListOrder, cursor: string | undefined): RawBuilder<unknown>[] {
  if (cursor === undefined) return [];
  const values = valuesOf(order, Buffer.from(cursor, 'base64url').toString());
  if (!values) throw refusalOf('cursor-unknown');
  const columns = sql.join(order.columns.map(([column]) => sql.ref(`t.${column}`)));
  const starts = sql.join(order.columns.map(([, type], i) => sql`${String(values[i])}::${sql.raw(type)}`));
  return [sql`(${columns}) ${order.descending ? sql`<` : sql`>`} (${starts})`];
}

function valuesOf(order: ListOrder, text: string): unknown[] | null {
  const prefix = `${order.name}:`;
  if (!text.startsWith(prefix)) return null;
  try {
    const values: unknown = JSON.parse(text.slice(prefix.length));
    const { columns } = order;
    if (!Array.isArray(values) || values.length !== columns.length) return null;
    const right = columns.every(([, type], i) => isOf(type, String(values[i])));
    return right ? values : null;
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
