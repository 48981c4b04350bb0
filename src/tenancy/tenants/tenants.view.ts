import { foldName } from '../../platform/fold.ts';
import { cursorAt, placeIn } from '../../platform/lists.cursors.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';
import { mayWrite, namedOwner } from '../placement.ts';
import { usageOf } from '../usage/usage.ts';
import type { Tenant, TenantSummary } from './tenants.api.ts';
import * as queries from './tenants.queries.ts';
import { tenantRow } from './tenants.ts';
import { termsOfTenant } from './terms.ts';
import { valuesOf } from './values.ts';

interface ListWanted {
  search?: string | undefined;
  status?: string | undefined;
  parent?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** While multi-tenancy is off for whoever asks, there are no tenants: not an empty list of them, but nothing (R1.3). */
function refuseNameless(tx: Tx): void {
  if (tx.scope.tenancy === 'off') refuse('not-found');
}

export async function listOfTenants(
  tx: Tx,
  wanted: ListWanted,
): Promise<{ items: TenantSummary[]; next: string | null }> {
  refuseNameless(tx);
  const limit = wanted.limit ?? 50;
  const parent =
    wanted.parent === undefined ? undefined : wanted.parent === 'none' ? null : await namedOwner(tx, wanted.parent);
  const search = wanted.search ? foldName(wanted.search) : undefined;
  const rows = await queries.findTenants(tx, {
    search,
    status: wanted.status,
    parent,
    after: wanted.cursor === undefined ? undefined : placeIn('tenants', ['boolean', 'text', 'int'], wanted.cursor),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => summaryOf(tx, row as never)),
    next: last ? cursorAt('tenants', [last.owner_id === providerOwner, last.name_key, last.owner_id]) : null,
  };
}

export async function tenantOf(tx: Tx, slug: string): Promise<Tenant> {
  refuseNameless(tx);
  const row = await tenantRow(tx, slug);
  const line = await queries.findLine(tx, row.owner_id);
  const groups = await queries.findSystemGroups(tx, row.owner_id);
  const termsOfUsage = await termsOfTenant(tx, row);
  const usage = await usageOf(tx, row.owner_id);
  const values = { ...valuesOf(row), line, systemGroups: groups, termsOfUsage, usage };
  return { ...summaryOf(tx, row as never), ...values } as unknown as Tenant;
}

export async function activeBelow(
  tx: Tx,
  slug: string,
  wanted: { limit?: number | undefined; cursor?: string | undefined },
) {
  refuseNameless(tx);
  const row = await tenantRow(tx, slug);
  const limit = wanted.limit ?? 50;
  const after = wanted.cursor === undefined ? undefined : placeIn('active-subtree', ['text', 'int'], wanted.cursor);
  const rows = await queries.findOpenBelow(tx, row.owner_id, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ name, slug: address }) => ({ name, slug: address })),
    next: last ? cursorAt('active-subtree', [last.name_key, last.owner_id]) : null,
    ...(await queries.countOpenBelow(tx, row.owner_id)),
  };
}

/** For choosing one: the first twenty by name; none where tenancy is not to be named. */
export async function choicesOf(tx: Tx, search: string | undefined, writable: boolean) {
  if (tx.scope.tenancy === 'off') return { items: [] };
  const rows = await queries.findTenants(tx, {
    search: search ? foldName(search) : undefined,
    status: writable ? 'active' : undefined,
    // Before the first twenty are taken: those that may be written can come later by name.
    owners: writable && tx.scope.writesKind !== 'all' ? tx.scope.writes.all : undefined,
    limit: 20,
  });
  const fitting = writable ? rows.filter((row) => mayWrite(tx.scope, row.owner_id)) : rows;
  return {
    items: fitting.map(({ name, slug, key, version, parent_name: parent }) => ({
      name,
      slug,
      key,
      version,
      parent: (parent as string | null) ?? null,
    })),
  };
}

interface SummaryRow {
  owner_id: number;
  id: string;
  version: number;
  name: string;
  key: string;
  slug: string;
  tenant_number: string;
  status: string;
  depth: number;
  subtenants_allowed: boolean;
  parent_name: string | null;
  parent_slug: string | null;
  subtenants: string | null;
  opened_at: Date;
  closed_at: Date | null;
}

function summaryOf(tx: Tx, row: SummaryRow): TenantSummary {
  const administers =
    tx.scope.provider && tx.scope.functions.includes('tenant.administer') && tx.scope.writesKind !== 'none';
  const provider = row.owner_id === providerOwner;
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    key: row.key,
    slug: row.slug,
    tenantNumber: row.tenant_number,
    status: row.status as TenantSummary['status'],
    provider,
    parent: row.parent_name === null ? null : { name: row.parent_name, slug: row.parent_slug ?? '' },
    depth: row.depth,
    subtenantsAllowed: row.subtenants_allowed,
    subtenants: Number(row.subtenants ?? 0),
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    can: {
      update: administers,
      changeParent: administers && !provider,
      deactivate: administers && !provider && row.status === 'active',
      reactivate: administers && row.status === 'inactive',
    },
  };
}
