import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { listRequests } from '../../catalog/requests/requests.api.ts';
import { RequestPhase } from '../../catalog/requests/web/requestLabels.tsx';
import { useSaid } from '../../catalog/web/said.ts';
import { listTickets, type TicketSummary } from '../../desk/tickets/tickets.api.ts';
import { openStatuses, TicketStatus } from '../../desk/tickets/web/ticketLabels.tsx';
import type { ListState } from '../../ui/DataList.tsx';
import { FailureState } from '../../ui/FailureState.tsx';
import { Link, PlainLink } from '../../ui/Link.tsx';
import { Section } from '../../ui/Section.tsx';
import { Time } from '../../ui/Time.tsx';
import { useList } from '../../web/queries.ts';
import { useText } from '../../web/text.ts';
import css from './OpenRecords.module.css';

interface ShownRecord {
  id: string;
  number: string;
  name: string;
  at: string;
  path: string;
  status: ReactNode;
}

/** The few latest of what is one's own. */
export function OpenTickets({ title, text: wanted }: { title: string; text?: string }) {
  const text = useText();
  const query = { mine: 'requested' as const, status: wanted ? undefined : openStatuses, text: wanted, limit: 5 };
  const list = useList(listTickets, { query });
  return (
    <Section
      title={title}
      actions={
        <Link to="/tickets" className={css.all}>
          {text('home.all')}
        </Link>
      }
    >
      <Records list={list} shown={ticketShown} none={text(wanted ? 'ui.nothing-found' : 'home.open-tickets.none')} />
    </Section>
  );
}

function ticketShown({ id, number, title, updatedAt, status }: TicketSummary): ShownRecord {
  const path = `/tickets/${number}`;
  return { id, number, name: title, at: updatedAt, path, status: <TicketStatus status={status} /> };
}

export function OpenRequests({ title }: { title: string }) {
  const text = useText();
  const said = useSaid();
  const list = useList(listRequests, { query: { mine: true, limit: 5 } });
  return (
    <Section
      title={title}
      actions={
        <Link to="/requests" className={css.all}>
          {text('home.all')}
        </Link>
      }
    >
      <Records
        list={list}
        shown={({ id, number, offering, about, createdAt, phase, stuck }) => ({
          id,
          number,
          name: [said(offering.name), about].filter(Boolean).join(': '),
          at: createdAt,
          path: `/requests/${number}`,
          status: <RequestPhase phase={phase} stuck={stuck} />,
        })}
        none={text('home.open-requests.none')}
      />
    </Section>
  );
}

interface RecordsProps<T> {
  list: ListState<T>;
  shown: (item: T) => ShownRecord;
  none: string;
}

function Records<T>({ list, shown, none }: RecordsProps<T>) {
  if (list.error && !list.items.length) return <FailureState error={list.error} retry={list.reload} />;
  if (list.pending) return <Skeleton height={96} />;
  if (!list.items.length) return <p className={css.none}>{none}</p>;
  return (
    <ul className={css.records}>
      {list.items.map(shown).map(({ id, number, name, at, path, status }) => (
        <li key={id}>
          <PlainLink to={path} className={css.record}>
            <span className={css.text}>
              <span className={css.name}>{name}</span>
              <span className={css.at}>
                {number} · <Time at={at} />
              </span>
            </span>
            {status}
          </PlainLink>
        </li>
      ))}
    </ul>
  );
}
