import { NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react';
import type { Choice } from '../FilterBar.tsx';
import { useUiText } from '../text.ts';
import type { FormValues, RecordFormState } from './useRecordForm.ts';

export interface FieldProps<V extends FormValues> {
  form: RecordFormState<V>;
  name: keyof V & string;
  label: string;
  hint?: ReactNode;
  readOnly?: boolean;
  autoFocus?: boolean;
}

/** What every field has in common; Mantine ties hint and error to the input by `aria-describedby`. */
function common<V extends FormValues>({ form, name, label, hint, readOnly, autoFocus }: FieldProps<V>) {
  return {
    label,
    name,
    description: hint,
    error: form.errors[name],
    required: form.required(name),
    readOnly,
    // The one thing that a page is for may take the focus at once, as at sign-in.
    'data-autofocus': autoFocus || undefined,
    autoFocus,
  };
}

function change<V extends FormValues>({ form, name }: FieldProps<V>, value: unknown): void {
  form.set(name, value as V[keyof V & string]);
}

interface TextFieldProps<V extends FormValues> extends FieldProps<V> {
  type?: 'text' | 'email' | 'tel' | 'url' | 'date' | 'datetime-local';
  autoComplete?: HTMLInputAutoCompleteAttribute;
  /** Keys and slugs: fixed-width, no corrections by the keyboard. */
  code?: boolean;
  placeholder?: string;
}

export function TextField<V extends FormValues>(props: TextFieldProps<V>) {
  const { form, name, type = 'text', autoComplete = 'off', code, placeholder } = props;
  return (
    <TextInput
      {...common(props)}
      type={type}
      autoComplete={autoComplete}
      placeholder={placeholder}
      spellCheck={code ? false : undefined}
      autoCapitalize={code ? 'none' : undefined}
      styles={code ? { input: { fontFamily: 'var(--mantine-font-family-monospace)' } } : undefined}
      maxLength={form.longest(name)}
      value={(form.values[name] as string | null) ?? ''}
      onChange={(event) => change(props, event.currentTarget.value)}
    />
  );
}

/** Whole numbers; an empty field is null. */
export function NumberField<V extends FormValues>(props: FieldProps<V>) {
  const value = props.form.values[props.name] as number | string | null | undefined;
  return (
    <TextInput
      {...common(props)}
      inputMode="numeric"
      autoComplete="off"
      value={value ?? ''}
      onChange={(event) => {
        const typed = event.currentTarget.value.trim();
        change(props, typed === '' ? null : /^-?\d{1,9}$/.test(typed) ? Number(typed) : typed);
      }}
    />
  );
}

export function LongTextField<V extends FormValues>(props: FieldProps<V>) {
  const { form, name } = props;
  return (
    <Textarea
      {...common(props)}
      maxLength={form.longest(name)}
      value={(form.values[name] as string | null) ?? ''}
      onChange={(event) => change(props, event.currentTarget.value)}
    />
  );
}

interface PasswordFieldProps<V extends FormValues> extends FieldProps<V> {
  autoComplete: 'current-password' | 'new-password';
}

/** Pasting is allowed, and the password can be shown (WCAG 3.3.8). */
export function PasswordField<V extends FormValues>(props: PasswordFieldProps<V>) {
  const text = useUiText();
  return (
    <PasswordInput
      {...common(props)}
      autoComplete={props.autoComplete}
      value={(props.form.values[props.name] as string | null) ?? ''}
      onChange={(event) => change(props, event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': text('ui.password-show'), tabIndex: 0 }}
    />
  );
}

interface SelectFieldProps<V extends FormValues> extends FieldProps<V> {
  choices: readonly Choice[];
  /** What the empty choice says; without it one must be chosen. */
  none?: string;
}

/** The system's own list: the best there is on phones and for screen readers. For long lists there is `PickField`. */
export function SelectField<V extends FormValues>(props: SelectFieldProps<V>) {
  const text = useUiText();
  const value = (props.form.values[props.name] as string | null) ?? '';
  const known = props.choices.some((choice) => choice.value === value);
  const first =
    props.none !== undefined
      ? [{ value: '', label: props.none }]
      : known
        ? []
        : [{ value: '', label: text('ui.choose') }];
  return (
    <NativeSelect
      {...common(props)}
      disabled={props.readOnly}
      data={[...first, ...props.choices]}
      value={value}
      onChange={(event) => change(props, event.currentTarget.value)}
    />
  );
}

export function SwitchField<V extends FormValues>(props: FieldProps<V>) {
  const { label, hint, name, form, readOnly } = props;
  return (
    <Switch
      label={label}
      description={hint}
      name={name}
      error={form.errors[name]}
      disabled={readOnly}
      checked={form.values[name] === true}
      onChange={(event) => change(props, event.currentTarget.checked)}
    />
  );
}
