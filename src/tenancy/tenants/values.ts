import { type InvalidField, refuse } from '../../platform/refusals.ts';
import type { TenantValues } from '../tenancy.fields.ts';

const columns = {
  tenantNumber: 'tenant_number',
  subtenantsAllowed: 'subtenants_allowed',
  location: 'location',
  primaryContact: 'primary_contact',
  phone: 'phone',
  fax: 'fax',
  alternatePhone: 'alternate_phone',
  description: 'description',
  directoryGroup: 'directory_group',
  timeZone: 'time_zone',
  currency: 'currency',
  dateFormat: 'date_format',
  timeFormat: 'time_format',
  decimalSymbol: 'decimal_symbol',
  taxRegion: 'tax_region',
  taxIdentifiers: 'tax_identifiers',
  email: 'email',
  webSite: 'web_site',
  providerPeople: 'provider_people',
  terms: 'terms',
  termsAsked: 'terms_asked',
  callsPerMinute: 'calls_per_minute',
  callsAtOnce: 'calls_at_once',
  queuedRequests: 'queued_requests',
} as const;

/** The given values by their columns; name, key and slug are the caller's, because more goes with them. */
export function columnsOf(values: TenantValues): Record<string, unknown> {
  const named = Object.entries(columns).filter(([field]) => values[field as keyof TenantValues] !== undefined);
  return Object.fromEntries(named.map(([field, column]) => [column, values[field as keyof TenantValues]]));
}

/** The row's values by the API's names. */
export function valuesOf(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, row[column]]));
}

/** @throws Refusal `invalid` for a time zone or currency that does not exist. */
export function refuseWrongRegion(values: TenantValues): void {
  const errors: InvalidField[] = [];
  if (values.timeZone !== undefined && !isTimeZone(values.timeZone))
    errors.push({
      pointer: '/timeZone',
      detail: {
        en: 'There is no such time zone: Europe/Madrid is one.',
        es: 'No existe esa zona horaria: Europe/Madrid es una.',
      },
    });
  if (values.currency !== undefined && !Intl.supportedValuesOf('currency').includes(values.currency)) {
    errors.push({
      pointer: '/currency',
      detail: { en: 'There is no such currency: EUR and USD are two.', es: 'No existe esa moneda: EUR y USD son dos.' },
    });
  }
  if (errors.length) refuse('invalid', { count: errors.length, errors });
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
