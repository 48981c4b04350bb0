import { deskPages } from '../desk/web/pages.ts';
import { may, type PageEntry, page } from './pageEntry.ts';

/** Every page of the application: the table of contents of the browser, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  page('visitor', '/sign-in', () => import('../identity/web/SignInPage.tsx'), 'SignInPage'),
  page('visitor', '/sign-in/$slug', () => import('../identity/web/SignInPage.tsx'), 'SignInPage'),
  page('visitor', '/first-run', () => import('../identity/web/FirstRunPage.tsx'), 'FirstRunPage'),
  page('visitor', '/link', () => import('../identity/web/LinkPage.tsx'), 'LinkPage'),

  page('selfservice', '/', () => import('../selfservice/web/HomePage.tsx'), 'HomePage', { nav: 'nav.home' }),
  page('selfservice', '/invitation', () => import('../identity/web/InvitationPage.tsx'), 'InvitationPage'),
  page('selfservice', '/account', () => import('../identity/web/account/AccountPage.tsx'), 'AccountPage'),

  page(
    'administration',
    '/administration/people',
    () => import('../identity/web/people/PeoplePage.tsx'),
    'PeoplePage',
    {
      when: may('person.read'),
      nav: 'nav.people',
    },
  ),
  page(
    'administration',
    '/administration/people/new',
    () => import('../identity/web/people/AddPersonPage.tsx'),
    'AddPersonPage',
    {
      when: may('person.administer'),
    },
  ),
  page(
    'administration',
    '/administration/people/invitations',
    () => import('../identity/web/people/InvitationsPage.tsx'),
    'InvitationsPage',
    {
      when: may('person.administer'),
    },
  ),
  page(
    'administration',
    '/administration/people/$id',
    () => import('../identity/web/people/PersonPage.tsx'),
    'PersonPage',
    {
      when: may('person.read'),
    },
  ),
  page('administration', '/administration/roles', () => import('../identity/web/roles/RolesPage.tsx'), 'RolesPage', {
    when: may('role.administer'),
    nav: 'nav.roles',
  }),
  page(
    'administration',
    '/administration/roles/new',
    () => import('../identity/web/roles/AddRolePage.tsx'),
    'AddRolePage',
    {
      when: may('role.administer'),
    },
  ),
  page('administration', '/administration/roles/$id', () => import('../identity/web/roles/RolePage.tsx'), 'RolePage', {
    when: may('role.administer'),
  }),
  ...deskPages,
];
