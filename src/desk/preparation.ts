import { foldName } from '../platform/fold.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/units.ts';
import { insertChoice } from './choices/choices.queries.ts';
import { findDefaultGroup } from './tickets/tickets.queries.ts';

const queueNames = { en: 'Service desk', es: 'Mesa de servicio' };

/**
 * The desk's part of a new tenant (R4.4): its series of numbers, and the queue that receives its tickets when nobody says
 * another. Done twice, it changes nothing.
 */
export async function prepareDesk(tx: Tx, owner: number): Promise<void> {
  await tx.q
    .insertInto('tenancy.series')
    .values({ owner_id: owner, id: newId(), name: 'ticket' })
    .onConflict((conflict) => conflict.constraint('series_taken').doNothing())
    .execute();
  if (await findDefaultGroup(tx, owner)) return;
  const id = newId();
  const name = queueNames[tx.scope.language];
  await insertChoice(tx, 'identity.assignment_groups', owner, id, { name, name_key: foldName(name), description: '' });
  await tx.q
    .insertInto('desk.default_groups')
    .values({ owner_id: owner, id: newId(), group_owner_id: owner, group_id: id })
    .execute();
  await tx.record('assignment-group.added', { kind: 'assignment-group', id, label: name, owner }, { default: true });
}
