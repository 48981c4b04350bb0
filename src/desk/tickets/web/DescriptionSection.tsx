import { LongTextField, TextField } from '../../../ui/form/fields.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useText } from '../../../web/text.ts';
import type { Ticket } from '../tickets.api.ts';
import { EditableSection } from './EditableSection.tsx';
import css from './TicketPage.module.css';
import { useTicketForm } from './useTicketForm.ts';

/** What it is about, in the words of whoever opened it. */
export function DescriptionSection({ ticket }: { ticket: Ticket }) {
  const text = useText();
  return (
    <EditableSection
      title={text('ticket.description')}
      editable={ticket.can.update}
      edit={(done) => <DescriptionForm ticket={ticket} done={done} />}
    >
      {ticket.description ? (
        <p className={css.prose}>{ticket.description}</p>
      ) : (
        <p className={css.dimmed}>{text('ticket.description.none')}</p>
      )}
    </EditableSection>
  );
}

function DescriptionForm({ ticket, done }: { ticket: Ticket; done: () => void }) {
  const text = useText();
  const { title, description } = ticket;
  const { form, changedMeanwhile } = useTicketForm(ticket, { title, description }, { done, required: ['title'] });
  const present = (name: 'title' | 'description') =>
    changedMeanwhile(name) ? text('ticket.now', { value: ticket[name] }) : undefined;
  return (
    <RecordForm form={form} cancel={done}>
      <TextField form={form} name="title" label={text('ticket.title')} hint={present('title')} autoFocus />
      <LongTextField form={form} name="description" label={text('ticket.description')} hint={present('description')} />
    </RecordForm>
  );
}
