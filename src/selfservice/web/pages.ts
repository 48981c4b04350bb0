import { may, type PageEntry, page } from '../../web/pageEntry.ts';

const readers = may('ticket.read');

/** The start page of everybody. */
export const homePages: readonly PageEntry[] = [
  page('selfservice', '/', () => import('./HomePage.tsx'), 'HomePage', { nav: 'nav.home' }),
];

/** One's own tickets. */
export const selfservicePages: readonly PageEntry[] = [
  page('selfservice', '/tickets', () => import('./MyTicketsPage.tsx'), 'MyTicketsPage', {
    when: readers,
    nav: 'nav.my-tickets',
  }),
  page('selfservice', '/tickets/new', () => import('./ReportPage.tsx'), 'ReportPage', {
    when: (session) => session.may('ticket.create') && session.acting.writes,
  }),
  page('selfservice', '/tickets/$number', () => import('./MyTicketPage.tsx'), 'MyTicketPage', { when: readers }),
];
