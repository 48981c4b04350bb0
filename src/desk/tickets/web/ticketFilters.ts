import { useIntl } from 'react-intl';
import type { QueryOf } from '../../../platform/endpoints.ts';
import { useUrlState } from '../../../ui/urlState.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import type { listTickets, TicketFilters } from '../tickets.api.ts';
import { openStatuses } from './ticketLabels.tsx';

/** What the list shows while its address says nothing: everybody's open tickets, the newest first. */
export const usualFilters = {
  text: '',
  status: 'open',
  mine: '',
  priority: '',
  type: '',
  category: '',
  location: '',
  group: '',
  assignee: '',
  requester: '',
  from: '',
  until: '',
  sort: 'newest',
};
export type ChosenFilters = typeof usualFilters;

/** Those that are folded away while none of them narrows. */
export const moreFilters = ['category', 'location', 'group', 'assignee', 'requester', 'from', 'until'] as const;
export type MoreFilter = (typeof moreFilters)[number];

export type TicketQuery = QueryOf<typeof listTickets>;

/** The filters in the address, and as the endpoint takes them. */
export function useTicketFilters() {
  const [chosen, choose] = useUrlState(usualFilters);
  const tenant = useTenantFocus();
  const { timeZone } = useIntl();
  const query: TicketQuery = { ...queryOf(chosen, timeZone), tenant };
  const narrowed = (Object.keys(usualFilters) as (keyof ChosenFilters)[]).some(
    (name) => name !== 'sort' && chosen[name] !== usualFilters[name],
  );
  return { chosen, choose, query, narrowed };
}

function queryOf(chosen: ChosenFilters, timeZone: string | undefined): TicketQuery {
  const { text, status, mine, priority, type, category, location, group, assignee, requester, sort } = chosen;
  return {
    text: text.trim() || undefined,
    status: status === 'open' ? openStatuses : status === 'any' ? undefined : [status as 'new'],
    mine: mine && mine !== 'unassigned' ? (mine as TicketFilters['mine']) : undefined,
    category: category || undefined,
    location: location || undefined,
    group: group || undefined,
    assignee: mine === 'unassigned' ? 'none' : assignee || undefined,
    requester: requester || undefined,
    openedFrom: startOfDay(chosen.from, 0, timeZone),
    // The whole of the last day.
    openedBefore: startOfDay(chosen.until, 1, timeZone),
    priority: priority ? [priority as 'high'] : undefined,
    type: type ? (type as TicketFilters['type']) : undefined,
    sort: sort === 'newest' ? undefined : (sort as TicketFilters['sort']),
  };
}

/** The instant at which a day begins in the reader's zone; `later` days after it. Undefined for what is no day. */
function startOfDay(day: string, later: number, timeZone: string | undefined): string | undefined {
  const utc = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) + later * 86_400_000 : Number.NaN;
  if (Number.isNaN(utc)) return undefined;
  // Twice, because the zone's offset is that of the instant itself: the clock may change in between.
  let instant = utc - offsetOf(utc, timeZone);
  instant = utc - offsetOf(instant, timeZone);
  return new Date(instant).toISOString();
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetOf(instant: number, timeZone: string | undefined): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year, month, day, hour, minute, second } = part as Record<string, number>;
  const shown = Date.UTC(year as number, (month as number) - 1, day, hour, minute, second);
  return shown - Math.trunc(instant / 1000) * 1000;
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
