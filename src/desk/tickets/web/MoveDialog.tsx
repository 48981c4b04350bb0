import { Alert, Stack, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { findTenants } from '../../../tenancy/web/choices.ts';
import { FailureState } from '../../../ui/FailureState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { PickField } from '../../../ui/form/PickField.tsx';
import { type Pickable, PickRecord } from '../../../ui/form/PickRecord.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { showToast } from '../../../ui/toast.ts';
import { answerOf, useAct } from '../../../web/queries.ts';
import { type Say, useText } from '../../../web/text.ts';
import { finderOf, personFinder, pickOf } from '../../web/finders.ts';
import { type MovedField, moveTicket, previewTicketMove, type TicketMove } from '../moves.api.ts';
import type { Ticket } from '../tickets.api.ts';

interface MoveDialogProps {
  ticket: Ticket;
  opened: boolean;
  close: () => void;
}

/** R7.3: the tenant first, then what would change, each field to be decided otherwise, then the move. */
export function MoveDialog({ ticket, opened, close }: MoveDialogProps) {
  const text = useText();
  const [tenant, setTenant] = useState<Pickable | null>(null);
  const leave = () => {
    setTenant(null);
    close();
  };
  return (
    <FormDialog opened={opened} close={leave} title={text('ticket.move.title', { number: ticket.number })} size="lg">
      <Stack gap="md">
        <PickRecord
          label={text('ticket.move.tenant')}
          hint={text('ticket.move.from', { tenant: ticket.tenant?.name ?? '' })}
          kind={`tenants but ${ticket.tenant?.slug}`}
          find={async (search) =>
            (await findTenants(search, true)).filter(({ value }) => value !== ticket.tenant?.slug)
          }
          value={tenant}
          change={setTenant}
          clearable={false}
          required
        />
        {tenant && <Move key={tenant.value} ticket={ticket} tenant={tenant} close={leave} />}
      </Stack>
    </FormDialog>
  );
}

interface MoveProps {
  ticket: Ticket;
  tenant: Pickable;
  close: () => void;
}

function Move({ ticket, tenant, close }: MoveProps) {
  const text = useText();
  const asked = { params: { number: ticket.number }, query: { tenant: tenant.value } };
  const { data, error, refetch } = useQuery({ ...answerOf(previewTicketMove, asked), staleTime: 0 });
  if (error) return <FailureState error={error} retry={() => void refetch()} />;
  if (!data) return <Text role="status">{text('ticket.move.looking')}</Text>;
  return <MoveForm ticket={ticket} tenant={tenant} close={close} preview={data} />;
}

function MoveForm({ ticket, tenant, close, preview }: MoveProps & { preview: TicketMove }) {
  const text = useText();
  const form = useMoveForm({ ticket, tenant, close, preview });
  return (
    <RecordForm form={form} submit={text('ticket.move.submit', { tenant: tenant.label })} cancel={close} unguarded>
      {preview.references.map((one) => (
        <PickField
          key={one.field}
          form={form}
          name={one.field}
          label={text(`ticket.${one.field}`)}
          hint={whyThis(one, tenant.label, text)}
          kind={`${one.field} for ${tenant.value}`}
          find={finderFor(one.field, tenant.value)}
        />
      ))}
      <WhatGoesAlong ticket={ticket} tenant={tenant.label} preview={preview} />
    </RecordForm>
  );
}

function WhatGoesAlong({ ticket, tenant, preview }: { ticket: Ticket; tenant: string; preview: TicketMove }) {
  const text = useText();
  const { comments, sight, watchersLost } = preview;
  return (
    <Alert color="petrol" icon={<IconArrowRight aria-hidden />} title={text('ticket.move.what')} role="status">
      <Stack gap={6}>
        <span>{text('ticket.move.number', { number: ticket.number, tenant })}</span>
        <span>{text('ticket.move.comments', comments)}</span>
        {sight && <span>{text('ticket.move.sight', sight)}</span>}
        {watchersLost.length > 0 && (
          <span>{text('ticket.move.watchers', { names: watchersLost.map(({ name }) => name).join(', ') })}</span>
        )}
      </Stack>
    </Alert>
  );
}

function useMoveForm({ ticket, tenant, close, preview }: MoveProps & { preview: TicketMove }) {
  const text = useText();
  const navigate = useNavigate();
  const move = useAct(moveTicket);
  const { number, version } = ticket;
  return useRecordForm({
    initial: Object.fromEntries(preview.references.map(({ field, to }) => [field, pickOf(to)])) as Record<
      string,
      Pickable | null
    >,
    schema: { ...moveTicket.body, required: preview.references.filter((one) => one.needed).map((one) => one.field) },
    submit: async (values) => {
      const decided = Object.fromEntries(
        Object.entries(values).map(([field, picked]) => [field, picked?.value ?? null]),
      );
      const body = { ...decided, tenant: tenant.value };
      const moved = await move.mutateAsync({ params: { number }, version, body });
      showToast(text('ticket.done.move', { before: number, number: moved.number, tenant: tenant.label }));
      close();
      await navigate({ to: `/workspace/tickets/${moved.number}`, replace: true });
    },
  });
}

function whyThis({ from, to, kept }: TicketMove['references'][number], tenant: string, text: Say): string {
  if (kept) return text('ticket.move.kept', { tenant });
  return text(to ? 'ticket.move.replaced' : 'ticket.move.emptied', { name: from.name, tenant });
}

function finderFor(field: MovedField, tenant: string) {
  if (field === 'category' || field === 'location' || field === 'group') return finderOf(field, tenant);
  return personFinder({ as: field === 'assignee' ? 'assignee' : 'requester', for: tenant });
}
