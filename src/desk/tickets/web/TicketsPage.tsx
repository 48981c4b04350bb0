import { Button } from '@mantine/core';
import { IconDownload, IconInbox, IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LinkButton } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { download } from '../../../web/download.ts';
import { useList } from '../../../web/queries.ts';
import { tellFailure } from '../../../web/refusedActs.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { exportTickets, listTickets } from '../tickets.api.ts';
import { TicketFilterBar } from './TicketFilterBar.tsx';
import { ticketColumns } from './ticketColumns.tsx';
import { columnOrderOf, sortOf, type TicketQuery, useTicketFilters } from './ticketFilters.ts';

/** The workspace's list, over everything in reach. */
export function TicketsPage() {
  const text = useText();
  const { namesTenants } = useSession();
  const filters = useTicketFilters();
  const { chosen, choose, query, narrowed } = filters;
  const list = useList(listTickets, { query });
  const total = list.first?.total;
  return (
    <Page
      title={text('tickets.title')}
      lead={total && text(total.more ? 'tickets.total-more' : 'tickets.total', { count: total.count })}
      actions={
        <>
          <WhyButton list="tickets" acts={['add']} />
          <TicketsActions query={query} />
        </>
      }
    >
      <TicketFilterBar {...filters} />
      <DataList
        label={text('tickets.title')}
        list={list}
        keyOf={(ticket) => ticket.id}
        columns={ticketColumns(text, namesTenants)}
        sorting={{ by: columnOrderOf(chosen.sort), change: (by) => choose({ sort: sortOf(by) }) }}
        empty={
          <EmptyState
            icon={<IconInbox />}
            title={text(narrowed ? 'tickets.none.narrowed' : 'tickets.none.open')}
            action={
              chosen.status !== 'any' && (
                <Button variant="default" onClick={() => choose({ status: 'any' })}>
                  {text('tickets.show-any')}
                </Button>
              )
            }
          />
        }
      />
    </Page>
  );
}

function TicketsActions({ query }: { query: TicketQuery }) {
  const text = useText();
  const { may, acting } = useSession();
  const saving = useMutation({ mutationFn: () => download(exportTickets, { query }), onError: tellFailure });
  return (
    <>
      {may('ticket.export') && (
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          {text('tickets.export')}
        </Button>
      )}
      {may('ticket.create') && acting.writes && (
        <LinkButton to="/workspace/tickets/new" leftSection={<IconPlus size={18} aria-hidden />}>
          {text('tickets.new')}
        </LinkButton>
      )}
    </>
  );
}
