import type { Scope } from '../../platform/scope.ts';
import { mayWrite } from '../../tenancy/placement.ts';
import type { Role } from './roles.api.ts';
import type { RoleRow } from './roles.queries.ts';

/** R5.5: public roles can be granted, not edited, by tenants; nobody edits one that allows more than they may. */
export function roleActions(scope: Scope, role: RoleRow): Role['can'] {
  const within = role.excess.length === 0;
  const edits =
    scope.functions.includes('role.administer') && mayWrite(scope, role.ownerId) && within && role.stock === null;
  const active = role.status === 'active';
  return {
    update: edits,
    deactivate: edits && active,
    reactivate: edits && !active,
    grant: scope.functions.includes('person.administer') && active && role.grantable,
  };
}
