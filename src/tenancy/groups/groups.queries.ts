import { type RawBuilder, sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { findPage, type ListOrder } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';

export interface GroupRow {
  id: string;
  version: number;
  kind: string;
  name: string;
  name_key: string;
  description: string;
  status: string;
  members: number;
}

// Members are counted through the policies: whoever does not read all tenants learns of the others not even how many they are (R5.4).
const columns = sql`t.id, t.version, t.kind, t.name, t.name_key, t.description, t.status,
  (select count(*)::int from tenancy.members_of(t.id) x join tenancy.tenants m on m.owner_id = x) as members`;

const byName: ListOrder = {
  name: 'tenant-groups',
  columns: [
    ['name_key', 'text'],
    ['id', 'uuid'],
  ],
  descending: false,
};

export async function findGroups(
  tx: Tx,
  filter: {
    search?: string | undefined;
    kind?: string | undefined;
    status?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ rows: GroupRow[]; next: string | null }> {
  const conditions: RawBuilder<unknown>[] = [];
  if (filter.search) conditions.push(sql`t.name_key like ${`%${filter.search.replace(/[\\%_]/g, '\\$&')}%`}`);
  if (filter.kind) conditions.push(filter.kind === 'defined' ? sql`t.kind = 'defined'` : sql`t.kind <> 'defined'`);
  if (filter.status) conditions.push(sql`t.status = ${filter.status}`);
  // All of them are the provider's.
  const owners = [providerOwner];
  const list = { table: 'tenancy.groups', class: 'required', conditions, order: byName, owners } as const;
  return findPage<GroupRow>(tx, list, { columns, cursor: filter.cursor, limit: filter.limit });
}

export async function findGroup(tx: Tx, id: string): Promise<GroupRow | undefined> {
  const { rows } = await sql<GroupRow>`select ${columns} from tenancy.groups t where t.id = ${id}::uuid`.execute(tx.q);
  return rows[0];
}

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
