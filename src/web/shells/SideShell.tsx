import { TenantFocus } from '../../tenancy/web/TenantFocus.tsx';
import { SkipLink } from '../../ui/SkipLink.tsx';
import type { ShellName } from '../pageEntry.ts';
import { useText } from '../text.ts';
import { MenuToggle, useMenu } from './MenuToggle.tsx';
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
  const menu = useMenu();
  return (
    <>
      <SkipLink to="content" />
      <TopBar shell={shell} start={<MenuToggle menu={menu} controls="side" />}>
        <TenantFocus />
      </TopBar>
      <div className={css.body}>
        <nav
          id="side"
          aria-label={text('shell.navigation')}
          className={css.side}
          data-opened={menu.opened || undefined}
        >
          <SideNavigation shell={shell} />
        </nav>
        <PageOutlet />
      </div>
    </>
  );
}
