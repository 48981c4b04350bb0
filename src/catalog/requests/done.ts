import type { Tx } from '../../platform/units.ts';
import { refuseCatalog } from '../catalog.refusals.ts';
import { type FormValues, fulfillmentOf } from '../fulfillment/fulfillment.ts';
import { insertTasks, setTask } from '../fulfillment/tasks.queries.ts';
import { findOffering } from '../offerings/offerings.queries.ts';
import { addRequestEntry, findRequestById, insertRequest, numberOf, setRequest } from './requests.queries.ts';

export interface DoneRequest {
  /** The key of the offering that would have done it. */
  offering: string;
  values: FormValues;
  /** What it is about, where the answer does not say. */
  about?: string;
}

/**
 * R4.6: leaves the request record of something that was just done directly, in the same unit of work. Where the offering
 * needs an approval, what was done is refused: the request has to be made and approved first (R4.3).
 */
export async function recordDoneRequest(tx: Tx, done: DoneRequest, about: string): Promise<void> {
  const offering = await findOffering(tx, done.offering);
  if (!offering) return;
  if (offering.approval !== 'none') refuseCatalog('request.needs-approval', { offering: done.offering });
  const { id, owner_id: owner } = await insertRequest(tx, {
    owner: tx.scope.ownerId,
    offering,
    values: done.values,
    about,
    changes: [],
    needed: 0,
  });
  const request = { id, owner_id: owner };
  const parts = fulfillmentOf(offering.fulfillment).parts.map((part) => part.name);
  for (const task of await insertTasks(tx, request, parts))
    await setTask(tx, task.id, { state: 'done', done_at: new Date() });
  const now = new Date();
  await setRequest(tx, id, { phase: 'completed', submitted_at: now, completed_at: now });
  for (const kind of ['created', 'submitted', 'completed'])
    await addRequestEntry(tx, request, kind, tx.scope.displayName, null);
  const row = await findRequestById(tx, id);
  if (row) await tx.record('request.completed', { kind: 'request', id, label: numberOf(row), owner });
  tx.changed('requests', owner);
}
