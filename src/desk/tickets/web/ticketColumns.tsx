import type { Column } from '../../../ui/DataList.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Time } from '../../../ui/Time.tsx';
import type { Say } from '../../../web/text.ts';
import type { TicketSummary } from '../tickets.api.ts';
import { TicketPriority, TicketStatus } from './ticketLabels.tsx';
import css from './tickets.module.css';

type TicketColumn = Column<TicketSummary>;

/** The columns of the workspace's list; the tenant's only where several can be read (R10.1). */
export function ticketColumns(text: Say, namesTenants: boolean): [TicketColumn, ...TicketColumn[]] {
  const tenant: TicketColumn = {
    id: 'tenant',
    header: text('tenant.one'),
    cell: (ticket) => ticket.tenant?.name ?? '',
  };
  return [
    {
      id: 'title',
      header: text('ticket.title'),
      sort: 'number',
      cell: (ticket) => (
        <>
          <Link to={`/workspace/tickets/${ticket.number}`}>{ticket.title}</Link>
          <span className={css.under}>
            {ticket.number}
            {ticket.requester && ` · ${ticket.requester.name}`}
          </span>
        </>
      ),
    },
    ...(namesTenants ? [tenant] : []),
    {
      id: 'status',
      header: text('ticket.status'),
      tight: true,
      cell: (ticket) => <TicketStatus status={ticket.status} />,
    },
    {
      id: 'priority',
      header: text('ticket.priority'),
      tight: true,
      sort: 'priority',
      cell: (ticket) => <TicketPriority priority={ticket.priority} />,
    },
    {
      id: 'assignee',
      header: text('ticket.assignee'),
      cell: (ticket) => ticket.assignee?.name ?? ticket.group?.name ?? '—',
    },
    {
      id: 'opened',
      header: text('ticket.opened'),
      tight: true,
      sort: 'opened',
      cell: (ticket) => <Time at={ticket.openedAt} show="brief" />,
    },
    {
      id: 'updated',
      header: text('ticket.updated'),
      tight: true,
      sort: 'updated',
      cell: (ticket) => <Time at={ticket.updatedAt} show="brief" />,
    },
  ];
}
