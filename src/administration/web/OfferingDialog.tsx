import { Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ServiceRequest } from '../../catalog/requests/requests.api.ts';
import { OfferingForm } from '../../catalog/requests/web/OfferingForm.tsx';
import type { FormValues } from '../../ui/form/useRecordForm.ts';
import { useText } from '../../web/text.ts';
import { RequestOutcome } from './RequestOutcome.tsx';

export interface OfferingDialogProps {
  /** The key of the offering. */
  offering: string;
  title: string;
  opened: boolean;
  close: () => void;
  /** What the form begins with; records with their labels. */
  initial?: FormValues;
  /** Fields that are settled by where the dialog was opened, and not asked again. */
  fixed?: readonly string[];
  submit?: string;
  differences?: boolean;
  danger?: boolean;
  done?: (request: ServiceRequest) => void;
  /** What one should know first, above the form. */
  children?: ReactNode;
}

/** An administrative offering in place: its own form, prefilled, requested and fulfilled in a second (R4.2). */
export function OfferingDialog({ opened, close, title, ...rest }: OfferingDialogProps) {
  const text = useText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': text('ui.close') }}
    >
      {/* Gone when closed: the next opening begins anew. */}
      {opened && <DialogBody close={close} {...rest} />}
    </Modal>
  );
}

function DialogBody({ done, close, ...form }: Omit<OfferingDialogProps, 'opened' | 'title'>) {
  const [made, setMade] = useState<ServiceRequest | null>(null);
  if (made) return <RequestOutcome request={made} done={done} close={close} />;
  return <OfferingForm {...form} done={setMade} cancel={close} />;
}
