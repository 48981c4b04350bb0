import { useNavigate } from '@tanstack/react-router';
import { createTicket } from '../../desk/tickets/tickets.api.ts';
import { ReferenceFields } from '../../desk/tickets/web/ReferenceFields.tsx';
import { levels, ticketTypes } from '../../desk/tickets/web/ticketLabels.tsx';
import { LongTextField, SelectField, TextField } from '../../ui/form/fields.tsx';
import type { Pickable } from '../../ui/form/PickRecord.tsx';
import { RecordForm } from '../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../ui/form/useRecordForm.ts';
import { Page } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Section.tsx';
import { showToast } from '../../ui/toast.ts';
import { useAct } from '../../web/queries.ts';
import { useSession } from '../../web/session.tsx';
import { useText } from '../../web/text.ts';

/** A ticket of one's own, in the words of those who have one. */
export function ReportPage() {
  const text = useText();
  const navigate = useNavigate();
  const { acting } = useSession();
  const create = useAct(createTicket);
  const form = useRecordForm({
    initial: {
      title: '',
      description: '',
      type: 'incident' as const,
      urgency: 'medium' as const,
      category: null as Pickable | null,
    },
    schema: { ...createTicket.body, required: ['title'] },
    submit: async ({ category, ...values }) => {
      const ticket = await create.mutateAsync({ body: { ...values, category: category?.value } });
      showToast(text('report.sent', { number: ticket.number }));
      await navigate({ to: `/tickets/${ticket.number}` });
    },
  });
  return (
    <Page title={text('report.title')} lead={text('report.lead')} narrow>
      <Sheet>
        <RecordForm form={form} submit={text('report.submit')}>
          <SelectField
            form={form}
            name="type"
            label={text('report.type')}
            choices={ticketTypes.map((value) => ({ value, label: text(`report.type.${value}`) }))}
          />
          <TextField form={form} name="title" label={text('ticket.title')} hint={text('ticket.title.hint')} />
          <LongTextField
            form={form}
            name="description"
            label={text('ticket.description')}
            hint={text('ticket.description.hint')}
          />
          <SelectField
            form={form}
            name="urgency"
            label={text('ticket.urgency')}
            choices={levels.map((value) => ({ value, label: text(`ticket.urgency.${value}`) }))}
          />
          <ReferenceFields form={form} tenant={acting.tenant?.slug} only={['category']} />
        </RecordForm>
      </Sheet>
    </Page>
  );
}
