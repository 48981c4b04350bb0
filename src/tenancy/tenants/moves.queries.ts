import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';

interface Stranded {
  table_name: string;
  field: string;
  id: string;
  label: string;
  target_label: string;
  tenant: string | null;
  target_tenant: string | null;
}

/** R3.4: in the order of table, field and record, behind the one given. */
export async function findStranded(
  tx: Tx,
  move: { tenant: number; parent: number | null },
  after: [table: string, field: string, id: string] | undefined,
  limit: number,
): Promise<Stranded[]> {
  const [table, field, id] = after ?? ['', '', null];
  const { rows } = await sql<Stranded>`
    select s.table_name, s.field, s.id, s.label, s.target_label, tenancy.tenant_label(s.owner_id) as tenant, tenancy.tenant_label(s.target_owner_id) as target_tenant
    from tenancy.stranded_references(${move.tenant}, ${move.parent}, ${table}, ${field}, ${id}::uuid, ${limit}) s`.execute(
    tx.q,
  );
  return rows;
}

interface SightChange {
  role_id: string;
  role_name: string;
  gained: boolean;
  shared: boolean;
  people: string;
  viewer_tenants: string;
  tenants: string;
  first_names: string[];
  records: string;
}

export async function findSightChanges(tx: Tx, move: { tenant: number; parent: number | null }) {
  const { rows } = await sql<SightChange>`select * from tenancy.sight_changes(${move.tenant}, ${move.parent})`.execute(
    tx.q,
  );
  return rows;
}

/** How many tenants move, how many levels they span, whether the destination is among them, and how deep a tenant may stand. */
export async function findShape(tx: Tx, move: { tenant: number; parent: number | null }) {
  const { rows } = await sql<{ tenants: number; levels: number; below: boolean; greatest_depth: number }>`
    select count(*)::int as tenants, coalesce(max(t.depth) - min(t.depth), 0)::int as levels, coalesce(bool_or(b = ${move.parent}::int), false) as below,
      (select s.greatest_depth from tenancy.solution s) as greatest_depth
    from tenancy.below(${move.tenant}) b join tenancy.tenants t on t.owner_id = b`.execute(tx.q);
  return rows[0] as { tenants: number; levels: number; below: boolean; greatest_depth: number };
}
