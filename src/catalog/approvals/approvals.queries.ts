import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';

/** How many different people could approve something of the provider's. */
export async function countApprovers(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select catalog.approvers() as n`.execute(tx.q);
  return rows[0]?.n ?? 0;
}

export async function insertApproval(
  tx: Tx,
  request: { id: string; owner_id: number },
  decision: string,
  comment: string,
): Promise<void> {
  await tx.q
    .insertInto('catalog.approvals')
    .values({
      owner_id: request.owner_id,
      id: newId(),
      request_id: request.id,
      decision,
      comment,
      person_id: tx.scope.personId,
      approver_owner_id: tx.scope.ownerId,
      approver_id: tx.scope.contactId,
      approver_name: tx.scope.displayName,
    })
    .execute();
}

export async function findApprovals(tx: Tx, request: string) {
  return tx.q
    .selectFrom('catalog.approvals as a')
    .select([
      'a.decision',
      'a.comment',
      'a.at',
      sql<boolean>`a.person_id = ${tx.scope.personId}::uuid`.as('own'),
      sql<string>`coalesce(identity.contact_label(a.approver_owner_id, a.approver_id), identity.shown_name(null, null, a.approver_name))`.as(
        'by',
      ),
    ])
    .where('a.request_id', '=', request)
    .orderBy('a.at')
    .execute();
}

/** Whether a contact, readable or not, is the person who acts (R4.3). */
export async function isActingPerson(tx: Tx, contact: { ownerId: number; id: string }): Promise<boolean> {
  const { rows } = await sql<{
    same: boolean;
  }>`select identity.is_acting_person(${contact.ownerId}, ${contact.id}) as same`.execute(tx.q);
  return rows[0]?.same ?? true;
}
