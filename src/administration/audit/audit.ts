import { findPage } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';
import { namedOwner } from '../../tenancy/placement.ts';
import type { AuditEntry, AuditFilters } from './audit.api.ts';
import { type EntryRow, entryColumns, entryJoins, entryList } from './audit.queries.ts';

/** R11.1, R11.2: what was done, as far as the reach goes; while multi-tenancy is off no tenant is named in it (R1.3). */
export async function listOfEntries(
  tx: Tx,
  wanted: AuditFilters & { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: AuditEntry[]; next: string | null }> {
  const { limit = 50, cursor, ...filters } = wanted;
  const owner = filters.tenant === undefined ? undefined : await namedOwner(tx, filters.tenant);
  const columns = { columns: entryColumns, joins: entryJoins, limit, cursor };
  const { rows, next } = await findPage<EntryRow>(tx, entryList(filters, owner), columns);
  return { items: rows.map((row) => shown(row, tx.scope.tenancy !== 'off')), next };
}

function shown(row: EntryRow, named: boolean): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    // While tenants are not named, neither are they as what something was done to.
    subject: { kind: row.kind, label: !named && row.kind.startsWith('tenant') ? '' : row.label },
    actor: row.actor,
    tenant: named && row.tenantName && row.tenantSlug ? { name: row.tenantName, slug: row.tenantSlug } : null,
    fromOutside: named && row.actorOwnerId !== null && row.actorOwnerId !== row.ownerId,
    actedFor: named ? row.actedFor : null,
    repeats: row.repeats,
    lastAt: row.lastAt?.toISOString() ?? null,
    address: row.address,
    details: named ? row.details : {},
  };
}
