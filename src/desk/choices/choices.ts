import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import { nameColumns } from '../../platform/names.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner, publicOwner } from '../../tenancy/owners.ts';
import { mayWrite, namedOwner, ownerForNew } from '../../tenancy/placement.ts';
import { refuseDesk } from '../desk.refusals.ts';
import { findLine } from '../references.queries.ts';
import type { Choice, ChoiceChanges, ChoiceFilters, ChoicePage, NewChoice } from './choices.fields.ts';
import {
  type ChoiceRow,
  type ChoiceTable,
  type ChoiceValues,
  findChoice,
  findChoices,
  insertChoice,
  updateChoice,
} from './choices.queries.ts';

/** A kind of records that are chosen by name: where they are, which function keeps them, and their name in the audit. */
export interface ChoiceKind {
  table: ChoiceTable;
  access: string;
  subject: string;
}

export async function listOfChoices(tx: Tx, kind: ChoiceKind, wanted: ChoiceFilters): Promise<ChoicePage> {
  const { rows, next } = await findChoices(tx, kind.table, {
    search: wanted.search && foldName(wanted.search),
    status: wanted.status,
    owners: await ownersWanted(tx, kind, wanted),
    cursor: wanted.cursor,
    limit: wanted.limit ?? 50,
    public: wanted.public,
  });
  return { items: rows.map((row) => shown(tx, kind, row)), next };
}

/** The tenant of the filter (and public ones beside it, R10.3), and what a ticket of a tenant can refer to (R6.3). */
async function ownersWanted(tx: Tx, kind: ChoiceKind, wanted: ChoiceFilters): Promise<number[] | undefined> {
  let owners: number[] | undefined;
  if (wanted.for !== undefined) {
    const line = await findLine(tx, await namedOwner(tx, wanted.for));
    owners = [...line, publicOwner, ...(kind.subject === 'assignment-group' ? [providerOwner] : [])];
  }
  if (wanted.tenant === undefined) return owners && [...new Set(owners)];
  const named = [await namedOwner(tx, wanted.tenant), publicOwner];
  return owners ? named.filter((owner) => owners.includes(owner)) : named;
}

/** @throws Refusal `not-found`. */
export async function choiceOf(tx: Tx, kind: ChoiceKind, id: string): Promise<Choice> {
  return shown(tx, kind, await known(tx, kind, id));
}

/** R6.2, R7.2: public only when somebody says so, and may. */
export async function addChoice(tx: Tx, kind: ChoiceKind, wanted: NewChoice): Promise<Choice> {
  if (wanted.public && wanted.tenant !== undefined) refuseDesk('choice.tenant-or-public');
  const owner = wanted.public ? publicOwner : await ownerForNew(tx, wanted.tenant);
  if (!mayWrite(tx.scope, owner)) refuse(wanted.public ? 'not-allowed' : 'read-only');
  const id = newId();
  const columns = nameColumns(wanted.name);
  await insertChoice(tx, kind.table, owner, id, {
    ...columns,
    description: wanted.description ?? '',
  });
  await record(tx, kind, 'added', { ownerId: owner, id, name: columns.name });
  return choiceOf(tx, kind, id);
}

export function updateChoiceFields(
  tx: Tx,
  kind: ChoiceKind,
  id: string,
  version: number,
  wanted: ChoiceChanges,
): Promise<Choice> {
  const values = { ...wanted, ...(wanted.name === undefined ? {} : nameColumns(wanted.name)) };
  return change(tx, kind, id, version, 'updated', values);
}

export function deactivateChoice(tx: Tx, kind: ChoiceKind, id: string, version: number): Promise<Choice> {
  return change(tx, kind, id, version, 'deactivated', { status: 'inactive' });
}

export function reactivateChoice(tx: Tx, kind: ChoiceKind, id: string, version: number): Promise<Choice> {
  return change(tx, kind, id, version, 'reactivated', { status: 'active' });
}

async function change(
  tx: Tx,
  kind: ChoiceKind,
  id: string,
  version: number,
  entry: string,
  values: ChoiceValues,
): Promise<Choice> {
  const row = await known(tx, kind, id);
  // T-18: what comes from above or is public is read-only for those below.
  if (!mayWrite(tx.scope, row.ownerId)) refuse('read-only');
  if (!(await updateChoice(tx, kind.table, row, version, values)))
    refuse((await known(tx, kind, id)).version === version ? 'read-only' : 'version-stale');
  await record(tx, kind, entry, row);
  return choiceOf(tx, kind, id);
}

async function known(tx: Tx, kind: ChoiceKind, id: string): Promise<ChoiceRow> {
  return (await findChoice(tx, kind.table, id)) ?? refuse('not-found');
}

async function record(
  tx: Tx,
  kind: ChoiceKind,
  verb: string,
  row: { ownerId: number; id: string; name: string },
): Promise<void> {
  // What becomes of public records is the provider's affair, and audited there: entries are never public.
  const owner = row.ownerId === publicOwner ? tx.scope.ownerId : row.ownerId;
  await tx.record(`${kind.subject}.${verb}`, { kind: kind.subject, id: row.id, label: row.name, owner });
}

function shown(tx: Tx, kind: ChoiceKind, row: ChoiceRow): Choice {
  const writes = tx.scope.functions.includes(kind.access) && mayWrite(tx.scope, row.ownerId);
  const active = row.status === 'active';
  return {
    id: row.id,
    version: row.version,
    tenant: row.tenantSlug === null ? null : { name: row.tenantName ?? '', slug: row.tenantSlug },
    public: row.ownerId === publicOwner,
    name: row.name,
    description: row.description,
    status: row.status,
    can: { update: writes, deactivate: writes && active, reactivate: writes && !active },
  };
}
