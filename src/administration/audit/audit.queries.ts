import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';

export interface AuditFilter {
  action?: string | undefined;
  owner?: number | undefined;
  after?: [at: string, id: string] | undefined;
  limit: number;
}

export async function findEntries(tx: Tx, filter: AuditFilter) {
  let query = tx.q
    .selectFrom('platform.audit_entries as a')
    .leftJoin('tenancy.tenants as t', 't.owner_id', 'a.owner_id')
    .select(['a.owner_id', 'a.id', 'a.action', 'a.subject_kind', 'a.subject_label', 'a.actor_owner_id'])
    .select(sql<string>`identity.shown_name(a.actor_owner_id, null, a.actor_label)`.as('actor_label'))
    .select(['a.address', 'a.details', 't.name as tenant_name', 't.slug as tenant_slug', 'a.at'])
    // Whole microseconds, for the next page: an instant here has only milliseconds.
    .select(sql<string>`to_json(a.at) #>> '{}'`.as('exactly'));
  // The access path (R5.7: for speed, never for safety); the policies decide what there is.
  if (tx.scope.reach === 'one') query = query.where('a.owner_id', '=', tx.scope.reads[0] as number);
  if (filter.owner !== undefined) query = query.where('a.owner_id', '=', filter.owner);
  if (filter.action) query = query.where(sql<boolean>`starts_with(a.action, ${filter.action})`);
  if (filter.after)
    query = query.where(sql<boolean>`(a.at, a.id) < (${filter.after[0]}::timestamptz, ${filter.after[1]}::uuid)`);
  return query.orderBy('a.at', 'desc').orderBy('a.id', 'desc').limit(filter.limit).execute();
}
