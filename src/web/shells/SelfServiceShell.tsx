import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { PlainLink } from '../../ui/Link.tsx';
import { SkipLink } from '../../ui/SkipLink.tsx';
import { useTenantFocus } from '../focus.ts';
import { navigationOf } from '../navigation.ts';
import { useSession } from '../session.tsx';
import { useText } from '../text.ts';
import { PageOutlet } from './PageOutlet.tsx';
import css from './SelfServiceShell.module.css';
import { TopBar } from './TopBar.tsx';

/** For everybody who asks for something: the organization's name on top, and little else. */
export function SelfServiceShell() {
  const text = useText();
  const session = useSession();
  return (
    <>
      <SkipLink to="content" />
      <TopBar shell="selfservice">
        <nav aria-label={text('shell.navigation')} className={css.links}>
          {navigationOf('selfservice', session).map(({ path, label }) => (
            <PlainLink key={path} to={path} className={css.link} activeOptions={{ exact: path === '/' }}>
              {text(label)}
            </PlainLink>
          ))}
        </nav>
        {session.namesTenants && <Focus />}
      </TopBar>
      <PageOutlet />
    </>
  );
}

const TenantFocus = lazy(async () => ({
  default: (await import('../../tenancy/web/TenantFocus.tsx')).TenantFocus,
}));

/** The tenant that is in focus; what chooses among them is loaded when somebody reaches for it. */
function Focus() {
  const text = useText();
  const focus = useTenantFocus();
  const element = useRef<HTMLDivElement>(null);
  const [wanted, want] = useState(false);
  const closed = (
    <UnstyledButton className={css.all} onClick={() => want(true)}>
      <VisuallyHidden>{text('tenant.focus')}: </VisuallyHidden>
      {text('tenant.focus.all')}
    </UnstyledButton>
  );
  return (
    <div ref={element} className={css.focus}>
      {wanted || focus ? (
        <Suspense fallback={closed}>
          <TenantFocus />
          {wanted && <Enter field={() => element.current?.querySelector('input')} />}
        </Suspense>
      ) : (
        closed
      )}
    </div>
  );
}

/** The button that was pressed is gone: the field in its place takes the focus. */
function Enter({ field }: { field: () => HTMLElement | null | undefined }) {
  const entered = useRef(false);
  useEffect(() => {
    if (entered.current) return;
    entered.current = true;
    field()?.focus();
  });
  return null;
}
