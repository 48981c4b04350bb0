import { foldName } from '../platform/fold.ts';
import { refuse } from '../platform/refusals.ts';

/** A name as it is kept, and as it is compared (R2.2). @throws Refusal `invalid` for one that nobody could see. */
export function nameColumns(wanted: string): { name: string; name_key: string } {
  const key = foldName(wanted);
  if (!key) refuse('invalid', { count: 1, errors: [{ pointer: '/name', detail: 'must not be empty' }] });
  return { name: wanted.trim(), name_key: key };
}
