import { expect, test } from 'vitest';
import { unsetText } from './SchemaFields.tsx';
import type { AskedForm } from './schemaForm.ts';

const field = { type: 'string', 'x-label': { en: 'A', es: 'A' } } as const;
const form = (properties: AskedForm['properties']): AskedForm => ({ properties });

test('an empty choice says whether something stays as it is, or is not said', () => {
  expect(unsetText(form({ terms: field }))).toBe('ui.not-set');
  expect(unsetText(form({ terms: field, versions: { ...field, type: 'array' } }))).toBe('ui.unchanged');
});
