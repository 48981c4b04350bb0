import type { Tx } from '../../platform/units.ts';
import { mayWrite, namedOwner, ownerForNew } from '../../tenancy/placement.ts';
import { refuseDesk } from '../desk.refusals.ts';
import { refuseOutsideTheLine, targetOf } from '../references.ts';
import type { Queue } from './queues.api.ts';
import { findQueue, isDefaultGroup, setDefaultGroup } from './queues.queries.ts';

export async function queueOf(tx: Tx, tenant: string | undefined): Promise<Queue> {
  return shown(tx, tenant === undefined ? tx.scope.ownerId : await namedOwner(tx, tenant));
}

/** Any active group that a ticket of the tenant can have: its own, a public one, one from above, or the provider's (R6.3). */
export async function chooseQueue(tx: Tx, wanted: { tenant?: string | undefined; group: string }): Promise<Queue> {
  const owner = await ownerForNew(tx, wanted.tenant);
  const group = await targetOf(tx, 'group', wanted.group, 'group');
  await refuseOutsideTheLine(tx, owner, { group });
  await setDefaultGroup(tx, owner, group);
  await tx.record('default-queue.chosen', { kind: 'assignment-group', id: group.id, label: group.name, owner });
  return shown(tx, owner);
}

/** A queue that nobody can choose any more must not go on receiving. @throws Refusal `queue.is-default`. */
export async function refuseDefaultQueue(tx: Tx, group: string): Promise<void> {
  if (await isDefaultGroup(tx, group)) refuseDesk('queue.is-default');
}

async function shown(tx: Tx, owner: number): Promise<Queue> {
  const row = await findQueue(tx, owner);
  const named = tx.scope.tenancy !== 'off' && row.tenantName !== null && row.tenantSlug !== null;
  return {
    tenant: named ? { name: row.tenantName as string, slug: row.tenantSlug as string } : null,
    group: row.groupId === null ? null : { id: row.groupId, name: row.groupName ?? '' },
    can: { update: tx.scope.functions.includes('person.administer') && mayWrite(tx.scope, owner) },
  };
}
