import { may, type PageEntry, page } from '../../web/pageEntry.ts';

const readers = may('person.read');
const keepers = may('person.administer');
const roleKeepers = may('role.administer');
const people = '/administration/people';
const roles = '/administration/roles';

export const identityPages: readonly PageEntry[] = [
  page('visitor', '/sign-in', () => import('./SignInPage.tsx'), 'SignInPage'),
  page('visitor', '/sign-in/$slug', () => import('./SignInPage.tsx'), 'SignInPage'),
  page('visitor', '/first-run', () => import('./FirstRunPage.tsx'), 'FirstRunPage'),
  page('visitor', '/link', () => import('./LinkPage.tsx'), 'LinkPage'),

  page('selfservice', '/invitation', () => import('./InvitationPage.tsx'), 'InvitationPage'),
  page('selfservice', '/account', () => import('./account/AccountPage.tsx'), 'AccountPage'),

  page('administration', people, () => import('./people/PeoplePage.tsx'), 'PeoplePage', {
    when: readers,
    nav: 'nav.people',
  }),
  page('administration', `${people}/new`, () => import('./people/AddPersonPage.tsx'), 'AddPersonPage', {
    when: keepers,
  }),
  page('administration', `${people}/invitations`, () => import('./people/InvitationsPage.tsx'), 'InvitationsPage', {
    when: keepers,
  }),
  page('administration', `${people}/$id`, () => import('./people/PersonPage.tsx'), 'PersonPage', { when: readers }),
  page('administration', roles, () => import('./roles/RolesPage.tsx'), 'RolesPage', {
    when: roleKeepers,
    nav: 'nav.roles',
  }),
  page('administration', `${roles}/new`, () => import('./roles/AddRolePage.tsx'), 'AddRolePage', { when: roleKeepers }),
  page('administration', `${roles}/$id`, () => import('./roles/RolePage.tsx'), 'RolePage', { when: roleKeepers }),
];
