import { cursorAt, placeIn } from '../platform/lists.cursors.ts';
import type { ListOrder } from '../platform/lists.ts';

/** Where the next page of a list begins: behind the last record shown, in the list's own order. */
export type PageStart = [name: string, id: string];

export const usualPage = 50;

/** Of people, roles and statements; an index serves it, for one owner and for all. */
export const byName: ListOrder = {
  name: 'by-name',
  columns: [
    ['name_key', 'text'],
    ['id', 'uuid'],
  ],
  descending: false,
};

/** @returns the page, and its `next` when there is more; `rows` holds one more than the page. */
export function pageOf<R extends { nameKey: string; id: string }>(
  rows: R[],
  limit: number,
): { page: R[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? cursorAt('by-name', [last.nameKey, last.id]) : null;
  return { page, next };
}

export function pageStart(cursor: string | undefined): PageStart | null {
  return cursor === undefined ? null : placeIn('by-name', ['text', 'uuid'], cursor);
}

/** A part of a name as a pattern; what means something in a pattern means itself. */
export function containing(folded: string): string {
  return `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
}
