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
  /** Why it is closed just now, to those whose role is not the reason. */
  closed?: (session: Session) => 'multi-tenancy-off' | null;
  /** How it appears in the shell's navigation; pages that are reached from another page have none. */
  nav?: MessageId;
}

/** Declares a page of a module that is loaded when it is opened first. */
export function page<M>(
  shell: ShellName,
  path: string,
  load: () => Promise<M>,
  name: keyof M,
  options: Pick<PageEntry, 'when' | 'closed' | 'nav'> = {},
): PageEntry {
  return { shell, path, load: async () => ({ component: (await load())[name] as ComponentType }), ...options };
}

/** Who may open a page: whoever has the function. */
export const may = (name: FunctionName) => (session: Session) => session.may(name);
