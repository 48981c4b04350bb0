import { may, type PageEntry, page } from '../../web/pageEntry.ts';
import type { Session } from '../../web/session.tsx';

const requesters = may('offering.request');
const readers = may('request.read');
/** Without reading notes of tickets or approving, there are only one's own requests, which self-service shows. */
const overseers = (session: Session) =>
  session.may('request.read') && (session.may('ticket.read-internal') || session.may('request.approve'));
const requests = '/workspace/requests';
const open = () => import('../requests/web/RequestPage.tsx');

/** For everybody: what can be asked for, and what one has asked for. */
export const catalogPages: readonly PageEntry[] = [
  page('selfservice', '/catalog', () => import('../offerings/web/CatalogPage.tsx'), 'CatalogPage', {
    when: requesters,
    nav: 'nav.catalog',
  }),
  page('selfservice', '/catalog/$key', () => import('../offerings/web/OfferingPage.tsx'), 'OfferingPage', {
    when: requesters,
  }),
  page('selfservice', '/requests', () => import('../requests/web/MyRequestsPage.tsx'), 'MyRequestsPage', {
    when: readers,
    nav: 'nav.my-requests',
  }),
  page('selfservice', '/requests/$number', open, 'RequestPage', { when: readers }),
];

/** For those who see to the requests of others. */
export const requestPages: readonly PageEntry[] = [
  page('workspace', requests, () => import('../requests/web/RequestsPage.tsx'), 'RequestsPage', {
    when: overseers,
    nav: 'nav.requests',
  }),
  page('workspace', `${requests}/$number`, open, 'RequestPage', { when: readers }),
  page('workspace', '/workspace/approvals', () => import('../requests/web/ApprovalsPage.tsx'), 'ApprovalsPage', {
    when: may('request.approve'),
    nav: 'nav.approvals',
  }),
];
