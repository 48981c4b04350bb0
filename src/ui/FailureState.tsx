import { Button } from '@mantine/core';
import { IconCloudOff, IconError404, IconLock, IconMoodConfuzed, IconRefresh } from '@tabler/icons-react';
import { useContext } from 'react';
import { EmptyState } from './EmptyState.tsx';
import { isFailure } from './failure.ts';
import { isMissingPart } from './missingParts.ts';
import { RefusalHelpContext } from './refusalHelp.ts';
import { useUiText } from './text.ts';

interface FailureStateProps {
  error: unknown;
  retry?: () => void;
  /** 1 where it replaces a page. */
  order?: 1 | 2;
}

/** A failed call in place of what it would have brought: what happened, and what can be done. */
export function FailureState({ error, retry, order = 2 }: FailureStateProps) {
  const text = useUiText();
  const Help = useContext(RefusalHelpContext);
  const action = retry && (
    <Button variant="default" onClick={retry}>
      {text('ui.retry')}
    </Button>
  );
  if (isFailure(error) && error.status === 0) {
    return (
      <EmptyState order={order} icon={<IconCloudOff />} title={text('ui.offline-title')} action={action}>
        {text('ui.offline')}
      </EmptyState>
    );
  }
  if (isFailure(error) && error.status === 404) {
    return (
      <EmptyState
        order={order}
        icon={<IconError404 />}
        title={text('ui.not-found-title')}
        action={Help && <Help refusal={error.title} />}
      >
        {text('ui.not-found-body')}
      </EmptyState>
    );
  }
  if (isFailure(error) && error.status === 403) {
    return (
      <EmptyState order={order} icon={<IconLock />} title={error.title} action={Help && <Help refusal={error.title} />}>
        {text('ui.not-allowed-body')}
      </EmptyState>
    );
  }
  if (isMissingPart(error)) {
    // Trying again would ask for the same file.
    const reload = <Button onClick={() => location.reload()}>{text('ui.reload')}</Button>;
    return (
      <EmptyState order={order} icon={<IconRefresh />} title={text('ui.page-missing-title')} action={reload}>
        {text('ui.page-missing')}
      </EmptyState>
    );
  }
  return (
    <EmptyState order={order} icon={<IconMoodConfuzed />} title={text('ui.crashed-title')} action={action}>
      {isFailure(error) ? error.title : text('ui.crashed-body')}
    </EmptyState>
  );
}
