import { foldName } from './fold.ts';
import { refuse } from './refusals.ts';

/**
 * A name as it is kept, and as it is compared (R2.2).
 * @param field where it came from, for the refusal.
 * @throws Refusal `invalid` for one that nobody could see: blanks, or characters that are never drawn.
 */
export function nameColumns(wanted: string, field = 'name'): { name: string; name_key: string } {
  const key = foldName(wanted);
  if (!key)
    refuse('invalid', {
      count: 1,
      errors: [{ pointer: `/${field}`, detail: { en: 'must not be empty', es: 'no puede estar vacío' } }],
    });
  return { name: wanted.trim(), name_key: key };
}
