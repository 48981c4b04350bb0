import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import type { FormValues } from '../../../ui/form/useRecordForm.ts';
import { call } from '../../../web/client.ts';
import { answerOf, queryClient, useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { useVersionedForm } from '../../../web/useVersionedForm.ts';
import { getTicket, type Ticket, type TicketChanges, updateTicket } from '../tickets.api.ts';

/** Some fields of a ticket, changed where they stand. References are whole `Pickable`s in the form, ids in the call. */
export function useTicketForm<V extends FormValues>(
  ticket: Ticket,
  values: V,
  options: { done: () => void; required?: string[] },
) {
  const text = useText();
  const update = useAct(updateTicket);
  const params = { number: ticket.number };
  const asked = answerOf(getTicket, { params });
  return useVersionedForm<V>({
    record: { version: ticket.version, values },
    schema: { ...updateTicket.body, required: options.required },
    save: (changed, version) => update.mutateAsync({ params, version, body: idsOf(changed) }),
    reload: async () => {
      const present = await call(getTicket, { params });
      queryClient.setQueryData(asked.queryKey, present);
      return present.version;
    },
    stale: text('ticket.stale'),
    done: options.done,
  });
}

function idsOf(changed: FormValues): TicketChanges {
  return Object.fromEntries(
    Object.entries(changed).map(([name, value]) => [name, isPickable(value) ? value.value : value]),
  ) as TicketChanges;
}

function isPickable(value: unknown): value is Pickable {
  return typeof value === 'object' && value !== null && 'value' in value;
}
