import type { Tx } from '../../platform/units.ts';
import { namedOwner } from '../../tenancy/placement.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import type { RoleRow } from './roles.queries.ts';
import { findGroup } from './roles.queries.ts';

/** A reach with what it names: a tenant by its slug, a group by its id. */
export interface ReachWanted {
  reach: string;
  tenant?: string | undefined;
  group?: string | undefined;
}

export interface ReachColumns {
  reach: string;
  tenantOwnerId: number | null;
  groupOwnerId: number | null;
  groupId: string | null;
}

/** @throws Refusal unless exactly the reaches of a named tenant or group name one, and one that the caller may see. */
export async function reachColumns(tx: Tx, wanted: ReachWanted): Promise<ReachColumns> {
  const { reach, tenant, group } = wanted;
  if ((reach === 'tenant') !== (tenant !== undefined) || (reach === 'group') !== (group !== undefined))
    refuseIdentity('role.reach-incomplete');
  const found =
    group === undefined ? undefined : ((await findGroup(tx, group)) ?? refuseIdentity('role.reach-incomplete'));
  return {
    reach,
    tenantOwnerId: tenant === undefined ? null : await namedOwner(tx, tenant),
    groupOwnerId: found?.owner_id ?? null,
    groupId: group ?? null,
  };
}

/** What a role has now, for the side that a change leaves alone. */
export function presentReach(role: RoleRow, side: 'read' | 'write'): ReachColumns {
  const groupId = side === 'read' ? role.readGroupId : role.writeGroupId;
  return {
    reach: side === 'read' ? role.readReach : role.writeReach,
    tenantOwnerId: side === 'read' ? role.readTenantOwnerId : role.writeTenantOwnerId,
    // User-defined and system groups are all the provider's.
    groupOwnerId: groupId === null ? null : 3,
    groupId,
  };
}

export function reachesAsColumns(read: ReachColumns, write: ReachColumns) {
  return {
    read_reach: read.reach,
    read_tenant_owner_id: read.tenantOwnerId,
    read_group_owner_id: read.groupOwnerId,
    read_group_id: read.groupId,
    write_reach: write.reach,
    write_tenant_owner_id: write.tenantOwnerId,
    write_group_owner_id: write.groupOwnerId,
    write_group_id: write.groupId,
  };
}
