import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useUiText } from './text.ts';

interface FormDialogProps {
  opened: boolean;
  close: () => void;
  title: string;
  size?: string;
  children: ReactNode;
}

/** A short form over the page it belongs to. A click beside it does not throw away what was written. */
export function FormDialog({ opened, close, title, size, children }: FormDialogProps) {
  const text = useUiText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size={size}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': text('ui.close') }}
    >
      {children}
    </Modal>
  );
}
