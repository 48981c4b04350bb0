import type { FieldProps } from './fields.tsx';
import { type Pickable, PickRecord } from './PickRecord.tsx';
import type { FormValues } from './useRecordForm.ts';

interface PickFieldProps<V extends FormValues> extends FieldProps<V> {
  kind: string;
  find: (text: string) => Promise<readonly Pickable[]>;
  placeholder?: string;
  /** Asked before the choice is taken over, for what depends on it. */
  picked?: (picked: Pickable | null) => void;
}

/** A reference in a form. The form's value is the whole `Pickable`, or null. */
export function PickField<V extends FormValues>({
  form,
  name,
  label,
  hint,
  kind,
  find,
  placeholder,
  readOnly,
  picked,
}: PickFieldProps<V>) {
  return (
    <PickRecord
      label={label}
      hint={hint}
      kind={kind}
      find={find}
      name={name}
      placeholder={placeholder}
      required={form.required(name)}
      disabled={readOnly}
      error={form.errors[name]}
      value={(form.values[name] as Pickable | null) ?? null}
      change={(value) => {
        picked?.(value);
        form.set(name, value as V[keyof V & string]);
      }}
    />
  );
}
