import type { Tx } from '../../platform/units.ts';
import type { Crossing } from './switch.api.ts';
import { findCrossings } from './switch.queries.ts';

const mostShown = 50;

/** R6.6: the references that the rules would refuse, as far as one page holds them, and whether there are more. */
export async function crossingsOf(tx: Tx): Promise<{ crossings: Crossing[]; more: boolean }> {
  const found = await findCrossings(tx, mostShown + 1);
  const crossings = found.slice(0, mostShown).map(
    (one): Crossing => ({
      kind: one.table_name,
      id: one.id,
      field: one.field,
      label: one.label,
      target: one.target_label,
      from: one.tenant,
      to: one.target_tenant,
      rules: [
        ...(one.publishable ? (['publish', 'give'] as const) : []),
        ...(one.clearable ? (['clear'] as const) : []),
      ],
    }),
  );
  return { crossings, more: found.length > mostShown };
}
