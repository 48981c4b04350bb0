import type { Text } from '../../catalog/catalog.fields.ts';
import type { Part } from '../../catalog/fulfillment/fulfillment.ts';
import { prepareCatalog } from '../../catalog/preparation.ts';
import { prepareDesk } from '../../desk/preparation.ts';
import type { Tx } from '../../platform/units.ts';
import { makeBranding } from '../../selfservice/branding/branding.ts';
import type { TenantValues } from '../../tenancy/tenancy.fields.ts';
import { setRegion } from '../../tenancy/tenants/tenants.ts';
import { insertFulfilledPart, isFulfilled } from './tenant-parts.queries.ts';

/** One product's part of a tenant (R4.4): visible to a user of it, or it does not count. */
export interface TenantPart {
  name: string;
  product: Text;
  label: Text;
  /** Done twice, it changes nothing. */
  prepare(tx: Tx, owner: number, values: TenantValues): Promise<void>;
}

/** In the order in which they are fulfilled. A product that joins this list fulfils its part for the tenants that exist, too. */
export const tenantParts: readonly TenantPart[] = [
  {
    name: 'desk',
    product: { en: 'Service desk', es: 'Mesa de servicio' },
    label: { en: 'Number series and queue', es: 'Numeración y cola' },
    prepare: (tx, owner) => prepareDesk(tx, owner),
  },
  {
    name: 'catalog',
    product: { en: 'Service catalog', es: 'Catálogo de servicios' },
    label: {
      en: 'Regional settings and numbering of requests',
      es: 'Configuración regional y numeración de solicitudes',
    },
    prepare: async (tx, owner, values) => {
      await setRegion(tx, owner, values);
      await prepareCatalog(tx, owner);
    },
  },
  {
    name: 'selfservice',
    product: { en: 'Self-service', es: 'Autoservicio' },
    label: { en: 'Name and logo of its pages', es: 'Nombre y logotipo de sus páginas' },
    prepare: (tx, owner) => makeBranding(tx, owner),
  },
];

/** Does a part and notes that it is done, in one unit of work. */
export async function fulfilPart(tx: Tx, part: TenantPart, owner: number, values: TenantValues): Promise<void> {
  if (await isFulfilled(tx, owner, part.name)) return;
  await part.prepare(tx, owner, values);
  await insertFulfilledPart(tx, owner, part.name);
}

/** All parts at once: for the provider, which comes with the first enabling. */
export async function prepareTenant(tx: Tx, owner: number, values: TenantValues = {}): Promise<void> {
  for (const part of tenantParts) await fulfilPart(tx, part, owner, values);
}

export function requestParts(): Part[] {
  return tenantParts.map((part) => ({
    name: part.name,
    product: part.product,
    label: part.label,
    run: async (tx, { values, fulfilling }) => {
      await fulfilPart(tx, part, fulfilling as number, values as TenantValues);
      return {};
    },
  }));
}
