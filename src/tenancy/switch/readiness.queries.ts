import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';
import { unassigned } from '../owners.ts';

/** The latest first. */
export async function findRefusalsAhead(tx: Tx, most: number) {
  return tx.q
    .selectFrom('tenancy.refusals_ahead as a')
    .leftJoin('tenancy.tenants as t', 't.owner_id', 'a.record_owner_id')
    .selectAll('a')
    .select(['t.name as tenant_name', 't.slug as tenant_slug'])
    .orderBy('a.last_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(most)
    .execute();
}

export async function countRefusalsAhead(tx: Tx): Promise<number> {
  const row = await tx.q
    .selectFrom('tenancy.refusals_ahead')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function findRolesAhead(tx: Tx) {
  return tx.q
    .selectFrom('tenancy.refusals_ahead as a')
    .select([
      'a.role_label as role',
      sql<string>`count(distinct a.membership_id)`.as('people'),
      sql<string>`sum(a.times)`.as('times'),
      sql<string[]>`coalesce(array_agg(distinct a.kind) filter (where a.kind <> ''), '{}')`.as('kinds'),
      sql<Date>`max(a.last_at)`.as('last_at'),
    ])
    .groupBy('a.role_label')
    .orderBy(sql`sum(a.times)`, 'desc')
    .limit(50)
    .execute();
}

export async function countCrossings(tx: Tx) {
  const { rows } = await sql<{
    table_name: string;
    field: string;
    crossings: string;
  }>`select * from tenancy.crossing_counts()`.execute(tx.q);
  return rows;
}

export async function findPeopleWithoutTenant(tx: Tx, most: number) {
  return tx.q
    .selectFrom('identity.people as p')
    .innerJoin('identity.contacts as c', (join) =>
      join
        .onRef('c.owner_id', '=', 'p.owner_id')
        .onRef('c.person_owner_id', '=', 'p.owner_id')
        .onRef('c.person_id', '=', 'p.id'),
    )
    .select(['c.id', 'p.display_name', 'p.user_name', sql<string>`count(*) over ()`.as('n')])
    .where('p.owner_id', '=', unassigned)
    .orderBy('c.name_key')
    .orderBy('c.id')
    .limit(most)
    .execute();
}
