import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useUiText } from './text.ts';

interface ConfirmDialogProps {
  opened: boolean;
  close: () => void;
  title: string;
  children: ReactNode;
  /** What the button says: the verb, never “OK”. */
  confirm: string;
  /** What leads back; “Cancel” by default. */
  cancel?: string;
  onConfirm: () => void;
  busy?: boolean;
  danger?: boolean;
  /** Has to be typed, where a mistake would reach far. */
  typed?: string;
}

/** Asks before something that is hard to undo. Esc and Cancel lead back; nothing is confirmed by Enter alone. */
export function ConfirmDialog({
  opened,
  close,
  title,
  children,
  confirm,
  cancel,
  onConfirm,
  busy,
  danger,
  typed,
}: ConfirmDialogProps) {
  const text = useUiText();
  const [entered, setEntered] = useState('');
  const label = useId();
  const blocked = typed !== undefined && entered.trim() !== typed;
  const leave = () => {
    setEntered('');
    close();
  };
  return (
    <Modal
      opened={opened}
      onClose={leave}
      // The second click of a double one is no wish to leave.
      closeOnClickOutside={false}
      title={title}
      closeButtonProps={{ 'aria-label': text('ui.close') }}
    >
      <div>{children}</div>
      {typed !== undefined && (
        <TextInput
          id={label}
          mt="md"
          label={text('ui.confirm-type', { word: typed })}
          value={entered}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setEntered(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={leave}>
          {cancel ?? text('ui.cancel')}
        </Button>
        <Button color={danger ? 'red' : undefined} disabled={blocked} loading={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
