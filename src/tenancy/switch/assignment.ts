import { attempt } from '../../platform/attempt.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner, publicOwner } from '../owners.ts';
import { refuseTenancy } from '../tenancy.refusals.ts';
import type { AssignmentPreview } from './assignment.api.ts';
import * as queries from './assignment.queries.ts';
import { crossingsOf } from './crossings.ts';
import { assignUnowned, findSolution, lockSwitch } from './switch.queries.ts';

/**
 * R1.6: gives records to tenants; the first rule that fits a record counts, and what cannot go stays. Each tenant's
 * audit says what came, and what went.
 * @param pointer where the rules are in the body, for what is wrong with them.
 */
export async function assignByRules(tx: Tx, rules: readonly string[], pointer: string): Promise<queries.AssignedRow[]> {
  if (!rules.length) return [];
  await refuseUnknownTargets(tx, rules, pointer);
  const assigned = await queries.assign(tx, rules);
  for (const { from_owner: from, target, table_name: kind, records, labels } of assigned) {
    const to = target === publicOwner ? tx.scope.ownerId : target;
    const details = { kind, records: Number(records), labels };
    await tx.record('records.assigned', { kind: 'solution', id: null, label: '', owner: to }, details);
    if (from > publicOwner && from !== to)
      await tx.record('records.given-away', { kind: 'solution', id: null, label: '', owner: from }, details);
    tx.changed('reach', target);
  }
  return assigned;
}

async function refuseUnknownTargets(tx: Tx, rules: readonly string[], pointer: string): Promise<void> {
  const unknown = await queries.findUnknownTargets(tx, rules);
  if (!unknown.length) return;
  const detail = { en: 'This names no active tenant.', es: 'No nombra un cliente activo.' };
  refuse('invalid', {
    count: unknown.length,
    errors: unknown.slice(0, 100).map((rule) => ({ pointer: `${pointer}/${rule - 1}`, detail })),
  });
}

/** R1.4: as an operation of its own, while it is being set up. */
export async function assignRecords(tx: Tx, rules: readonly string[]) {
  if ((await lockSwitch(tx)) !== 'setup') refuseTenancy('multi-tenancy.not-in-setup');
  const assigned = await assignByRules(tx, rules, '/rules');
  return {
    assigned: assigned.map((one) => ({ kind: one.table_name, tenant: one.tenant, records: Number(one.records) })),
    records: assigned.reduce((sum, one) => sum + Number(one.records), 0),
  };
}

/** What the rules would do, found out by doing and undoing it: the crossings are exactly those that would be there. */
export async function previewAssignment(
  tx: Tx,
  wanted: { rules: readonly string[]; enabling?: boolean | undefined },
): Promise<AssignmentPreview> {
  const { rules, enabling } = wanted;
  const { multi_tenancy: state, provider } = await findSolution(tx);
  if (state === 'on') refuseTenancy('multi-tenancy.not-in-setup');
  await refuseUnknownTargets(tx, rules, '/rules');
  const planned = await queries.planAssignment(tx, rules);
  const after = await afterwards(tx, rules, enabling === true && provider !== null);
  await tx.record('records.assignment-previewed', { kind: 'solution', id: null, label: '', owner: tx.scope.ownerId });
  return {
    rules: rules.map((rule, index) => ({
      rule,
      goes: planned.filter((row) => row.rule === index + 1 && row.held === null).map(recordsOf),
    })),
    held: planned
      .filter((row) => row.held !== null)
      .map((row) => ({ ...recordsOf(row), rule: rules[row.rule - 1] as string, reason: row.held as string })),
    ...after,
  };
}

async function afterwards(tx: Tx, rules: readonly string[], restToProvider: boolean) {
  const found = {
    stays: [] as AssignmentPreview['stays'],
    crossings: [] as AssignmentPreview['crossings'],
    more: false,
  };
  await attempt(tx, async (quiet) => {
    await queries.assign(quiet, rules);
    const unassigned = await queries.findUnassigned(quiet);
    found.stays = unassigned.map((row) => ({
      kind: row.table_name,
      records: Number(row.records),
      samples: row.labels,
    }));
    if (restToProvider) await assignUnowned(quiet, providerOwner);
    Object.assign(found, await crossingsOf(quiet));
  });
  return { stays: found.stays, crossings: found.crossings, moreCrossings: found.more };
}

function recordsOf(row: queries.PlannedRow) {
  return { kind: row.table_name, tenant: row.tenant, records: Number(row.records), samples: row.labels };
}
