import type { FormSchema } from '../../catalog/catalog.fields.ts';
import type { Change, FormValues, Fulfillment } from '../../catalog/fulfillment/fulfillment.ts';
import { attempt } from '../../platform/attempt.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import type { TenantValues } from '../../tenancy/tenancy.fields.ts';
import { refuseTenancy } from '../../tenancy/tenancy.refusals.ts';
import { deactivateTenant, reactivateTenant, tenantRow, updateTenant } from '../../tenancy/tenants/tenants.ts';
import { statementName } from '../../tenancy/tenants/terms.ts';
import { valuesOf } from '../../tenancy/tenants/values.ts';
import { changesBetween } from '../changes.ts';
import { administersTenants } from './add-tenant.fulfillment.ts';

interface Wanted {
  action: 'update' | 'deactivate' | 'reactivate';
  tenants: string[];
  /** `slug:version` as the form showed them; a stale one is refused (R2.6). */
  versions: Map<string, number>;
  subtree: boolean;
  values: TenantValues;
}

/** Manage Tenants (R4.2): one or several; everything but the parent. */
export const manageTenantsFulfillment: Fulfillment = {
  offered: administersTenants,
  judge: async (tx, values, form) => {
    const wanted = wantedOf(values);
    refuseSeveralNames(wanted);
    const rows = [];
    for (const slug of wanted.tenants) rows.push(await tenantRow(tx, slug));
    refuseUnversioned(wanted);
    await attempt(tx, (quiet) => manage(quiet, wanted));
    const changes = wanted.action === 'update' ? await changesOf(tx, form, rows, wanted) : [];
    return {
      about: rows
        .map((row) => row.name)
        .join(', ')
        .slice(0, 250),
      changes,
    };
  },
  parts: [
    {
      name: 'tenants',
      product: { en: 'Tenancy', es: 'Clientes' },
      label: { en: 'Change the tenants', es: 'Modificar los clientes' },
      run: async (tx, { values }) => {
        const names = await manage(tx, wantedOf(values));
        return { result: { tenants: names.join(', ').slice(0, 500) } };
      },
    },
  ],
};

/** Whoever is above and below in one choice is no conflict: down goes the deepest first, up the highest. */
async function manage(tx: Tx, wanted: Wanted): Promise<string[]> {
  const rows = [];
  for (const slug of wanted.tenants) rows.push(await tenantRow(tx, slug));
  rows.sort((one, other) => (wanted.action === 'deactivate' ? other.depth - one.depth : one.depth - other.depth));
  const done = new Map<string, string>();
  for (const { slug, version: present, name } of rows) {
    // Came back with a tenant above it.
    if (done.has(slug)) continue;
    const version = wanted.versions.get(slug) ?? null;
    if (wanted.action === 'update') {
      await updateTenant(tx, slug, version ?? present, wanted.values);
      done.set(slug, name);
      continue;
    }
    const step = wanted.action === 'deactivate' ? deactivateTenant : reactivateTenant;
    for (const one of await step(tx, slug, version, wanted.subtree)) done.set(one.slug, one.name);
  }
  return [...done.values()];
}

function wantedOf(form: FormValues): Wanted {
  const { action, tenants, versions, subtree, subtenantsAllowed, ...values } = form;
  return {
    action: action as Wanted['action'],
    tenants: [...new Set(tenants as string[])],
    versions: new Map(
      ((versions as string[] | undefined) ?? []).map((one) => [one.split(':')[0] as string, Number(one.split(':')[1])]),
    ),
    subtree: subtree === true,
    values: {
      ...(values as TenantValues),
      ...(subtenantsAllowed === undefined ? {} : { subtenantsAllowed: subtenantsAllowed === 'yes' }),
    },
  };
}

/** R2.6: whoever changes a tenant says which version they have seen. */
function refuseUnversioned({ action, tenants, versions }: Wanted): void {
  if (action === 'update' && tenants.some((slug) => !versions.has(slug))) refuseTenancy('tenant.version-missing');
}

/** What is unique is of one tenant. */
function refuseSeveralNames({ tenants, values }: Wanted): void {
  if (tenants.length < 2) return;
  const errors = (['name', 'key', 'slug'] as const)
    .filter((field) => values[field] !== undefined)
    .map((field) => ({
      pointer: `/values/${field}`,
      detail: {
        en: 'This can be changed for one tenant at a time.',
        es: 'Solo se puede cambiar en un cliente a la vez.',
      },
    }));
  if (errors.length) refuse('invalid', { count: errors.length, errors });
}

type TenantRow = Awaited<ReturnType<typeof tenantRow>>;

async function changesOf(tx: Tx, form: FormSchema, rows: readonly TenantRow[], wanted: Wanted): Promise<Change[]> {
  const changes: Change[] = [];
  for (const row of rows) {
    const [before, after] = [
      await named(tx, { ...valuesOf(row), name: row.name, key: row.key, slug: row.slug }, row.terms_statement_id),
      await named(tx, wanted.values, wanted.values.termsStatement),
    ];
    changes.push(...changesBetween(form, before, after, rows.length > 1 ? row.name : undefined));
  }
  return changes;
}

/** A statement of terms of usage by its name, as people read it. */
async function named(tx: Tx, values: Record<string, unknown>, statement: string | null | undefined) {
  return statement ? { ...values, termsStatement: await statementName(tx, statement) } : values;
}
