import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useContext, useEffect, useId, useRef } from 'react';
import { RefusalHelpContext } from '../refusalHelp.ts';
import { useUiText } from '../text.ts';
import css from './RecordForm.module.css';
import { UnsavedGuard } from './UnsavedGuard.tsx';
import type { FormValues, RecordFormState } from './useRecordForm.ts';

interface RecordFormProps<V extends FormValues> {
  form: RecordFormState<V>;
  children: ReactNode;
  /** What the button says; “Save” by default. */
  submit?: string;
  cancel?: () => void;
  danger?: boolean;
  /** Why it cannot be submitted at the moment: said beside the button, which can still be reached. */
  held?: string | undefined;
  fullWidth?: boolean;
  /** Sign-in and the like lose nothing when left. */
  unguarded?: boolean;
}

export function RecordForm<V extends FormValues>({
  form,
  children,
  submit,
  cancel,
  danger,
  held,
  fullWidth,
  unguarded,
}: RecordFormProps<V>) {
  const text = useUiText();
  const reason = useId();
  const Help = useContext(RefusalHelpContext);
  const element = useRef<HTMLFormElement>(null);
  const count = Object.keys(form.errors).length;
  const faulty = count > 0;
  useEffect(() => {
    // Only after a submission, not while a field is being mended.
    if (form.busy || !faulty) return;
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form.busy, faulty]);
  const submitted = (event: FormEvent) => (held ? event.preventDefault() : form.submit(event));
  return (
    <form ref={element} onSubmit={submitted} noValidate>
      {!unguarded && <UnsavedGuard dirty={form.dirty} settled={form.settled} />}
      {/* The region is there before its first text, or screen readers would miss that one. */}
      <div aria-live="assertive" className={css.refusal}>
        {(form.refusal || faulty) && (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
            {form.refusal ?? text('ui.error-summary', { count })}
            {form.refusal && Help && <Help refusal={form.refusal} />}
          </Alert>
        )}
      </div>
      <Stack gap="md">
        {children}
        {held && (
          <Text id={reason} size="sm" ta="end">
            {held}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          {cancel && (
            <Button variant="default" onClick={cancel}>
              {text('ui.cancel')}
            </Button>
          )}
          <Button
            type="submit"
            loading={form.busy}
            color={danger ? 'red' : undefined}
            fullWidth={fullWidth}
            data-disabled={held ? true : undefined}
            aria-disabled={held ? true : undefined}
            aria-describedby={held ? reason : undefined}
          >
            {submit ?? text('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
