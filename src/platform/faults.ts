import { patternText } from './patterns.ts';
import { formatText, type InvalidField, type Language } from './refusals.ts';

type Fault = InvalidField['detail'];

/** Of JSON Schema's keywords; the parameters are the checker's. */
const byKeyword: Record<string, Fault> = {
  required: { en: 'This must be given.', es: 'Es obligatorio.' },
  additionalProperties: { en: 'This is not known here.', es: 'No se conoce aquí.' },
  type: { en: 'This must be of type {type}.', es: 'Debe ser de tipo {type}.' },
  enum: { en: 'This must be one of: {allowedValues}.', es: 'Debe ser uno de: {allowedValues}.' },
  const: { en: 'This must be {allowedValue}.', es: 'Debe ser {allowedValue}.' },
  minLength: {
    en: 'This must have at least {limit, plural, one {one character} other {# characters}}.',
    es: 'Debe tener al menos {limit, plural, one {un carácter} other {# caracteres}}.',
  },
  maxLength: {
    en: 'This must have at most {limit, plural, one {one character} other {# characters}}.',
    es: 'Debe tener como máximo {limit, plural, one {un carácter} other {# caracteres}}.',
  },
  pattern: { en: 'This does not have the right form.', es: 'No tiene la forma correcta.' },
  format: { en: 'This is not a valid {format}.', es: 'No es un valor válido ({format}).' },
  minimum: { en: 'This must be at least {limit}.', es: 'Debe ser al menos {limit}.' },
  maximum: { en: 'This must be at most {limit}.', es: 'Debe ser como máximo {limit}.' },
  minItems: {
    en: 'This must have at least {limit, plural, one {one entry} other {# entries}}.',
    es: 'Debe tener al menos {limit, plural, one {un elemento} other {# elementos}}.',
  },
  maxItems: {
    en: 'This must have at most {limit, plural, one {one entry} other {# entries}}.',
    es: 'Debe tener como máximo {limit, plural, one {un elemento} other {# elementos}}.',
  },
  uniqueItems: { en: 'This must not say anything twice.', es: 'No debe repetir nada.' },
  minProperties: { en: 'This must say at least one thing.', es: 'Debe indicar al menos un campo.' },
};
const otherwise: Fault = { en: 'This is not possible here.', es: 'No es posible aquí.' };

/** What a schema's checker finds: where, by which keyword, and with which parameters. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  params: object;
}

export function faultOf({ keyword, params }: SchemaError): Fault {
  const { pattern } = params as { pattern?: unknown };
  const allowed = keyword === 'pattern' ? patternText(String(pattern)) : undefined;
  if (allowed) return allowed;
  const texts = byKeyword[keyword] ?? otherwise;
  const told = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? value : shown(value)]),
  );
  const say = (language: Language) => formatText(texts[language], language, told);
  return { en: say('en'), es: say('es') };
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** The names that an error is about, when it is about fields that are missing or not known. */
export function namesIn({ params }: SchemaError): string[] | undefined {
  const { requiredProperties, additionalProperties } = params as Record<string, string[] | undefined>;
  return requiredProperties ?? additionalProperties;
}

/** As it goes over the wire, in the caller's language. */
export function toldFields(errors: readonly InvalidField[], language: Language): { pointer: string; detail: string }[] {
  return errors.map(({ pointer, detail }) => ({ pointer, detail: detail[language] }));
}
