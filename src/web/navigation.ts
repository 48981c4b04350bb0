import type { MessageId } from './messages.ts';
import type { PageEntry, ShellName } from './pageEntry.ts';
import { pages } from './pages.ts';
import type { Session } from './session.tsx';

export interface NavItem {
  path: string;
  label: MessageId;
}

/** What this person finds in a shell's navigation. */
export function navigationOf(shell: ShellName, session: Session): NavItem[] {
  return pages
    .filter((page) => page.shell === shell && page.nav && isOpenTo(page, session))
    .map(({ path, nav }) => ({ path, label: nav as MessageId }));
}

export function isOpenTo(page: Pick<PageEntry, 'when'>, session: Session): boolean {
  return page.when?.(session) ?? true;
}

const shellLabels = {
  selfservice: 'shell.selfservice',
  workspace: 'shell.workspace',
  administration: 'shell.administration',
} as const;

/** The shells that this person has something to do in, each with its first page. */
export function shellsOf(session: Session): (NavItem & { shell: ShellName })[] {
  return (['selfservice', 'workspace', 'administration'] as const).flatMap((shell) => {
    const first = navigationOf(shell, session)[0];
    return first ? [{ shell, path: first.path, label: shellLabels[shell] }] : [];
  });
}
