import { useBlocker } from '@tanstack/react-router';
import { later } from '../later.tsx';
import { useUiText } from '../text.ts';

/** Loaded when it is needed first: sign-in does without dialogs. */
const ConfirmDialog = later(async () => (await import('../ConfirmDialog.tsx')).ConfirmDialog);

/** Asks before entered text is lost: by a link, by Back, by closing the tab. */
export function UnsavedGuard({ dirty, settled }: { dirty: boolean; settled: () => boolean }) {
  const text = useUiText();
  const blocker = useBlocker({
    // Filters and tabs change the address of the same page; nothing is lost by that.
    shouldBlockFn: ({ current, next }) => dirty && !settled() && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty && !settled(),
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <ConfirmDialog
      opened
      close={blocker.reset}
      title={text('ui.unsaved-title')}
      confirm={text('ui.unsaved-leave')}
      cancel={text('ui.unsaved-stay')}
      onConfirm={blocker.proceed}
      danger
      missed={blocker.reset}
    >
      {text('ui.unsaved-body')}
    </ConfirmDialog>
  );
}
