import type { ComponentType } from 'react';
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

/** Every page of the application: the table of contents of the browser, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  page('visitor', '/sign-in', () => import('../identity/web/SignInPage.tsx'), 'SignInPage'),
  page('visitor', '/sign-in/$slug', () => import('../identity/web/SignInPage.tsx'), 'SignInPage'),
  page('visitor', '/first-run', () => import('../identity/web/FirstRunPage.tsx'), 'FirstRunPage'),
  page('visitor', '/link', () => import('../identity/web/LinkPage.tsx'), 'LinkPage'),

  page('selfservice', '/', () => import('../selfservice/web/HomePage.tsx'), 'HomePage', { nav: 'nav.home' }),
  page('selfservice', '/invitation', () => import('../identity/web/InvitationPage.tsx'), 'InvitationPage'),
  page('selfservice', '/account', () => import('../identity/web/account/AccountPage.tsx'), 'AccountPage'),
];
