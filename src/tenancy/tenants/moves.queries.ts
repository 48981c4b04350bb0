import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';

interface Stranded {
  table_name: string;
  field: string;
  id: string;
  label: string;
  target_label: string;
  tenant: string | null;
  target_tenant: string | null;
}

/** R3.4: in the order of table, field and record, behind the one given. Without a label where the reader does not read the tenant. */
export async function findStranded(
  tx: Tx,
  move: { tenant: number; parent: number | null },
  after: [table: string, field: string, id: string] | undefined,
  limit: number,
): Promise<Stranded[]> {
  const [table, field, id] = after ?? ['', '', null];
  const { rows } = await sql<Stranded>`
    select s.table_name, s.field, s.id, case when t.name is not null then s.label else '' end as label, case when g.name is not null then s.target_label else '' end as target_label,
      t.name as tenant, g.name as target_tenant
    from tenancy.stranded_references(${move.tenant}, ${move.parent}, ${table}, ${field}, ${id}::uuid, ${limit}) with ordinality
        s(table_name, field, owner_id, id, target_owner_id, label, target_label, place)
      left join tenancy.tenants t on t.owner_id = s.owner_id left join tenancy.tenants g on g.owner_id = s.target_owner_id order by s.place`.execute(
    tx.q,
  );
  return rows;
}

interface SightChange {
  role_id: string;
  role_name: string | null;
  gained: boolean;
  shared: boolean;
  people: string;
  viewer_tenants: string;
  tenants: string;
  first_names: string[];
  records: string;
}

export async function findSightChanges(tx: Tx, move: { tenant: number; parent: number | null }) {
  // The names through the policies: who administers tenants without reading all of them learns that there are more, not which.
  const { rows } = await sql<SightChange>`
    select c.role_id, r.name as role_name, c.gained, c.shared, c.people, c.viewer_tenants, c.tenants, c.records,
      array(select t.name from tenancy.tenants t where t.owner_id = any(c.first_owners) order by t.name_key, t.owner_id) as first_names
    from tenancy.sight_changes(${move.tenant}, ${move.parent}) with ordinality c(role_id, gained, shared, people, viewer_tenants, tenants, first_owners, records, place)
      left join identity.roles r on r.id = c.role_id order by c.place`.execute(tx.q);
  return rows;
}

/** A digest of the subtree and of the lines above it and above its destination: another one means that the preview is of the past. */
export async function findLines(tx: Tx, move: { tenant: number; parent: number | null }): Promise<string> {
  const { rows } = await sql<{ lines: string }>`
    select md5(concat_ws('/', coalesce((select string_agg(b::text, ' ' order by b) from tenancy.below(${move.tenant}) b), ''),
      coalesce((select string_agg(l::text, ' ' order by l) from tenancy.line_of(${move.tenant}) l), ''),
      coalesce((select string_agg(l::text, ' ' order by l) from tenancy.line_of(${move.parent}) l), ''))) as lines`.execute(
    tx.q,
  );
  return (rows[0] as { lines: string }).lines;
}

/** How many tenants move, how many levels they span, whether the destination is among them, and how deep a tenant may stand. */
export async function findShape(tx: Tx, move: { tenant: number; parent: number | null }) {
  const { rows } = await sql<{ tenants: number; levels: number; below: boolean; greatest_depth: number }>`
    select count(*)::int as tenants, coalesce(max(t.depth) - min(t.depth), 0)::int as levels, coalesce(bool_or(b = ${move.parent}::int), false) as below,
      (select s.greatest_depth from tenancy.solution s) as greatest_depth
    from tenancy.below(${move.tenant}) b join tenancy.tenants t on t.owner_id = b`.execute(tx.q);
  return rows[0] as { tenants: number; levels: number; below: boolean; greatest_depth: number };
}
