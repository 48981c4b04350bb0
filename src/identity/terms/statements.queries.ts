import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';
import { containing, type PageStart } from '../by-name.ts';

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
const selected = sql`select s.owner_id as "ownerId", s.id, s.version, s.name, s.name_key as "nameKey", s.description, s.status,
    s.draft_en as "draftEn", s.draft_es as "draftEs", s.published,
    (v.name, v.text_en, v.text_es) is distinct from (s.name, s.draft_en, s.draft_es) as changed,
    case when t.owner_id is not null then jsonb_build_object('name', t.name, 'slug', t.slug) end as tenant
  from identity.terms_statements s
  left join identity.terms_versions v on (v.owner_id, v.statement_id, v.number) = (s.owner_id, s.id, s.published)
  left join tenancy.tenants t on t.owner_id = s.owner_id`;

export interface StatementsFilter {
  search?: string | undefined;
  owner?: number | undefined;
  status?: string | undefined;
  public: 'include' | 'exclude' | 'only';
  after: PageStart | null;
  limit: number;
}

/** By name; one more than the page, to know whether there is a next. */
export async function findStatements(tx: Tx, filter: StatementsFilter): Promise<StatementRow[]> {
  const conditions = [sql`true`];
  if (filter.search) conditions.push(sql`s.name_key like ${containing(filter.search)}`);
  // What is for all is not one tenant's: only that is asked for, whichever tenant is named beside it (R10.3).
  if (filter.owner !== undefined && filter.public !== 'only')
    conditions.push(
      filter.public === 'include' ? sql`s.owner_id in (${filter.owner}, 2)` : sql`s.owner_id = ${filter.owner}`,
    );
  if (filter.public !== 'include')
    conditions.push(filter.public === 'only' ? sql`s.owner_id = 2` : sql`s.owner_id <> 2`);
  if (filter.status) conditions.push(sql`s.status = ${filter.status}`);
  if (filter.after) conditions.push(sql`(s.name_key, s.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`);
  const { rows } = await sql<StatementRow>`${selected} where ${sql.join(conditions, sql` and `)}
    order by s.name_key, s.id limit ${filter.limit + 1}`.execute(tx.q);
  return rows;
}

export async function findStatement(tx: Tx, id: string): Promise<StatementRow | undefined> {
  const { rows } = await sql<StatementRow>`${selected} where s.id = ${id}::uuid`.execute(tx.q);
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
