import { TenantFocus } from '../../tenancy/web/TenantFocus.tsx';
import { PlainLink } from '../../ui/Link.tsx';
import { SkipLink } from '../../ui/SkipLink.tsx';
import { navigationOf } from '../navigation.ts';
import { useSession } from '../session.tsx';
import { useText } from '../text.ts';
import { MenuToggle, useMenu } from './MenuToggle.tsx';
import { PageOutlet } from './PageOutlet.tsx';
import css from './SelfServiceShell.module.css';
import { TopBar } from './TopBar.tsx';

/** For everybody who asks for something: the organization's name on top, and little else; on a phone the links are folded away. */
export function SelfServiceShell() {
  const text = useText();
  const session = useSession();
  const menu = useMenu();
  return (
    <>
      <SkipLink to="content" />
      <TopBar shell="selfservice" folded={!menu.opened} start={<MenuToggle menu={menu} controls="links" />}>
        <nav id="links" aria-label={text('shell.navigation')} className={css.links}>
          {navigationOf('selfservice', session).map(({ path, label }) => (
            <PlainLink key={path} to={path} className={css.link} activeOptions={{ exact: path === '/' }}>
              {text(label)}
            </PlainLink>
          ))}
        </nav>
        {session.namesTenants && (
          <div className={css.focus}>
            <TenantFocus />
          </div>
        )}
      </TopBar>
      <PageOutlet />
    </>
  );
}
