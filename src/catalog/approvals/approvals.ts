import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { mayWrite } from '../../tenancy/placement.ts';
import { refuseCatalog } from '../catalog.refusals.ts';
import { beginFulfillment } from '../fulfillment/engine.ts';
import { addRequestEntry, lockRequest, type RequestRow, setRequest } from '../requests/requests.queries.ts';
import { requestRow, subjectOf } from '../requests/requests.ts';
import { findApprovals, insertApproval, isActingPerson } from './approvals.queries.ts';

/**
 * R4.3: one decision of somebody else's request. Enough approvals begin the fulfillment, one rejection ends it. Four eyes
 * are two different people; the database refuses the same one twice.
 */
export async function decideRequest(
  tx: Tx,
  number: string,
  version: number,
  decision: 'approved' | 'rejected',
  comment: string,
): Promise<void> {
  const found = await requestRow(tx, number);
  await lockRequest(tx, found.id);
  const row = await requestRow(tx, number);
  if (row.version !== version) refuse('version-stale');
  if (row.phase !== 'approval') refuseCatalog('request.not-in-approval');
  if (await isRequester(tx, row)) refuseCatalog('request.own-approval');
  if (!mayWrite(tx.scope, row.owner_id)) refuse('read-only');
  await insertApproval(tx, row, decision, comment);
  await addRequestEntry(tx, row, decision, tx.scope.displayName, comment ? { en: comment, es: comment } : null);
  await tx.record(`request.${decision}`, subjectOf(row));
  if (decision === 'rejected') await setRequest(tx, row.id, { phase: 'rejected', completed_at: new Date() });
  else if (await isApproved(tx, row)) await beginFulfillment(tx, row);
  else await setRequest(tx, row.id, {});
  tx.changed('requests', row.owner_id);
}

async function isApproved(tx: Tx, row: RequestRow): Promise<boolean> {
  const approved = (await findApprovals(tx, row.id)).filter((approval) => approval.decision === 'approved');
  return approved.length >= row.approvals_needed;
}

/** The person, under whatever membership: changing it does not make another pair of eyes. */
export async function isRequester(tx: Tx, row: RequestRow): Promise<boolean> {
  if (row.requester_id === tx.scope.contactId) return true;
  return isActingPerson(tx, { ownerId: row.requester_owner_id, id: row.requester_id });
}
