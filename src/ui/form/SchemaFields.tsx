import { Title } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useUiText } from '../text.ts';
import { ChecksField } from './ChecksField.tsx';
import { LongTextField, NumberField, SelectField, SwitchField, TextField } from './fields.tsx';
import css from './RecordForm.module.css';
import { type AskedField, type AskedForm, isAsked, type TextByLanguage } from './schemaForm.ts';
import type { FormValues, RecordFormState } from './useRecordForm.ts';

export interface WidgetProps {
  form: RecordFormState<FormValues>;
  name: string;
  label: string;
  hint?: string;
  field: AskedField;
}

/** How a field is asked that is more than a text, by its `x-widget`. */
export type Widgets = Readonly<Record<string, (props: WidgetProps) => ReactNode>>;

interface SchemaFieldsProps {
  form: RecordFormState<FormValues>;
  asked: AskedForm;
  widgets?: Widgets;
  /** Settled by where the form stands: sent as they are, and not asked. */
  fixed?: readonly string[];
}

/** The fields of a form that is data: labels and help in the reader's language, sections, and what is asked only then. */
export function SchemaFields({ form, asked, widgets = {}, fixed = [] }: SchemaFieldsProps) {
  const read = useReadText();
  const text = useUiText();
  return Object.entries(asked.properties)
    .filter(
      ([name, field]) => isAsked(asked, name, form.values) && !fixed.includes(name) && field['x-widget'] !== 'hidden',
    )
    .map(([name, field]) => (
      <Fragment key={name}>
        {field['x-section'] && (
          <Title order={2} className={css.section}>
            {read(field['x-section'])}
          </Title>
        )}
        <AskedInput
          widgets={widgets}
          form={form}
          none={text(unsetText(asked))}
          name={name}
          field={field}
          label={read(field['x-label'])}
          hint={field['x-help'] && read(field['x-help'])}
        />
      </Fragment>
    ));
}

/** Reads a text in the language of the moment, or in English before nothing at all. */
export function useReadText(): (text: TextByLanguage) => string {
  const { locale } = useIntl();
  return (text) => text[locale] ?? text.en ?? '';
}

function AskedInput({ widgets, none, ...props }: WidgetProps & { widgets: Widgets; none: string }) {
  const { field, ...common } = props;
  const read = useReadText();
  const labelled = (values: readonly string[] = []) =>
    values.map((value) => ({ value, label: field['x-labels']?.[value] ? read(field['x-labels'][value]) : value }));
  const Widget = widgets[field['x-widget'] ?? ''];
  if (Widget) return <Widget {...props} />;
  if (field['x-widget'] === 'textarea') return <LongTextField {...common} />;
  if (field.enum)
    return <SelectField {...common} choices={labelled(field.enum)} none={mayStayOpen(props) ? none : undefined} />;
  if (field.type === 'array') return <ChecksField {...common} choices={labelled(field.items?.enum)} />;
  if (field.type === 'boolean') return <SwitchField {...common} />;
  if (field.type === 'integer') return <NumberField {...common} />;
  const types = { email: 'email', uri: 'url', date: 'date' } as const;
  return <TextField {...common} type={types[field.format as keyof typeof types] ?? 'text'} />;
}

function mayStayOpen({ form, name }: WidgetProps): boolean {
  return !form.required(name) && !form.values[name];
}

/** What an empty choice means: a form that says which versions it changes leaves what is there. */
export function unsetText(asked: AskedForm): 'ui.unchanged' | 'ui.not-set' {
  return asked.properties.versions ? 'ui.unchanged' : 'ui.not-set';
}
