import type { FieldSchema } from './checks.ts';
import type { FormValues } from './useRecordForm.ts';

/** A text in every language that there is; `{ en, es }`. */
export type TextByLanguage = Readonly<Record<string, string>>;

/** A field of a JSON Schema, with annotations for what people read. */
export interface AskedField extends FieldSchema {
  enum?: readonly string[];
  items?: { enum?: readonly string[] };
  minItems?: number;
  format?: string;
  default?: unknown;
  'x-label': TextByLanguage;
  'x-help'?: TextByLanguage;
  'x-labels'?: Readonly<Record<string, TextByLanguage>>;
  'x-widget'?: string;
  'x-section'?: TextByLanguage;
  'x-when'?: Readonly<Record<string, string | readonly string[]>>;
}

export interface AskedForm {
  properties: Readonly<Record<string, AskedField>>;
  required?: readonly string[];
}

/** Whether a field is asked at all, by what other fields say (`x-when`). A field that is not asked is not sent. */
export function isAsked(asked: AskedForm, name: string, values: FormValues): boolean {
  const when = asked.properties[name]?.['x-when'];
  if (!when) return true;
  return Object.entries(when).every(([other, wanted]) => {
    const is = plain(values[other]);
    const said = is === undefined || is === null ? '' : String(is);
    return isAsked(asked, other, values) && (typeof wanted === 'string' ? said === wanted : wanted.includes(said));
  });
}

/** What the form begins with: what is given, otherwise the field's default, otherwise nothing of its kind. */
export function firstValues(asked: AskedForm, given: FormValues = {}): FormValues {
  return Object.fromEntries(
    Object.entries(asked.properties).map(([name, field]) => [name, given[name] ?? field.default ?? nothingOf(field)]),
  );
}

function nothingOf(field: AskedField): unknown {
  if (field.type === 'boolean') return false;
  if (field.type === 'array') return [];
  return field['x-widget'] || field.type === 'integer' ? null : '';
}

/**
 * What is sent: asked fields, with records as their values alone. An empty text is left out, unless there was one before
 * that it now clears.
 */
export function sentValues(asked: AskedForm, values: FormValues, before: FormValues = {}): FormValues {
  const sent: FormValues = {};
  for (const name of Object.keys(asked.properties)) {
    const value = plain(values[name]);
    const empty = value === '' || value === null || value === undefined || (Array.isArray(value) && !value.length);
    const cleared = empty && typeof before[name] === 'string' && before[name] !== '';
    if (isAsked(asked, name, values) && (!empty || cleared)) sent[name] = empty ? '' : value;
  }
  return sent;
}

/** A chosen record is kept with its label while it is in the form; what is sent is its value. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
}
