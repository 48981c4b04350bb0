import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { mayWrite } from '../../tenancy/placement.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { insertMembership } from '../roles/grants.queries.ts';
import { grantableRole } from '../roles/grants.ts';
import { setMembershipEnded } from './changes.queries.ts';
import type { Person } from './people.api.ts';
import { findMembership } from './people.queries.ts';
import { knownPerson, personOf } from './people.ts';

/** R5.5: gives a person a role in the tenant that knows them so; @throws Refusal when it allows more than the caller may. */
export async function grantRole(tx: Tx, contactId: string, roleId: string): Promise<Person> {
  const { row } = await knownPerson(tx, contactId);
  if (!mayWrite(tx.scope, row.ownerId)) refuse('read-only');
  if (row.status !== 'active') refuseIdentity('person.inactive');
  const role = await grantableRole(tx, roleId, row.ownerId);
  const id = await insertMembership(tx, { ownerId: row.ownerId, contactId, role });
  await tx.record(
    'membership.granted',
    { kind: 'membership', id, label: row.displayName, owner: row.ownerId },
    { role: role.name },
  );
  tx.changed('people', row.ownerId);
  return personOf(tx, contactId);
}

/** Whose membership it is, and with which role; nothing where the caller cannot see it or it has ended. */
export async function heldRole(tx: Tx, id: string): Promise<{ contactId: string; roleId: string } | undefined> {
  return findMembership(tx, id);
}

/** R5.8: from their next request on. The tokens bound to the membership are gone with it. */
export async function endMembership(tx: Tx, id: string): Promise<void> {
  const held = (await findMembership(tx, id)) ?? refuse('not-found');
  if (!mayWrite(tx.scope, held.ownerId)) refuse('read-only');
  if (!held.within) refuseIdentity('role.wider-than-yours');
  const { row } = await knownPerson(tx, held.contactId);
  await setMembershipEnded(tx, held);
  await tx.record(
    'membership.ended',
    { kind: 'membership', id, label: row.displayName, owner: held.ownerId },
    { role: held.roleName },
  );
  tx.changed('people', held.ownerId);
}
