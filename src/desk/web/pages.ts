import { may, type PageEntry, page } from '../../web/pageEntry.ts';

/** Who reads internal notes works on tickets; everybody else has them in self-service. */
const worksOnTickets = may('ticket.read-internal');

const list = '/workspace/tickets';

export const deskPages: readonly PageEntry[] = [
  page('workspace', list, () => import('../tickets/web/TicketsPage.tsx'), 'TicketsPage', {
    when: worksOnTickets,
    nav: 'nav.tickets',
  }),
  page('workspace', `${list}/new`, () => import('../tickets/web/NewTicketPage.tsx'), 'NewTicketPage', {
    when: (session) => session.may('ticket.create') && session.acting.writes,
  }),
  page('workspace', `${list}/$number`, () => import('../tickets/web/TicketPage.tsx'), 'TicketPage', {
    when: worksOnTickets,
  }),
];
