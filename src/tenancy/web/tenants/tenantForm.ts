import type { FormValues } from '../../../ui/form/useRecordForm.ts';
import type { Tenant, TenantSummary } from '../../tenants/tenants.api.ts';

type Named = Pick<TenantSummary, 'slug' | 'name' | 'version'>;
export type TenantAction = 'update' | 'deactivate' | 'reactivate';

/** Which tenants Manage Tenants is for, in the versions that were shown: a stale one is refused (R2.6). */
export function chosenTenants(tenants: readonly Named[], action: TenantAction): FormValues {
  return {
    action,
    tenants: tenants.map(({ slug, name }) => ({ value: slug, label: name })),
    versions: tenants.map(({ slug, version }) => `${slug}:${version}`),
  };
}

/** The form of Manage Tenants as it stands for one tenant. */
export function valuesOfTenant(tenant: Tenant): FormValues {
  const { subtenantsAllowed, timeZone, termsOfUsage, ...values } = tenant;
  const { statement } = termsOfUsage;
  return {
    ...values,
    ...chosenTenants([tenant], 'update'),
    termsStatement: statement && { value: statement.id, label: statement.name },
    subtenantsAllowed: subtenantsAllowed ? 'yes' : 'no',
    timeZone: timeZone ? { value: timeZone, label: timeZone.replaceAll('_', ' ') } : null,
  };
}
