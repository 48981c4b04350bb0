import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { cancelRequest, retryRequest, type ServiceRequest, submitRequest } from '../requests.api.ts';
import { type Decision, DecisionDialog } from './DecisionDialog.tsx';

/** What can be done with a request now, by its own `can` (R10.4). */
export function RequestActions({ request }: { request: ServiceRequest }) {
  const text = useText();
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const submit = useAct(submitRequest);
  const retry = useAct(retryRequest);
  const cancel = useAct(cancelRequest);
  const { can, number, version } = request;
  const input = { params: { number }, version };
  const told = (message: string) => ({ onSuccess: () => showToast(message) });
  return (
    <>
      {can.cancel && (
        <Button variant="subtle" onClick={() => setCancelling(true)}>
          {text('request.cancel')}
        </Button>
      )}
      {can.retry && (
        <Button
          loading={retry.isPending}
          onClick={() => retry.mutate({ params: { number } }, told(text('request.retrying')))}
        >
          {text('request.retry')}
        </Button>
      )}
      {can.submit && (
        <Button
          loading={submit.isPending}
          onClick={() => submit.mutate(input, told(text('request.submitted', { number })))}
        >
          {text('request.submit')}
        </Button>
      )}
      {can.approve && (
        <>
          <Button variant="default" onClick={() => setDeciding('rejected')}>
            {text('request.reject')}
          </Button>
          <Button onClick={() => setDeciding('approved')}>{text('request.approve')}</Button>
        </>
      )}
      <DecisionDialog request={request} decision={deciding} close={() => setDeciding(null)} />
      <ConfirmDialog
        opened={cancelling}
        close={() => setCancelling(false)}
        title={text('request.cancel.title', { number })}
        confirm={text('request.cancel')}
        busy={cancel.isPending}
        danger
        onConfirm={() =>
          cancel.mutate(input, {
            ...told(text('request.cancelled', { number })),
            onSettled: () => setCancelling(false),
          })
        }
      >
        {text('request.cancel.body')}
      </ConfirmDialog>
    </>
  );
}
