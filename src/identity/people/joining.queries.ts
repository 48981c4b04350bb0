import { sql } from 'kysely';
import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';
import { publicOwner } from '../../tenancy/owners.ts';

/** Who a contact stands for, whatever tenant knows them so. */
export async function findPersonOf(tx: Tx, contactId: string) {
  return tx.q
    .selectFrom('identity.contacts')
    .select(['person_owner_id', 'person_id'])
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow();
}

/** How another tenant knows a person who has a home already (R5.6). */
export async function insertContactOf(
  tx: Tx,
  owner: number,
  person: { person_owner_id: number; person_id: string },
  name: string,
): Promise<string> {
  const id = newId();
  await tx.q
    .insertInto('identity.contacts')
    .values({ owner_id: owner, id, ...person, display_name: name, name_key: foldName(name) })
    .execute();
  return id;
}

/** @returns false where somebody can sign in for the person already: then it stays theirs. */
export async function makeProviderHome(
  tx: Tx,
  person: { person_owner_id: number; person_id: string },
  userName: string,
): Promise<boolean> {
  const { rows } = await sql<{ moved: boolean }>`
    select identity.make_provider_home(${person.person_owner_id}, ${person.person_id}, ${userName}, ${foldName(userName)}) as moved`.execute(
    tx.q,
  );
  return rows[0]?.moved ?? false;
}

export async function findStockRole(tx: Tx, stock: string): Promise<string> {
  const row = await tx.q
    .selectFrom('identity.roles')
    .select('id')
    .where('stock', '=', stock)
    .where('owner_id', '=', publicOwner)
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function isUserNameTaken(tx: Tx, owner: number, key: string): Promise<boolean> {
  const row = await tx.q
    .selectFrom('identity.people')
    .select('id')
    .where('owner_id', '=', owner)
    .where('user_name_key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}
