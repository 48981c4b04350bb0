import type { Tx } from '../../platform/units.ts';
import type { FormField, FormSchema } from '../catalog.fields.ts';
import type { FormValues } from '../fulfillment/fulfillment.ts';
import { type Chosen, findChosenNames } from './asked.queries.ts';
import type { ServiceRequest } from './requests.api.ts';

const kinds: Readonly<Record<string, keyof Chosen>> = {
  tenant: 'tenants',
  tenants: 'tenants',
  person: 'people',
  role: 'roles',
  'tenant-group': 'groups',
  terms: 'statements',
};
/** What only accompanies the form: versions, previews. */
const unshown = new Set(['hidden', 'exposure']);
const naming = new Set(['tenant', 'tenants', 'tenant-group']);

/**
 * What was filled in, as people read it: the part of the form that the values answer, and the names of the records that they
 * choose. Whoever approves may not be able to request it, so the form comes along.
 */
export async function askedOf(tx: Tx, form: FormSchema, values: FormValues): Promise<ServiceRequest['asked']> {
  const answered = Object.entries(form.properties).filter(([name, field]) => isShown(tx, field, values[name]));
  const chosen: Chosen = { tenants: [], people: [], roles: [], groups: [], statements: [] };
  for (const [name, field] of answered) {
    const kind = kinds[field['x-widget'] ?? ''];
    const picked = [values[name]].flat().map(String);
    if (kind) chosen[kind].push(...picked.filter((value) => kind === 'tenants' || isId(value)));
  }
  const any = Object.values(chosen).some((values) => values.length);
  const names = any ? await findChosenNames(tx, chosen) : [];
  return {
    form: { type: 'object', properties: Object.fromEntries(answered), additionalProperties: false },
    names: Object.fromEntries(names.map(({ value, name, stock }) => [value, { name, stock }])),
  };
}

function isShown(tx: Tx, field: FormField, value: unknown): boolean {
  const widget = field['x-widget'] ?? '';
  if (unshown.has(widget) || (naming.has(widget) && tx.scope.tenancy === 'off')) return false;
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && !value.length);
}

/** A draft may hold anything. */
function isId(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
