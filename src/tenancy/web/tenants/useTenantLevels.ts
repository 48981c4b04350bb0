import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerOf } from '../../../platform/endpoints.ts';
import { answerOf } from '../../../web/queries.ts';
import { listTenants } from '../../tenants/tenants.api.ts';

/** The first page of what is directly below a tenant. */
export type TenantLevel = AnswerOf<typeof listTenants>;
/** Stands for the place above all tenants. */
export const top = 'none';

/** What is below each branch that is open; asked for when it is opened first: there may be thousands. */
export function useTenantLevels() {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const { data: first } = useQuery(belowOf(top));
  const opened = chosen ?? alone(first);
  const wanted = [top, ...opened];
  const answers = useQueries({ queries: wanted.map(belowOf) });
  const known = wanted.map((parent, index) => [parent, answers[index]] as const);
  return {
    opened,
    open: (slugs: readonly string[]) => setChosen((before) => new Set([...(before ?? opened), ...slugs])),
    toggle: (slug: string, open: boolean) =>
      setChosen((before) => {
        const others = [...(before ?? opened)].filter((one) => one !== slug);
        return new Set(open ? [...others, slug] : others);
      }),
    levels: new Map<string, TenantLevel | undefined>(known.map(([parent, answer]) => [parent, answer?.data])),
    failed: new Set(known.filter(([, answer]) => answer?.isError && !answer.data).map(([parent]) => parent)),
    retry: (parent: string) => void known.find(([one]) => one === parent)?.[1]?.refetch(),
    error: answers[0]?.error ?? null,
  };
}

const belowOf = (parent: string) => answerOf(listTenants, { query: { parent, limit: 200 } });

/** One tenant above all others says nothing by itself: what is below it is shown from the start. */
function alone(first: TenantLevel | undefined): ReadonlySet<string> {
  const [only, ...others] = first?.items ?? [];
  return new Set(only && !others.length && only.subtenants ? [only.slug] : []);
}
