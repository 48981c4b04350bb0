import type { ReactNode } from 'react';
import { OrganizationLogo } from '../../selfservice/web/OrganizationLogo.tsx';
import { PlainLink } from '../../ui/Link.tsx';
import { shellsOf } from '../navigation.ts';
import type { ShellName } from '../pageEntry.ts';
import { useSession } from '../session.tsx';
import { useText } from '../text.ts';
import { PersonMenu } from './PersonMenu.tsx';
import css from './TopBar.module.css';

interface TopBarProps {
  shell: ShellName;
  /** Keeps links and the way to other places away, where they would take several lines. */
  folded?: boolean;
  /** Before the brand: opens the navigation where it is folded away. */
  start?: ReactNode;
  /** Navigation or focus, beside the brand. */
  children?: ReactNode;
}

export function TopBar({ shell, folded, start, children }: TopBarProps) {
  const { title } = useSession();
  return (
    <header className={css.bar} data-shell={shell} data-folded={folded || undefined}>
      {start}
      <PlainLink to="/" className={css.brand}>
        <OrganizationLogo />
        <span className={css.brandName}>{title}</span>
      </PlainLink>
      <div className={css.middle}>{children}</div>
      <ShellSwitch current={shell} />
      <PersonMenu />
    </header>
  );
}

/** Only for those who have more than one place to work in. */
function ShellSwitch({ current }: { current: ShellName }) {
  const text = useText();
  const session = useSession();
  const shells = shellsOf(session);
  if (shells.length < 2) return null;
  return (
    <nav aria-label={text('shell.switch')} className={css.shells}>
      {shells.map(({ shell, path, label }) => (
        <PlainLink key={shell} to={path} className={css.shell} aria-current={shell === current ? 'true' : undefined}>
          {text(label)}
        </PlainLink>
      ))}
    </nav>
  );
}
