import { foldName } from '../../platform/fold.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../../tenancy/owners.ts';
import { insertMembership } from '../roles/grants.queries.ts';
import { grantableRole } from '../roles/grants.ts';
import { insertPerson } from './changes.queries.ts';
import * as queries from './joining.queries.ts';

export interface Joining {
  owner: number;
  displayName: string;
  /** Of the stock role that they get. */
  role: string;
  /** The contact by which another tenant knows the same person (R5.6). */
  knownAs?: string | undefined;
}

/**
 * Somebody whom an import names: a person of the tenant with a user name made of the name and without a password, or one
 * membership more of a person of another tenant. @returns the contact's id.
 */
export async function joinTenant(tx: Tx, { owner, displayName, role, knownAs }: Joining): Promise<string> {
  const person = knownAs && (await sharedPerson(tx, knownAs, displayName));
  const contactId = person
    ? await queries.insertContactOf(tx, owner, person, displayName)
    : await newcomer(tx, owner, displayName);
  const granted = await grantableRole(tx, await queries.findStockRole(tx, role), owner);
  await insertMembership(tx, { ownerId: owner, contactId, role: granted });
  await tx.record('person.added', { kind: 'person', id: contactId, label: displayName, owner }, { role: granted.name });
  return contactId;
}

/**
 * Whoever is of several tenants without having accepted it has the provider as home: a home tenant could sign in for them,
 * and so see what is another's (R5.10, T-23). Nobody where the home tenant signs in for them already.
 */
async function sharedPerson(tx: Tx, contactId: string, displayName: string) {
  const person = await queries.findPersonOf(tx, contactId);
  if (person.person_owner_id === providerOwner) return person;
  const userName = await freeUserName(tx, providerOwner, displayName);
  const moved = await queries.makeProviderHome(tx, person, userName);
  return moved ? { ...person, person_owner_id: providerOwner } : undefined;
}

async function newcomer(tx: Tx, ownerId: number, displayName: string): Promise<string> {
  const userName = await freeUserName(tx, ownerId, displayName);
  const { language, timeZone } = tx.scope;
  return insertPerson(tx, { ownerId, userName, displayName, email: '', language, timeZone });
}

async function freeUserName(tx: Tx, ownerId: number, displayName: string): Promise<string> {
  const base =
    foldName(displayName)
      .replace(/[^\p{L}\p{N}]+/gu, '.')
      .replace(/^\.|\.$/g, '') || 'person';
  let userName = base;
  for (let number = 2; await queries.isUserNameTaken(tx, ownerId, userName); number++) userName = `${base}.${number}`;
  return userName;
}
