import { setTimeout as sleep } from 'node:timers/promises';
import { databaseRefusal } from '../../platform/database.errors.ts';
import type { Database } from '../../platform/database.ts';
import type { Queue } from '../../platform/jobs.ts';
import { Refusal, refusalOf } from '../../platform/refusals.ts';
import type { Principal, Tx } from '../../platform/units.ts';
import type { Text } from '../catalog.fields.ts';
import { refuseCatalog } from '../catalog.refusals.ts';
import { mayRequest } from '../offerings/offerings.ts';
import {
  addRequestEntry,
  findRequestById,
  lockRequest,
  numberOf,
  type RequestRow,
  setRequest,
} from '../requests/requests.queries.ts';
import { type FormValues, fulfillmentOf, type Part, type PartContext } from './fulfillment.ts';
import {
  findDueRequests,
  findQueued,
  insertTasks,
  isMoreToDo,
  lockNextTask,
  noteFailure,
  setTask,
} from './tasks.queries.ts';

const queueName = 'fulfillment';

/** The fulfillment of requests, part by part. The rows of tasks are the truth; a job only says which request to look at. */
export const fulfillmentQueue: Queue = { name: queueName, perform, sweep };

/** Begins the fulfillment of a submitted, approved request: its parts become tasks, and the first is queued. */
export async function beginFulfillment(tx: Tx, request: RequestRow): Promise<void> {
  const { parts } = fulfillmentOf(request.fulfillment);
  const { queued, most, turn } = await findQueued(tx, request.owner_id);
  if (most && queued >= most) refuseCatalog('request.too-many-queued', { limit: most, seconds: 10 });
  await insertTasks(
    tx,
    request,
    parts.map((part) => part.name),
  );
  await setRequest(tx, request.id, { phase: 'fulfillment', turn });
  await addRequestEntry(tx, request, 'fulfilling', tx.scope.displayName, null);
  await queueRequest(tx, { ...request, turn });
}

export interface Queued {
  id: string;
  membership_id: string;
  fulfilling_owner: number | null;
  /** By turns: who asks for very much waits behind their own (T-45). */
  turn: number;
}

export async function queueRequest(tx: Pick<Tx, 'send'>, request: Queued): Promise<void> {
  const payload = {
    request: request.id,
    membership: request.membership_id,
    ...(request.fulfilling_owner === null ? {} : { fulfilling: request.fulfilling_owner }),
  };
  await tx.send(queueName, payload, request.turn);
}

/** A product says that the part which waited for it is done (`waits`). */
export async function completeTask(tx: Tx, requestId: string): Promise<void> {
  await lockRequest(tx, requestId);
  const request = await findRequestById(tx, requestId);
  const task = await lockNextTask(tx, requestId);
  if (!request || !task || task.state !== 'running') return;
  await finish(tx, request, task.id, partOf(request, task.part));
}

async function sweep(db: Database): Promise<void> {
  const due = await db.asSystem(findDueRequests);
  for (const request of due) await db.asSystem((system) => queueRequest(system, request));
}

/** Runs the parts of a request one after the other, each in a unit of work of its own, until one fails or waits. */
async function perform(db: Database, payload: Record<string, string | number>): Promise<void> {
  const requestId = String(payload.request);
  let fulfilling = payload.fulfilling === undefined ? undefined : Number(payload.fulfilling);
  for (;;) {
    const principal: Principal = { kind: 'job', membershipId: String(payload.membership), fulfilling };
    const doing: Doing = { requestId, fulfilling };
    try {
      const next = await withPatience(() => db.as(principal, (tx) => performNext(tx, doing)));
      if (!next.more) return;
      fulfilling = next.fulfilling ?? fulfilling;
    } catch (error) {
      await withPatience(() => fail(db, doing, error));
      return;
    }
  }
}

interface Doing {
  requestId: string;
  fulfilling: number | undefined;
  /** As far as is known. */
  part?: Part;
}

const mostTries = 5;

/** What met with the locks of somebody else's work has left nothing behind: it is done again, before anybody hears of it. */
async function withPatience<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal) || error.type !== 'busy' || tried === mostTries) throw error;
      await sleep(Math.random() * 50 * tried);
    }
  }
}

/** Of the moment, not of what was asked for: later the answer would be another one. */
const isPassing = ({ type, status }: Refusal) => type === 'busy' || status >= 500;

async function performNext(tx: Tx, doing: Doing): Promise<{ more: boolean; fulfilling?: number | undefined }> {
  const { requestId, fulfilling } = doing;
  // Whoever cancels or retries it meanwhile waits; and what they have done is seen here.
  await lockRequest(tx, requestId);
  const request = await findRequestById(tx, requestId);
  if (request?.phase !== 'fulfillment') return { more: false };
  // A job that is delivered again was queued before the tenant was made: look again, as who may write it.
  const prepared = request.fulfilling_owner ?? undefined;
  if (prepared !== undefined && prepared !== fulfilling) return { more: true, fulfilling: prepared };
  const task = await lockNextTask(tx, requestId);
  if (!task || task.state === 'running') return { more: false };
  const part = partOf(request, task.part);
  doing.part = part;
  // R5.8: the role may have lost meanwhile what the offering asks for (T-20).
  if (!mayRequest(tx.scope, request)) throw refusalOf('not-allowed');
  const outcome = await part.run(tx, contextOf(request, task.id)).catch((error) => {
    const refused = databaseRefusal(error);
    if (!(refused instanceof Refusal) || isPassing(refused)) throw error;
    // Somebody was faster: no later try can have seen what this request was made for.
    const overtaken = refused.type === 'version-stale';
    throw overtaken ? Object.assign(refused, { ends: true }) : error;
  });
  // Enabling multi-tenancy has given the request to the provider meanwhile: look again at whose it is.
  const after = (await findRequestById(tx, requestId)) as RequestRow;
  const result = { ...(after.result as Record<string, string>), ...outcome?.result };
  const made = outcome?.fulfilling ?? after.fulfilling_owner;
  await setRequest(tx, requestId, { result: JSON.stringify(result), fulfilling_owner: made, stuck: false });
  if (outcome?.waits) {
    await setRequest(tx, requestId, { turn: null });
    await setTask(tx, task.id, { state: 'running', error: null });
    tx.changed('requests', after.owner_id);
    return { more: false };
  }
  const more = await finish(tx, after, task.id, part);
  return { more, fulfilling: made ?? undefined };
}

/** @returns whether parts are left. */
async function finish(tx: Tx, request: RequestRow, taskId: string, part: Part): Promise<boolean> {
  await setTask(tx, taskId, { state: 'done', error: null, done_at: new Date() });
  await addRequestEntry(tx, request, 'part-done', tx.scope.displayName, part.label);
  const more = await isMoreToDo(tx, request.id);
  if (!more) await complete(tx, request);
  tx.changed('requests', request.owner_id);
  return more;
}

async function complete(tx: Tx, request: RequestRow): Promise<void> {
  await setRequest(tx, request.id, { phase: 'completed', completed_at: new Date(), stuck: false, turn: null });
  await addRequestEntry(tx, request, 'completed', tx.scope.displayName, null);
  await tx.record('request.completed', {
    kind: 'request',
    id: request.id,
    label: numberOf(request),
    owner: request.owner_id,
  });
}

/** The part's own unit of work left nothing behind; what went wrong is written in another, without the requester's rights. */
async function fail(db: Database, { requestId, part }: Doing, error: unknown): Promise<void> {
  const words = wordsOf(error, part?.onlyNow);
  await db.asSystem(async (system) => {
    // Enabling multi-tenancy may be giving it to the provider at this moment: whose it is, is read after that.
    await lockRequest(system, requestId);
    const task = await noteFailure(system, requestId, words);
    if (!task) return;
    const request = { id: requestId, owner_id: task.owner_id };
    // What fails again for the same reason is no news.
    if (task.before !== words.en) await addRequestEntry(system, request, 'part-failed', '', words);
    const ends = part?.onlyNow || (error instanceof Refusal && 'ends' in error);
    await setRequest(system, requestId, {
      ...(ends ? { phase: 'cancelled', completed_at: new Date() } : { stuck: true }),
      turn: null,
    });
    if (ends) {
      await addRequestEntry(system, request, 'cancelled', '', null);
      await system.record('request.cancelled', { kind: 'request', id: requestId, label: '', owner: task.owner_id });
    }
    system.changed('requests', task.owner_id);
  });
  if (!(error instanceof Refusal)) throw error;
}

function wordsOf(error: unknown, onlyNow = false): Text {
  if (error instanceof Refusal) return { en: error.title('en'), es: error.title('es') };
  if (onlyNow)
    return {
      en: 'Something went wrong on our side. Please request it again.',
      es: 'Algo ha fallado por nuestra parte. Solicítelo de nuevo.',
    };
  return {
    en: 'Something went wrong on our side. It will be tried again.',
    es: 'Algo ha fallado por nuestra parte. Se volverá a intentar.',
  };
}

export function partOf(request: { fulfillment: string }, name: string): Part {
  const part = fulfillmentOf(request.fulfillment).parts.find((one) => one.name === name);
  if (!part) throw new Error(`the fulfillment ${request.fulfillment} has no part ${name}`);
  return part;
}

function contextOf(request: RequestRow, taskId: string): PartContext {
  return {
    requestId: request.id,
    owner: request.owner_id,
    number: numberOf(request),
    taskId,
    submittedAt: request.submitted_at,
    fulfilling: request.fulfilling_owner,
    values: request.form_values as FormValues,
    result: request.result as Record<string, string>,
  };
}
