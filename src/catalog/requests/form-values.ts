import { Compile } from 'typebox/compile';
import { faultOf, namesIn } from '../../platform/faults.ts';
import { type InvalidField, refuse } from '../../platform/refusals.ts';
import type { FormSchema } from '../catalog.fields.ts';
import type { FormValues } from '../fulfillment/fulfillment.ts';

/**
 * Checks what was filled in against the offering's form, which is data: every error at once, each with its pointer. Fields
 * that `x-when` does not show are refused, so that nothing travels unseen.
 */
export function checkFormValues(form: FormSchema, values: FormValues): void {
  const errors: InvalidField[] = [];
  for (const error of Compile(form as never).Errors(values)) {
    if (error.keyword === 'boolean') continue;
    const named = namesIn(error)?.filter((name) => !form.properties[name] || isShown(form, name, values));
    for (const name of named ?? [''])
      errors.push({ pointer: `/values${error.instancePath}${name && `/${name}`}`, detail: faultOf(error) });
  }
  for (const name of Object.keys(values)) {
    if (form.properties[name] && !isShown(form, name, values))
      errors.push({
        pointer: `/values/${name}`,
        detail: { en: 'This is not asked for here.', es: 'No se pide aquí.' },
      });
  }
  if (errors.length) refuse('invalid', { count: errors.length, errors });
}

function isShown(form: FormSchema, name: string, values: FormValues): boolean {
  const when = form.properties[name]?.['x-when'];
  return Object.entries(when ?? {}).every(([field, wanted]) => [wanted].flat().includes(String(values[field])));
}
