import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';
import { containing, type PageStart } from '../by-name.ts';

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

const columns = sql`r.owner_id as "ownerId", r.id, r.name, r.stock, r.description, r.status`;

/** The role as somebody of tenant `holder` would hold it. */
export async function findRoleFor(tx: Tx, roleId: string, holder: number): Promise<GrantedRole | undefined> {
  const { rows } = await sql<GrantedRole>`
    select ${columns}, identity.excess(r, ${holder}) as excess from identity.roles r where r.id = ${roleId}::uuid`.execute(
    tx.q,
  );
  return rows[0];
}

/**
 * Active roles that a membership of `holder` may refer to (public, own, from above) and that the caller may grant, by name;
 * one more than the page, to know whether there is a next.
 */
export async function findGrantableRoles(
  tx: Tx,
  holder: number,
  filter: { search?: string | undefined; after: PageStart | null; limit: number },
): Promise<(GrantedRole & { nameKey: string })[]> {
  const conditions = [sql`r.status = 'active'`];
  if (filter.search) conditions.push(sql`r.name_key like ${containing(filter.search)}`);
  if (filter.after) conditions.push(sql`(r.name_key, r.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`);
  const { rows } = await sql<GrantedRole & { nameKey: string }>`
    select ${columns}, r.name_key as "nameKey", '{}'::text[] as excess from identity.roles r
    where ${sql.join(conditions, sql` and `)} and (r.owner_id = 2 or r.owner_id in (select tenancy.line_of(${holder})))
      and (r.stock in ('system-administrator', 'provider-analyst', 'provider-auditor') and ${holder}::int not in (1, 3)) is not true
      and identity.excess(r, ${holder}) = '{}'
    order by r.name_key, r.id limit ${filter.limit + 1}`.execute(tx.q);
  return rows;
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
