import { Button, CloseButton, Portal } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { onMissingPart } from './missingParts.ts';
import css from './ToastRegion.module.css';
import { useUiText } from './text.ts';
import { closeToast, currentToasts, showToast, subscribeToasts, type Toast } from './toast.ts';

const icons = { done: IconCircleCheck, failed: IconAlertTriangle, plain: IconInfoCircle };
/** Long enough to read twice; failures stay until they are closed (WCAG 2.2.1). */
const shownFor = 8000;

export function ToastRegion() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts);
  const text = useUiText();
  useEffect(
    () =>
      onMissingPart(() =>
        showToast(text('ui.part-missing'), 'failed', { label: text('ui.reload'), act: () => location.reload() }),
      ),
    [text],
  );
  return (
    <Portal>
      {/* The region is there before its first notice: screen readers only announce what changes in a known region. */}
      <section className={css.region} aria-live="polite" aria-label={text('ui.notices')}>
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </section>
    </Portal>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const text = useUiText();
  const [held, setHeld] = useState(false);
  const Icon = icons[toast.tone];
  useEffect(() => {
    if (held || toast.tone === 'failed') return;
    const timer = setTimeout(() => closeToast(toast.id), shownFor);
    return () => clearTimeout(timer);
  }, [held, toast]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding a notice by hovering is a convenience, it also has a button
    <div
      className={css.toast}
      data-tone={toast.tone}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
    >
      <Icon className={css.icon} size={20} aria-hidden />
      <div className={css.text}>
        {toast.text}
        {toast.action && (
          <Button variant="default" size="xs" mt="xs" display="block" onClick={toast.action.act}>
            {toast.action.label}
          </Button>
        )}
      </div>
      <CloseButton aria-label={text('ui.notice-close')} onClick={() => closeToast(toast.id)} />
    </div>
  );
}
