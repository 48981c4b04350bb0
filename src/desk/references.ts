import { refuse } from '../platform/refusals.ts';
import type { Tx } from '../platform/units.ts';
import { providerOwner, publicOwner } from '../tenancy/owners.ts';
import { findLine, findTarget, type Target, type TargetKind } from './references.queries.ts';

/** Absent, out of reach and inactive are one refusal (R5.4, T-01). @throws Refusal `reference-unknown`. */
export async function targetOf(tx: Tx, kind: TargetKind, id: string, field: string): Promise<Target> {
  return (await findTarget(tx, kind, id)) ?? unknown(field);
}

/** The fields that may name the provider's people and groups whatever the line (R6.3). */
export const providerEligible: readonly string[] = ['assignee', 'group', 'watcher'];

/** What each field of a ticket names. */
export const targetKinds = {
  category: 'category',
  location: 'location',
  requester: 'contact',
  affected: 'contact',
  assignee: 'contact',
  group: 'group',
} as const;

/**
 * The database holds R6.3 by its keys; this says which field it was. Only while multi-tenancy is on: before, a reference
 * outside the line is kept as a crossing (R6.6).
 */
export async function refuseOutsideTheLine(
  tx: Tx,
  owner: number,
  targets: Record<string, Target | null | undefined>,
): Promise<void> {
  if (tx.scope.state !== 'on') return;
  const foreign = Object.entries(targets).filter(
    ([field, target]) =>
      target &&
      ![owner, publicOwner].includes(target.ownerId) &&
      !(target.ownerId === providerOwner && providerEligible.includes(field)),
  );
  if (!foreign.length) return;
  const line = await findLine(tx, owner);
  for (const [field, target] of foreign) if (target && !line.includes(target.ownerId)) unknown(field);
}

function unknown(field: string): never {
  return refuse('reference-unknown', { field });
}
