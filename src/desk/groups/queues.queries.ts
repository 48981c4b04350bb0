import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';

interface QueueRow {
  ownerId: number;
  tenantName: string | null;
  tenantSlug: string | null;
  groupId: string | null;
  groupName: string | null;
}

/** A group out of reach shows its label alone (R5.4). */
export async function findQueue(tx: Tx, owner: number): Promise<QueueRow> {
  const { rows } = await sql<QueueRow>`
    select x.owner as "ownerId", t.name as "tenantName", t.slug as "tenantSlug", d.group_id as "groupId",
      identity.assignment_group_label(d.group_owner_id, d.group_id) as "groupName"
    from (select ${owner}::int as owner) x
      left join tenancy.tenants t on t.owner_id = x.owner left join desk.default_groups d on d.owner_id = x.owner`.execute(
    tx.q,
  );
  return rows[0] as QueueRow;
}

export async function setDefaultGroup(tx: Tx, owner: number, group: { ownerId: number; id: string }): Promise<void> {
  const chosen = { group_owner_id: group.ownerId, group_id: group.id };
  await tx.q
    .insertInto('desk.default_groups')
    .values({ owner_id: owner, id: newId(), ...chosen })
    .onConflict((conflict) => conflict.constraint('default_group_once').doUpdateSet(chosen))
    .execute();
}

/** Whether any tenant that can be read has the group as its default. */
export async function isDefaultGroup(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.q
    .selectFrom('desk.default_groups as d')
    // A group that is not seen is as absent, whatever refers to it (R5.4).
    .innerJoin('identity.assignment_groups as g', (on) =>
      on.onRef('g.owner_id', '=', 'd.group_owner_id').onRef('g.id', '=', 'd.group_id'),
    )
    .select('d.id')
    .where('d.group_id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
