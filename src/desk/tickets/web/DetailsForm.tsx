import { SelectField } from '../../../ui/form/fields.tsx';
import { PickField } from '../../../ui/form/PickField.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useText } from '../../../web/text.ts';
import { finderOf, personFinder, pickOf } from '../../web/finders.ts';
import type { Ticket } from '../tickets.api.ts';
import { levels, ticketTypes } from './ticketLabels.tsx';
import { useTicketForm } from './useTicketForm.ts';

export function DetailsForm({ ticket, done }: { ticket: Ticket; done: () => void }) {
  const text = useText();
  const tenant = ticket.tenant?.slug;
  const { form, changedMeanwhile } = useTicketForm(ticket, detailsOf(ticket), { done, required: ['requester'] });
  const present = (name: keyof ReturnType<typeof detailsOf>, value: string | undefined) =>
    changedMeanwhile(name) ? text('ticket.now', { value: value ?? '—' }) : undefined;
  const reference = (name: 'category' | 'location') => (
    <PickField
      form={form}
      name={name}
      label={text(`ticket.${name}`)}
      hint={present(name, ticket[name]?.name)}
      kind={`${name} for ${tenant}`}
      find={finderOf(name, tenant)}
    />
  );
  const person = (name: 'requester' | 'affected') => (
    <PickField
      form={form}
      name={name}
      label={text(`ticket.${name}`)}
      hint={present(name, ticket[name]?.name)}
      kind={`person for ${ticket.number}`}
      find={personFinder({ ticket: ticket.number })}
    />
  );
  return (
    <RecordForm form={form} cancel={done}>
      {person('requester')}
      {person('affected')}
      <SelectField
        form={form}
        name="impact"
        label={text('ticket.impact')}
        hint={present('impact', text(`ticket.impact.${ticket.impact}`))}
        choices={levels.map((value) => ({ value, label: text(`ticket.impact.${value}`) }))}
      />
      <SelectField
        form={form}
        name="urgency"
        label={text('ticket.urgency')}
        hint={present('urgency', text(`ticket.urgency.${ticket.urgency}`))}
        choices={levels.map((value) => ({ value, label: text(`ticket.urgency.${value}`) }))}
      />
      <SelectField
        form={form}
        name="type"
        label={text('ticket.type')}
        hint={present('type', text(`ticket.type.${ticket.type}`))}
        choices={ticketTypes.map((value) => ({ value, label: text(`ticket.type.${value}`) }))}
      />
      {reference('category')}
      {reference('location')}
    </RecordForm>
  );
}

function detailsOf({ requester, affected, impact, urgency, type, category, location }: Ticket) {
  return {
    requester: pickOf(requester),
    affected: pickOf(affected),
    impact,
    urgency,
    type,
    category: pickOf(category),
    location: pickOf(location),
  };
}
