import type { Tx } from '../../platform/database.ts';
import { ownerForNew } from '../../tenancy/placement.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { findGrantableRoles, findRoleFor, type GrantedRole } from './grants.queries.ts';

/**
 * The role that is to be given to somebody of tenant `holder`; @throws Refusal. The database refuses the same (R5.5);
 * this says what is lacking.
 */
export async function grantableRole(tx: Tx, roleId: string, holder: number): Promise<GrantedRole> {
  const role = (await findRoleFor(tx, roleId, holder)) ?? refuseIdentity('role.unknown');
  if (role.status !== 'active') refuseIdentity('role.inactive');
  if (role.excess.length) refuseIdentity('role.wider-than-yours', { lacking: role.excess });
  return role;
}

export async function listOfGrantableRoles(tx: Tx, tenant: string | undefined) {
  const roles = await findGrantableRoles(tx, await ownerForNew(tx, tenant));
  return { items: roles.map(({ id, name, stock, description }) => ({ id, name, stock, description })), next: null };
}
