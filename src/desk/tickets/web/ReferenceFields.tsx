import { PickField } from '../../../ui/form/PickField.tsx';
import type { FormValues, RecordFormState } from '../../../ui/form/useRecordForm.ts';
import { useText } from '../../../web/text.ts';
import { finderOf } from '../../web/finders.ts';

const names = ['category', 'location', 'group'] as const;
type Name = (typeof names)[number];

interface ReferenceFieldsProps<V extends FormValues> {
  form: RecordFormState<V>;
  /** Whose ticket it is: that decides what it can refer to (R6.3). */
  tenant: string | undefined;
  only?: readonly Name[];
}

export function ReferenceFields<V extends FormValues>({ form, tenant, only = names }: ReferenceFieldsProps<V>) {
  const text = useText();
  return only.map((name) => (
    <PickField
      key={name}
      form={form}
      name={name}
      label={text(`ticket.${name}`)}
      kind={`${name} for ${tenant}`}
      find={finderOf(name, tenant)}
    />
  ));
}
