import { type RawBuilder, sql } from 'kysely';
import { findPage } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';
import { publicOwner } from '../../tenancy/owners.ts';
import { byName, containing } from '../by-name.ts';

export interface StatementRow {
  ownerId: number;
  id: string;
  version: number;
  name: string;
  nameKey: string;
  description: string;
  status: 'active' | 'inactive';
  draftEn: string;
  draftEs: string;
  published: number;
  changed: boolean;
  tenant: { name: string; slug: string } | null;
}

// The tenant is joined under the caller's policies: it is named to those alone who may see it.
const columns = sql`t.owner_id as "ownerId", t.id, t.version, t.name, t.name_key as "nameKey", t.description, t.status,
    t.draft_en as "draftEn", t.draft_es as "draftEs", t.published,
    (v.name, v.text_en, v.text_es) is distinct from (t.name, t.draft_en, t.draft_es) as changed,
    case when tenant.owner_id is not null then jsonb_build_object('name', tenant.name, 'slug', tenant.slug) end as tenant`;
const joins = sql`left join identity.terms_versions v on (v.owner_id, v.statement_id, v.number) = (t.owner_id, t.id, t.published)
  left join tenancy.tenants tenant on tenant.owner_id = t.owner_id`;

export interface StatementsFilter {
  search?: string | undefined;
  owner?: number | undefined;
  status?: string | undefined;
  public: 'include' | 'exclude' | 'only';
  cursor?: string | undefined;
  limit: number;
}

export async function findStatements(
  tx: Tx,
  filter: StatementsFilter,
): Promise<{ rows: StatementRow[]; next: string | null }> {
  const conditions: RawBuilder<unknown>[] = [];
  if (filter.search) conditions.push(sql`t.name_key like ${containing(filter.search)}`);
  if (filter.status) conditions.push(sql`t.status = ${filter.status}`);
  if (filter.public === 'exclude') conditions.push(sql`t.owner_id <> 2`);
  const owners = ownersOf(filter);
  const list = { table: 'identity.terms_statements', class: 'optional', conditions, order: byName, owners } as const;
  return findPage<StatementRow>(tx, list, { columns, joins, cursor: filter.cursor, limit: filter.limit });
}

function ownersOf({ owner, public: wanted }: StatementsFilter): number[] | undefined {
  // What is for all is not one tenant's: only that is asked for, whichever tenant is named beside it (R10.3).
  if (wanted === 'only') return [publicOwner];
  return owner === undefined ? undefined : [owner, publicOwner];
}

export async function findStatement(tx: Tx, id: string): Promise<StatementRow | undefined> {
  const { rows } =
    await sql<StatementRow>`select ${columns} from identity.terms_statements t ${joins} where t.id = ${id}::uuid`.execute(
      tx.q,
    );
  return rows[0];
}

/** The newest first. */
export async function findVersions(tx: Tx, statement: StatementRow) {
  return tx.q
    .selectFrom('identity.terms_versions')
    .select(['id', 'number', 'published_at', 'published_by', 'hash'])
    .where('owner_id', '=', statement.ownerId)
    .where('statement_id', '=', statement.id)
    .orderBy('number', 'desc')
    .limit(200)
    .execute();
}

export async function findTenantsNaming(tx: Tx, statement: StatementRow) {
  return tx.q
    .selectFrom('tenancy.tenants')
    .select(['name', 'slug'])
    .where('terms_statement_owner_id', '=', statement.ownerId)
    .where('terms_statement_id', '=', statement.id)
    .where('status', '<>', 'erased')
    .orderBy('name_key')
    .limit(200)
    .execute();
}

export interface StatementColumns {
  name: string;
  name_key: string;
  description: string;
  draft_en: string;
  draft_es: string;
  status?: string;
  published?: number;
}

export async function insertStatement(tx: Tx, owner: number, id: string, columns: StatementColumns): Promise<void> {
  await tx.q
    .insertInto('identity.terms_statements')
    .values({ owner_id: owner, id, ...columns })
    .execute();
}

/** @returns whether it still had that version. */
export async function setStatement(
  tx: Tx,
  statement: StatementRow,
  version: number,
  columns: Partial<StatementColumns>,
): Promise<boolean> {
  const changed = await tx.q
    .updateTable('identity.terms_statements')
    .set({ ...columns, version: version + 1 })
    .where('owner_id', '=', statement.ownerId)
    .where('id', '=', statement.id)
    .where('version', '=', version)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** The draft as it is; a trigger says its hash. */
export async function insertVersion(tx: Tx, statement: StatementRow, id: string, number: number): Promise<void> {
  await tx.q
    .insertInto('identity.terms_versions')
    .values({
      owner_id: statement.ownerId,
      id,
      statement_id: statement.id,
      number,
      name: statement.name,
      text_en: statement.draftEn,
      text_es: statement.draftEs,
      hash: '',
      published_by: tx.scope.displayName,
    })
    .execute();
}

export async function findVersion(tx: Tx, id: string) {
  return tx.q
    .selectFrom('identity.terms_versions')
    .select(['owner_id', 'id', 'number', 'name', 'text_en', 'text_es', 'hash', 'published_at'])
    .where('id', '=', id)
    .executeTakeFirst();
}
