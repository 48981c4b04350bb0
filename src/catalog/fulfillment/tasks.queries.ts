import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';
import type { Text } from '../catalog.fields.ts';

export async function insertTasks(
  tx: Tx,
  request: { id: string; owner_id: number },
  parts: string[],
): Promise<{ id: string }[]> {
  const rows = parts.map((part, position) => ({
    owner_id: request.owner_id,
    id: newId(),
    request_id: request.id,
    position,
    part,
  }));
  await tx.q.insertInto('catalog.tasks').values(rows).execute();
  return rows;
}

export async function findTasks(tx: Pick<Tx, 'q'>, request: string) {
  return tx.q.selectFrom('catalog.tasks').selectAll().where('request_id', '=', request).orderBy('position').execute();
}

/** The first part that is not done, unless another process is at it. */
export async function lockNextTask(tx: Tx, request: string) {
  const next = await tx.q
    .selectFrom('catalog.tasks')
    .select('id')
    .where('request_id', '=', request)
    .where('state', '<>', 'done')
    .orderBy('position')
    .limit(1)
    .executeTakeFirst();
  if (!next) return undefined;
  return tx.q
    .selectFrom('catalog.tasks')
    .selectAll()
    .where('id', '=', next.id)
    .where('state', '<>', 'done')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

export async function setTask(tx: Pick<Tx, 'q'>, id: string, changes: Record<string, unknown>): Promise<void> {
  await tx.q.updateTable('catalog.tasks').set(changes).where('id', '=', id).execute();
}

/** After so many tries it waits for somebody: about two days. */
const mostAttempts = 50;

/**
 * Written apart from the unit of work that failed, which left nothing behind. Tries again later, each time later still.
 * @returns undefined where there is nothing to fail any more: the request has ended meanwhile.
 */
export async function noteFailure(system: SystemTx, request: string, error: Text) {
  const task = await system.q
    .selectFrom('catalog.tasks as t')
    .innerJoin('catalog.requests as r', (join) =>
      join.onRef('r.owner_id', '=', 't.owner_id').onRef('r.id', '=', 't.request_id'),
    )
    .select(['t.id', 't.owner_id', 't.attempts', sql<string | null>`t.error ->> 'en'`.as('before')])
    .where('t.request_id', '=', request)
    .where('t.state', '<>', 'done')
    .where('r.phase', '=', 'fulfillment')
    .orderBy('t.position')
    .limit(1)
    .executeTakeFirst();
  if (!task) return undefined;
  const attempts = task.attempts + 1;
  const pause = sql<Date>`now() + least(interval '1 hour', interval '1 minute' * power(2, ${Math.min(task.attempts, 10)}::int))`;
  await system.q
    .updateTable('catalog.tasks')
    .set({
      state: 'failed',
      attempts,
      error: JSON.stringify(error),
      next_attempt_at: attempts >= mostAttempts ? null : pause,
    })
    .where('id', '=', task.id)
    .execute();
  return task;
}

export async function isMoreToDo(tx: Tx, request: string): Promise<boolean> {
  const row = await tx.q
    .selectFrom('catalog.tasks')
    .select('id')
    .where('request_id', '=', request)
    .where('state', '<>', 'done')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

interface QueuedOf {
  /** How many of the tenant's requests wait to be fulfilled. */
  queued: number;
  /** 0: any number. */
  most: number;
  /** Of its next one. */
  turn: number;
}

export async function findQueued(tx: Pick<Tx, 'q'>, owner: number): Promise<QueuedOf> {
  const { rows } = await sql<QueuedOf>`select queued, most, turn from catalog.queued_of(${owner})`.execute(tx.q);
  return rows[0] as QueuedOf;
}

/**
 * Requests with something to do that no queue may know of any more: after a crash, and when a failed part is due; by their
 * turns, which those that had failed take anew.
 */
export async function findDueRequests(system: SystemTx) {
  return system.q
    .selectFrom('catalog.requests as r')
    .select(['r.id', 'r.membership_id', 'r.fulfilling_owner'])
    .select(
      sql<number>`coalesce(r.turn, (select coalesce(min(x.turn), 0) from catalog.requests x where x.turn is not null)
        + (row_number() over (partition by r.owner_id, r.turn order by r.submitted_at, r.id))::int)`.as('turn'),
    )
    .where('r.phase', '=', 'fulfillment')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('catalog.tasks as t')
          .select('t.id')
          .whereRef('t.request_id', '=', 'r.id')
          .where((eb) =>
            eb.or([
              eb('t.state', '=', 'waiting'),
              eb.and([eb('t.state', '=', 'failed'), eb('t.next_attempt_at', '<=', sql<Date>`now()`)]),
            ]),
          ),
      ),
    )
    .orderBy('turn')
    .limit(500)
    .execute();
}
