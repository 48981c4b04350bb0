import { sql } from 'kysely';
import type { SystemTx, Tx } from '../../platform/units.ts';
import { signInName } from '../sign-in-names.queries.ts';

export interface MembershipRow {
  id: string;
  tenant: { name: string; slug: string } | null;
  role: { name: string; stock: string | null };
}

/** What a person may act under; the tenants by name only where `named`. */
export async function findMemberships(system: SystemTx, personId: string, named: boolean): Promise<MembershipRow[]> {
  const rows = await system.q
    .selectFrom('identity.memberships as m')
    .innerJoin('identity.contacts as c', (join) =>
      join.onRef('c.owner_id', '=', 'm.owner_id').onRef('c.id', '=', 'm.contact_id'),
    )
    .innerJoin('identity.roles as r', (join) =>
      join.onRef('r.owner_id', '=', 'm.role_owner_id').onRef('r.id', '=', 'm.role_id'),
    )
    .innerJoin('tenancy.tenants as t', 't.owner_id', 'm.owner_id')
    .select(['m.id', 'r.name as role_name', 'r.stock', 't.name', 't.slug', 'm.owner_id'])
    .where('c.person_id', '=', personId)
    .where('m.status', '=', 'active')
    .where('c.status', '=', 'active')
    .where('r.status', '=', 'active')
    .orderBy('t.name_key')
    .orderBy('r.name_key')
    .orderBy('m.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    tenant: named && row.owner_id > 2 ? { name: row.name, slug: row.slug } : null,
    role: { name: row.role_name, stock: row.stock },
  }));
}

export async function findPerson(system: SystemTx, personId: string) {
  return system.q
    .selectFrom('identity.people as p')
    .innerJoin('tenancy.tenants as t', 't.owner_id', 'p.owner_id')
    .select([
      'p.id',
      'p.owner_id',
      'p.display_name',
      'p.user_name',
      'p.language',
      'p.time_zone',
      'p.status',
      't.status as tenant_status',
      signInName.as('sign_in_name'),
    ])
    .where('p.id', '=', personId)
    .executeTakeFirstOrThrow();
}

export async function findSolution(system: SystemTx) {
  return system.q.selectFrom('tenancy.solution').select(['product_name', 'multi_tenancy']).executeTakeFirstOrThrow();
}

/** Read under the person's own policies: empty while tenants are not named to them. */
export async function findOwnTenant(
  tx: Tx,
): Promise<{ tenant: { name: string; slug: string } | null; severalTenants: boolean }> {
  const { rows } = await sql<{ name: string | null; slug: string | null; several: boolean }>`
    select t.name, t.slug, (select count(*) > 1 from (select from tenancy.tenants limit 2) x) as several
    from (select) one left join tenancy.tenants t on t.owner_id = ${tx.scope.ownerId}`.execute(tx.q);
  const row = rows[0];
  return {
    tenant: row?.name && row.slug ? { name: row.name, slug: row.slug } : null,
    severalTenants: row?.several ?? false,
  };
}
