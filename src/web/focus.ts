import { useSearch } from '@tanstack/react-router';
import { useSession } from './session.tsx';

/** The tenant that lists are narrowed to and new records are preset with (R5.1): part of the address, and never more than the reach. */
export function useTenantFocus(): string | undefined {
  const { namesTenants } = useSession();
  const { tenant } = useSearch({ strict: false }) as { tenant?: string };
  return namesTenants ? tenant : undefined;
}
