import { foldName } from '../../platform/fold.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner } from '../../tenancy/owners.ts';
import { namedOwner } from '../../tenancy/placement.ts';
import { findLine } from '../references.queries.ts';
import { knownTicket } from '../tickets/tickets.view.ts';
import type { Contact, ContactQuery } from './contacts.api.ts';
import { type ContactRow, findContacts } from './contacts.queries.ts';

/** People in reach for a field of a ticket; with `ticket`, those that it can refer to (R6.3). */
export async function contactsFor(tx: Tx, wanted: ContactQuery): Promise<{ items: Contact[]; next: null }> {
  const working = wanted.as === 'assignee';
  let owners = wanted.tenant === undefined ? undefined : [await namedOwner(tx, wanted.tenant)];
  if (wanted.ticket !== undefined || wanted.for !== undefined) {
    const ownerId =
      wanted.for === undefined
        ? (await knownTicket(tx, wanted.ticket as string)).ownerId
        : await namedOwner(tx, wanted.for);
    const legal = [...(await findLine(tx, ownerId)), ...(working ? [providerOwner] : [])];
    // Before multi-tenancy is on, anybody will do: what does not fit is a crossing (R6.6).
    if (tx.scope.state === 'on')
      owners = owners ? owners.filter((owner) => legal.includes(owner)) : [...new Set(legal)];
  }
  const search = wanted.search && foldName(wanted.search);
  const rows = await findContacts(tx, { search, owners, working, limit: wanted.limit ?? 20 });
  return { items: rows.map(contactOf), next: null };
}

export function contactOf(row: ContactRow): Contact {
  const tenant = row.tenantSlug === null ? null : { name: row.tenantName ?? '', slug: row.tenantSlug };
  return { id: row.id, name: row.name, workAddress: row.workAddress, tenant };
}
