import { type RawBuilder, sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { findPage } from '../../platform/lists.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';
import { publicOwner } from '../../tenancy/owners.ts';
import { byName, containing } from '../by-name.ts';

export interface GrantedRole {
  ownerId: number;
  id: string;
  name: string;
  stock: string | null;
  description: string;
  status: string;
  /** What it allows beyond what the caller may (R5.5): `function.…`, `scope.…`, `reach.…`. */
  excess: string[];
}

const columns = sql`t.owner_id as "ownerId", t.id, t.name, t.stock, t.description, t.status`;

/** The role as somebody of tenant `holder` would hold it. */
export async function findRoleFor(tx: Tx, roleId: string, holder: number): Promise<GrantedRole | undefined> {
  const { rows } = await sql<GrantedRole>`
    select ${columns}, identity.excess(t, ${holder}) as excess from identity.roles t where t.id = ${roleId}::uuid`.execute(
    tx.q,
  );
  return rows[0];
}

/** Active roles that a membership of `holder` may refer to (public, own, from above) and that the caller may grant, by name. */
export async function findGrantableRoles(
  tx: Tx,
  holder: number,
  filter: { search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ rows: GrantedRole[]; next: string | null }> {
  const conditions: RawBuilder<unknown>[] = [
    sql`t.status = 'active'`,
    sql`(t.stock in ('system-administrator', 'provider-analyst', 'provider-auditor') and ${holder}::int not in (1, 3)) is not true`,
  ];
  if (filter.search) conditions.push(sql`t.name_key like ${containing(filter.search)}`);
  conditions.push(sql`identity.excess(t, ${holder}) = '{}'`);
  const line = await sql<{ owner: number }>`select l as owner from tenancy.line_of(${holder}) l`.execute(tx.q);
  const owners = [publicOwner, ...line.rows.map(({ owner }) => owner)];
  const list = { table: 'identity.roles', class: 'optional', conditions, order: byName, owners } as const;
  const wanted = { columns: sql`${columns}, '{}'::text[] as excess`, cursor: filter.cursor, limit: filter.limit };
  return findPage<GrantedRole>(tx, list, wanted);
}

export async function insertMembership(
  { q }: Pick<Tx | SystemTx, 'q'>,
  membership: { ownerId: number; contactId: string; role: { ownerId: number; id: string }; beyond?: boolean },
): Promise<string> {
  const id = newId();
  await q
    .insertInto('identity.memberships')
    .values({
      owner_id: membership.ownerId,
      id,
      contact_id: membership.contactId,
      role_owner_id: membership.role.ownerId,
      role_id: membership.role.id,
      ...(membership.beyond ? { beyond: true } : {}),
    })
    .execute();
  return id;
}
