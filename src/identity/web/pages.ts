import { may, type PageEntry, page } from '../../web/pageEntry.ts';

const readers = may('person.read');
const keepers = may('person.administer');
const roleKeepers = may('role.administer');
const termsKeepers = may('terms.administer');
const terms = '/administration/terms';
const people = '/administration/people';
const roles = '/administration/roles';

export const identityPages: readonly PageEntry[] = [
  page('visitor', '/sign-in', () => import('./SignInPage.tsx'), 'SignInPage'),
  page('visitor', '/sign-in/$slug', () => import('./SignInPage.tsx'), 'SignInPage'),
  page('visitor', '/first-run', () => import('./FirstRunPage.tsx'), 'FirstRunPage'),
  page('visitor', '/link', () => import('./LinkPage.tsx'), 'LinkPage'),

  page('selfservice', '/invitation', () => import('./InvitationPage.tsx'), 'InvitationPage'),
  page('selfservice', '/terms', () => import('./terms/MyTermsPage.tsx'), 'MyTermsPage'),
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
  page('administration', terms, () => import('./terms/TermsStatementsPage.tsx'), 'TermsStatementsPage', {
    when: termsKeepers,
    nav: 'nav.terms',
  }),
  page('administration', `${terms}/new`, () => import('./terms/AddTermsPage.tsx'), 'AddTermsPage', {
    when: termsKeepers,
  }),
  page('administration', `${terms}/$id`, () => import('./terms/TermsStatementPage.tsx'), 'TermsStatementPage', {
    when: termsKeepers,
  }),
  page('administration', '/administration/consents', () => import('./terms/ConsentsPage.tsx'), 'ConsentsPage', {
    when: may('audit.read'),
    nav: 'nav.consents',
  }),
];
