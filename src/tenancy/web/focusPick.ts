import { useQuery } from '@tanstack/react-query';
import { useTenantFocus } from '../../web/focus.ts';
import { answerOf } from '../../web/queries.ts';
import { searchTenants } from '../tenants/tenants.api.ts';
import type { TenantPick } from './TenantField.tsx';

/** The tenant in focus as forms hold it: what a new record is preset with. */
export function useFocusPick(): TenantPick {
  const slug = useTenantFocus();
  const { data } = useQuery({
    ...answerOf(searchTenants, { query: { search: slug } }),
    enabled: slug !== undefined,
    staleTime: 300_000,
  });
  if (!slug) return null;
  return { value: slug, label: data?.items.find((tenant) => tenant.slug === slug)?.name ?? slug };
}
