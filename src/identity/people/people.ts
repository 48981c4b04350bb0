import type { Static } from 'typebox';
import type { Subject } from '../../platform/audit.ts';
import { foldName } from '../../platform/fold.ts';
import { nameColumns } from '../../platform/names.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { mayWrite, namedOwner, ownerForNew } from '../../tenancy/placement.ts';
import { usualPage } from '../by-name.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { insertMembership } from '../roles/grants.queries.ts';
import { grantableRole } from '../roles/grants.ts';
import { refuseUnknownTimeZone } from '../time-zones.ts';
import { refuseWrongUserName } from '../user-names.ts';
import { insertPerson } from './changes.queries.ts';
import type { NewPerson, Person } from './people.api.ts';
import { isHome, isWithin, personActions } from './people.policy.ts';
import { findContact, findHeldRoles, findPeople, type HeldRole, type PersonRow } from './people.queries.ts';

export interface PeopleWanted {
  search?: string | undefined;
  tenant?: string | undefined;
  status?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export async function listOfPeople(tx: Tx, wanted: PeopleWanted): Promise<{ items: Person[]; next: string | null }> {
  const { rows, next } = await findPeople(tx, {
    search: wanted.search && foldName(wanted.search),
    owner: wanted.tenant === undefined ? undefined : await namedOwner(tx, wanted.tenant),
    status: wanted.status,
    cursor: wanted.cursor,
    limit: wanted.limit ?? usualPage,
  });
  const held = await findHeldRoles(tx, rows);
  return { items: rows.map((row) => shown(tx, row, held)), next };
}

/** A person as one tenant knows them: `id` is the contact's. @throws Refusal `not-found`. */
export async function personOf(tx: Tx, id: string): Promise<Person> {
  const { row, held } = await knownPerson(tx, id);
  return shown(tx, row, held);
}

/** Adds somebody whose home is that tenant, under a first role (R5.5). They get in by a one-time link, made apart (R4.7). */
export async function addPerson(tx: Tx, wanted: Static<typeof NewPerson>): Promise<Person> {
  const owner = await ownerForNew(tx, wanted.tenant);
  refuseWrongUserName(wanted.userName);
  if (wanted.timeZone) refuseUnknownTimeZone(wanted.timeZone);
  const role = await grantableRole(tx, wanted.roleId, owner);
  const contactId = await insertPerson(tx, {
    ownerId: owner,
    userName: wanted.userName,
    displayName: nameColumns(wanted.displayName, 'displayName').name,
    email: wanted.email ?? '',
    language: wanted.language ?? tx.scope.language,
    timeZone: wanted.timeZone ?? tx.scope.timeZone,
  });
  await insertMembership(tx, { ownerId: owner, contactId, role });
  await tx.record(
    'person.added',
    { kind: 'person', id: contactId, label: wanted.displayName, owner },
    { userName: wanted.userName, role: role.name },
  );
  tx.changed('people', owner);
  return personOf(tx, contactId);
}

export async function knownPerson(tx: Tx, id: string): Promise<{ row: PersonRow; held: HeldRole[] }> {
  const row = (await findContact(tx, id)) ?? refuse('not-found');
  return { row, held: await findHeldRoles(tx, [row]) };
}

/** @throws Refusal unless profile and sign-in of this person are the caller's to manage. */
export async function managedPerson(tx: Tx, id: string): Promise<PersonRow> {
  const { row, held } = await knownPerson(tx, id);
  if (!isHome(row)) refuseIdentity('person.managed-elsewhere');
  if (!mayWrite(tx.scope, row.ownerId)) refuse('read-only');
  if (!isWithin(held)) refuseIdentity('person.greater-than-you');
  return row;
}

export function personSubject(row: PersonRow): Subject {
  return { kind: 'person', id: row.id, label: row.displayName, owner: row.ownerId };
}

/** Whoever reads few tenants cannot know whether there are others; with the slug it is right in any case. */
export function signInNameOf({ scope }: Tx, row: PersonRow, userName: string): string {
  return scope.tenancy === 'on' && row.severalTenants && row.tenantSlug !== null
    ? `${userName}@${row.tenantSlug}`
    : userName;
}

function shown(tx: Tx, row: PersonRow, allHeld: readonly HeldRole[]): Person {
  const held = allHeld.filter((role) => role.contactId === row.id);
  const can = personActions(tx.scope, row, held);
  return {
    id: row.id,
    version: row.version,
    tenant: row.tenantName !== null && row.tenantSlug !== null ? { name: row.tenantName, slug: row.tenantSlug } : null,
    displayName: row.displayName,
    workAddress: row.workAddress,
    status: row.status,
    profile:
      row.userName === null
        ? null
        : {
            userName: row.userName,
            signInName: signInNameOf(tx, row, row.userName),
            email: row.email ?? '',
            language: row.language ?? 'en',
            timeZone: row.timeZone ?? 'UTC',
          },
    memberships: held.map((role) => ({
      id: role.id,
      role: { id: role.roleId, name: role.roleName, stock: role.stock },
      can: { end: role.within && mayWrite(tx.scope, row.ownerId) },
    })),
    can,
  };
}
