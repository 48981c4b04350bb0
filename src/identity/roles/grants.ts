import { foldName } from '../../platform/fold.ts';
import type { Tx } from '../../platform/units.ts';
import { ownerForNew } from '../../tenancy/placement.ts';
import { usualPage } from '../by-name.ts';
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

export async function listOfGrantableRoles(
  tx: Tx,
  wanted: {
    tenant?: string | undefined;
    search?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
  },
) {
  const { rows, next } = await findGrantableRoles(tx, await ownerForNew(tx, wanted.tenant), {
    search: wanted.search && foldName(wanted.search),
    cursor: wanted.cursor,
    limit: wanted.limit ?? usualPage,
  });
  return { items: rows.map(({ id, name, stock, description }) => ({ id, name, stock, description })), next };
}
