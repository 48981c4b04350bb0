import { Button, Group, Loader } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FailureState } from '../../ui/FailureState.tsx';
import { LinkButton } from '../../ui/Link.tsx';
import { useSession } from '../session.tsx';
import { useText } from '../text.ts';
import css from './OtherPages.module.css';

/** In place of a page that failed to show itself: its shell stays, so that one can go elsewhere. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  return <FailureState error={error} retry={reset} order={1} />;
}

/** In place of everything, where it is the shell that failed; the server's refusals have their own words. */
export function CrashPage(failed: ErrorComponentProps) {
  return (
    <main id="content" className={css.alone}>
      <FailedPage {...failed} />
    </main>
  );
}

export function LostPage() {
  const text = useText();
  return (
    <main id="content" className={css.alone}>
      <EmptyState
        order={1}
        title={text('ui.not-found-title')}
        action={
          <LinkButton to="/" variant="default">
            {text('ui.home')}
          </LinkButton>
        }
      >
        {text('ui.not-found-body')}
      </EmptyState>
    </main>
  );
}

export function NotAllowedPage() {
  const text = useText();
  return (
    <EmptyState
      order={1}
      title={text('ui.not-allowed-title')}
      action={
        <LinkButton to="/" variant="default">
          {text('ui.home')}
        </LinkButton>
      }
    >
      {text('ui.not-allowed-body')}
    </EmptyState>
  );
}

/** R1.3: to those alone who may administer tenants or the switch; for everybody else there are none to speak of. */
export function SwitchedOffPage() {
  const text = useText();
  const { may } = useSession();
  const switches = may('solution.administer');
  return (
    <EmptyState
      order={1}
      title={text('multi-tenancy.is-off')}
      action={
        <LinkButton to={switches ? '/administration/multi-tenancy' : '/'} variant="default">
          {text(switches ? 'nav.multi-tenancy' : 'ui.home')}
        </LinkButton>
      }
    >
      {text(switches ? 'multi-tenancy.is-off-enable' : 'multi-tenancy.is-off-ask')}
    </EmptyState>
  );
}

export function WaitingPage() {
  const text = useText();
  return (
    <div className={css.waiting} role="status" aria-label={text('ui.loading')}>
      <Loader size="sm" />
    </div>
  );
}

/** Signed in, but there is nothing to act under now: says why, and how to go on. */
export function StoppedPage({
  title,
  body,
  leave,
  retry,
  children,
}: {
  title: string;
  body: string;
  leave: () => void;
  retry: () => void;
  children?: React.ReactNode;
}) {
  const text = useText();
  return (
    <main id="content" className={css.alone}>
      <EmptyState
        order={1}
        title={title}
        action={
          <Group gap="xs" justify="center">
            <Button onClick={retry}>{text('ui.retry')}</Button>
            <Button variant="default" onClick={leave}>
              {text('session.sign-out')}
            </Button>
          </Group>
        }
      >
        {body}
        {children}
      </EmptyState>
    </main>
  );
}
