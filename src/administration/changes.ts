import type { FormSchema } from '../catalog/catalog.fields.ts';
import type { Change } from '../catalog/fulfillment/fulfillment.ts';

/** The difference that a request makes, in the labels of its form; `of` names the record where there are several. */
export function changesBetween(
  form: FormSchema,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  of?: string,
): Change[] {
  return Object.entries(after)
    .filter(([field, value]) => form.properties[field] && JSON.stringify(value) !== JSON.stringify(before[field]))
    .map(([field, value]) => {
      const label = (form.properties[field] as FormSchema['properties'][string])['x-label'];
      const name = of === undefined ? label : { en: `${of}: ${label.en}`, es: `${of}: ${label.es}` };
      return { field: name, from: words(before[field]), to: words(value) ?? '' };
    });
}

function words(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? value.join(', ') : String(value);
}
