import { type RawBuilder, sql } from 'kysely';
import { foldName } from '../../platform/fold.ts';
import type { List } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';
import type { AuditFilters } from './audit.api.ts';

export interface EntryRow {
  ownerId: number;
  id: string;
  at: Date;
  action: string;
  kind: string;
  label: string;
  actor: string;
  actorOwnerId: number | null;
  actedFor: string | null;
  address: string;
  details: Record<string, unknown>;
  tenantName: string | null;
  tenantSlug: string | null;
  repeats: number;
  lastAt: Date | null;
}

/** As the reader's tenant has the provider's people shown (R5.4). */
const shownActor = sql`identity.shown_name(t.actor_owner_id, null, t.actor_label)`;

/** The people that details name, too. */
const shownDetails = sql`case when t.details ?| array['watcher', 'member'] then t.details || jsonb_strip_nulls(jsonb_build_object(
  'watcher', identity.shown_name(null, null, t.details ->> 'watcher'), 'member', identity.shown_name(null, null, t.details ->> 'member'))) else t.details end`;

/** Whoever acts from outside is named as the provider or as a tenant above, which a tenant knows of; no other. */
export const entryColumns: RawBuilder<unknown> = sql`t.owner_id as "ownerId", t.id, t.at, t.action, t.subject_kind as kind, t.subject_label as label,
  ${shownActor} as actor, t.actor_owner_id as "actorOwnerId", case when ${shownActor} is distinct from t.actor_label then '' else t.address end as address, ${shownDetails} as details, tenant.name as "tenantName", tenant.slug as "tenantSlug",
  case when t.actor_owner_id <> t.owner_id and (t.actor_owner_id = 3 or t.actor_owner_id in (select l from tenancy.line_of(t.owner_id) l))
    then tenancy.tenant_label(t.actor_owner_id) end as "actedFor",
  coalesce(w.calls - 1, 0) as repeats, case when w.calls > 1 then w.last_at end as "lastAt"`;

export const entryJoins: RawBuilder<unknown> = sql`left join tenancy.tenants tenant on tenant.owner_id = t.owner_id
  left join platform.read_windows w on w.owner_id = t.owner_id and w.id = t.id`;

/** The newest first; each filter on what is indexed or stored, the policies decide what there is. */
export function entryList(filters: AuditFilters, owner: number | undefined): List {
  return {
    table: 'platform.audit_entries',
    class: 'required',
    conditions: [...conditionsOf(filters)],
    order: {
      name: 'audit',
      columns: [
        ['at', 'timestamptz'],
        ['id', 'uuid'],
      ],
      descending: true,
    },
    owners: owner === undefined ? undefined : [owner],
  };
}

function* conditionsOf(filters: AuditFilters): Generator<RawBuilder<unknown>> {
  const { action, kind, who, subject, origin, reads, from, before } = filters;
  if (action) yield sql`starts_with(t.action, ${action})`;
  if (kind) yield sql`t.subject_kind = ${kind}`;
  if (who) yield sql`platform.fold_text(${shownActor}) like ${containing(who)}`;
  if (subject) yield sql`platform.fold_text(t.subject_label) like ${containing(subject)}`;
  if (origin === 'inside') yield sql`t.actor_owner_id is not distinct from t.owner_id`;
  if (origin === 'outside' || origin === 'provider') yield sql`t.actor_owner_id <> t.owner_id`;
  if (origin === 'provider') yield sql`t.actor_owner_id = 3`;
  const read = sql`t.action ~ '[.](read|listed|listed-again|exported)$'`;
  if (reads) yield reads === 'only' ? read : sql`not ${read}`;
  if (from) yield sql`t.at >= ${from}::timestamptz`;
  if (before) yield sql`t.at < ${before}::timestamptz`;
}

function containing(words: string): string {
  return `%${foldName(words).replace(/[\\%_]/g, '\\$&')}%`;
}

/** R11.1: that the own tenant's audit was exported; the door tells the others (src/platform/reads.ts). */
export async function recordExport(tx: Tx, format: string, filters: AuditFilters): Promise<void> {
  const subject = { kind: 'audit-entry', id: null, label: format.toUpperCase(), owner: tx.scope.ownerId };
  await tx.record('audit-entry.exported', subject, { filters: Object.keys(filters) });
}
