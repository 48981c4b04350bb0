import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import type { Act } from '../../../administration/why/why.api.ts';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Section } from '../../../ui/Section.tsx';
import { answerOf } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { getTicket, type Ticket } from '../tickets.api.ts';
import { AssignmentSection } from './AssignmentSection.tsx';
import { Conversation } from './Conversation.tsx';
import { DescriptionSection } from './DescriptionSection.tsx';
import { DetailsSection } from './DetailsSection.tsx';
import { HistorySection } from './HistorySection.tsx';
import { TicketActionBar } from './TicketActionBar.tsx';
import css from './TicketPage.module.css';
import { TicketStatus } from './ticketLabels.tsx';
import { WatchersSection } from './WatchersSection.tsx';

const askedActs: readonly Act[] = [
  'change',
  'assign',
  'start',
  'hold',
  'resolve',
  'reopen',
  'close',
  'cancel',
  'move',
  'comment',
  'commentInternal',
];

/** A ticket as those see it who work on it. */
export function TicketPage() {
  const text = useText();
  const { number } = useParams({ strict: false }) as { number: string };
  const { data: ticket, error, refetch } = useQuery(answerOf(getTicket, { params: { number } }));
  useOwnNumber(number, ticket?.number);
  const { namesTenants } = useSession();
  if (error && !ticket) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!ticket) return <WaitingPage />;
  return (
    <Page
      title={`${ticket.number} ${ticket.title}`}
      lead={namesTenants && ticket.tenant?.name}
      badge={<TicketStatus status={ticket.status} />}
      back={<Link to="/workspace/tickets">{text('tickets.title')}</Link>}
      actions={
        <>
          <WhyButton record={ticket.number} acts={askedActs} />
          <TicketActionBar ticket={ticket} />
        </>
      }
    >
      <TicketColumns key={ticket.number} ticket={ticket} />
    </Page>
  );
}

/** A ticket that was opened by a number that it had in another tenant stands under its own. */
function useOwnNumber(asked: string, own: string | undefined) {
  const navigate = useNavigate();
  const other = own !== undefined && own !== asked.toUpperCase();
  useEffect(() => {
    if (other) void navigate({ to: `/workspace/tickets/${own}`, replace: true });
  }, [other, own, navigate]);
}

function TicketColumns({ ticket }: { ticket: Ticket }) {
  const text = useText();
  return (
    <div className={css.columns}>
      <div>
        <DescriptionSection ticket={ticket} />
        {ticket.resolution && (
          <Section title={text('ticket.resolution')}>
            <p className={css.prose}>{ticket.resolution}</p>
          </Section>
        )}
        <Conversation ticket={ticket} />
        <HistorySection number={ticket.number} />
      </div>
      <div>
        <AssignmentSection ticket={ticket} />
        <DetailsSection ticket={ticket} />
        <WatchersSection ticket={ticket} />
      </div>
    </div>
  );
}
