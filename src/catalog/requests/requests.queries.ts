import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
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
function shownRequests(tx: Tx) {
  const hidden = tx.scope.tenancy === 'off' ? unofferedTo(tx.scope) : [];
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
  requester?: string | undefined;
  phase?: string | undefined;
  owner?: number | undefined;
  /** Not of this person, and not decided by them. */
  decidableBy?: string | undefined;
  after?: [at: string, id: string] | undefined;
  limit: number;
}

export async function findRequests(tx: Tx, filter: RequestFilter) {
  let query = shownRequests(tx).select(sql<string>`to_json(r.created_at) #>> '{}'`.as('place'));
  // The access path (R5.7: for speed, never for safety); the policies decide what there is.
  if (tx.scope.reach === 'one') query = query.where('r.owner_id', '=', tx.scope.reads[0] as number);
  if (filter.owner !== undefined) query = query.where('r.owner_id', '=', filter.owner);
  if (filter.requester) query = query.where('r.requester_id', '=', filter.requester);
  if (filter.phase) query = query.where('r.phase', '=', filter.phase);
  const person = filter.decidableBy;
  if (person) {
    query = query
      .where('r.phase', '=', 'approval')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('catalog.approvals as a')
              .select('a.id')
              .whereRef('a.request_id', '=', 'r.id')
              .where('a.person_id', '=', person),
          ),
        ),
      )
      .where('r.requester_id', '<>', tx.scope.contactId);
  }
  if (filter.after)
    query = query.where(
      sql<boolean>`(r.created_at, r.id) < (${filter.after[0]}::timestamptz, ${filter.after[1]}::uuid)`,
    );
  return query.orderBy('r.created_at', 'desc').orderBy('r.id', 'desc').limit(filter.limit).execute();
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
