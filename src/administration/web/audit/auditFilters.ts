import { useUrlState } from '../../../ui/urlState.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import type { AuditFilters } from '../../audit/audit.api.ts';

const none = { who: '', subject: '', kind: '', origin: '', reads: '', from: '', until: '' };

/** The filters in the address, and as the endpoint takes them: a day is the reader's own. */
export function useAuditFilters() {
  const [chosen, choose] = useUrlState(none);
  const tenant = useTenantFocus();
  const query: AuditFilters = {
    ...(chosen.who.trim() ? { who: chosen.who.trim() } : {}),
    ...(chosen.subject.trim() ? { subject: chosen.subject.trim() } : {}),
    ...(chosen.kind ? { kind: chosen.kind } : {}),
    ...(chosen.origin ? { origin: chosen.origin as 'outside' } : {}),
    ...(chosen.reads ? { reads: chosen.reads as 'only' } : {}),
    ...instant('from', chosen.from, 0),
    ...instant('before', chosen.until, 1),
    ...(tenant ? { tenant } : {}),
  };
  const narrowed = Object.values(chosen).some((value) => value !== '');
  return { chosen, choose, clear: () => choose(none), query, narrowed };
}

/** The first instant of a day, or of the day after it; nothing while somebody is still typing a year. */
function instant<Name extends string>(name: Name, day: string, daysLater: number): Partial<Record<Name, string>> {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || year < 1000 || !month || !date) return {};
  const begin = new Date(year, month - 1, date + daysLater);
  return { [name]: begin.toISOString() } as Record<Name, string>;
}
