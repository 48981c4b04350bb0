import { SelectField } from '../../../ui/form/fields.tsx';
import type { FormValues, RecordFormState } from '../../../ui/form/useRecordForm.ts';
import { useText } from '../../../web/text.ts';
import css from './ClassFields.module.css';
import { levels, ticketTypes } from './ticketLabels.tsx';

/** Type, impact and urgency, of which the priority follows. */
export function ClassFields<V extends FormValues>({ form }: { form: RecordFormState<V> }) {
  const text = useText();
  return (
    <div className={css.fields}>
      <SelectField
        form={form}
        name="type"
        label={text('ticket.type')}
        choices={ticketTypes.map((value) => ({ value, label: text(`ticket.type.${value}`) }))}
      />
      <SelectField
        form={form}
        name="impact"
        label={text('ticket.impact')}
        choices={levels.map((value) => ({ value, label: text(`ticket.impact.${value}`) }))}
      />
      <SelectField
        form={form}
        name="urgency"
        label={text('ticket.urgency')}
        choices={levels.map((value) => ({ value, label: text(`ticket.urgency.${value}`) }))}
      />
    </div>
  );
}
