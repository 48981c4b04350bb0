import { FormDialog } from '../../../ui/FormDialog.tsx';
import { LongTextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { decideRequest, type ServiceRequest } from '../requests.api.ts';

export type Decision = 'approved' | 'rejected';

interface DecisionDialogProps {
  request: ServiceRequest;
  /** Null: nothing is being decided. */
  decision: Decision | null;
  close: () => void;
}

const verbs = { approved: 'request.approve', rejected: 'request.reject' } as const;

export function DecisionDialog({ request, decision, close }: DecisionDialogProps) {
  const text = useText();
  const title = decision ? text(`${verbs[decision]}.title`, { number: request.number }) : '';
  return (
    <FormDialog opened={decision !== null} close={close} title={title}>
      {decision && <DecisionForm request={request} decision={decision} close={close} />}
    </FormDialog>
  );
}

function DecisionForm({ request, decision, close }: DecisionDialogProps & { decision: Decision }) {
  const text = useText();
  const { number, version } = request;
  const decide = useAct(decideRequest);
  const form = useRecordForm({
    initial: { comment: '' },
    schema: decideRequest.body,
    submit: async ({ comment }) => {
      await decide.mutateAsync({ params: { number }, version, body: { decision, comment: comment || undefined } });
      showToast(text(`request.${decision}`, { number }));
      close();
    },
  });
  return (
    <RecordForm form={form} submit={text(verbs[decision])} cancel={close} danger={decision === 'rejected'} unguarded>
      <LongTextField
        form={form}
        name="comment"
        label={text('request.decision.comment')}
        hint={text('request.decision.comment.hint')}
        autoFocus
      />
    </RecordForm>
  );
}
