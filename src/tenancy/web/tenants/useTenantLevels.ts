import { useQueries } from '@tanstack/react-query';
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
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const wanted = [top, ...opened];
  const answers = useQueries({
    queries: wanted.map((parent) => answerOf(listTenants, { query: { parent, limit: 200 } })),
  });
  const known = wanted.map((parent, index) => [parent, answers[index]] as const);
  return {
    opened,
    open: (slugs: readonly string[]) => setOpened((before) => new Set([...before, ...slugs])),
    toggle: (slug: string, open: boolean) =>
      setOpened((before) => (open ? new Set([...before, slug]) : new Set([...before].filter((one) => one !== slug)))),
    levels: new Map<string, TenantLevel | undefined>(known.map(([parent, answer]) => [parent, answer?.data])),
    failed: new Set(known.filter(([, answer]) => answer?.isError && !answer.data).map(([parent]) => parent)),
    retry: (parent: string) => void known.find(([one]) => one === parent)?.[1]?.refetch(),
    error: answers[0]?.error ?? null,
  };
}
