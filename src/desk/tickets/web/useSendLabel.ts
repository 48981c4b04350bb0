import { useIntl } from 'react-intl';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { Ticket } from '../tickets.api.ts';

/** “Send to Ana Pérez and 2 watchers”: a public comment is never sent by somebody who took it for a note. */
export function useSendLabel(ticket: Ticket, audience: 'internal' | 'public'): string {
  const text = useText();
  const intl = useIntl();
  const { acting } = useSession();
  if (audience === 'internal') return text('comment.send-internal');
  const isOther = (person: { id: string } | null) => person !== null && person.id !== acting.contactId;
  const named = [ticket.requester, ticket.affected].filter((person) => person !== null).filter(isOther);
  const people = [...new Map(named.map(({ id, name }) => [id, name]))];
  const watchers = ticket.watchers.filter((watcher) => isOther(watcher) && !named.some(({ id }) => id === watcher.id));
  const count = watchers.length;
  if (!ticket.can.commentInternal) {
    return count ? text('comment.send-team-watchers', { count }) : text('comment.send-team');
  }
  const parts = [...people.map(([, name]) => name), ...(count ? [text('comment.watchers', { count })] : [])];
  if (!parts.length) return text('comment.send-team');
  return text('comment.send-named', { names: intl.formatList(parts, { type: 'conjunction' }) });
}
