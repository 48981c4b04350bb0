import { foldName } from './fold.ts';
import { type InvalidField, refuse } from './refusals.ts';

/** Marks that turn the direction of what follows: a name with one can look like another. */
const turning = /[\u202a-\u202e\u2066-\u2069]/u;

const empty = { en: 'This must not be empty.', es: 'No puede estar vacío.' };
const turned = { en: 'This must not turn the direction of text.', es: 'No puede invertir la dirección del texto.' };

/**
 * A name as it is kept, and as it is compared (R2.2).
 * @param field where it came from, for the refusal.
 * @throws Refusal `invalid` for one that nobody could see or that misleads: blanks, or characters that are never drawn.
 */
export function nameColumns(wanted: string, field = 'name'): { name: string; name_key: string } {
  const key = foldName(wanted);
  if (!key) refuseName(field, empty);
  if (turning.test(wanted)) refuseName(field, turned);
  return { name: wanted.trim(), name_key: key };
}

function refuseName(field: string, detail: InvalidField['detail']): never {
  return refuse('invalid', { count: 1, errors: [{ pointer: `/${field}`, detail }] });
}
