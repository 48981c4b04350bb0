import type { Tx } from '../../platform/database.ts';
import { cursorAt, placeIn } from '../../platform/lists.cursors.ts';
import { namedOwner } from '../../tenancy/placement.ts';
import type { AuditEntry } from './audit.api.ts';
import { findEntries } from './audit.queries.ts';

interface Wanted {
  action?: string | undefined;
  tenant?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** R11.1, R11.2: what was done, as far as the reach goes; while multi-tenancy is off no tenant is named in it (R1.3). */
export async function listOfEntries(tx: Tx, wanted: Wanted): Promise<{ items: AuditEntry[]; next: string | null }> {
  const limit = wanted.limit ?? 50;
  const owner = wanted.tenant === undefined ? undefined : await namedOwner(tx, wanted.tenant);
  const rows = await findEntries(tx, {
    action: wanted.action,
    owner,
    after: wanted.cursor === undefined ? undefined : placeIn('audit', ['timestamptz', 'uuid'], wanted.cursor),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const named = tx.scope.tenancy !== 'off';
  const items = page.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    // While tenants are not named, neither are they as what something was done to.
    subject: {
      kind: row.subject_kind,
      label: !named && row.subject_kind.startsWith('tenant') ? '' : row.subject_label,
    },
    actor: row.actor_label,
    tenant: named && row.tenant_name && row.tenant_slug ? { name: row.tenant_name, slug: row.tenant_slug } : null,
    fromOutside: named && row.actor_owner_id !== null && row.actor_owner_id !== row.owner_id,
    address: row.address,
    details: named ? (row.details as Record<string, unknown>) : {},
  }));
  const next = last ? cursorAt('audit', [last.exactly, last.id]) : null;
  return { items, next };
}
