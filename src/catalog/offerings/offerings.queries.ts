import type { Tx } from '../../platform/units.ts';
import type { FormSchema, Text } from '../catalog.fields.ts';

/** The offerings that exist for whoever asks, with their categories; the caller leaves out what the role may not request. */
export async function findOfferings(tx: Tx) {
  const rows = await offerings(tx).orderBy('c.position').orderBy('o.position').orderBy('o.key').execute();
  return rows.map(typed);
}

/** A tenant's own offering comes before a public one of the same key. */
export async function findOffering(tx: Tx, key: string) {
  const row = await offerings(tx).where('o.key', '=', key).orderBy('o.owner_id', 'desc').limit(1).executeTakeFirst();
  return row && typed(row);
}
export type OfferingRow = NonNullable<Awaited<ReturnType<typeof findOffering>>>;

function offerings(tx: Tx) {
  return tx.q
    .selectFrom('catalog.offerings as o')
    .innerJoin('catalog.categories as c', (join) =>
      join.onRef('c.owner_id', '=', 'o.category_owner_id').onRef('c.id', '=', 'o.category_id'),
    )
    .select([
      'o.owner_id',
      'o.id',
      'o.version',
      'o.key',
      'o.name',
      'o.summary',
      'o.description',
      'o.icon',
      'o.form',
      'o.required_function',
      'o.approval',
      'o.fulfillment',
    ])
    .select(['c.key as category_key', 'c.name as category_name', 'c.administrative'])
    .where('o.status', '=', 'active');
}

function typed<
  R extends { name: unknown; summary: unknown; description: unknown; category_name: unknown; form: unknown },
>(row: R) {
  return {
    ...row,
    name: row.name as Text,
    summary: row.summary as Text,
    description: row.description as Text,
    category_name: row.category_name as Text,
    form: row.form as FormSchema,
  };
}

/** @returns whether the offering had that version and could be written. */
export async function setOfferingApproval(
  tx: Tx,
  offering: OfferingRow,
  version: number,
  approval: string,
): Promise<boolean> {
  const set = await tx.q
    .updateTable('catalog.offerings')
    .set({ approval, version: version + 1 })
    .where('owner_id', '=', offering.owner_id)
    .where('id', '=', offering.id)
    .where('version', '=', version)
    .executeTakeFirst();
  return set.numUpdatedRows === 1n;
}
