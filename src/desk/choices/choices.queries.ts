import { type RawBuilder, sql } from 'kysely';
import { containing } from '../../identity/by-name.ts';
import { findPage, type List } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';

/** The tables of one shape: optional records that are chosen by name. */
export type ChoiceTable = 'desk.categories' | 'desk.locations' | 'identity.assignment_groups';

export interface ChoiceRow {
  ownerId: number;
  id: string;
  version: number;
  tenantName: string | null;
  tenantSlug: string | null;
  name: string;
  description: string;
  status: 'active' | 'inactive';
}

export interface ChoicesWanted {
  /** Folded. */
  search?: string | undefined;
  status?: string | undefined;
  owners?: number[] | undefined;
  cursor?: string | undefined;
  limit: number;
  public?: 'include' | 'exclude' | 'only' | undefined;
}

const columns = sql`t.owner_id as "ownerId", t.id, t.version, tenant.name as "tenantName", tenant.slug as "tenantSlug", t.name, t.description, t.status`;
const joins = sql`left join tenancy.tenants tenant on tenant.owner_id = t.owner_id`;

export function findChoices(tx: Tx, table: ChoiceTable, wanted: ChoicesWanted) {
  return findPage<ChoiceRow>(tx, choiceList(table, wanted), {
    columns,
    joins,
    limit: wanted.limit,
    cursor: wanted.cursor,
  });
}

export function choiceList(table: ChoiceTable, wanted: ChoicesWanted): List {
  const conditions: RawBuilder<unknown>[] = [];
  if (wanted.search) conditions.push(sql`t.name_key like ${containing(wanted.search)}`);
  if (wanted.status) conditions.push(sql`t.status = ${wanted.status}`);
  if (wanted.public === 'exclude') conditions.push(sql`t.owner_id <> 2`);
  const owners = wanted.public === 'only' ? (wanted.owners ?? [2]).filter((owner) => owner === 2) : wanted.owners;
  const order = {
    name: 'name',
    columns: [
      ['name_key', 'text'],
      ['id', 'uuid'],
    ],
    descending: false,
  } as const;
  return { table, class: 'optional', conditions, order, owners };
}

export async function findChoice(tx: Tx, table: ChoiceTable, id: string): Promise<ChoiceRow | undefined> {
  const { rows } =
    await sql<ChoiceRow>`select ${columns} from ${sql.table(table)} t ${joins} where t.id = ${id}::uuid`.execute(tx.q);
  return rows[0];
}

export interface ChoiceValues {
  name?: string;
  name_key?: string;
  description?: string;
  status?: 'active' | 'inactive';
}

export async function insertChoice(
  tx: Tx,
  table: ChoiceTable,
  owner: number,
  id: string,
  values: Required<Omit<ChoiceValues, 'status'>>,
): Promise<void> {
  await tx.q
    .insertInto(table)
    .values({ owner_id: owner, id, ...values })
    .execute();
}

/** @returns whether the row was there in that version and could be written. */
export async function updateChoice(
  tx: Tx,
  table: ChoiceTable,
  row: ChoiceRow,
  version: number,
  values: ChoiceValues,
): Promise<boolean> {
  const sets = Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const { numAffectedRows } =
    await sql`update ${sql.table(table)} set ${sql.join([...sets, sql`version = version + 1`])}
    where owner_id = ${row.ownerId} and id = ${row.id}::uuid and version = ${version}`.execute(tx.q);
  return numAffectedRows === 1n;
}
