import { FormDialog } from '../../../ui/FormDialog.tsx';
import { LongTextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { useSaid } from '../../web/said.ts';
import { decideRequest, type ServiceRequest } from '../requests.api.ts';
import css from './RequestPage.module.css';

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
  const said = useSaid();
  const { number, version } = request;
  const asked = [said(request.offering.name), request.about].filter(Boolean).join(': ');
  const decide = useAct(decideRequest);
  const form = useRecordForm({
    initial: { comment: '' },
    schema: decideRequest.body,
    submit: async ({ comment }) => {
      const body = { decision, comment: comment || undefined };
      const after = await decide.mutateAsync({ params: { number }, version, body });
      const left = after.approvalsNeeded - after.approvals.filter((one) => one.decision === 'approved').length;
      const waits = decision === 'approved' && after.phase === 'approval';
      showToast(waits ? text('request.approved.noted', { count: left }) : text(`request.${decision}`, { number }));
      close();
    },
  });
  return (
    <RecordForm form={form} submit={text(verbs[decision])} cancel={close} danger={decision === 'rejected'} unguarded>
      <p className={css.decided}>{text('request.decision.of', { requester: request.requester, asked })}</p>
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
