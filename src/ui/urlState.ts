import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

type Texts = Readonly<Record<string, string>>;

/**
 * Filters, sorting and tabs live in the address, so that a view can be linked, bookmarked and gone back to.
 * What equals its default is left out of the address.
 */
export function useUrlState<D extends Texts>(
  defaults: D,
): [{ [K in keyof D]: string }, (changes: Partial<{ [K in keyof D]: string }>) => void] {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const values = Object.fromEntries(
    Object.entries(defaults).map(([name, byDefault]) => [name, search[name] ?? byDefault]),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: defaults are written in place by every page, and do not change
  const change = useCallback(
    (changes: Partial<{ [K in keyof D]: string }>) => {
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ((before: Record<string, string | undefined>) => {
          const after: Record<string, string | undefined> = { ...before };
          for (const [name, value] of Object.entries(changes) as [string, string][]) {
            after[name] = value === defaults[name] ? undefined : value;
          }
          return after;
        }) as never,
      });
    },
    [navigate],
  );
  return [values as { [K in keyof D]: string }, change];
}

/** The address's query as plain texts: `?tenant=0012` stays a text. */
export function parseAddressQuery(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

export function writeAddressQuery(values: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') query.append(name, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}
