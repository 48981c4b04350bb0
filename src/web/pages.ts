import type { ComponentType } from 'react';
import type { FunctionName } from '../identity/functions.ts';
import type { MessageId } from './messages.ts';
import type { Session } from './session.tsx';

export type ShellName = 'visitor' | 'selfservice' | 'workspace' | 'administration';

export interface PageEntry {
  shell: ShellName;
  /** With `$name` for parameters. */
  path: string;
  load: () => Promise<{ component: ComponentType }>;
  /** Who may open it; others read that their role does not allow it. */
  when?: (session: Session) => boolean;
  /** How it appears in the shell's navigation; pages that are reached from another page have none. */
  nav?: MessageId;
}

/** Declares a page of a module that is loaded when it is opened first. */
function page<M>(
  shell: ShellName,
  path: string,
  load: () => Promise<M>,
  name: keyof M,
  options: Pick<PageEntry, 'when' | 'nav'> = {},
): PageEntry {
  return { shell, path, load: async () => ({ component: (await load())[name] as ComponentType }), ...options };
}

const may = (name: FunctionName) => (session: Session) => session.may(name);

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
];
