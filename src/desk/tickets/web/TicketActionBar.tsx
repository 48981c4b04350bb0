import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AnswerOf } from '../../../platform/endpoints.ts';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { cancelTicket, closeTicket, holdTicket, reopenTicket, startTicket, type Ticket } from '../tickets.api.ts';
import { MoveDialog } from './MoveDialog.tsx';
import { ResolveDialog } from './ResolveDialog.tsx';

type Asking = 'resolve' | 'close' | 'cancel' | 'move' | null;

/** What can be done with a ticket now: its own `can` says it, once for guard, API and button (R10.4). */
export function TicketActionBar({ ticket }: { ticket: Ticket }) {
  const text = useText();
  const [asking, setAsking] = useState<Asking>(null);
  const { can, number } = ticket;
  const start = useStep(startTicket, ticket, 'start');
  const hold = useStep(holdTicket, ticket, 'hold');
  const reopen = useStep(reopenTicket, ticket, 'reopen');
  const close = useStep(closeTicket, ticket, 'close');
  const cancel = useStep(cancelTicket, ticket, 'cancel');
  const busy = [start, hold, reopen, close, cancel].some((step) => step.busy);
  const button = (label: string, go: () => void, variant = 'default') => (
    <Button variant={variant} disabled={busy} onClick={go}>
      {label}
    </Button>
  );
  const leave = () => setAsking(null);
  return (
    <>
      {can.move && button(text('ticket.move'), () => setAsking('move'), 'subtle')}
      {can.cancel && button(text('ticket.cancel'), () => setAsking('cancel'), 'subtle')}
      {can.hold && button(text('ticket.hold'), hold.go)}
      {can.start && button(text(ticket.status === 'on_hold' ? 'ticket.resume' : 'ticket.start'), start.go)}
      {can.reopen && button(text('ticket.reopen'), reopen.go)}
      {can.close && button(text('ticket.close'), () => setAsking('close'))}
      {can.resolve && button(text('ticket.resolve'), () => setAsking('resolve'), 'filled')}
      {can.resolve && <ResolveDialog ticket={ticket} opened={asking === 'resolve'} close={leave} />}
      {can.move && <MoveDialog ticket={ticket} opened={asking === 'move'} close={leave} />}
      <ConfirmDialog
        opened={asking === 'close'}
        close={leave}
        title={text('ticket.close.title', { number })}
        confirm={text('ticket.close')}
        busy={close.busy}
        onConfirm={() => close.go(leave)}
      >
        {text('ticket.close.body')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'cancel'}
        close={leave}
        title={text('ticket.cancel.title', { number })}
        confirm={text('ticket.cancel')}
        busy={cancel.busy}
        danger
        onConfirm={() => cancel.go(leave)}
      >
        {text('ticket.cancel.body')}
      </ConfirmDialog>
    </>
  );
}

type Step = typeof startTicket | typeof reopenTicket;
type StepName = 'start' | 'hold' | 'reopen' | 'close' | 'cancel';

function useStep(endpoint: Step, { number, version }: Ticket, name: StepName) {
  const text = useText();
  const act = useAct(endpoint);
  const go = (then?: unknown) =>
    act.mutate(
      { params: { number }, version },
      {
        onSuccess: (after: AnswerOf<Step>) => showToast(text(`ticket.done.${name}`, { number: after.number })),
        onSettled: () => {
          if (typeof then === 'function') then();
        },
      },
    );
  return { go, busy: act.isPending };
}
