import { type InvalidField, Refusal, refusalOf, refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { ownerForNew } from '../../tenancy/placement.ts';
import type { FormSchema } from '../catalog.fields.ts';
import { refuseCatalog } from '../catalog.refusals.ts';
import { beginFulfillment, queueRequest } from '../fulfillment/engine.ts';
import { type FormValues, fulfillmentOf } from '../fulfillment/fulfillment.ts';
import { findQueued, findTasks, setTask } from '../fulfillment/tasks.queries.ts';
import { approvalsNeeded, requestableOffering } from '../offerings/offerings.ts';
import { checkFormValues } from './form-values.ts';
import type { RequestRow } from './requests.queries.ts';
import * as queries from './requests.queries.ts';

export interface Wanted {
  offering: string;
  values: FormValues;
  tenant?: string | undefined;
  submit?: boolean | undefined;
}

/**
 * A request of an offering (R4.3). Submitted at once unless it is to stay a draft; the values are judged by the form and by
 * the real state at submission, so that most of what could fail later is refused now. @returns its number.
 */
export async function createRequest(tx: Tx, wanted: Wanted): Promise<string> {
  const offering = await requestableOffering(tx, wanted.offering);
  const submit = wanted.submit ?? true;
  const judged = submit ? await judge(tx, offering, wanted.values) : {};
  // What is administered is the provider's or the tenant's own affair; other requests are for a tenant (R7.1).
  const owner =
    offering.administrative || wanted.tenant === undefined ? tx.scope.ownerId : await ownerForNew(tx, wanted.tenant);
  const made = await queries.insertRequest(tx, {
    owner,
    offering,
    values: wanted.values,
    about: judged.about ?? '',
    changes: judged.changes ?? [],
    needed: approvalsNeeded[offering.approval] ?? 0,
  });
  const row = await rowById(tx, made.id);
  await queries.addRequestEntry(tx, row, 'created', tx.scope.displayName, null);
  await tx.record('request.created', subjectOf(row), { offering: offering.key });
  if (submit) await submitRow(tx, row);
  tx.changed('requests', row.owner_id);
  return queries.numberOf(row);
}

async function judge(tx: Tx, offering: { form: unknown; fulfillment: string }, values: FormValues) {
  checkFormValues(offering.form as FormSchema, values);
  try {
    return (await fulfillmentOf(offering.fulfillment).judge?.(tx, values, offering.form as FormSchema)) ?? {};
  } catch (error) {
    throw inForm(error);
  }
}

/** What a domain finds wrong with a value is marked at the field of the form. */
function inForm(error: unknown): unknown {
  if (!(error instanceof Refusal) || error.type !== 'invalid') return error;
  const errors = ((error.details.errors ?? []) as InvalidField[]).map((one) => ({
    ...one,
    pointer: one.pointer.startsWith('/values/') ? one.pointer : `/values${one.pointer}`,
  }));
  return refusalOf('invalid', { ...error.details, errors });
}

async function submitRow(tx: Tx, row: RequestRow): Promise<void> {
  const waits = row.approvals_needed > 0;
  await queries.setSubmitted(tx, row.id, waits ? 'approval' : 'submitted');
  await queries.addRequestEntry(tx, row, 'submitted', tx.scope.displayName, null);
  await tx.record('request.submitted', subjectOf(row));
  if (!waits) await beginFulfillment(tx, row);
}

export async function editDraft(tx: Tx, number: string, version: number, values: FormValues): Promise<void> {
  const row = await ownRequest(tx, number, version);
  if (row.phase !== 'draft') refuseCatalog('request.not-a-draft');
  await queries.setRequest(tx, row.id, { form_values: JSON.stringify(values) }, version);
  await tx.record('request.edited', subjectOf(row));
}

export async function submitRequest(tx: Tx, number: string, version: number): Promise<void> {
  const row = await ownRequest(tx, number, version);
  if (row.phase !== 'draft') refuseCatalog('request.not-a-draft');
  const offering = await requestableOffering(tx, row.offering_key);
  const judged = await judge(tx, offering, row.form_values as FormValues);
  const needed = approvalsNeeded[offering.approval] ?? 0;
  await queries.setRequest(tx, row.id, {
    about: judged.about ?? '',
    changes: JSON.stringify(judged.changes ?? []),
    approvals_needed: needed,
  });
  await submitRow(tx, await rowById(tx, row.id));
  tx.changed('requests', row.owner_id);
}

/** Until it is being fulfilled, or while nothing of it could be done yet, the requester takes it back. */
export async function cancelRequest(tx: Tx, number: string, version: number): Promise<void> {
  // A part that is at work is waited for: what it has done counts.
  await queries.lockRequest(tx, (await ownRequest(tx, number, version)).id);
  const row = await ownRequest(tx, number, version);
  if (!isCancellable(row, await findTasks(tx, row.id))) refuseCatalog('request.too-late');
  await queries.setRequest(tx, row.id, { phase: 'cancelled', completed_at: new Date(), stuck: false, turn: null });
  await queries.addRequestEntry(tx, row, 'cancelled', tx.scope.displayName, null);
  await tx.record('request.cancelled', subjectOf(row));
  tx.changed('requests', row.owner_id);
}

export function isCancellable(row: RequestRow, tasks: { state: string }[]): boolean {
  if (['draft', 'submitted', 'approval'].includes(row.phase)) return true;
  return row.phase === 'fulfillment' && row.stuck && tasks.every(({ state }) => ['waiting', 'failed'].includes(state));
}

/**
 * R4.4: the part that failed is tried again; those that are done are not. A colleague who retries answers for what is left:
 * it is done under their role, because the requester's may be gone.
 */
export async function retryRequest(tx: Tx, number: string): Promise<void> {
  const row = await requestRow(tx, number);
  if (!mayRetry(tx, row)) refuseCatalog('request.not-yours');
  await queries.lockRequest(tx, row.id);
  const failed = (await findTasks(tx, row.id)).filter((task) => task.state === 'failed');
  if (row.phase !== 'fulfillment' || !failed.length) refuseCatalog('request.nothing-failed');
  for (const task of failed) await setTask(tx, task.id, { state: 'waiting', next_attempt_at: null });
  if (row.requester_id !== tx.scope.contactId) await requestableOffering(tx, row.offering_key);
  const membership = tx.scope.membershipId;
  const { turn } = await findQueued(tx, row.owner_id);
  await queries.setRequest(tx, row.id, { stuck: false, membership_id: membership, turn });
  await queries.addRequestEntry(tx, row, 'retried', tx.scope.displayName, null);
  await tx.record('request.retried', subjectOf(row));
  await queueRequest(tx, { ...row, membership_id: membership, turn });
  tx.changed('requests', row.owner_id);
}

/** The requester, and whoever may request the same: a colleague finishes what somebody left behind. */
export function mayRetry(tx: Tx, row: RequestRow): boolean {
  return (
    row.requester_id === tx.scope.contactId ||
    (tx.scope.functions.includes('administration.request') && tx.scope.writesKind !== 'none')
  );
}

/** @throws Refusal `not-found` for what is absent or out of reach. */
export async function requestRow(tx: Tx, number: string): Promise<RequestRow> {
  return (await queries.findRequest(tx, number)) ?? refuse('not-found');
}

async function ownRequest(tx: Tx, number: string, version: number): Promise<RequestRow> {
  const found = await requestRow(tx, number);
  await queries.lockRequest(tx, found.id);
  const row = await requestRow(tx, number);
  if (row.requester_id !== tx.scope.contactId) refuseCatalog('request.not-yours');
  if (row.version !== version) refuse('version-stale');
  return row;
}

async function rowById(tx: Tx, id: string): Promise<RequestRow> {
  return (await queries.findRequestById(tx, id)) ?? refuse('not-found');
}

export function subjectOf(row: RequestRow) {
  return { kind: 'request', id: row.id, label: queries.numberOf(row), owner: row.owner_id };
}
