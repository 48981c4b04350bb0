import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { providerOwner, publicOwner } from '../../tenancy/owners.ts';
import { refusePlacement } from '../../tenancy/placement.refusals.ts';
import { mayWrite, namedOwner } from '../../tenancy/placement.ts';
import { refuseDesk } from '../desk.refusals.ts';
import { findLine, type Target } from '../references.queries.ts';
import { providerEligible, targetKinds, targetOf } from '../references.ts';
import { refuseUnless, type Seen } from './changing.ts';
import { changesBetween, insertChanges } from './history.ts';
import { keyed } from './insertion.ts';
import { type MovedField, movedFields, type TicketMove, type TicketMoveWanted } from './moves.api.ts';
import * as queries from './moves.queries.ts';
import type { Ticket } from './tickets.api.ts';
import { findDefaultGroup, type Setting, setTicket, type TicketRow, takeNumber } from './tickets.queries.ts';
import { knownTicket, shownTicket } from './tickets.view.ts';
import { deleteWatcher } from './watching.queries.ts';

/** Where a ticket goes: the tenant, and whose records its tickets may refer to, nearest first (R6.3). */
interface Destination {
  owner: number;
  line: number[];
}

/** R7.3: what would have to change, before anything does. */
export async function previewMove(tx: Tx, number: string, slug: string): Promise<TicketMove> {
  const ticket = await knownTicket(tx, number);
  const to = await destinationOf(tx, ticket, slug);
  const owners = (await queries.findReferenceOwners(tx, ticket)) ?? refuse('version-stale');
  const references: TicketMove['references'] = [];
  for (const field of movedFields) {
    const from = namedBy(ticket, field);
    const owner = owners[field];
    if (!from || owner === null) continue;
    const kept = fits(field, owner, to);
    const found = kept ? from : await counterpart(tx, field, from.id, to);
    const needed = field === 'requester';
    references.push({ field, from, to: found && { id: found.id, name: found.name }, kept, needed });
  }
  return {
    references,
    watchersLost: await queries.findWatchersOutside(tx, ticket, eligibleLine(to)),
    comments: await queries.countComments(tx, ticket),
    sight: await queries.findSight(tx, ticket.ownerId, to.owner),
  };
}

/**
 * R7.3, all or nothing: the ticket with its comments, history and search becomes the other tenant's, under a number of its series.
 * The database takes its parts along (`on update cascade`) and refuses what would refer outside the line (R6.4).
 */
export async function moveTicket(tx: Tx, { number, version }: Seen, wanted: TicketMoveWanted): Promise<Ticket> {
  const before = await knownTicket(tx, number);
  if (mayWrite(tx.scope, before.ownerId) && before.version !== version) refuse('version-stale');
  const to = await destinationOf(tx, before, wanted.tenant);
  const setting = await settingOf(tx, before, wanted, to);
  for (const { id } of await queries.findWatchersOutside(tx, before, eligibleLine(to)))
    await deleteWatcher(tx, before, id);
  await queries.insertAlias(tx, before, before.number);
  const taken = await takeNumber(tx, to.owner);
  if (!(await setTicket(tx, before, version, { ...setting, owner_id: to.owner, number: taken })))
    refuse('version-stale');
  const after = await knownTicket(tx, taken);
  const renumbered = { field: 'number', from: before.number, to: taken, internal: false };
  await insertChanges(tx, after, [renumbered, ...changesBetween(before, after)]);
  await recordMove(tx, before, after);
  return shownTicket(tx, after);
}

/** On both sides (R11.1). Neither entry names the other tenant, which its readers need not know of; the ticket's identity is the same in both. */
async function recordMove(tx: Tx, before: TicketRow, after: TicketRow): Promise<void> {
  const subject = { kind: 'ticket', id: before.id };
  await tx.record('ticket.moved-away', { ...subject, label: before.number, owner: before.ownerId });
  const details = { formerNumber: before.number };
  await tx.record('ticket.moved-here', { ...subject, label: after.number, owner: after.ownerId }, details);
  tx.changed('tickets', before.ownerId);
  tx.changed('tickets', after.ownerId);
}

async function destinationOf(tx: Tx, ticket: TicketRow, slug: string): Promise<Destination> {
  const owner = await namedOwner(tx, slug);
  if (!mayWrite(tx.scope, owner)) return refusePlacement('tenant-unknown');
  if (owner === ticket.ownerId) return refuseDesk('ticket.already-there', { number: ticket.number });
  refuseUnless(tx, ticket, 'move');
  return { owner, line: await findLine(tx, owner) };
}

const eligibleLine = ({ line }: Destination) => [...line, providerOwner];

function fits(field: MovedField, owner: number, { line }: Destination): boolean {
  if (owner === publicOwner || line.includes(owner)) return true;
  return owner === providerOwner && providerEligible.includes(field);
}

function namedBy(ticket: TicketRow, field: MovedField): { id: string; name: string } | null {
  const id = ticket[`${field}Id`];
  return id === null ? null : { id, name: ticket[`${field}Name`] ?? '' };
}

/** What stands for a record in the other tenant: the same person's contact, the same name, or the queue of its new tickets. */
async function counterpart(
  tx: Tx,
  field: MovedField,
  id: string,
  { owner, line }: Destination,
): Promise<Target | null> {
  const kind = targetKinds[field];
  if (kind === 'contact') return (await queries.findSamePerson(tx, id, owner)) ?? null;
  const owners = [...line, publicOwner, ...(providerEligible.includes(field) ? [providerOwner] : [])];
  const namesake = await queries.findNamesake(tx, kind, id, owners);
  if (namesake || field !== 'group') return namesake ?? null;
  const queue = await findDefaultGroup(tx, owner);
  return queue ? targetOf(tx, 'group', queue.id, field) : null;
}

/** The columns that change. A field that is given is looked up; one that stays must be allowed to. */
async function settingOf(tx: Tx, ticket: TicketRow, wanted: TicketMoveWanted, to: Destination): Promise<Setting> {
  const owners = (await queries.findReferenceOwners(tx, ticket)) ?? refuse('version-stale');
  const settings: Setting[] = [];
  for (const field of movedFields) {
    const id = wanted[field];
    if (id === undefined) {
      const owner = owners[field];
      if (owner !== null && !fits(field, owner, to)) refuseDesk('ticket.move-undecided', { field });
      continue;
    }
    // The same record again may be one that can no longer be chosen, but can stay.
    if (id !== null && id === ticket[`${field}Id`] && fits(field, owners[field] as number, to)) continue;
    const target = id === null ? null : await targetOf(tx, targetKinds[field], id, field);
    if (target && !fits(field, target.ownerId, to)) refuse('reference-unknown', { field });
    settings.push(keyed(field, target));
  }
  return Object.assign({}, ...settings);
}
