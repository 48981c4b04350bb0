import type { Scope } from '../platform/scope.ts';
import type { Tx } from '../platform/units.ts';
import { refusePlacement } from './placement.refusals.ts';

/** Whether the write reach covers this owner; the policies decide, this is for `can` and for the right refusal. */
export function mayWrite(scope: Scope, owner: number): boolean {
  if (scope.writesKind === 'none') return false;
  if (owner === 2) return scope.updatePublic;
  return scope.writesKind === 'all' ? !scope.closed.has(owner) : scope.writes.has(owner);
}

/**
 * R7.1: the tenant of a new record. The only one that the role may write, or the one that the caller names by its slug;
 * while multi-tenancy is off for the caller, nobody can name one, and the record is its maker's (R1.8).
 */
export async function ownerForNew(tx: Tx, slug: string | undefined): Promise<number> {
  const { scope } = tx;
  if (slug === undefined) {
    if (scope.tenancy !== 'on') return scope.ownerId;
    if (scope.writesKind === 'one') return scope.writes.all[0] as number;
    return refusePlacement(scope.writesKind === 'none' ? 'tenant-unknown' : 'tenant-needed');
  }
  const owner = await namedOwner(tx, slug);
  return mayWrite(scope, owner) ? owner : refusePlacement('tenant-unknown');
}

/** The tenant that a filter or field names; absent, out of reach and nameless (R1.3) are one refusal. */
export async function namedOwner(tx: Tx, slug: string): Promise<number> {
  const row = await tx.q
    .selectFrom('tenancy.tenants')
    .select('owner_id')
    .where('slug', '=', slug.toLowerCase())
    .executeTakeFirst();
  return row?.owner_id ?? refusePlacement('tenant-unknown');
}
