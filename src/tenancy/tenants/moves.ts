import { cursorAt, placeIn } from '../../platform/lists.cursors.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';
import { refuseTenancy } from '../tenancy.refusals.ts';
import * as queries from './moves.queries.ts';
import type { StrandedReference } from './tenants.api.ts';
import { findTenantBySlug } from './tenants.queries.ts';

const mostChanges = 200;
const strandedShown = 50;

/**
 * R3.4: who gains and who loses sight of what, as it is at this moment. Refused for what the move itself is refused for, but
 * for references that forbid it: those are listed by {@link strandedOf}.
 */
export async function previewOfMove(tx: Tx, slug: string, to: string) {
  const { move, version } = await wantedMove(tx, slug, to);
  const { tenants } = await refuseWrongPlace(tx, move);
  const stranded = await queries.findStranded(tx, { tenant: move.tenant, parent: move.parent }, undefined, 1);
  const changes = await queries.findSightChanges(tx, { tenant: move.tenant, parent: move.parent });
  return {
    version,
    lines: await queries.findLines(tx, { tenant: move.tenant, parent: move.parent }),
    tenants,
    forbidden: stranded.length > 0,
    changes: changes.slice(0, mostChanges).map((one) => ({
      change: one.gained ? ('gains' as const) : ('loses' as const),
      sight: one.shared ? ('shared' as const) : ('all' as const),
      role: { id: one.role_id, name: one.role_name },
      people: Number(one.people),
      peopleTenants: Number(one.viewer_tenants),
      tenantCount: Number(one.tenants),
      tenants: one.first_names,
      records: Number(one.records),
    })),
    changeCount: changes.length,
  };
}

/** To be asked under the lock of the hierarchy. @throws Refusal `tenant.preview-stale` */
export async function refuseStalePreview(tx: Tx, tenant: number, parent: number | null, lines: string): Promise<void> {
  if ((await queries.findLines(tx, { tenant, parent })) !== lines) refuseTenancy('tenant.preview-stale');
}

interface Wanted {
  parent: string;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** The references that forbid the move, page by page. */
export async function strandedOf(tx: Tx, slug: string, wanted: Wanted) {
  const { move } = await wantedMove(tx, slug, wanted.parent);
  const after = wanted.cursor === undefined ? undefined : placeIn('stranded', ['text', 'text', 'uuid'], wanted.cursor);
  return strandedPage(tx, move, after, wanted.limit ?? strandedShown);
}

/** @throws Refusal `tenant.reference-outside-the-line` with the first of the references, and the cursor of the next. */
export async function refuseStranding(tx: Tx, tenant: number, parent: number | null): Promise<void> {
  const { items, next } = await strandedPage(tx, { tenant, parent }, undefined, strandedShown);
  if (items.length) refuseTenancy('tenant.reference-outside-the-line', { references: items, next });
}

async function strandedPage(
  tx: Tx,
  move: { tenant: number; parent: number | null },
  after: [string, string, string] | undefined,
  limit: number,
): Promise<{ items: StrandedReference[]; next: string | null }> {
  const rows = await queries.findStranded(tx, move, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((one) => ({
      kind: one.table_name,
      id: one.id,
      field: one.field,
      label: one.label,
      target: one.target_label,
      from: one.tenant,
      to: one.target_tenant,
    })),
    next: last ? cursorAt('stranded', [last.table_name, last.field, last.id]) : null,
  };
}

async function wantedMove(tx: Tx, slug: string, to: string) {
  if (tx.scope.tenancy === 'off') refuse('not-found');
  const tenant = (await findTenantBySlug(tx, slug)) ?? refuse('not-found');
  if (tenant.owner_id === providerOwner) refuseTenancy('tenant.provider-fixed');
  const parent = to === 'none' ? null : ((await findTenantBySlug(tx, to)) ?? refuseTenancy('tenant.parent-unknown'));
  return { move: { tenant: tenant.owner_id, parent: parent?.owner_id ?? null, at: parent }, version: tenant.version };
}

type Move = Awaited<ReturnType<typeof wantedMove>>['move'];

/** As tenancy.check_tenant has it: what is wrong with the place itself, whatever refers to what. */
export async function refuseWrongPlace(tx: Tx, move: Move) {
  const shape = await queries.findShape(tx, { tenant: move.tenant, parent: move.parent });
  const { at } = move;
  if (!at) return shape;
  if (at.status !== 'active') refuseTenancy('tenant.parent-inactive');
  if (!at.subtenants_allowed) refuseTenancy('tenant.parent-closed');
  if (shape.below) refuseTenancy('tenant.parent-below');
  if (at.depth + 1 + shape.levels > shape.greatest_depth) refuseTenancy('tenant.too-deep');
  return shape;
}
