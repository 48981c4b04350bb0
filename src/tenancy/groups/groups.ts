import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import { cursorAt, placeIn } from '../../platform/lists.cursors.ts';
import { nameColumns } from '../../platform/names.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../owners.ts';
import { refusePlacement } from '../placement.refusals.ts';
import { namedOwner } from '../placement.ts';
import type { TenantGroup } from './groups.api.ts';
import * as queries from './groups.queries.ts';

/** R3.5, R3.6: groups of tenants are the provider's; where tenancy is not to be named there are none. */
function refuseNameless(tx: Tx): void {
  if (tx.scope.tenancy === 'off') refuse('not-found');
}

export async function listOfGroups(
  tx: Tx,
  wanted: { search?: string; kind?: string; status?: string; limit?: number; cursor?: string },
) {
  refuseNameless(tx);
  const search = wanted.search ? foldName(wanted.search) : undefined;
  const { rows, next } = await queries.findGroups(tx, { ...wanted, search, limit: wanted.limit ?? 50 });
  return { items: rows.map((row) => viewOf(tx, row)), next };
}

export async function groupOf(tx: Tx, id: string) {
  refuseNameless(tx);
  return viewOf(tx, await rowOf(tx, id));
}

/** As many as the caller may read; a group can have thousands. */
export async function membersOf(
  tx: Tx,
  id: string,
  wanted: { search?: string | undefined; limit?: number | undefined; cursor?: string | undefined },
) {
  refuseNameless(tx);
  await rowOf(tx, id);
  const limit = wanted.limit ?? 50;
  const rows = await queries.findMembers(tx, id, {
    search: wanted.search ? foldName(wanted.search) : undefined,
    after: wanted.cursor === undefined ? undefined : placeIn('group-members', ['text', 'int'], wanted.cursor),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const next = last ? cursorAt('group-members', [last.name_key, last.owner_id]) : null;
  return { items: page.map(({ name, slug }) => ({ name, slug })), next };
}

export async function addGroup(
  tx: Tx,
  wanted: { name: string; description?: string; members?: string[] },
): Promise<TenantGroup> {
  refuseNameless(tx);
  const id = newId();
  await queries.insertGroup(tx, {
    id,
    ...nameColumns(wanted.name),
    description: wanted.description ?? '',
  });
  await queries.setMembers(tx, id, await ownersOf(tx, wanted.members ?? []));
  await tx.record('tenant-group.added', subjectOf({ id, name: wanted.name }));
  return viewOf(tx, await rowOf(tx, id));
}

export async function updateGroup(
  tx: Tx,
  id: string,
  version: number,
  changes: { name?: string; description?: string; status?: string },
) {
  refuseNameless(tx);
  const before = await rowOf(tx, id);
  if (before.kind !== 'defined' && changes.status !== undefined) refuse('read-only');
  const named = changes.name === undefined ? {} : nameColumns(changes.name);
  await save(tx, before, version, { ...changes, ...named });
  await tx.record('tenant-group.updated', subjectOf(before), { ...changes });
  // An inactive group has no members: a reach that names it shrinks at once (R5.8).
  if (changes.status !== undefined) tx.changed('reach', providerOwner);
  return viewOf(tx, await rowOf(tx, id));
}

/** A group that a role's reach names changes what its holders see at their next request (R5.8). */
export async function setGroupMembers(tx: Tx, id: string, version: number, slugs: string[]) {
  refuseNameless(tx);
  const before = await rowOf(tx, id);
  if (before.kind !== 'defined') refuse('read-only');
  const owners = await ownersOf(tx, slugs);
  await save(tx, before, version, {});
  await queries.setMembers(tx, id, owners);
  await tx.record('tenant-group.members-set', subjectOf(before), { members: slugs });
  tx.changed('reach', providerOwner);
  return viewOf(tx, await rowOf(tx, id));
}

/** One tenant more: of a group with thousands of members nobody has to send them all. */
export async function addMember(tx: Tx, id: string, slug: string): Promise<void> {
  const { group, owner } = await memberOf(tx, id, slug);
  if (await queries.addMembers(tx, id, [owner])) await recordMember(tx, 'member-added', group, slug);
}

export async function removeMember(tx: Tx, id: string, slug: string): Promise<void> {
  const { group, owner } = await memberOf(tx, id, slug);
  if (await queries.deleteMember(tx, id, owner)) await recordMember(tx, 'member-removed', group, slug);
}

async function memberOf(tx: Tx, id: string, slug: string) {
  refuseNameless(tx);
  const group = await rowOf(tx, id);
  if (group.kind !== 'defined') refuse('read-only');
  const owner = await namedOwner(tx, slug);
  if (!(await queries.touchGroup(tx, id))) refuse('read-only');
  return { group, owner };
}

async function recordMember(tx: Tx, verb: string, group: queries.GroupRow, slug: string): Promise<void> {
  await tx.record(`tenant-group.${verb}`, subjectOf(group), { member: slug.toLowerCase() });
  tx.changed('reach', providerOwner);
}

async function save(
  tx: Tx,
  before: queries.GroupRow,
  version: number,
  changes: Record<string, unknown>,
): Promise<void> {
  if (await queries.setGroup(tx, before.id, version, changes)) return;
  refuse((await rowOf(tx, before.id)).version === version ? 'read-only' : 'version-stale');
}

async function ownersOf(tx: Tx, slugs: string[]): Promise<number[]> {
  const wanted = [...new Set(slugs.map((slug) => slug.toLowerCase()))];
  const owners = await queries.findOwners(tx, wanted);
  return owners.length === wanted.length ? owners : refusePlacement('tenant-unknown');
}

async function rowOf(tx: Tx, id: string): Promise<queries.GroupRow> {
  return (await queries.findGroup(tx, id)) ?? refuse('not-found');
}

function viewOf(tx: Tx, row: queries.GroupRow): TenantGroup {
  const update = tx.scope.writesKind !== 'none';
  const { id, version, name, description, members } = row;
  const [kind, status] = [row.kind as TenantGroup['kind'], row.status as TenantGroup['status']];
  return {
    id,
    version,
    kind,
    name,
    description,
    status,
    members,
    can: { update, changeMembers: update && kind === 'defined' },
  };
}

function subjectOf(group: { id: string; name: string }) {
  return { kind: 'tenant-group', id: group.id, label: group.name, owner: providerOwner };
}
