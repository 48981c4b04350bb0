import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { providerOwner } from '../owners.ts';

const columns = ['g.id', 'g.version', 'g.kind', 'g.name', 'g.name_key', 'g.description', 'g.status'] as const;
const members = sql<number>`(select count(*)::int from tenancy.members_of(g.id))`.as('members');

export async function findGroups(
  tx: Tx,
  filter: {
    search?: string | undefined;
    kind?: string | undefined;
    after?: [string, string] | undefined;
    limit: number;
  },
) {
  let query = tx.q.selectFrom('tenancy.groups as g').select(columns).select(members);
  if (filter.search) query = query.where('g.name_key', 'like', `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`);
  if (filter.kind) query = query.where('g.kind', filter.kind === 'defined' ? '=' : '<>', 'defined');
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

export async function findMembers(tx: Tx, id: string, most: number) {
  return tx.q
    .selectFrom(sql<{ owner: number }>`(select x as owner from tenancy.members_of(${id}::uuid) x)`.as('m'))
    .innerJoin('tenancy.tenants as t', 't.owner_id', 'm.owner')
    .select(['t.name', 't.slug'])
    .orderBy('t.name_key')
    .limit(most)
    .execute();
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

/** Writes only the difference. */
export async function setMembers(tx: Tx, group: string, owners: { owner: number; id: string }[]): Promise<void> {
  const wanted = owners.map((one) => one.owner);
  await tx.q
    .deleteFrom('tenancy.group_members')
    .where('group_id', '=', group)
    .$if(wanted.length > 0, (query) => query.where('member_owner_id', 'not in', wanted))
    .execute();
  if (!wanted.length) return;
  await tx.q
    .insertInto('tenancy.group_members')
    .values(owners.map(({ owner, id }) => ({ owner_id: providerOwner, id, group_id: group, member_owner_id: owner })))
    .onConflict((conflict) => conflict.columns(['owner_id', 'group_id', 'member_owner_id']).doNothing())
    .execute();
}
