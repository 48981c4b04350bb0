import type { Database } from '../../platform/database.ts';
import type { Origin, SystemTx } from '../../platform/units.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { setPasswordHash } from '../passwords.queries.ts';
import { hashPassword, refuseWeakPassword } from '../passwords.ts';
import { makeSecret, secretHash } from '../secrets.ts';
import { findSolution } from '../sessions/me.queries.ts';
import { startSession } from '../sessions/sign-in.ts';
import { addressBucket, countAttempt, refuseTooMany } from '../sessions/throttle.queries.ts';
import { refuseUnknownTimeZone } from '../time-zones.ts';
import { refuseWrongUserName } from '../user-names.ts';
import {
  administratorExists,
  insertAdministrator,
  lockFirstRun,
  type NewAdministrator,
} from './administrators.queries.ts';
import { deleteFirstRunLinks, firstRunLinkStands, insertFirstRunLink } from './first-run.queries.ts';

/**
 * Every start prints a new one-time address (1 h) until there is an administrator.
 * @returns what goes behind `/first-run#`, or null when an administrator exists.
 */
export async function makeFirstRunLink(db: Database): Promise<string | null> {
  return db.asSystem(async (system) => {
    if (await administratorExists(system)) return null;
    const { secret, hash } = makeSecret();
    await insertFirstRunLink(system, hash);
    return secret;
  });
}

/** @throws Refusal `first-run.over` once there is an administrator, else `link-not-usable`: absent and expired are one. */
export async function lookAtFirstRunLink(
  db: Database,
  token: string,
  origin: Origin,
): Promise<{ productName: string }> {
  refuseTooMany(await db.asSystem((system) => countAttempt(system, addressBucket('link', origin.address)), origin));
  return db.asSystem(async (system) => {
    await refuseUnusable(system, token);
    return { productName: (await findSolution(system)).product_name };
  }, origin);
}

export interface FirstAdministrator extends NewAdministrator {
  token: string;
  password: string;
  userAgent: string;
}

/** Creates the first administrator and signs them in; of two people who hold an address, one wins. */
export async function useFirstRunLink(db: Database, wanted: FirstAdministrator, origin: Origin): Promise<string> {
  await lookAtFirstRunLink(db, wanted.token, origin);
  const hash = await hashOfNew(wanted);
  return db.asSystem(async (system) => {
    await lockFirstRun(system);
    await refuseUnusable(system, wanted.token);
    const person = await createAdministrator(system, wanted, hash);
    return startSession(system, person, wanted.userAgent);
  }, origin);
}

/** `ADMIN_USER` and `ADMIN_PASSWORD`; nothing happens when an administrator exists. @returns whether one was created. */
export async function createAdministratorUnattended(
  db: Database,
  userName: string,
  password: string,
): Promise<boolean> {
  const wanted = { userName, displayName: userName, password };
  if (await db.asSystem(administratorExists)) return false;
  const hash = await hashOfNew(wanted);
  return db.asSystem(async (system) => {
    await lockFirstRun(system);
    if (await administratorExists(system)) return false;
    await createAdministrator(system, wanted, hash);
    return true;
  });
}

async function hashOfNew(wanted: NewAdministrator & { password: string }): Promise<string> {
  refuseWrongUserName(wanted.userName);
  if (wanted.timeZone) refuseUnknownTimeZone(wanted.timeZone);
  refuseWeakPassword(wanted.password, wanted.userName);
  return hashPassword(wanted.password);
}

async function createAdministrator(system: SystemTx, wanted: NewAdministrator, hash: string) {
  const person = await insertAdministrator(system, wanted);
  await setPasswordHash(system, person, hash);
  await deleteFirstRunLinks(system);
  const subject = { kind: 'person', id: person.personId, label: person.userName, owner: person.ownerId };
  await system.record('person.first-administrator-created', subject);
  return person;
}

async function refuseUnusable(system: SystemTx, token: string): Promise<void> {
  // Whatever the address is: that there is an administrator is no secret, and tells everybody where to go on.
  if (await administratorExists(system)) refuseIdentity('first-run.over');
  if (!(await firstRunLinkStands(system, secretHash(token)))) refuseIdentity('link-not-usable');
}
