import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';
import type { HeldRole, PersonRow } from './people.queries.ts';

export interface ContactColumns {
  display_name?: string;
  name_key?: string;
  work_address?: string;
  status?: 'active' | 'inactive';
}

/** @returns whether it still had that version. */
export async function setContact(tx: Tx, row: PersonRow, version: number, columns: ContactColumns): Promise<boolean> {
  const changed = await tx.q
    .updateTable('identity.contacts')
    .set({ ...columns, version: version + 1 })
    .where('owner_id', '=', row.ownerId)
    .where('id', '=', row.id)
    .where('version', '=', version)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

export async function setPerson(tx: Tx, row: PersonRow, columns: Record<string, string>): Promise<void> {
  if (!Object.keys(columns).length) return;
  await tx.q
    .updateTable('identity.people')
    .set((person) => ({ ...columns, version: person('version', '+', 1) }))
    .where('owner_id', '=', row.personOwnerId)
    .where('id', '=', row.personId)
    .execute();
}

/** The sessions of a person, and the one-time links that are still open. */
export async function deleteSignIns(tx: Tx, row: PersonRow): Promise<void> {
  for (const table of ['identity.sessions', 'identity.links'] as const) {
    await tx.q
      .deleteFrom(table)
      .where('owner_id', '=', row.personOwnerId)
      .where('person_id', '=', row.personId)
      .execute();
  }
}

export interface InsertedPerson {
  ownerId: number;
  userName: string;
  displayName: string;
  email: string;
  language: string;
  timeZone: string;
}

/** A person and how their home tenant knows them; @returns the contact's id. */
export async function insertPerson(tx: Tx, person: InsertedPerson): Promise<string> {
  const [personId, contactId] = [newId(), newId()];
  await tx.q
    .insertInto('identity.people')
    .values({
      owner_id: person.ownerId,
      id: personId,
      user_name: person.userName,
      user_name_key: foldName(person.userName),
      display_name: person.displayName,
      email: person.email,
      language: person.language,
      time_zone: person.timeZone,
    })
    .execute();
  await tx.q
    .insertInto('identity.contacts')
    .values({
      owner_id: person.ownerId,
      id: contactId,
      person_owner_id: person.ownerId,
      person_id: personId,
      display_name: person.displayName,
      name_key: foldName(person.displayName),
      work_address: person.email,
    })
    .execute();
  return contactId;
}

/** With the tokens that are bound to it. */
export async function setMembershipEnded(tx: Tx, held: HeldRole): Promise<void> {
  await tx.q
    .deleteFrom('identity.tokens')
    .where('owner_id', '=', held.ownerId)
    .where('membership_id', '=', held.id)
    .execute();
  await tx.q
    .updateTable('identity.memberships')
    .set((membership) => ({ status: 'ended', version: membership('version', '+', 1) }))
    .where('owner_id', '=', held.ownerId)
    .where('id', '=', held.id)
    .execute();
}
