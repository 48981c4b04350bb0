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

const choices = () => import('../choices/web/ChoicePages.tsx');

/** What tickets refer to, for those who keep it. */
export const choicePages: readonly PageEntry[] = [
  page('administration', '/administration/categories', choices, 'CategoriesPage', {
    when: may('category.administer'),
    nav: 'nav.categories',
  }),
  page('administration', '/administration/locations', choices, 'LocationsPage', {
    when: may('location.administer'),
    nav: 'nav.locations',
  }),
  page('administration', '/administration/assignment-groups', choices, 'AssignmentGroupsPage', {
    when: may('person.administer'),
    nav: 'nav.assignment-groups',
  }),
];
