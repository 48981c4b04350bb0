import type { Tx } from '../../platform/units.ts';
import { mayWrite, namedOwner } from '../../tenancy/placement.ts';
import { findApprovals } from '../approvals/approvals.queries.ts';
import { isRequester } from '../approvals/approvals.ts';
import type { FormSchema, Text } from '../catalog.fields.ts';
import { partOf } from '../fulfillment/engine.ts';
import { findTasks } from '../fulfillment/tasks.queries.ts';
import { askedOf } from './asked.ts';
import type { RequestSummary, ServiceRequest } from './requests.api.ts';
import { findRequestEntries, findRequests, numberOf, type RequestRow } from './requests.queries.ts';
import { isCancellable, mayRetry, requestRow } from './requests.ts';

interface ListWanted {
  mine?: boolean | undefined;
  approvable?: boolean | undefined;
  phase?: string | undefined;
  tenant?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export async function listOfRequests(
  tx: Tx,
  wanted: ListWanted,
): Promise<{ items: RequestSummary[]; next: string | null }> {
  if (wanted.approvable && !tx.scope.functions.includes('request.approve')) return { items: [], next: null };
  const { rows, next } = await findRequests(tx, {
    mine: wanted.mine ?? false,
    phase: wanted.phase,
    owner: wanted.tenant === undefined ? undefined : await namedOwner(tx, wanted.tenant),
    decidableBy: wanted.approvable ? tx.scope.personId : undefined,
    cursor: wanted.cursor,
    limit: wanted.limit ?? 50,
  });
  return { items: rows.map((row) => summaryOf(tx, row)), next };
}

export async function requestOf(tx: Tx, number: string): Promise<ServiceRequest> {
  const row = await requestRow(tx, number);
  const tasks = await findTasks(tx, row.id);
  const approvals = await findApprovals(tx, row.id);
  const entries = await findRequestEntries(tx, row.id);
  const values = nameless(tx, row.form_values as Record<string, unknown>);
  return {
    ...summaryOf(tx, row),
    values,
    asked: await askedOf(tx, row.form as FormSchema, values),
    changes: row.changes as ServiceRequest['changes'],
    tasks: tasks.map((task) => taskOf(row, task)),
    approvals: approvals.map(({ by, decision, comment, at }) => ({
      by,
      decision: decision as 'approved',
      comment,
      at: at.toISOString(),
    })),
    approvalsNeeded: row.approvals_needed,
    history: entries.map((entry) => ({
      at: entry.at.toISOString(),
      by: entry.by_name,
      kind: entry.kind as 'created',
      note: entry.note as Text | null,
    })),
    result: row.result as Record<string, string>,
    can: await actionsOf(tx, row, tasks, approvals),
  };
}

/** What names a tenant in what was asked for is not shown where tenants are not to be named (R1.3). */
function nameless(tx: Tx, values: Record<string, unknown>): Record<string, unknown> {
  if (tx.scope.tenancy !== 'off') return values;
  return Object.fromEntries(Object.entries(values).filter(([field]) => !namingFields.has(field)));
}
const namingFields = new Set(['tenant', 'readTenant', 'writeTenant', 'providerName', 'confirmation', 'assignment']);

/** What the request offers to whoever looks at it: the same rules as the operations' own. */
async function actionsOf(
  tx: Tx,
  row: RequestRow,
  tasks: { state: string }[],
  approvals: { own: boolean }[],
): Promise<ServiceRequest['can']> {
  const own = row.requester_id === tx.scope.contactId;
  const approver =
    row.phase === 'approval' && tx.scope.functions.includes('request.approve') && mayWrite(tx.scope, row.owner_id);
  return {
    edit: own && row.phase === 'draft',
    submit: own && row.phase === 'draft',
    // Whoever has decided has decided: four eyes are two people.
    approve: approver && !approvals.some(({ own }) => own) && !(await isRequester(tx, row)),
    cancel: own && isCancellable(row, tasks),
    retry: tasks.some((task) => task.state === 'failed') && row.phase === 'fulfillment' && mayRetry(tx, row),
  };
}

function taskOf(row: RequestRow, task: Awaited<ReturnType<typeof findTasks>>[number]): ServiceRequest['tasks'][number] {
  const { product, label } = partOf(row, task.part);
  const error = task.state === 'failed' ? (task.error as Text | null) : null;
  return {
    id: task.id,
    product,
    part: label,
    state: task.state as 'done',
    attempts: task.attempts,
    error,
    doneAt: task.done_at?.toISOString() ?? null,
  };
}

function summaryOf(tx: Tx, row: RequestRow): RequestSummary {
  const named = tx.scope.tenancy !== 'off' && row.tenant_name != null && row.tenant_slug != null;
  return {
    id: row.id,
    number: numberOf(row),
    version: row.version,
    offering: { key: row.offering_key, name: row.offering_name as Text, icon: row.icon },
    about: row.about,
    tenant: named ? { name: row.tenant_name as string, slug: row.tenant_slug as string } : null,
    requester: row.requester ?? '',
    phase: row.phase as RequestSummary['phase'],
    stuck: row.stuck,
    createdAt: row.created_at.toISOString(),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    completedAt: row.completed_at?.toISOString() ?? null,
  };
}
