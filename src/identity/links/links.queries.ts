import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';
import { signInName } from '../sign-in-names.queries.ts';

/** @returns when it expires. The person's older links stop working. */
export async function insertLink(
  { q }: Pick<Tx | SystemTx, 'q'>,
  link: { ownerId: number; personId: string; hash: Buffer; maker: string | null },
): Promise<string> {
  const expiresAt = new Date(Date.now() + 72 * 3600 * 1000);
  await q
    .deleteFrom('identity.links')
    .where('owner_id', '=', link.ownerId)
    .where('person_id', '=', link.personId)
    .where('purpose', '=', 'password')
    .execute();
  await q
    .insertInto('identity.links')
    .values({
      owner_id: link.ownerId,
      id: newId(),
      person_id: link.personId,
      token_hash: link.hash,
      purpose: 'password',
      maker_membership_id: link.maker,
      expires_at: expiresAt,
    })
    .execute();
  return expiresAt.toISOString();
}

export interface UsableLink {
  ownerId: number;
  personId: string;
  displayName: string;
  userName: string;
  signInName: string;
  tenantStatus: string;
  /** Named only where multi-tenancy is on (R1.3). */
  organization: string | null;
}

export async function findUsableLink(system: SystemTx, hash: Buffer): Promise<UsableLink | undefined> {
  const { rows } = await sql<UsableLink>`
    select p.owner_id as "ownerId", p.id as "personId", p.display_name as "displayName", p.user_name as "userName", ${signInName} as "signInName", t.status as "tenantStatus",
      case when s.multi_tenancy = 'on' and t.owner_id > 2 then t.name end as organization
    from identity.links l
    join identity.people p on (p.owner_id, p.id) = (l.owner_id, l.person_id)
    join tenancy.tenants t on t.owner_id = p.owner_id
    cross join tenancy.solution s
    where l.token_hash = ${hash} and l.purpose = 'password' and l.used_at is null and l.expires_at > now() and p.status = 'active'
      -- R5.5, R5.8: made by somebody who may still make it, for nobody who has become greater or gone out of reach since.
      and (l.maker_membership_id is null or (
        exists (select from identity.memberships m join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
          where m.id = l.maker_membership_id and (m.status, r.status) = ('active', 'active') and 'person.administer' = any(r.functions))
        and not exists (select from identity.contacts c join identity.memberships m on (m.owner_id, m.contact_id) = (c.owner_id, c.id)
          join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
          where (c.owner_id, c.person_id) = (p.owner_id, p.id) and m.status = 'active' and identity.excess_of(l.maker_membership_id, r, m.owner_id) <> '{}')))`.execute(
    system.q,
  );
  return rows[0];
}

/** @returns whether this use is the one. */
export async function takeLink(system: SystemTx, hash: Buffer): Promise<boolean> {
  const taken = await system.q
    .updateTable('identity.links')
    .set({ used_at: sql<Date>`now()` })
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

export async function deleteTokensOf(system: SystemTx, personId: string): Promise<void> {
  await sql`delete from identity.tokens t using identity.memberships m, identity.contacts c
    where (m.owner_id, m.id) = (t.owner_id, t.membership_id) and (c.owner_id, c.id) = (m.owner_id, m.contact_id) and c.person_id = ${personId}::uuid`.execute(
    system.q,
  );
}
