import { IconInbox } from '@tabler/icons-react';
import { listTickets } from '../../desk/tickets/tickets.api.ts';
import { openStatuses, TicketStatus } from '../../desk/tickets/web/ticketLabels.tsx';
import { DataList } from '../../ui/DataList.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar, SearchFilter, SelectFilter } from '../../ui/FilterBar.tsx';
import { Link, LinkButton } from '../../ui/Link.tsx';
import { Page } from '../../ui/Page.tsx';
import { Time } from '../../ui/Time.tsx';
import { useUrlState } from '../../ui/urlState.ts';
import { useList } from '../../web/queries.ts';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';
import css from './MyTickets.module.css';

const usual = { text: '', status: 'any' };

/** What one has reported, or others for one. */
export function MyTicketsPage() {
  const text = useText();
  const { may, acting } = useSession();
  const [chosen, choose] = useUrlState(usual);
  const query = {
    mine: 'requested' as const,
    text: chosen.text.trim() || undefined,
    status: chosen.status === 'open' ? openStatuses : undefined,
    sort: 'updated' as const,
  };
  const list = useList(listTickets, { query });
  const narrowed = chosen.text !== '' || chosen.status !== usual.status;
  const report = may('ticket.create') && acting.writes && (
    <LinkButton to="/tickets/new">{text('my-tickets.report')}</LinkButton>
  );
  return (
    <Page title={text('my-tickets.title')} actions={report}>
      <FilterBar active={narrowed} clear={() => choose(usual)}>
        <SearchFilter label={text('tickets.search')} value={chosen.text} change={(value) => choose({ text: value })} />
        <SelectFilter
          label={text('ticket.status')}
          value={chosen.status}
          change={(status) => choose({ status })}
          choices={(['any', 'open'] as const).map((value) => ({ value, label: text(`tickets.status.${value}`) }))}
          any={null}
        />
      </FilterBar>
      <DataList
        label={text('my-tickets.title')}
        list={list}
        keyOf={(ticket) => ticket.id}
        columns={[
          {
            id: 'title',
            header: text('ticket.title'),
            cell: ({ number, title }) => (
              <Link to={`/tickets/${number}`} className={css.titled}>
                <span className={css.number}>{number}</span> <span>{title}</span>
              </Link>
            ),
          },
          {
            id: 'status',
            header: text('ticket.status'),
            tight: true,
            cell: ({ status }) => <TicketStatus status={status} />,
          },
          {
            id: 'updated',
            header: text('ticket.updated'),
            tight: true,
            cell: ({ updatedAt }) => <Time at={updatedAt} />,
          },
        ]}
        empty={<EmptyState icon={<IconInbox />} title={text(narrowed ? 'tickets.none.narrowed' : 'my-tickets.none')} />}
      />
    </Page>
  );
}
