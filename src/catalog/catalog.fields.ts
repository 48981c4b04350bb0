import Type, { type Static } from 'typebox';

/** A text in both languages. */
export const Text = Type.Object({ en: Type.String(), es: Type.String() });
export type Text = Static<typeof Text>;

export const Instant = Type.String({ format: 'date-time' });
export const RequestNumber = Type.String({ pattern: '^[A-Z0-9]{2,8}-R[0-9]{1,9}$' });
export const ByNumber = Type.Object({ number: RequestNumber }, { additionalProperties: false });
export const NextPage = Type.Union([Type.String(), Type.Null()]);
/** The tenant of a record; null while multi-tenancy is off for whoever asks (R1.3), or where there is but one. */
export const TenantName = Type.Union([Type.Object({ name: Type.String(), slug: Type.String() }), Type.Null()]);

/**
 * The form of an offering: a JSON Schema (2020-12) of one flat object, with our annotations for what people read:
 * `x-label` and `x-help` {en, es}; `x-labels` {value: {en, es}} for an enum; `x-widget` for how it is asked:
 * textarea, tenant, tenants, tenant-group, role, person, time-zone, terms, functions, exposure (the preview before disabling), crossings
 * (what enabling was refused for, to be decided one by one), hidden (sent only where the form was opened with it). A password is never asked.
 * `x-section` {en, es} begins a section.
 * `x-fault` {en, es} says what the pattern allows; it is added where a form is shown.
 * `x-when` {field: value | [values]} shows the field only then; a field that is not shown is not sent.
 */
export const Form = Type.Unsafe<FormSchema>(Type.Object({}, { additionalProperties: true }));
export interface FormSchema {
  type: 'object';
  properties: Record<string, FormField>;
  required?: string[];
  additionalProperties: false;
}
export interface FormField {
  type: 'string' | 'boolean' | 'integer' | 'array';
  enum?: string[];
  items?: { type: 'string'; enum?: string[]; pattern?: string };
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
  default?: unknown;
  'x-label': Text;
  'x-help'?: Text;
  'x-fault'?: Text;
  'x-labels'?: Record<string, Text>;
  'x-widget'?:
    | 'textarea'
    | 'tenant'
    | 'tenants'
    | 'role'
    | 'person'
    | 'time-zone'
    | 'functions'
    | 'exposure'
    | 'crossings'
    | 'tenant-group'
    | 'terms'
    | 'hidden';
  'x-section'?: Text;
  'x-when'?: Record<string, string | string[]>;
}

/** What was filled in, by field of the form. */
export const Values = Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true }));
