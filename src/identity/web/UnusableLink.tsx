import { IconLinkOff } from '@tabler/icons-react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FailureState } from '../../ui/FailureState.tsx';
import { LinkButton } from '../../ui/Link.tsx';
import { Problem } from '../../web/problem.ts';
import { useText } from '../../web/text.ts';

/** In place of a page that only its one-time address opens: spent, mistyped or cut off, it says what to do. */
export function UnusableLink({ error, retry }: { error: unknown; retry: () => void }) {
  const text = useText();
  // A throttled or failing server is no fault of the address.
  const refused = error instanceof Problem && error.status >= 400 && error.status < 429;
  if (!refused) return <FailureState error={error} order={1} retry={retry} />;
  const over = error.type === 'first-run.over';
  const body = over ? text('first-run.over.body') : error.status === 422 ? text('link.unusable.body') : error.title;
  return (
    <EmptyState
      icon={<IconLinkOff />}
      title={text(over ? 'first-run.over' : 'link.unusable')}
      order={1}
      action={<LinkButton to="/sign-in">{text('sign-in.submit')}</LinkButton>}
    >
      {body}
    </EmptyState>
  );
}
