import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';

/** Takes the row of the switch, after the lock of the hierarchy. @returns its state now. */
export async function lockSwitch(tx: Tx): Promise<'off' | 'setup' | 'on'> {
  const { rows } = await sql<{ state: 'off' | 'setup' | 'on' }>`select tenancy.lock_switch() as state`.execute(tx.q);
  return (rows[0] as { state: 'off' | 'setup' | 'on' }).state;
}

export async function findSolution(tx: Tx) {
  return tx.q
    .selectFrom('tenancy.solution')
    .selectAll()
    .select(sql<string | null>`tenancy.tenant_label(3)`.as('provider'))
    .executeTakeFirstOrThrow();
}

export async function assignUnowned(tx: Tx, owner: number): Promise<number> {
  const { rows } = await sql<{ n: string }>`select tenancy.assign_unowned(${owner}) as n`.execute(tx.q);
  return Number(rows[0]?.n);
}

export async function resolveCrossings(tx: Tx, rule: string): Promise<void> {
  await sql`select tenancy.resolve_crossings(${rule})`.execute(tx.q);
}

export async function resolveCrossing(tx: Tx, one: Resolution): Promise<void> {
  await sql`select tenancy.resolve_crossing(${one.kind}, ${one.field}, ${one.id}, ${one.rule})`.execute(tx.q);
}

/** What becomes of one crossing. */
export interface Resolution {
  kind: string;
  field: string;
  id: string;
  rule: string;
}

export interface Crossing {
  table_name: string;
  field: string;
  id: string;
  tenant: string | null;
  target_tenant: string | null;
  clearable: boolean;
  publishable: boolean;
  label: string;
  target_label: string;
}

/** R6.6: the references outside the line that are in use; at most as many as asked for. */
export async function findCrossings(tx: Tx, most: number): Promise<Crossing[]> {
  const { rows } = await sql<Crossing>`
    select c.table_name, c.field, c.id, tenancy.tenant_label(c.owner_id) as tenant, tenancy.tenant_label(c.target_owner_id) as target_tenant, c.clearable, c.publishable,
      c.label, c.target_label
    from tenancy.crossings(${most}) c limit ${most}`.execute(tx.q);
  return rows;
}

export async function turnOn(tx: Tx): Promise<void> {
  await sql`select tenancy.turn_on()`.execute(tx.q);
}

export async function enterSetup(tx: Tx): Promise<void> {
  await sql`select tenancy.enter_setup()`.execute(tx.q);
}

export async function turnOff(tx: Tx): Promise<void> {
  await sql`select tenancy.turn_off()`.execute(tx.q);
}

export interface Exposed {
  owner: number;
  tenant: string;
  records: number;
  people: number;
}

export async function findExposure(tx: Tx): Promise<Exposed[]> {
  const { rows } = await sql<{
    owner_id: number;
    name: string;
    records: string;
    people: string;
  }>`select * from tenancy.exposure()`.execute(tx.q);
  return rows.map((row) => ({
    owner: row.owner_id,
    tenant: row.name,
    records: Number(row.records),
    people: Number(row.people),
  }));
}

export async function countUnassigned(tx: Tx): Promise<number> {
  const tables = ['desk.tickets', 'catalog.requests', 'identity.contacts'] as const;
  let sum = 0;
  for (const table of tables) {
    const row = await tx.q
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('owner_id', '=', 1)
      .executeTakeFirstOrThrow();
    sum += Number(row.n);
  }
  return sum;
}
