import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';

const columns = ['g.id', 'g.version', 'g.kind', 'g.name', 'g.name_key', 'g.description', 'g.status'] as const;
// Through the policies: whoever does not read all tenants learns of the others not even how many they are (R5.4).
const members =
  sql<number>`(select count(*)::int from tenancy.members_of(g.id) x join tenancy.tenants t on t.owner_id = x)`.as(
    'members',
  );

export async function findGroups(
  tx: Tx,
  filter: {
    search?: string | undefined;
    kind?: string | undefined;
    status?: string | undefined;
    after?: [string, string] | undefined;
    limit: number;
  },
) {
  let query = tx.q.selectFrom('tenancy.groups as g').select(columns).select(members);
  // The access path (R5.7: for speed, never for safety); the policies decide what there is.
  if (tx.scope.reach !== 'all') query = query.where(sql<boolean>`g.owner_id = any(${tx.scope.reads}::int[])`);
  if (filter.search) query = query.where('g.name_key', 'like', `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`);
  if (filter.kind) query = query.where('g.kind', filter.kind === 'defined' ? '=' : '<>', 'defined');
  if (filter.status) query = query.where('g.status', '=', filter.status);
  if (filter.after)
    query = query.where(sql<boolean>`(g.name_key, g.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`);
  return query.orderBy('g.name_key').orderBy('g.id').limit(filter.limit).execute();
}

export async function findGroup(tx: Tx, id: string) {
  return tx.q
    .selectFrom('tenancy.groups as g')
    .select(columns)
    .select(members)
    .where('g.id', '=', id)
    .executeTakeFirst();
}
export type GroupRow = NonNullable<Awaited<ReturnType<typeof findGroup>>>;

export interface MembersFilter {
  /** Folded. */
  search?: string | undefined;
  after?: [nameKey: string, owner: string] | undefined;
  limit: number;
}

export async function findMembers(tx: Tx, id: string, filter: MembersFilter) {
  let query = tx.q
    .selectFrom(sql<{ owner: number }>`(select x as owner from tenancy.members_of(${id}::uuid) x)`.as('m'))
    .innerJoin('tenancy.tenants as t', 't.owner_id', 'm.owner')
    .select(['t.owner_id', 't.name_key', 't.name', 't.slug']);
  if (filter.search) query = query.where('t.name_key', 'like', `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`);
  if (filter.after)
    query = query.where(sql<boolean>`(t.name_key, t.owner_id) > (${filter.after[0]}, ${filter.after[1]}::int)`);
  return query.orderBy('t.name_key').orderBy('t.owner_id').limit(filter.limit).execute();
}

export async function findOwners(tx: Tx, slugs: string[]): Promise<number[]> {
  const rows = await tx.q
    .selectFrom('tenancy.tenants')
    .select('owner_id')
    .where(sql<boolean>`slug = any(${slugs}::text[])`)
    .execute();
  return rows.map((row) => row.owner_id);
}

export async function insertGroup(
  tx: Tx,
  group: { id: string; name: string; name_key: string; description: string },
): Promise<void> {
  await tx.q
    .insertInto('tenancy.groups')
    .values({ owner_id: providerOwner, ...group })
    .execute();
}

export async function setGroup(
  tx: Tx,
  id: string,
  version: number,
  changes: Record<string, unknown>,
): Promise<boolean> {
  const set = await tx.q
    .updateTable('tenancy.groups')
    .set({ ...changes, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return set.numUpdatedRows === 1n;
}

/** Raises the version, whichever it is: whoever sets all the members at once is told that there was somebody else. */
export async function touchGroup(tx: Tx, id: string): Promise<boolean> {
  const touched = await tx.q
    .updateTable('tenancy.groups')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .executeTakeFirst();
  return touched.numUpdatedRows === 1n;
}

/** Writes only the difference; a list as one parameter, for there can be thousands. */
export async function setMembers(tx: Tx, group: string, owners: number[]): Promise<void> {
  await tx.q
    .deleteFrom('tenancy.group_members')
    .where('group_id', '=', group)
    .where(sql<boolean>`member_owner_id <> all(${owners}::int[])`)
    .execute();
  await addMembers(tx, group, owners);
}

/** @returns how many were none yet. */
export async function addMembers(tx: Tx, group: string, owners: number[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into tenancy.group_members (owner_id, id, group_id, member_owner_id)
    select ${providerOwner}, m.id, ${group}::uuid, m.owner from unnest(${owners.map(() => newId())}::uuid[], ${owners}::int[]) m(id, owner)
    on conflict (owner_id, group_id, member_owner_id) do nothing`.execute(tx.q);
  return Number(numAffectedRows);
}

export async function deleteMember(tx: Tx, group: string, owner: number): Promise<boolean> {
  const gone = await tx.q
    .deleteFrom('tenancy.group_members')
    .where('group_id', '=', group)
    .where('member_owner_id', '=', owner)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}
