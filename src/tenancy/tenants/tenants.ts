import { newId } from '../../platform/ids.ts';
import { nameColumns } from '../../platform/names.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';
import { namedOwner } from '../placement.ts';
import type { TenantValues } from '../tenancy.fields.ts';
import { refuseTenancy } from '../tenancy.refusals.ts';
import { refuseStalePreview, refuseStranding, refuseWrongPlace } from './moves.ts';
import { proposalPrefixes, proposeKey, proposeSlug } from './proposals.ts';
import type { TenantRow } from './tenants.queries.ts';
import * as queries from './tenants.queries.ts';
import { termsColumns } from './terms.ts';
import { columnsOf, refuseWrongRegion } from './values.ts';

export interface NewTenant extends TenantValues {
  name: string;
  /** Slug of the parent; none: a tenant at the top. */
  parent?: string | undefined;
}

/**
 * Adds a tenant, *provisioning* until every product has fulfilled its part (R4.4); key and address are proposed from the
 * name where none is given (R2.1). For people of the provider who administer tenants (R2.7); the database holds that too.
 * @returns its owner number.
 */
export async function insertTenant(tx: Tx, wanted: NewTenant): Promise<{ owner: number; slug: string; name: string }> {
  // An approved or stuck request to add one waits until multi-tenancy is on again (R1.3).
  if (tx.scope.tenancy === 'off') refuseTenancy('multi-tenancy.not-on');
  await queries.lockHierarchy(tx);
  const { parent, ...values } = wanted;
  const parentOwner = parent === undefined ? null : await namedOwner(tx, parent);
  const owner = await queries.nextOwner(tx);
  return insertWith(tx, values as NewTenant, { owner, status: 'provisioning', parent: parentOwner });
}

/** R1.6: the provider, the first tenant, active at once. */
export async function insertProvider(tx: Tx, name: string): Promise<{ owner: number; slug: string; name: string }> {
  await queries.lockHierarchy(tx);
  return insertWith(tx, { name, subtenantsAllowed: true }, { owner: providerOwner, status: 'active', parent: null });
}

async function insertWith(tx: Tx, wanted: NewTenant, place: { owner: number; status: string; parent: number | null }) {
  refuseWrongRegion(wanted);
  const { name, name_key } = nameColumns(wanted.name);
  const taken = await queries.findNamesInUse(tx, proposalPrefixes(name));
  const key = wanted.key?.toUpperCase() ?? proposeKey(name, new Set(taken.map((row) => row.key)));
  const slug = wanted.slug ?? proposeSlug(name, new Set(taken.map((row) => row.slug)));
  const id = newId();
  await tx.q
    .insertInto('tenancy.tenants')
    .values({
      ...columnsOf(wanted),
      owner_id: place.owner,
      id,
      name,
      name_key,
      key,
      slug,
      status: place.status,
      parent_owner_id: place.parent,
    })
    .execute();
  await tx.record('tenant.added', { kind: 'tenant', id, label: name, owner: place.owner }, { key, slug });
  tx.changed('tenants', place.owner);
  return { owner: place.owner, slug, name };
}

/** R2.6: a save with an older version is refused. Never the parent (R4.2). */
export async function updateTenant(tx: Tx, slug: string, version: number, changes: TenantValues): Promise<void> {
  const before = await tenantRow(tx, slug);
  refuseWrongRegion(changes);
  const columns = columnsOf(changes);
  if (changes.name !== undefined) Object.assign(columns, nameColumns(changes.name));
  if (changes.key !== undefined) Object.assign(columns, { key: changes.key.toUpperCase() });
  if (changes.slug !== undefined) Object.assign(columns, { slug: changes.slug });
  Object.assign(columns, await termsColumns(tx, before.owner_id, changes));
  if (!Object.keys(columns).length) return;
  await save(tx, before, version, columns);
  await tx.record('tenant.updated', subjectOf(before), { fields: Object.keys(changes) });
}

/** The regional settings among the values, for the catalog's part of a new tenant. */
export async function setRegion(tx: Tx, owner: number, values: TenantValues): Promise<void> {
  const { timeZone, currency, dateFormat, timeFormat, decimalSymbol, taxRegion, taxIdentifiers } = values;
  const columns = columnsOf({ timeZone, currency, dateFormat, timeFormat, decimalSymbol, taxRegion, taxIdentifiers });
  if (Object.keys(columns).length)
    await tx.q.updateTable('tenancy.tenants').set(columns).where('owner_id', '=', owner).execute();
}

/** One version further, or a refusal that says why not. */
async function save(tx: Tx, before: TenantRow, version: number, columns: Record<string, unknown>): Promise<void> {
  const saved = await tx.q
    .updateTable('tenancy.tenants')
    .set(columns)
    .where('owner_id', '=', before.owner_id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (saved.numUpdatedRows !== 1n)
    refuse((await queries.findVersion(tx, before.owner_id)) === version ? 'read-only' : 'version-stale');
  tx.changed('tenants', before.owner_id);
}

/** Administration alone, not the offering (R4.2). Refused, with the records in its details, where a reference would be left outside the line (R3.4, R6.4). */
export async function changeParent(
  tx: Tx,
  slug: string,
  version: number,
  parent: string | null,
  previewed?: string,
): Promise<void> {
  await queries.lockHierarchy(tx);
  const before = await tenantRow(tx, slug);
  const parentOwner = parent === null ? null : await namedOwner(tx, parent);
  if (before.version !== version) refuse('version-stale');
  if (previewed !== undefined) await refuseStalePreview(tx, before.owner_id, parentOwner, previewed);
  // Others are refused by the database, before they are told of anything.
  if (tx.scope.ownerId === providerOwner && tx.scope.writesKind !== 'none') {
    const at = parent === null ? null : await tenantRow(tx, parent);
    const move = { tenant: before.owner_id, parent: parentOwner, at };
    if (parentOwner !== before.parent_owner_id) await refuseWrongPlace(tx, move);
    await refuseStranding(tx, move.tenant, move.parent);
  }
  try {
    await save(tx, before, version, { parent_owner_id: parentOwner });
  } catch (error) {
    const { cause } = error as { cause?: { constraint?: string } };
    const outside = (error as { constraint?: string }).constraint ?? cause?.constraint;
    // Somebody made such a reference since they were looked for: the keys hold it.
    if (outside === 'reference_outside_the_line') refuseTenancy('tenant.reference-outside-the-line');
    throw error;
  }
  await tx.record('tenant.moved', subjectOf(before), { from: before.parent_name, to: parent });
  // What everybody below may see has changed: live connections begin anew.
  tx.changed('reach', before.owner_id);
}

export interface TenantName {
  name: string;
  slug: string;
}

/**
 * R9.2: one tenant, or with `subtree` all below it, the deepest first. From the next request on its people are kept out and
 * its records are read-only (R9.3): every unit of work reads the status anew.
 */
export async function deactivateTenant(
  tx: Tx,
  slug: string,
  version: number | null,
  subtree: boolean,
): Promise<TenantName[]> {
  await queries.lockHierarchy(tx);
  const before = await tenantRow(tx, slug);
  if (before.owner_id === providerOwner) refuseTenancy('tenant.provider-fixed');
  if (before.status === 'inactive') refuseTenancy('tenant.status-step');
  if (version !== null && before.version !== version) refuse('version-stale');
  const all = subtree ? await queries.findOpenSubtree(tx, before.owner_id) : [before];
  for (const tenant of all) await setStatus(tx, tenant, 'inactive');
  return all.map(({ name, slug: address }) => ({ name, slug: address }));
}

/** R9.4: needs an active parent; with `subtree` also those below that were deactivated in the same step. */
export async function reactivateTenant(
  tx: Tx,
  slug: string,
  version: number | null,
  subtree: boolean,
): Promise<TenantName[]> {
  await queries.lockHierarchy(tx);
  const before = await tenantRow(tx, slug);
  if (before.status !== 'inactive') refuseTenancy('tenant.status-step');
  if (version !== null && before.version !== version) refuse('version-stale');
  const below = subtree ? await queries.findClosedWith(tx, before.owner_id) : [];
  const all = [before, ...below];
  for (const tenant of all) await setStatus(tx, tenant, 'active');
  return all.map(({ name, slug: address }) => ({ name, slug: address }));
}

/** R4.4: usable once every product has fulfilled its part. */
export async function activateTenant(tx: Tx, owner: number): Promise<void> {
  const found = await tx.q
    .selectFrom('tenancy.tenants')
    .select(['owner_id', 'id', 'name', 'status'])
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  const tenant = found ?? refuse('not-found');
  if (tenant.status === 'provisioning') await setStatus(tx, tenant, 'active');
}

/** Whoever reads few tenants cannot tell. */
export async function isFirstBesideProvider(tx: Tx, owner: number): Promise<boolean> {
  return tx.scope.reach === 'all' && !(await queries.hasFurtherTenants(tx, owner));
}

async function setStatus(
  tx: Tx,
  tenant: { owner_id: number; id: string; name: string },
  status: 'active' | 'inactive',
): Promise<void> {
  const set = await tx.q
    .updateTable('tenancy.tenants')
    .set({ status })
    .where('owner_id', '=', tenant.owner_id)
    .executeTakeFirst();
  if (set.numUpdatedRows !== 1n) refuse('read-only');
  const action = status === 'active' ? 'tenant.activated' : 'tenant.deactivated';
  await tx.record(action, { kind: 'tenant', id: tenant.id, label: tenant.name, owner: tenant.owner_id });
  tx.changed('tenants', tenant.owner_id);
  tx.changed('reach', tenant.owner_id);
}

/** @throws Refusal `not-found` for what is absent, out of reach, or may not be named (R1.3, R5.4). */
export async function tenantRow(tx: Tx, slug: string): Promise<TenantRow> {
  const row = await queries.findTenantBySlug(tx, slug);
  return row ?? refuse('not-found');
}

function subjectOf(tenant: { id: string; name: string; owner_id: number }) {
  return { kind: 'tenant', id: tenant.id, label: tenant.name, owner: tenant.owner_id };
}
