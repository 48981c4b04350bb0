import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';

/** A statement that this tenant may name: public, its own, or of its line. */
export async function findNamedStatement(tx: Tx, id: string, tenant: number) {
  return tx.q
    .selectFrom('identity.terms_statements')
    .select(['owner_id', 'name'])
    .where('id', '=', id)
    .where(sql<boolean>`(owner_id = 2 or owner_id in (select tenancy.line_of(${tenant})))`)
    .executeTakeFirst();
}

export async function findStatementById(tx: Tx, id: string) {
  return tx.q
    .selectFrom('identity.terms_statements')
    .select(['id', 'name', 'status'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** As every unit of work has it: the first of the line that says something; no version where that is *none*. */
export async function findTermsInForce(tx: Tx, tenant: number) {
  return tx.q
    .selectFrom(
      sql<{
        decided_by: number;
        decided_by_name: string;
        asked: string;
        version_id: string | null;
        number: number;
        name: string;
      }>`identity.terms_in_force(${tenant})`.as('f'),
    )
    .selectAll('f')
    .executeTakeFirst();
}
