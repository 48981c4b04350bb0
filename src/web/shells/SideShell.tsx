import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { TenantFocus } from '../../tenancy/web/TenantFocus.tsx';
import { SkipLink } from '../../ui/SkipLink.tsx';
import type { ShellName } from '../pageEntry.ts';
import { useText } from '../text.ts';
import { PageOutlet } from './PageOutlet.tsx';
import { SideNavigation } from './SideNavigation.tsx';
import css from './SideShell.module.css';
import { TopBar } from './TopBar.tsx';

export function WorkspaceShell() {
  return <SideShell shell="workspace" />;
}

export function AdministrationShell() {
  return <SideShell shell="administration" />;
}

/** For those who work here all day: navigation at the side, folded away where there is no room. */
function SideShell({ shell }: { shell: ShellName }) {
  const text = useText();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const [opened, setOpened] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every navigation folds it away
  useEffect(() => setOpened(false), [pathname]);
  const toggle = (
    <ActionIcon
      className={css.toggle}
      aria-label={text('ui.menu')}
      aria-expanded={opened}
      aria-controls="side"
      onClick={() => setOpened(!opened)}
    >
      <IconMenu2 size={20} aria-hidden />
    </ActionIcon>
  );
  return (
    <>
      <SkipLink to="content" />
      <TopBar shell={shell} start={toggle}>
        <TenantFocus />
      </TopBar>
      <div className={css.body}>
        <nav id="side" aria-label={text('shell.navigation')} className={css.side} data-opened={opened || undefined}>
          <SideNavigation shell={shell} />
        </nav>
        <PageOutlet />
      </div>
    </>
  );
}
