import { type RawBuilder, sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { cursorOf } from '../../platform/lists.cursors.ts';
import { type List, type ListOrder, pageQuery } from '../../platform/lists.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';
import type { Text } from '../catalog.fields.ts';
import { type Change, type FormValues, unofferedTo } from '../fulfillment/fulfillment.ts';
import type { OfferingRow } from '../offerings/offerings.queries.ts';

function requests(tx: Pick<Tx, 'q'>) {
  return tx.q
    .selectFrom('catalog.requests as r')
    .innerJoin('catalog.offerings as o', (join) =>
      join.onRef('o.owner_id', '=', 'r.offering_owner_id').onRef('o.id', '=', 'r.offering_id'),
    )
    .innerJoin('catalog.categories as c', (join) =>
      join.onRef('c.owner_id', '=', 'o.category_owner_id').onRef('c.id', '=', 'o.category_id'),
    )
    .selectAll('r')
    .select([
      'o.key as offering_key',
      'o.name as offering_name',
      'o.icon',
      'o.fulfillment',
      'o.form',
      'o.approval',
      'o.required_function',
      'c.administrative',
    ])
    .select(sql<string>`identity.contact_label(r.requester_owner_id, r.requester_id)`.as('requester'))
    .select((eb) => [
      eb
        .selectFrom('tenancy.tenants as t')
        .select('t.name')
        .whereRef('t.owner_id', '=', 'r.owner_id')
        .as('tenant_name'),
      eb
        .selectFrom('tenancy.tenants as t')
        .select('t.slug')
        .whereRef('t.owner_id', '=', 'r.owner_id')
        .as('tenant_slug'),
    ]);
}
/** Where tenants are not to be named, neither are the requests that add and change them (R1.3). */
function hiddenFrom(tx: Tx): string[] {
  return tx.scope.tenancy === 'off' ? unofferedTo(tx.scope) : [];
}

function shownRequests(tx: Tx) {
  const hidden = hiddenFrom(tx);
  return hidden.length ? requests(tx).where('o.fulfillment', 'not in', hidden) : requests(tx);
}
export type RequestRow = Awaited<ReturnType<ReturnType<typeof requests>['executeTakeFirstOrThrow']>>;

/** `KEY-R7`. */
export function numberOf(row: { number_key: string; number: number }): string {
  return `${row.number_key}-R${row.number}`;
}

export async function findRequest(tx: Tx, number: string): Promise<RequestRow | undefined> {
  const [key, digits] = number.split('-R') as [string, string];
  return shownRequests(tx).where('r.number_key', '=', key).where('r.number', '=', Number(digits)).executeTakeFirst();
}

/** By identity, whatever tenant it has come to belong to meanwhile (enabling multi-tenancy gives it to the provider). */
export async function findRequestById(tx: Tx, id: string): Promise<RequestRow | undefined> {
  return requests(tx).where('r.id', '=', id).executeTakeFirst();
}

export async function lockRequest(tx: Pick<Tx, 'q'>, id: string): Promise<void> {
  await tx.q.selectFrom('catalog.requests').select('id').where('id', '=', id).forUpdate().execute();
}

export interface RequestFilter {
  /** Of the person who asks. */
  mine: boolean;
  phase?: string | undefined;
  owner?: number | undefined;
  /** Not of this person, and not decided by them. */
  decidableBy?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** The latest first. */
export async function findRequests(
  tx: Tx,
  filter: RequestFilter,
): Promise<{ rows: RequestRow[]; next: string | null }> {
  const list = requestList(tx, filter);
  const page = pageQuery<Key>(tx.scope, list, {
    columns: sql`t.owner_id, t.id`,
    limit: filter.limit,
    cursor: filter.cursor,
  });
  const found = await requests(tx)
    .innerJoin(sql<Key>`(${page})`.as('k'), (join) =>
      join.onRef('k.owner_id', '=', 'r.owner_id').onRef('k.id', '=', 'r.id'),
    )
    .select('k.cursor')
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .execute();
  const rows = found.slice(0, filter.limit);
  const last = found.length > filter.limit ? rows.at(-1) : undefined;
  return { rows, next: last ? cursorOf(list.order, last.cursor) : null };
}

interface Key {
  owner_id: number;
  id: string;
  cursor: string;
}

const latest: ListOrder = {
  name: 'requests',
  columns: [
    ['created_at', 'timestamptz'],
    ['id', 'uuid'],
  ],
  descending: true,
};

function requestList(tx: Tx, filter: RequestFilter): List {
  const { ownerId, contactId, scopeRequest } = tx.scope;
  const conditions: RawBuilder<unknown>[] = [];
  const hidden = hiddenFrom(tx);
  if (hidden.length) {
    conditions.push(sql`not exists (select from catalog.offerings o
      where (o.owner_id, o.id) = (t.offering_owner_id, t.offering_id) and o.fulfillment = any(${hidden}))`);
  }
  if (filter.phase) conditions.push(sql`t.phase = ${filter.phase}`);
  if (filter.decidableBy) {
    conditions.push(
      sql`t.phase = 'approval'`,
      sql`t.requester_id <> ${contactId}::uuid`,
      sql`not exists (select from catalog.approvals a
        where a.owner_id = t.owner_id and a.request_id = t.id and a.person_id = ${filter.decidableBy}::uuid)`,
    );
  }
  // What is somebody's own is few, and found by whose it is (R5.9).
  const mine = sql`select owner_id, id from catalog.requests where requester_owner_id = ${ownerId} and requester_id = ${contactId}::uuid`;
  return {
    table: 'catalog.requests',
    class: 'required',
    conditions,
    order: latest,
    owners: filter.owner === undefined ? undefined : [filter.owner],
    candidates: filter.mine || scopeRequest !== 'all' ? mine : undefined,
  };
}

export interface NewRequest {
  owner: number;
  offering: OfferingRow;
  values: FormValues;
  about: string;
  changes: Change[];
  needed: number;
}

/** The number is taken last: whoever takes it holds the series until the commit. */
export async function insertRequest(tx: Tx, wanted: NewRequest): Promise<{ id: string; owner_id: number }> {
  const id = newId();
  const { rows } = await sql<{
    key: string;
    number: number;
  }>`select * from tenancy.next_number(${wanted.owner}, 'request')`.execute(tx.q);
  const number = rows[0] as { key: string; number: number };
  await tx.q
    .insertInto('catalog.requests')
    .values({
      owner_id: wanted.owner,
      id,
      number_key: number.key,
      number: number.number,
      about: wanted.about,
      form_values: JSON.stringify(wanted.values),
      changes: JSON.stringify(wanted.changes),
      approvals_needed: wanted.needed,
      membership_id: tx.scope.membershipId,
      offering_owner_id: wanted.offering.owner_id,
      offering_id: wanted.offering.id,
      requester_owner_id: tx.scope.ownerId,
      requester_id: tx.scope.contactId,
    })
    .execute();
  return { id, owner_id: wanted.owner };
}

/** @returns whether the request had that version; every save is one version further. */
/** By the clock of the database, so that it can be compared with what the database notes (the switch's last change). */
export async function setSubmitted(tx: Tx, id: string, phase: string): Promise<void> {
  await setRequest(tx, id, { phase, submitted_at: sql<Date>`now()` });
}

export async function setRequest(
  tx: Pick<Tx, 'q'>,
  id: string,
  changes: Record<string, unknown>,
  version?: number,
): Promise<boolean> {
  let query = tx.q
    .updateTable('catalog.requests')
    .set({ ...changes, version: sql<number>`version + 1` })
    .where('id', '=', id);
  if (version !== undefined) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()).numUpdatedRows === 1n;
}

export async function addRequestEntry(
  tx: Pick<Tx, 'q'> | SystemTx,
  request: { id: string; owner_id: number },
  kind: string,
  by: string,
  note: Text | null,
): Promise<void> {
  await tx.q
    .insertInto('catalog.request_entries')
    .values({
      owner_id: request.owner_id,
      id: newId(),
      request_id: request.id,
      kind,
      by_owner_id: by ? (tx as Tx).scope.ownerId : null,
      by_name: by,
      note: note && JSON.stringify(note),
    })
    .execute();
}

export async function findRequestEntries(tx: Tx, request: string) {
  return tx.q
    .selectFrom('catalog.request_entries')
    .select(['at', 'kind', 'note'])
    .select(sql<string>`identity.shown_name(by_owner_id, null, by_name)`.as('by_name'))
    .where('request_id', '=', request)
    .orderBy('at')
    .orderBy('id')
    .execute();
}
