import { FormDialog } from '../../../ui/FormDialog.tsx';
import { LongTextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { resolveTicket, type Ticket } from '../tickets.api.ts';

interface ResolveDialogProps {
  ticket: Ticket;
  opened: boolean;
  close: () => void;
}

export function ResolveDialog({ ticket, opened, close }: ResolveDialogProps) {
  const text = useText();
  const { number } = ticket;
  return (
    <FormDialog opened={opened} close={close} title={text('ticket.resolve.title', { number })}>
      <ResolveForm ticket={ticket} close={close} />
    </FormDialog>
  );
}

function ResolveForm({ ticket, close }: Omit<ResolveDialogProps, 'opened'>) {
  const text = useText();
  const { number, version } = ticket;
  const resolve = useAct(resolveTicket);
  const form = useRecordForm({
    initial: { resolution: '' },
    schema: resolveTicket.body,
    submit: async (body) => {
      await resolve.mutateAsync({ params: { number }, version, body });
      showToast(text('ticket.done.resolve', { number }));
      close();
    },
  });
  return (
    <RecordForm form={form} submit={text('ticket.resolve')} cancel={close} unguarded>
      <LongTextField
        form={form}
        name="resolution"
        label={text('ticket.resolution')}
        hint={text('ticket.resolve.hint')}
        autoFocus
      />
    </RecordForm>
  );
}
