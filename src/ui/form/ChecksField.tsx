import { Checkbox } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { Choice } from '../FilterBar.tsx';
import css from './RecordForm.module.css';
import type { FormValues, RecordFormState } from './useRecordForm.ts';

interface ChecksFieldProps<V extends FormValues> {
  form: RecordFormState<V>;
  /** Its value is the list of the chosen ones, of which several fields may each show a part. */
  name: keyof V & string;
  label: string;
  hint?: ReactNode;
  choices: readonly (Choice & { disabled?: boolean })[];
  readOnly?: boolean;
}

/** Several of a few. */
export function ChecksField<V extends FormValues>({ form, name, label, hint, choices, readOnly }: ChecksFieldProps<V>) {
  const hintId = useId();
  const chosen = form.values[name] as readonly string[];
  const change = (value: string, checked: boolean) => {
    const others = chosen.filter((one) => one !== value);
    form.set(name, (checked ? [...others, value] : others) as V[keyof V & string]);
  };
  return (
    <fieldset className={css.checks} aria-describedby={hint ? hintId : undefined}>
      <legend className={css.legend}>{label}</legend>
      {hint && (
        <p id={hintId} className={css.hint}>
          {hint}
        </p>
      )}
      <div className={css.columns}>
        {choices.map(({ value, label: choice, disabled }) => (
          <Checkbox
            key={value}
            label={choice}
            checked={chosen.includes(value)}
            disabled={readOnly || (disabled && !chosen.includes(value))}
            onChange={(event) => change(value, event.currentTarget.checked)}
          />
        ))}
      </div>
      {form.errors[name] && <p className={css.hint}>{form.errors[name]}</p>}
    </fieldset>
  );
}
