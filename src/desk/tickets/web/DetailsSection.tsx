import { Facts } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { Ticket } from '../tickets.api.ts';
import { DetailsForm } from './DetailsForm.tsx';
import { EditableSection } from './EditableSection.tsx';
import { TicketPriority } from './ticketLabels.tsx';

export function DetailsSection({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const { namesTenants } = useSession();
  const at = (instant: string | null) => instant && <Time at={instant} show="absolute" />;
  return (
    <EditableSection
      title={text('ticket.details')}
      editable={ticket.can.update}
      edit={(done) => <DetailsForm ticket={ticket} done={done} />}
    >
      <Facts
        facts={[
          namesTenants && ticket.tenant ? [text('tenant.one'), ticket.tenant.name] : null,
          [text('ticket.requester'), ticket.requester?.name],
          ticket.affected && [text('ticket.affected'), ticket.affected.name],
          [text('ticket.priority'), <TicketPriority key="priority" priority={ticket.priority} />],
          [text('ticket.impact'), text(`ticket.impact.${ticket.impact}`)],
          [text('ticket.urgency'), text(`ticket.urgency.${ticket.urgency}`)],
          [text('ticket.type'), text(`ticket.type.${ticket.type}`)],
          [text('ticket.category'), ticket.category?.name],
          [text('ticket.location'), ticket.location?.name],
          [text('ticket.opened'), at(ticket.openedAt)],
          ticket.resolvedAt ? [text('ticket.resolved'), at(ticket.resolvedAt)] : null,
          ticket.closedAt ? [text('ticket.closed'), at(ticket.closedAt)] : null,
        ]}
      />
    </EditableSection>
  );
}
