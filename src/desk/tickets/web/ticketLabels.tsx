import { Status, type Tone } from '../../../ui/Status.tsx';
import { useText } from '../../../web/text.ts';
import type { TicketSummary } from '../tickets.api.ts';

const statusTones: Record<TicketSummary['status'], Tone> = {
  new: 'info',
  in_progress: 'accent',
  on_hold: 'waiting',
  resolved: 'good',
  closed: 'neutral',
  cancelled: 'neutral',
};

const priorityTones: Record<TicketSummary['priority'], Tone> = {
  critical: 'bad',
  high: 'waiting',
  moderate: 'neutral',
  low: 'neutral',
};

export const ticketStatuses = Object.keys(statusTones) as TicketSummary['status'][];
export const openStatuses: TicketSummary['status'][] = ['new', 'in_progress', 'on_hold'];
export const priorities = Object.keys(priorityTones) as TicketSummary['priority'][];
export const levels = ['high', 'medium', 'low'] as const;
export const ticketTypes = ['incident', 'request'] as const;

export function TicketStatus({ status }: Pick<TicketSummary, 'status'>) {
  const text = useText();
  return <Status tone={statusTones[status]}>{text(`ticket.status.${status}`)}</Status>;
}

export function TicketPriority({ priority }: Pick<TicketSummary, 'priority'>) {
  const text = useText();
  return <Status tone={priorityTones[priority]}>{text(`ticket.priority.${priority}`)}</Status>;
}
