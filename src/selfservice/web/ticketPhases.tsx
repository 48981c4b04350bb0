import type { Ticket } from '../../desk/tickets/tickets.api.ts';
import type { Phase } from '../../ui/Phases.tsx';
import { Time } from '../../ui/Time.tsx';
import type { Say } from '../../web/text.ts';

const way = ['new', 'in_progress', 'resolved', 'closed'] as const;

/** How far a ticket is, for somebody who waits: on hold is in progress, too. */
export function ticketPhases(ticket: Ticket, text: Say): Phase[] {
  const { status, openedAt, resolvedAt, closedAt, assignee, group } = ticket;
  const opened = <Time at={openedAt} />;
  const label = (step: Ticket['status']) => text(`ticket.status.${step}`);
  if (status === 'cancelled') {
    return [
      { id: 'new', label: label('new'), state: 'done', detail: opened },
      { id: 'cancelled', label: label('cancelled'), state: 'done', detail: closedAt && <Time at={closedAt} /> },
    ];
  }
  const reached = way.indexOf(status === 'on_hold' ? 'in_progress' : status);
  const details = {
    new: opened,
    in_progress: assignee?.name ?? group?.name,
    resolved: resolvedAt && <Time at={resolvedAt} />,
    closed: closedAt && <Time at={closedAt} />,
  };
  return way.map((step, index) => {
    const done = index < reached || status === 'closed' || (index === reached && step === 'resolved');
    const shown = step === 'in_progress' && status === 'on_hold' ? 'on_hold' : step;
    return {
      id: step,
      label: label(shown),
      state: done ? 'done' : index === reached ? 'current' : 'waiting',
      detail: details[step],
    };
  });
}
