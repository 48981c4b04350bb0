import type { Static } from 'typebox';
import type { Subject } from '../../platform/audit.ts';
import { foldName } from '../../platform/fold.ts';
import { nameColumns } from '../../platform/names.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { publicOwner } from '../../tenancy/owners.ts';
import { mayWrite, namedOwner, ownerForNew } from '../../tenancy/placement.ts';
import { usualPage } from '../by-name.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { presentReach, reachColumns, reachesAsColumns } from './reaches.ts';
import type { NewRole, Role, RoleChanges } from './roles.api.ts';
import { roleActions } from './roles.policy.ts';
import { findRole, findRoles, insertRole, type RoleColumns, type RoleRow, setRole } from './roles.queries.ts';

export interface RolesWanted {
  search?: string | undefined;
  tenant?: string | undefined;
  status?: string | undefined;
  public?: 'include' | 'exclude' | 'only' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export async function listOfRoles(tx: Tx, wanted: RolesWanted): Promise<{ items: Role[]; next: string | null }> {
  const { rows, next } = await findRoles(tx, {
    search: wanted.search && foldName(wanted.search),
    owner: wanted.tenant === undefined ? undefined : await namedOwner(tx, wanted.tenant),
    status: wanted.status,
    public: wanted.public ?? 'include',
    cursor: wanted.cursor,
    limit: wanted.limit ?? usualPage,
  });
  return { items: rows.map((row) => shown(tx, row)), next };
}

export async function roleOf(tx: Tx, id: string): Promise<Role> {
  return shown(tx, (await findRole(tx, id)) ?? refuse('not-found'));
}

/** R5.2, R5.5: @throws Refusal for a role that writes where it does not read, or allows more than its maker may. */
export async function addRole(tx: Tx, wanted: Static<typeof NewRole>): Promise<Role> {
  const owner = wanted.public ? publicOwner : await ownerForNew(tx, wanted.tenant);
  if (!mayWrite(tx.scope, owner)) refuse('read-only');
  const read = await reachColumns(tx, { reach: wanted.readReach, tenant: wanted.readTenant, group: wanted.readGroup });
  const write = await reachColumns(tx, {
    reach: wanted.writeReach ?? 'same',
    tenant: wanted.writeTenant,
    group: wanted.writeGroup,
  });
  const id = await insertRole(tx, owner, {
    ...nameColumns(wanted.name),
    description: wanted.description ?? '',
    functions: wanted.functions ?? [],
    scope_ticket: wanted.scopeTicket ?? 'all',
    scope_request: wanted.scopeRequest ?? 'all',
    ...reachesAsColumns(read, write),
  });
  await tx.record('role.added', { kind: 'role', id, label: wanted.name, owner }, recorded(wanted));
  tx.changed('roles', owner);
  return roleOf(tx, id);
}

/** R5.8: whoever holds the role is affected from their next request on. */
export async function updateRole(
  tx: Tx,
  id: string,
  version: number,
  changes: Static<typeof RoleChanges>,
): Promise<Role> {
  const role = await editableRole(tx, id);
  const read =
    changes.readReach === undefined
      ? presentReach(role, 'read')
      : await reachColumns(tx, { reach: changes.readReach, tenant: changes.readTenant, group: changes.readGroup });
  const write =
    changes.writeReach === undefined
      ? presentReach(role, 'write')
      : await reachColumns(tx, { reach: changes.writeReach, tenant: changes.writeTenant, group: changes.writeGroup });
  await saveRole(tx, role, version, {
    ...nameColumns(changes.name ?? role.name),
    description: changes.description ?? role.description,
    functions: changes.functions ?? role.functions,
    scope_ticket: changes.scopeTicket ?? role.scopeTicket,
    scope_request: changes.scopeRequest ?? role.scopeRequest,
    ...reachesAsColumns(read, write),
  });
  await tx.record('role.updated', roleSubject(role), recorded(changes));
  return roleOf(tx, id);
}

export async function deactivateRole(tx: Tx, id: string, version: number): Promise<Role> {
  const role = await editableRole(tx, id);
  await saveRole(tx, role, version, { status: 'inactive' });
  await tx.record('role.deactivated', roleSubject(role));
  return roleOf(tx, id);
}

export async function reactivateRole(tx: Tx, id: string, version: number): Promise<Role> {
  const role = await editableRole(tx, id);
  await saveRole(tx, role, version, { status: 'active' });
  await tx.record('role.reactivated', roleSubject(role));
  return roleOf(tx, id);
}

async function editableRole(tx: Tx, id: string): Promise<RoleRow> {
  const role = (await findRole(tx, id)) ?? refuse('not-found');
  if (!mayWrite(tx.scope, role.ownerId)) refuse('read-only');
  if (role.stock !== null) refuseIdentity('role.stock-fixed');
  if (role.excess.length) refuseIdentity('role.wider-than-yours', { lacking: role.excess });
  return role;
}

async function saveRole(tx: Tx, role: RoleRow, version: number, columns: Partial<RoleColumns>): Promise<void> {
  if (!(await setRole(tx, role, version, columns))) refuse('version-stale');
  tx.changed('roles', role.ownerId);
}

function roleSubject(role: RoleRow): Subject {
  return { kind: 'role', id: role.id, label: role.name, owner: role.ownerId };
}

/** For the audit: what was asked for; the tenants are named there by the entry's own owner. */
function recorded(wanted: Record<string, unknown>): Record<string, unknown> {
  const { tenant: _tenant, ...rest } = wanted;
  return rest;
}

function shown(tx: Tx, row: RoleRow): Role {
  const {
    ownerId,
    nameKey: _n,
    excess: _e,
    grantable: _g,
    readTenantOwnerId: _r,
    readGroupId: _rg,
    writeTenantOwnerId: _w,
    writeGroupId: _wg,
    ...rest
  } = row;
  return { ...rest, public: ownerId === publicOwner, can: roleActions(tx.scope, row) };
}
