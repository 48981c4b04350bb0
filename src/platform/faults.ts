import { formatText, type InvalidField, type Language } from './refusals.ts';

type Fault = InvalidField['detail'];

/** Of JSON Schema's keywords; the parameters are the checker's. */
const byKeyword: Record<string, Fault> = {
  required: { en: 'must be given', es: 'es obligatorio' },
  additionalProperties: { en: 'is not known here', es: 'no se conoce aquí' },
  type: { en: 'must be of type {type}', es: 'debe ser de tipo {type}' },
  enum: { en: 'must be one of: {allowedValues}', es: 'debe ser uno de: {allowedValues}' },
  const: { en: 'must be {allowedValue}', es: 'debe ser {allowedValue}' },
  minLength: {
    en: 'must have at least {limit, plural, one {one character} other {# characters}}',
    es: 'debe tener al menos {limit, plural, one {un carácter} other {# caracteres}}',
  },
  maxLength: {
    en: 'must have at most {limit, plural, one {one character} other {# characters}}',
    es: 'debe tener como máximo {limit, plural, one {un carácter} other {# caracteres}}',
  },
  pattern: { en: 'does not have the right form', es: 'no tiene la forma correcta' },
  format: { en: 'is not a valid {format}', es: 'no es un valor válido ({format})' },
  minimum: { en: 'must be at least {limit}', es: 'debe ser al menos {limit}' },
  maximum: { en: 'must be at most {limit}', es: 'debe ser como máximo {limit}' },
  minItems: {
    en: 'must have at least {limit, plural, one {one entry} other {# entries}}',
    es: 'debe tener al menos {limit, plural, one {un elemento} other {# elementos}}',
  },
  maxItems: {
    en: 'must have at most {limit, plural, one {one entry} other {# entries}}',
    es: 'debe tener como máximo {limit, plural, one {un elemento} other {# elementos}}',
  },
  uniqueItems: { en: 'must not say anything twice', es: 'no debe repetir nada' },
  minProperties: { en: 'must say at least one thing', es: 'debe indicar al menos un campo' },
};
const otherwise: Fault = { en: 'is not possible here', es: 'no es posible aquí' };

/** What a schema's checker finds: where, by which keyword, and with which parameters. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  params: object;
}

export function faultOf({ keyword, params }: SchemaError): Fault {
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
