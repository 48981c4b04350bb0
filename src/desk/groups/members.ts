import { pageOf, pageStart, usualPage } from '../../identity/by-name.ts';
import { newId } from '../../platform/ids.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { mayWrite } from '../../tenancy/placement.ts';
import { findChoice } from '../choices/choices.queries.ts';
import type { Contact } from '../contacts/contacts.api.ts';
import { findGroupMembers } from '../contacts/contacts.queries.ts';
import { contactOf } from '../contacts/contacts.ts';
import { refuseOutsideTheLine, targetOf } from '../references.ts';

export async function membersOf(
  tx: Tx,
  groupId: string,
  wanted: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: Contact[]; next: string | null }> {
  const group = await known(tx, groupId);
  const limit = wanted.limit ?? usualPage;
  const { page, next } = pageOf(await findGroupMembers(tx, group, pageStart(wanted.cursor), limit), limit);
  return { items: page.map(contactOf), next };
}

/** A membership belongs to the person's tenant, so a tenant puts its own people into a group from above. */
export async function addMember(tx: Tx, groupId: string, contactId: string): Promise<void> {
  const group = await known(tx, groupId);
  const contact = await targetOf(tx, 'contact', contactId, 'contact');
  if (!mayWrite(tx.scope, contact.ownerId)) refuse('read-only');
  await refuseOutsideTheLine(tx, contact.ownerId, { member: group });
  const { numInsertedOrUpdatedRows } = await tx.q
    .insertInto('identity.assignment_group_members')
    .values({
      owner_id: contact.ownerId,
      id: newId(),
      group_owner_id: group.ownerId,
      group_id: group.id,
      contact_id: contact.id,
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'group_id', 'contact_id']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows) await record(tx, 'member-added', group, contact);
}

export async function removeMember(tx: Tx, groupId: string, contactId: string): Promise<void> {
  const group = await known(tx, groupId);
  const contact = await targetOf(tx, 'contact', contactId, 'contact');
  if (!mayWrite(tx.scope, contact.ownerId)) refuse('read-only');
  const { numDeletedRows } = await tx.q
    .deleteFrom('identity.assignment_group_members')
    .where('owner_id', '=', contact.ownerId)
    .where('group_id', '=', group.id)
    .where('contact_id', '=', contact.id)
    .executeTakeFirst();
  if (numDeletedRows) await record(tx, 'member-removed', group, contact);
}

async function known(tx: Tx, groupId: string) {
  return (await findChoice(tx, 'identity.assignment_groups', groupId)) ?? refuse('not-found');
}

async function record(
  tx: Tx,
  verb: string,
  group: { id: string; name: string },
  member: { ownerId: number; name: string },
): Promise<void> {
  const subject = { kind: 'assignment-group', id: group.id, label: group.name, owner: member.ownerId };
  await tx.record(`assignment-group.${verb}`, subject, { member: member.name });
}
