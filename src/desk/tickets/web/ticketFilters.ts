import type { QueryOf } from '../../../platform/endpoints.ts';
import { useUrlState } from '../../../ui/urlState.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import type { listTickets, TicketFilters } from '../tickets.api.ts';
import { openStatuses } from './ticketLabels.tsx';

/** What the list shows while its address says nothing: everybody's open tickets, the newest first. */
export const usualFilters = { text: '', status: 'open', mine: '', priority: '', type: '', sort: 'newest' };
export type ChosenFilters = typeof usualFilters;

export type TicketQuery = QueryOf<typeof listTickets>;

/** The filters in the address, and as the endpoint takes them. */
export function useTicketFilters() {
  const [chosen, choose] = useUrlState(usualFilters);
  const tenant = useTenantFocus();
  const query: TicketQuery = { ...queryOf(chosen), tenant };
  const narrowed = (Object.keys(usualFilters) as (keyof ChosenFilters)[]).some(
    (name) => name !== 'sort' && chosen[name] !== usualFilters[name],
  );
  return { chosen, choose, query, narrowed };
}

function queryOf({ text, status, mine, priority, type, sort }: ChosenFilters): TicketQuery {
  return {
    text: text.trim() || undefined,
    status: status === 'open' ? openStatuses : status === 'any' ? undefined : [status as 'new'],
    mine: mine && mine !== 'unassigned' ? (mine as TicketFilters['mine']) : undefined,
    assignee: mine === 'unassigned' ? 'none' : undefined,
    priority: priority ? [priority as 'high'] : undefined,
    type: type ? (type as TicketFilters['type']) : undefined,
    sort: sort === 'newest' ? undefined : (sort as TicketFilters['sort']),
  };
}

// Columns sort both ways where the endpoint does; the others know one order only.
const columnOrders: Record<string, string> = {
  newest: '-opened',
  oldest: 'opened',
  updated: '-updated',
  priority: '-priority',
  number: 'number',
};

export function columnOrderOf(sort: string): string {
  return columnOrders[sort] ?? '';
}

export function sortOf(columnOrder: string): string {
  const exact = Object.entries(columnOrders).find(([, order]) => order === columnOrder);
  const either = Object.entries(columnOrders).find(
    ([, order]) => order.replace('-', '') === columnOrder.replace('-', ''),
  );
  return (exact ?? either)?.[0] ?? usualFilters.sort;
}
