import type { Database } from '../../platform/database.ts';
import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Origin, SystemTx, Tx } from '../../platform/units.ts';
import { mayWrite, ownerForNew } from '../../tenancy/placement.ts';
import { usualPage } from '../by-name.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import type { MadeLink } from '../links/links.ts';
import { insertMembership } from '../roles/grants.queries.ts';
import { grantableRole } from '../roles/grants.ts';
import { makeSecret, secretHash } from '../secrets.ts';
import type { SignedIn } from '../sessions/sessions.queries.ts';
import { actorOf, signedInPerson } from '../sessions/sessions.ts';
import { addressBucket, countAttempt, refuseTooMany } from '../sessions/throttle.queries.ts';
import {
  deleteInvitation,
  findAddresses,
  findContactIn,
  findInvitation,
  findInvitations,
  findOpenInvitation,
  insertInvitation,
  insertInvitedContact,
  type OpenInvitation,
} from './invitations.queries.ts';

type SessionPrincipal = { kind: 'session'; tokenHash: Buffer; membershipId: string | null };

export async function listOfInvitations(tx: Tx, wanted: { limit?: number | undefined; cursor?: string | undefined }) {
  const { rows, next } = await findInvitations(tx, { limit: wanted.limit ?? usualPage, cursor: wanted.cursor });
  const items = rows.map((row) => ({
    id: row.id,
    tenant: row.tenant,
    address: row.address,
    role: { id: row.roleId, name: row.roleName ?? '', stock: row.roleStock },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
  return { items, next };
}

/** R5.10: makes the address for the inviter to deliver. Nobody is looked for, so nothing tells whether there is such a person. */
export async function invite(
  tx: Tx,
  wanted: { address: string; roleId: string; tenant?: string | undefined },
): Promise<MadeLink> {
  const owner = await ownerForNew(tx, wanted.tenant);
  const role = await grantableRole(tx, wanted.roleId, owner);
  const { secret, hash } = makeSecret();
  const id = newId();
  const expiresAt = new Date(Date.now() + 72 * 3600 * 1000);
  await insertInvitation(tx, { ownerId: owner, id, hash, address: wanted.address, role, expiresAt });
  await tx.record('invitation.made', { kind: 'invitation', id, label: wanted.address, owner }, { role: role.name });
  return { path: `/invitation#${secret}`, expiresAt: expiresAt.toISOString() };
}

export async function revokeInvitation(tx: Tx, id: string): Promise<void> {
  const row = await findInvitation(tx, id);
  if (!row) return refuse('not-found');
  if (!mayWrite(tx.scope, row.owner_id)) refuse('read-only');
  await deleteInvitation(tx, row.owner_id, id);
  await tx.record('invitation.revoked', { kind: 'invitation', id, label: row.address, owner: row.owner_id });
}

export async function lookAtInvitation(db: Database, principal: SessionPrincipal, token: string, origin: Origin) {
  refuseTooMany(
    await db.asSystem((system) => countAttempt(system, addressBucket('invitation', origin.address)), origin),
  );
  return db.asSystem(async (system) => {
    const { invitation } = await standingInvitation(system, await signedInPerson(system, principal), token);
    const { organization, roleName, roleStock } = invitation;
    return { organization, role: { name: roleName, stock: roleStock } };
  }, origin);
}

/** A membership in the inviting tenant. @throws Refusal `link-not-usable`: absent, expired, used, revoked, somebody else's. */
export async function acceptInvitation(
  db: Database,
  principal: SessionPrincipal,
  token: string,
  origin: Origin,
): Promise<void> {
  refuseTooMany(
    await db.asSystem((system) => countAttempt(system, addressBucket('invitation', origin.address)), origin),
  );
  await db.asSystem(async (system) => {
    const who = await signedInPerson(system, principal);
    const { invitation, addresses } = await standingInvitation(system, who, token);
    // Taken by one of those who try at once.
    if (!(await deleteInvitation(system, invitation.ownerId, invitation.id))) refuseIdentity('link-not-usable');
    const contactId = await contactIn(system, invitation.ownerId, who, addresses);
    const id = await insertMembership(system, {
      ownerId: invitation.ownerId,
      contactId,
      role: { ownerId: invitation.roleOwnerId, id: invitation.roleId },
      beyond: invitation.byProvider,
    });
    const subject = { kind: 'membership', id, label: who.displayName, owner: invitation.ownerId };
    await system.record(
      'invitation.accepted',
      subject,
      { role: invitation.roleName, invitation: invitation.id },
      actorOf(who),
    );
  }, origin);
}

type Addresses = NonNullable<Awaited<ReturnType<typeof findAddresses>>>;

/** The secret alone is not enough: it was made for an address, and the person must go by it (T-22, T-23, T-30). */
async function standingInvitation(
  system: SystemTx,
  who: SignedIn,
  token: string,
): Promise<{ invitation: OpenInvitation; addresses: Addresses }> {
  const invitation = await findOpenInvitation(system, secretHash(token));
  const addresses = await findAddresses(system, who.personId);
  if (!invitation || !addresses || !invitation.stands || invitation.tenantStatus !== 'active')
    return refuseIdentity('link-not-usable');
  const own = [`${addresses.userNameKey}@${addresses.slug}`, foldName(addresses.email)];
  if (!own.includes(invitation.addressKey)) return refuseIdentity('link-not-usable');
  return { invitation, addresses };
}

async function contactIn(system: SystemTx, ownerId: number, who: SignedIn, addresses: Addresses): Promise<string> {
  const present = await findContactIn(system, ownerId, who.personId);
  if (present?.status === 'inactive') return refuseIdentity('link-not-usable');
  if (present) return present.id;
  return insertInvitedContact(system, ownerId, who, addresses);
}
