import { sql } from 'kysely';
import type { Tx } from '../../platform/units.ts';

/** As lists of texts: a rule each. */
type Rules = readonly string[];

export interface PlannedRow {
  /** From 1, in the order of the rules. */
  rule: number;
  table_name: string;
  target: number;
  tenant: string | null;
  held: string | null;
  records: string;
  labels: string[];
}

export async function planAssignment(tx: Tx, rules: Rules): Promise<PlannedRow[]> {
  const { rows } = await sql<PlannedRow>`
    select p.*, tenancy.tenant_label(p.target) as tenant from tenancy.preview_assignment(${[...rules]}::text[]) p`.execute(
    tx.q,
  );
  return rows;
}

export interface AssignedRow {
  table_name: string;
  from_owner: number;
  target: number;
  tenant: string | null;
  records: string;
  labels: string[];
}

export async function assign(tx: Tx, rules: Rules): Promise<AssignedRow[]> {
  const { rows } = await sql<AssignedRow>`
    select a.*, tenancy.tenant_label(a.target) as tenant from tenancy.assign(${[...rules]}::text[]) a`.execute(tx.q);
  return rows;
}

export async function findUnassigned(tx: Tx): Promise<{ table_name: string; records: string; labels: string[] }[]> {
  const { rows } = await sql<{
    table_name: string;
    records: string;
    labels: string[];
  }>`select * from tenancy.unassigned()`.execute(tx.q);
  return rows;
}

/** @returns from 1, which of the rules name no tenant. */
export async function findUnknownTargets(tx: Tx, rules: Rules): Promise<number[]> {
  const { rows } = await sql<{ rule: number }>`
    select rule from tenancy.unknown_targets(${[...rules]}::text[]) u(rule)`.execute(tx.q);
  return rows.map((row) => row.rule);
}
