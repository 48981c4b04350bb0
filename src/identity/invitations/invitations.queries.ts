import { sql } from 'kysely';
import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import { findPage, type List } from '../../platform/lists.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';

export interface InvitationRow {
  ownerId: number;
  id: string;
  address: string;
  roleId: string;
  roleName: string | null;
  roleStock: string | null;
  tenant: { name: string; slug: string } | null;
  createdAt: Date;
  expiresAt: Date;
}

const columns = sql`t.owner_id as "ownerId", t.id, t.address, t.role_id as "roleId", r.name as "roleName", r.stock as "roleStock",
  t.created_at as "createdAt", t.expires_at as "expiresAt",
  case when tenant.owner_id is not null then jsonb_build_object('name', tenant.name, 'slug', tenant.slug) end as tenant`;
const joins = sql`left join identity.roles r on (r.owner_id, r.id) = (t.role_owner_id, t.role_id)
  left join tenancy.tenants tenant on tenant.owner_id = t.owner_id`;
/** The latest first, which is how their identities go. */
const list: List = {
  table: 'identity.invitations',
  class: 'required',
  conditions: [sql`t.expires_at > now()`],
  // Not the hash of the secret.
  readable: ['owner_id', 'id', 'address', 'role_owner_id', 'role_id', 'created_at', 'expires_at'],
  order: { name: 'invitations', columns: [['id', 'uuid']], descending: true },
};

export function findInvitations(tx: Tx, page: { cursor?: string | undefined; limit: number }) {
  return findPage<InvitationRow>(tx, list, { columns, joins, ...page });
}

export interface OpenInvitation {
  ownerId: number;
  id: string;
  addressKey: string;
  inviterMembershipId: string;
  roleOwnerId: number;
  roleId: string;
  roleName: string;
  roleStock: string | null;
  tenantStatus: string;
  /** Named only where multi-tenancy is on. */
  organization: string | null;
  /** R5.5, judged now: whether the inviter may still grant the role. */
  stands: boolean;
  byProvider: boolean;
}

export async function findOpenInvitation(system: SystemTx, hash: Buffer): Promise<OpenInvitation | undefined> {
  const { rows } = await sql<OpenInvitation>`
    select i.owner_id as "ownerId", i.id, i.address_key as "addressKey", i.inviter_membership_id as "inviterMembershipId",
      r.owner_id as "roleOwnerId", r.id as "roleId", r.name as "roleName", r.stock as "roleStock", t.status as "tenantStatus",
      case when s.multi_tenancy = 'on' and t.owner_id > 2 then t.name end as organization,
      exists (select from identity.memberships b where b.id = i.inviter_membership_id and b.owner_id in (1, 3)) as "byProvider",
      r.status = 'active' and identity.excess_of(i.inviter_membership_id, r, i.owner_id) = '{}'
        and exists (select from identity.memberships m join identity.roles g on (g.owner_id, g.id) = (m.role_owner_id, m.role_id)
          where m.id = i.inviter_membership_id and m.status = 'active' and 'person.administer' = any(g.functions)) as stands
    from identity.invitations i
    join identity.roles r on (r.owner_id, r.id) = (i.role_owner_id, i.role_id)
    join tenancy.tenants t on t.owner_id = i.owner_id
    cross join tenancy.solution s
    where i.token_hash = ${hash} and i.expires_at > now()`.execute(system.q);
  return rows[0];
}

/** By what a person can be invited as: `name@slug` of the home tenant, and the work address that it keeps. */
export async function findAddresses(system: SystemTx, personId: string) {
  const { rows } = await sql<{
    userNameKey: string;
    slug: string;
    email: string;
    displayName: string;
    nameKey: string;
    workAddress: string;
  }>`
    select p.user_name_key as "userNameKey", t.slug, p.email, p.display_name as "displayName",
      c.name_key as "nameKey", c.work_address as "workAddress"
    from identity.people p join tenancy.tenants t on t.owner_id = p.owner_id
    join identity.contacts c on (c.owner_id, c.person_id) = (p.owner_id, p.id)
    where p.id = ${personId}::uuid`.execute(system.q);
  return rows[0];
}

export async function findContactIn(
  system: SystemTx,
  ownerId: number,
  personId: string,
): Promise<{ id: string; status: string } | undefined> {
  return system.q
    .selectFrom('identity.contacts')
    .select(['id', 'status'])
    .where('owner_id', '=', ownerId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

export interface NewInvitation {
  ownerId: number;
  id: string;
  hash: Buffer;
  address: string;
  role: { ownerId: number; id: string };
  expiresAt: Date;
}

/** A new one revokes the older for the same address and role. */
export async function insertInvitation(tx: Tx, invitation: NewInvitation): Promise<void> {
  const addressKey = foldName(invitation.address);
  await tx.q
    .deleteFrom('identity.invitations')
    .where('owner_id', '=', invitation.ownerId)
    .where('address_key', '=', addressKey)
    .where('role_id', '=', invitation.role.id)
    .execute();
  await tx.q
    .insertInto('identity.invitations')
    .values({
      owner_id: invitation.ownerId,
      id: invitation.id,
      token_hash: invitation.hash,
      address: invitation.address,
      address_key: addressKey,
      inviter_membership_id: tx.scope.membershipId,
      role_owner_id: invitation.role.ownerId,
      role_id: invitation.role.id,
      expires_at: invitation.expiresAt,
    })
    .execute();
}

export async function findInvitation(tx: Tx, id: string) {
  return tx.q
    .selectFrom('identity.invitations')
    .select(['owner_id', 'address'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** @returns whether it was there: of several who take it at once, one does. */
export async function deleteInvitation({ q }: Pick<Tx | SystemTx, 'q'>, ownerId: number, id: string): Promise<boolean> {
  const gone = await q
    .deleteFrom('identity.invitations')
    .where('owner_id', '=', ownerId)
    .where('id', '=', id)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

export async function insertInvitedContact(
  system: SystemTx,
  ownerId: number,
  person: { ownerId: number; personId: string },
  known: { displayName: string; nameKey: string; workAddress: string },
): Promise<string> {
  const id = newId();
  await system.q
    .insertInto('identity.contacts')
    .values({
      owner_id: ownerId,
      id,
      person_owner_id: person.ownerId,
      person_id: person.personId,
      display_name: known.displayName,
      name_key: known.nameKey,
      work_address: known.workAddress,
    })
    .execute();
  return id;
}
