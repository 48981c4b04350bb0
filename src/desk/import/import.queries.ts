import { sql } from 'kysely';
import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';

export interface Found {
  ownerId: number;
  id: string;
}

/** Which of the tickets are here already, whatever tenant they belong to now. */
export async function findImported(tx: Tx, source: string, sourceIds: string[]): Promise<Set<string>> {
  const rows = await tx.q
    .selectFrom('desk.imported_tickets')
    .select('source_id')
    .where('source', '=', source)
    .where('source_id', 'in', sourceIds)
    .execute();
  return new Set(rows.map((row) => row.source_id));
}

export async function noteImported(
  tx: Tx,
  owner: number,
  ticket: string,
  source: string,
  sourceId: string,
): Promise<void> {
  await tx.q
    .insertInto('desk.imported_tickets')
    .values({ owner_id: owner, id: newId(), ticket_id: ticket, source, source_id: sourceId })
    .execute();
}

/** Two imports at once would make the same people and groups twice: one after the other. */
export async function lockImport(tx: Tx, source: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('desk.import'), hashtext(${source}))`.execute(tx.q);
}

/** As the tenant knows somebody of that name, from this source. */
export async function findImportedContact(
  tx: Tx,
  owner: number,
  source: string,
  name: string,
): Promise<Found | undefined> {
  return tx.q
    .selectFrom('desk.imported_people')
    .select(['owner_id as ownerId', 'contact_id as id'])
    .where('owner_id', '=', owner)
    .where('source', '=', source)
    .where('name', '=', name)
    .executeTakeFirst();
}

/** The contact by which another tenant knows the person of that name, from this source. */
export async function findImportedElsewhere(tx: Tx, source: string, name: string): Promise<string | undefined> {
  const row = await tx.q
    .selectFrom('desk.imported_people')
    .select('contact_id')
    .where('source', '=', source)
    .where('name', '=', name)
    .limit(1)
    .executeTakeFirst();
  return row?.contact_id;
}

export async function noteImportedPerson(
  tx: Tx,
  owner: number,
  contact: string,
  source: string,
  name: string,
): Promise<void> {
  await tx.q
    .insertInto('desk.imported_people')
    .values({ owner_id: owner, id: newId(), contact_id: contact, source, name })
    .execute();
}

export async function findNamed(
  tx: Tx,
  table: 'desk.categories' | 'identity.assignment_groups',
  owner: number,
  name: string,
): Promise<Found | undefined> {
  return tx.q
    .selectFrom(table)
    .select(['owner_id as ownerId', 'id'])
    .where('owner_id', '=', owner)
    .where('name_key', '=', foldName(name))
    .executeTakeFirst();
}

export async function isBelowProvider(tx: Tx, owner: number): Promise<boolean> {
  const { rows } = await sql<{
    below: boolean;
  }>`select exists (select from tenancy.line_of(${owner}) x where x = 3) as below`.execute(tx.q);
  return rows[0]?.below ?? false;
}
