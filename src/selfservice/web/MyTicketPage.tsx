import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { getTicket, type Ticket } from '../../desk/tickets/tickets.api.ts';
import { Conversation } from '../../desk/tickets/web/Conversation.tsx';
import { DescriptionSection } from '../../desk/tickets/web/DescriptionSection.tsx';
import { HistorySection } from '../../desk/tickets/web/HistorySection.tsx';
import { TicketActionBar } from '../../desk/tickets/web/TicketActionBar.tsx';
import { TicketStatus } from '../../desk/tickets/web/ticketLabels.tsx';
import { WatchersSection } from '../../desk/tickets/web/WatchersSection.tsx';
import { FailureState } from '../../ui/FailureState.tsx';
import { Link } from '../../ui/Link.tsx';
import { Page } from '../../ui/Page.tsx';
import { Phases } from '../../ui/Phases.tsx';
import { Section } from '../../ui/Section.tsx';
import { answerOf } from '../../web/queries.ts';
import { WaitingPage } from '../../web/shells/OtherPages.tsx';
import { useText } from '../../web/text.ts';
import css from './MyTickets.module.css';
import { ticketPhases } from './ticketPhases.tsx';

/** A ticket as those see it who opened it, or watch it. */
export function MyTicketPage() {
  const text = useText();
  const { number } = useParams({ strict: false }) as { number: string };
  const { data: ticket, error, refetch } = useQuery(answerOf(getTicket, { params: { number } }));
  if (error && !ticket) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!ticket) return <WaitingPage />;
  return (
    <Page
      title={`${ticket.number} ${ticket.title}`}
      badge={<TicketStatus status={ticket.status} />}
      back={<Link to="/tickets">{text('my-tickets.title')}</Link>}
      actions={<TicketActionBar ticket={ticket} />}
      narrow
    >
      <MyTicket key={ticket.number} ticket={ticket} />
    </Page>
  );
}

function MyTicket({ ticket }: { ticket: Ticket }) {
  const text = useText();
  return (
    <>
      <Section title={text('my-ticket.progress')}>
        <Phases label={text('my-ticket.progress')} phases={ticketPhases(ticket, text)} />
      </Section>
      {ticket.can.reopen && (
        <Alert color="petrol" title={text('my-ticket.solved')} mb="md">
          {text('my-ticket.solved.lead')}
        </Alert>
      )}
      {ticket.resolution && (
        <Section title={text('ticket.resolution')}>
          <p className={css.prose}>{ticket.resolution}</p>
        </Section>
      )}
      <DescriptionSection ticket={ticket} />
      <Conversation ticket={ticket} />
      {ticket.watchers.length > 0 && <WatchersSection ticket={ticket} />}
      <HistorySection number={ticket.number} />
    </>
  );
}
