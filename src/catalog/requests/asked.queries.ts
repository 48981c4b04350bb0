import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';

/** What was chosen in a form, by the kind of record that it is. */
export interface Chosen {
  tenants: string[];
  people: string[];
  roles: string[];
  groups: string[];
  statements: string[];
}

export interface NameRow {
  value: string;
  name: string;
  stock: string | null;
}

/** The names of what the caller may read; what they may not, has none (R5.4). */
export async function findChosenNames(tx: Tx, chosen: Chosen): Promise<NameRow[]> {
  const { rows } = await sql<NameRow>`
    select slug as value, name, null as stock from tenancy.tenants where slug = any(${chosen.tenants}::text[])
    union all select id::text, display_name, null from identity.contacts where id = any(${chosen.people}::uuid[])
    union all select id::text, name, stock from identity.roles where id = any(${chosen.roles}::uuid[])
    union all select id::text, name, null from tenancy.groups where id = any(${chosen.groups}::uuid[])
    union all select id::text, name, null from identity.terms_statements where id = any(${chosen.statements}::uuid[])`.execute(
    tx.q,
  );
  return rows;
}
