import { type ExpressionBuilder, sql } from 'kysely';
import type { Schema } from '../../platform/schema.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';

const summary = [
  't.owner_id',
  't.id',
  't.version',
  't.name',
  't.name_key',
  't.key',
  't.slug',
  't.tenant_number',
  't.status',
  't.depth',
  't.subtenants_allowed',
  't.parent_owner_id',
  't.opened_at',
  't.closed_at',
] as const;

type TenantsWithParent = Schema & { t: Schema['tenancy.tenants'] };

/** A label of the parent even where it is out of reach (R5.4), and how many direct subtenants can be read. */
function related(eb: ExpressionBuilder<TenantsWithParent, 't'>) {
  return [
    sql<string | null>`tenancy.tenant_label(t.parent_owner_id)`.as('parent_name'),
    eb
      .selectFrom('tenancy.tenants as p')
      .select('p.slug')
      .whereRef('p.owner_id', '=', 't.parent_owner_id')
      .as('parent_slug'),
    eb
      .selectFrom('tenancy.tenants as c')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .whereRef('c.parent_owner_id', '=', 't.owner_id')
      .as('subtenants'),
  ];
}

export interface TenantFilter {
  search?: string | undefined;
  status?: string | undefined;
  /** These alone. */
  owners?: readonly number[] | undefined;
  /** null: those without a parent. */
  parent?: number | null | undefined;
  after?: [provider: string, nameKey: string, owner: string] | undefined;
  limit: number;
}

export async function findTenants(tx: Tx, filter: TenantFilter) {
  let query = tx.q
    .selectFrom('tenancy.tenants as t')
    .select(summary)
    .select((eb) => related(eb as never))
    .where('t.status', '<>', 'erased');
  // The access path (R5.7: for speed, never for safety); the policies decide what there is.
  if (tx.scope.reach !== 'all') query = query.where(sql<boolean>`t.owner_id = any(${tx.scope.reads.text}::int[])`);
  if (filter.search) query = query.where(fits(filter.search));
  if (filter.owners) query = query.where(sql<boolean>`t.owner_id = any(${[...filter.owners]})`);
  if (filter.status) query = query.where('t.status', '=', filter.status);
  if (filter.parent === null) query = query.where('t.parent_owner_id', 'is', null);
  if (typeof filter.parent === 'number') query = query.where('t.parent_owner_id', '=', filter.parent);
  if (filter.after) {
    const [provider, nameKey, owner] = filter.after;
    // The provider comes first, whatever its name; behind it by name.
    query =
      provider === 'true'
        ? query.where('t.owner_id', '<>', 3)
        : query
            .where('t.owner_id', '<>', 3)
            .where(sql<boolean>`(t.name_key, t.owner_id) > (${nameKey}, ${owner}::int)`);
  }
  // Behind the provider there is no provider any more, and the index by name serves.
  if (!filter.after) query = query.orderBy(sql`(t.owner_id = 3) desc`);
  return query.orderBy('t.name_key').orderBy('t.owner_id').limit(filter.limit).execute();
}

/** As it is now: somebody may have been faster than whoever asks. */
export async function findVersion(tx: Tx, owner: number): Promise<number | undefined> {
  const row = await tx.q
    .selectFrom('tenancy.tenants')
    .select('version')
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  return row?.version;
}

/** By name, key or number; `search` is folded already. */
function fits(search: string) {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(t.name_key like ${pattern} or t.key = ${search.toUpperCase()} or t.tenant_number = ${search} or t.slug = ${search})`;
}

export async function findTenantBySlug(tx: Tx, slug: string) {
  return tx.q
    .selectFrom('tenancy.tenants as t')
    .selectAll('t')
    .select((eb) => related(eb as never))
    .where('t.slug', '=', slug.toLowerCase())
    .where('t.status', '<>', 'erased')
    .executeTakeFirst();
}
export type TenantRow = NonNullable<Awaited<ReturnType<typeof findTenantBySlug>>>;

/** Whether there is a tenant beside the provider and this one, as far as the caller reads. */
export async function hasFurtherTenants(tx: Tx, owner: number): Promise<boolean> {
  const row = await tx.q
    .selectFrom('tenancy.tenants')
    .select('owner_id')
    .where('owner_id', '>', providerOwner)
    .where('owner_id', '<>', owner)
    .where('status', '<>', 'erased')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function findLine(tx: Tx, owner: number) {
  return tx.q
    .selectFrom(sql<{ owner: number }>`(select x as owner from tenancy.line_of(${owner}) x)`.as('l'))
    .innerJoin('tenancy.tenants as t', 't.owner_id', 'l.owner')
    .select(['t.name', 't.slug'])
    .where('t.owner_id', '<>', owner)
    .orderBy('t.depth', 'desc')
    .execute();
}

export async function findSystemGroups(tx: Tx, owner: number) {
  return tx.q
    .selectFrom('tenancy.groups as g')
    .select([
      'g.id',
      'g.kind',
      sql<number>`(select count(*)::int from tenancy.members_of(g.id) x join tenancy.tenants t on t.owner_id = x)`.as(
        'members',
      ),
    ])
    .where('g.tenant_owner_id', '=', owner)
    .orderBy('g.kind')
    .execute();
}

/** An array, so that the few are found by their keys: of a set that a function makes nobody knows how small it is. */
function isBelow(owner: number) {
  return sql<boolean>`t.owner_id = any(array(select tenancy.below(${owner})))`;
}

/** The tenant and all below it that are not inactive, the deepest first: the order in which they can be deactivated. */
export async function findOpenSubtree(tx: Tx, owner: number) {
  return tx.q
    .selectFrom('tenancy.tenants as t')
    .select(['t.owner_id', 't.id', 't.name', 't.slug', 't.status', 't.closed_at'])
    .where(isBelow(owner))
    .where('t.status', 'in', ['active', 'provisioning'])
    .orderBy('t.depth', 'desc')
    .orderBy('t.owner_id')
    .execute();
}

/** Those below that were deactivated in the same step as the tenant, the highest first. */
export async function findClosedWith(tx: Tx, owner: number) {
  return (
    tx.q
      .selectFrom('tenancy.tenants as t')
      .select(['t.owner_id', 't.id', 't.name', 't.slug'])
      .where(isBelow(owner))
      .where('t.status', '=', 'inactive')
      // Compared inside the database: an instant here has only milliseconds.
      .where('t.closed_at', '=', (eb) =>
        eb.selectFrom('tenancy.tenants as top').select('top.closed_at').where('top.owner_id', '=', owner),
      )
      .where('t.owner_id', '<>', owner)
      .orderBy('t.depth')
      .orderBy('t.owner_id')
      .execute()
  );
}

/** The same by name, page by page. */
export async function findOpenBelow(
  tx: Tx,
  owner: number,
  after: [nameKey: string, owner: string] | undefined,
  limit: number,
) {
  let query = tx.q
    .selectFrom('tenancy.tenants as t')
    .select(['t.owner_id', 't.name_key', 't.name', 't.slug'])
    .where(isBelow(owner))
    .where('t.status', 'in', ['active', 'provisioning']);
  if (after) query = query.where(sql<boolean>`(t.name_key, t.owner_id) > (${after[0]}, ${after[1]}::int)`);
  return query.orderBy('t.name_key').orderBy('t.owner_id').limit(limit).execute();
}

export async function countOpenBelow(tx: Tx, owner: number): Promise<{ count: number; people: number }> {
  const { rows } = await sql<{ count: number; people: number }>`
    with open as materialized (select t.owner_id from tenancy.tenants t where ${isBelow(owner)} and t.status in ('active', 'provisioning'))
    select (select count(*)::int from open) as count, (select count(*)::int from identity.memberships m
      where m.owner_id = any(array(select o.owner_id from open o)) and m.status = 'active') as people`.execute(tx.q);
  return rows[0] as { count: number; people: number };
}

export async function findNamesInUse(tx: Tx, prefixes: { key: string; slug: string }) {
  return tx.q
    .selectFrom(sql<{ key: string; slug: string }>`tenancy.names_in_use(${prefixes.key}, ${prefixes.slug})`.as('n'))
    .select(['n.key', 'n.slug'])
    .execute();
}

/** The number that the tenant will own its records by; there is no `returning`, because in `off` nobody may read it. */
export async function nextOwner(tx: Tx): Promise<number> {
  const { rows } = await sql<{ owner: number }>`select nextval('tenancy.owner_ids')::int as owner`.execute(tx.q);
  return (rows[0] as { owner: number }).owner;
}

export async function lockHierarchy(tx: Tx): Promise<void> {
  await sql`select tenancy.lock_hierarchy()`.execute(tx.q);
}
