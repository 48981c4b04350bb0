/** The part of a JSON Schema that a field can check before anything is sent. The server checks again, and everything. */
export interface FieldSchema {
  type?: string | readonly string[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  /** What the pattern allows, by language. */
  'x-fault'?: Readonly<Record<string, string>>;
}

export interface RecordSchema {
  /** By name; only what `FieldSchema` has is looked at. */
  properties?: object;
  required?: readonly string[];
}

export type FieldFault =
  | { id: 'ui.error-required' | 'ui.error-number' }
  | { id: 'ui.error-pattern'; allowed: FieldSchema['x-fault'] }
  | { id: 'ui.error-short' | 'ui.error-long' | 'ui.error-least' | 'ui.error-most'; count: number };

export function isRequired(schema: RecordSchema | undefined, name: string): boolean {
  return schema?.required?.includes(name) ?? false;
}

export function fieldOf(schema: RecordSchema | undefined, name: string): FieldSchema | undefined {
  return (schema?.properties as Record<string, FieldSchema> | undefined)?.[name];
}

export function findFault(schema: RecordSchema | undefined, name: string, value: unknown): FieldFault | null {
  const field = fieldOf(schema, name);
  const empty = value === '' || value === null || value === undefined || (Array.isArray(value) && !value.length);
  if (empty) return isRequired(schema, name) ? { id: 'ui.error-required' } : null;
  if (!field) return null;
  if (typeof value === 'string') return findTextFault(field, value);
  if (typeof value === 'number') return findNumberFault(field, value);
  return null;
}

function findTextFault(field: FieldSchema, value: string): FieldFault | null {
  if (isNumeric(field)) return { id: 'ui.error-number' };
  const length = [...value].length;
  if (field.minLength !== undefined && length < field.minLength)
    return { id: 'ui.error-short', count: field.minLength };
  if (field.maxLength !== undefined && length > field.maxLength) return { id: 'ui.error-long', count: field.maxLength };
  if (field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(value)) return patternFault(field);
  return null;
}

/** Nothing but blanks is nothing. */
function patternFault(field: FieldSchema): FieldFault {
  if (field.pattern === '\\S') return { id: 'ui.error-required' };
  return { id: 'ui.error-pattern', allowed: field['x-fault'] };
}

function findNumberFault(field: FieldSchema, value: number): FieldFault | null {
  if (Number.isNaN(value)) return { id: 'ui.error-number' };
  if (field.minimum !== undefined && value < field.minimum) return { id: 'ui.error-least', count: field.minimum };
  if (field.maximum !== undefined && value > field.maximum) return { id: 'ui.error-most', count: field.maximum };
  return null;
}

function isNumeric(field: FieldSchema): boolean {
  return field.type === 'number' || field.type === 'integer';
}
