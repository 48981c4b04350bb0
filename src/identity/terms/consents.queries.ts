import { type RawBuilder, sql } from 'kysely';
import { findPage } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';
import { namedOwner } from '../../tenancy/placement.ts';

export interface ConsentFilters {
  tenant?: string | undefined;
  decision?: string | undefined;
  statement?: string | undefined;
  person?: string | undefined;
}

export interface ConsentRow {
  ownerId: number;
  id: string;
  at: Date;
  decision: 'accepted' | 'rejected';
  personId: string;
  personName: string;
  membershipId: string;
  statementId: string;
  statementName: string;
  versionId: string;
  versionNumber: number;
  hash: string;
  language: 'en' | 'es';
  textHash: string;
  address: string;
  tenantName: string | null;
  tenantSlug: string | null;
}

const columns = sql`t.owner_id as "ownerId", t.id, t.at, t.decision, t.person_id as "personId", t.person_name as "personName",
  t.membership_id as "membershipId", t.statement_id as "statementId", t.statement_name as "statementName",
  t.version_id as "versionId", t.version_number as "versionNumber", t.hash, t.language, t.text_hash as "textHash", t.address,
  o.name as "tenantName", o.slug as "tenantSlug", s.owner_id as "statementOwnerId"`;
/** The statement's own tenant is told, too, that it was looked at (R11.1). */
const joins = sql`left join tenancy.tenants o on o.owner_id = t.owner_id left join identity.terms_statements s on s.id = t.statement_id`;

export async function findConsents(
  tx: Tx,
  filters: ConsentFilters,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ rows: ConsentRow[]; next: string | null }> {
  const conditions: RawBuilder<unknown>[] = [];
  if (filters.decision) conditions.push(sql`t.decision = ${filters.decision}`);
  if (filters.statement) conditions.push(sql`t.statement_id = ${filters.statement}::uuid`);
  if (filters.person) conditions.push(sql`t.person_id = ${filters.person}::uuid`);
  const list = {
    table: 'identity.consents' as const,
    class: 'required' as const,
    conditions,
    order: {
      name: 'newest',
      columns: [['at', 'timestamptz'] as const, ['id', 'uuid'] as const],
      descending: true,
    },
    owners: filters.tenant === undefined ? undefined : [await namedOwner(tx, filters.tenant)],
  };
  return findPage<ConsentRow>(tx, list, { columns, joins, ...page });
}

/** The texts that were consented to, as far as they can be read. */
export async function findConsentedVersions(tx: Tx, ids: readonly string[]) {
  if (!ids.length) return [];
  // One look for each: of hundreds the planner would rather read all texts of everybody.
  const versions = sql<ConsentedVersion>`(select v.* from unnest(${[...ids]}::uuid[]) k (id), lateral (
    select owner_id, id, statement_id, number, name, text_en, text_es, hash, published_at
    from identity.terms_versions x where x.id = k.id offset 0) v)`;
  return tx.q.selectFrom(versions.as('v')).selectAll().orderBy('published_at').execute();
}

interface ConsentedVersion {
  owner_id: number;
  id: string;
  statement_id: string;
  number: number;
  name: string;
  text_en: string;
  text_es: string;
  hash: string;
  published_at: Date;
}
