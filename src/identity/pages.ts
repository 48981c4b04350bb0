import { refuseIdentity } from './identity.refusals.ts';

/** Where the next page of a list begins: behind the last record shown, in the list's own order. */
export type PageStart = [name: string, id: string];

export const usualPage = 50;

/** @returns the page, and its `next` when there is more; `rows` holds one more than the page. */
export function pageOf<R extends { nameKey: string; id: string }>(
  rows: R[],
  limit: number,
): { page: R[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > limit && last ? Buffer.from(JSON.stringify([last.nameKey, last.id])).toString('base64url') : null;
  return { page, next };
}

export function pageStart(cursor: string | undefined): PageStart | null {
  if (cursor === undefined) return null;
  try {
    const start: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(start) && typeof start[0] === 'string' && /^[0-9a-f-]{36}$/.test(String(start[1])))
      return [start[0], String(start[1])];
  } catch {
    // Refused below, like everything else that is no cursor of ours.
  }
  return refuseIdentity('cursor-unknown');
}

/** A part of a name as a pattern; what means something in a pattern means itself. */
export function containing(folded: string): string {
  return `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
}
