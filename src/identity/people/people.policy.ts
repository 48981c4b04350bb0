import type { Scope } from '../../platform/scope.ts';
import { mayWrite } from '../../tenancy/placement.ts';
import type { Person } from './people.api.ts';
import type { HeldRole, PersonRow } from './people.queries.ts';

/** R5.10: profile, password and status are the home tenant's alone. */
export function isHome(person: Pick<PersonRow, 'ownerId' | 'personOwnerId'>): boolean {
  return person.ownerId === person.personOwnerId;
}

/** Whoever manages the sign-in of somebody can become them: nobody does so for a person who may do more (R5.5, T-26). */
export function isWithin(roles: readonly HeldRole[]): boolean {
  return roles.every((role) => role.within);
}

export function personActions(scope: Scope, person: PersonRow, roles: readonly HeldRole[]): Person['can'] {
  const administers = scope.functions.includes('person.administer') && mayWrite(scope, person.ownerId);
  const manages = administers && isHome(person) && isWithin(roles);
  const active = person.status === 'active';
  return {
    update: manages,
    deactivate: manages && active,
    reactivate: manages && !active,
    grant: administers && active,
    makeLink: manages && active,
  };
}
