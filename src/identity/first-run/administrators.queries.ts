import { sql } from 'kysely';
import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import type { SystemTx } from '../../platform/units.ts';
import { publicOwner, unassigned } from '../../tenancy/owners.ts';

/** Whoever creates the first administrator holds this until the commit: two at once cannot both win. */
export async function lockFirstRun(system: SystemTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('identity.first-run'))`.execute(system.q);
}

export async function administratorExists(system: SystemTx): Promise<boolean> {
  const row = await administrators(system).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** The administrator with that user name, or the only one. */
export async function findAdministrator(system: SystemTx, userName?: string) {
  const query = administrators(system)
    .where('p.status', '=', 'active')
    .where('m.status', '=', 'active')
    .where('c.status', '=', 'active');
  const named = userName === undefined ? query : query.where('p.user_name_key', '=', foldName(userName));
  const found = await named.limit(2).execute();
  return found.length === 1 ? found[0] : undefined;
}

function administrators(system: SystemTx) {
  return system.q
    .selectFrom('identity.memberships as m')
    .innerJoin('identity.contacts as c', (join) =>
      join.onRef('c.owner_id', '=', 'm.owner_id').onRef('c.id', '=', 'm.contact_id'),
    )
    .innerJoin('identity.people as p', (join) =>
      join.onRef('p.owner_id', '=', 'c.person_owner_id').onRef('p.id', '=', 'c.person_id'),
    )
    .innerJoin('identity.roles as r', (join) =>
      join.onRef('r.owner_id', '=', 'm.role_owner_id').onRef('r.id', '=', 'm.role_id'),
    )
    .select(['p.owner_id', 'p.id', 'p.user_name', 'p.display_name'])
    .distinct()
    .where('r.stock', '=', 'system-administrator');
}

export interface NewAdministrator {
  userName: string;
  displayName: string;
  language?: string | undefined;
  timeZone?: string | undefined;
}

/** Before there is any tenant, people are of the reserved tenant *unassigned* (R1.8); enabling attaches them (R2.5). */
export async function insertAdministrator(system: SystemTx, administrator: NewAdministrator) {
  const personId = newId();
  const contactId = newId();
  const person = {
    ownerId: unassigned,
    personId,
    userName: administrator.userName,
    displayName: administrator.displayName,
  };
  const role = await system.q
    .selectFrom('identity.roles')
    .select('id')
    .where('owner_id', '=', publicOwner)
    .where('stock', '=', 'system-administrator')
    .executeTakeFirstOrThrow();
  await system.q
    .insertInto('identity.people')
    .values({
      owner_id: unassigned,
      id: personId,
      user_name: administrator.userName,
      user_name_key: foldName(administrator.userName),
      display_name: administrator.displayName,
      language: administrator.language ?? 'en',
      time_zone: administrator.timeZone ?? 'UTC',
    })
    .execute();
  await system.q
    .insertInto('identity.contacts')
    .values({
      owner_id: unassigned,
      id: contactId,
      person_owner_id: unassigned,
      person_id: personId,
      display_name: administrator.displayName,
      name_key: foldName(administrator.displayName),
    })
    .execute();
  await system.q
    .insertInto('identity.memberships')
    .values({ owner_id: unassigned, id: newId(), contact_id: contactId, role_owner_id: publicOwner, role_id: role.id })
    .execute();
  return person;
}
