import { sql } from 'kysely';
import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import type { SystemTx } from '../../platform/units.ts';

/** An active membership with the stock role System Administrator: of the person named, or the oldest. */
export async function findAdministratorMembership(system: SystemTx, userName?: string) {
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
    .select(['m.owner_id', 'm.id as membership_id', 'p.user_name'])
    .where('r.stock', '=', 'system-administrator')
    .where('m.status', '=', 'active')
    .where('c.status', '=', 'active')
    .where('p.status', '=', 'active')
    .$if(userName !== undefined, (query) => query.where('p.user_name_key', '=', foldName(userName as string)))
    .orderBy('m.created_at')
    .orderBy('m.id')
    .limit(1)
    .executeTakeFirst();
}

export async function insertCommandLineToken(
  system: SystemTx,
  membership: { owner_id: number; membership_id: string },
  hash: Buffer,
) {
  await system.q
    .insertInto('identity.tokens')
    .values({
      owner_id: membership.owner_id,
      id: newId(),
      membership_id: membership.membership_id,
      name: 'command line',
      token_hash: hash,
      expires_at: sql<Date>`now() + interval '15 minutes'`,
    })
    .execute();
}
