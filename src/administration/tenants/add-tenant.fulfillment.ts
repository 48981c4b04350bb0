import type { FormValues, Fulfillment } from '../../catalog/fulfillment/fulfillment.ts';
import { attempt } from '../../platform/attempt.ts';
import type { Scope } from '../../platform/scope.ts';
import { activateTenant, insertTenant, isFirstBesideProvider, type NewTenant } from '../../tenancy/tenants/tenants.ts';
import { requestParts } from './tenant-parts.ts';

const tenancy = { en: 'Tenancy', es: 'Clientes' };

/** Tenants are added while multi-tenancy is on, by people of the provider (R1.3, R2.7). */
export function administersTenants(scope: Scope): boolean {
  return scope.tenancy !== 'off' && scope.provider;
}

/**
 * Add Tenant (R4.2, R4.4): the record, *provisioning*; each product's part; and only then can the tenant be used. Each part
 * is a unit of work of its own, so a crash between any two resumes at the first that is not done.
 */
export const addTenantFulfillment: Fulfillment = {
  offered: administersTenants,
  judge: async (tx, values) => {
    await attempt(tx, (quiet) => insertTenant(quiet, values as unknown as NewTenant));
    return { about: String(values.name).trim() };
  },
  parts: [
    {
      name: 'record',
      product: tenancy,
      label: { en: 'Tenant record and groups', es: 'Ficha del cliente y grupos' },
      run: async (tx, { values }) => {
        const made = await insertTenant(tx, withoutRegion(values));
        return { result: { tenant: made.slug, name: made.name }, fulfilling: made.owner };
      },
    },
    ...requestParts(),
    {
      name: 'activation',
      product: tenancy,
      label: { en: 'Open for use', es: 'Apertura' },
      run: async (tx, { fulfilling }) => {
        await activateTenant(tx, fulfilling as number);
        // R5.10: with the first tenant beside the provider its people sign in otherwise.
        return (await isFirstBesideProvider(tx, fulfilling as number)) ? { result: { signIn: 'with-slug' } } : {};
      },
    },
  ],
};

/** The regional settings are the catalog's part. */
function withoutRegion(values: FormValues): NewTenant {
  const {
    timeZone: _z,
    currency: _c,
    dateFormat: _d,
    timeFormat: _t,
    decimalSymbol: _s,
    taxRegion: _r,
    taxIdentifiers: _i,
    ...rest
  } = values;
  return rest as unknown as NewTenant;
}
