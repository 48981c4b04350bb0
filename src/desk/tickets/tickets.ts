import type { Total } from '../../platform/lists.ts';
import { findCountedPage } from '../../platform/lists.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { mayWrite, namedOwner, ownerForNew } from '../../tenancy/placement.ts';
import { refuseDesk } from '../desk.refusals.ts';
import { findLine, type Target } from '../references.queries.ts';
import { refuseOutsideTheLine, targetOf } from '../references.ts';
import { insertTicket, type TicketWanted } from './insertion.ts';
import type { NewTicket, Ticket, TicketFilters, TicketSummary } from './tickets.api.ts';
import { ticketList } from './tickets.list.queries.ts';
import { findDefaultGroup, type TicketRow, ticketColumns, ticketJoins } from './tickets.queries.ts';
import { summaryOf, ticketOf } from './tickets.view.ts';

export interface TicketPage {
  items: TicketSummary[];
  next: string | null;
  total: Total | null;
}

/** Beyond this, totals say “or more”. */
const countedUpTo = 1000;

export async function listOfTickets(
  tx: Tx,
  wanted: TicketFilters & { limit?: number; cursor?: string },
): Promise<TicketPage> {
  const { limit = 50, cursor, ...filters } = wanted;
  const list = await ticketList(tx, filters);
  const page = { columns: ticketColumns, joins: ticketJoins, limit, cursor };
  const { rows, next, total } = await findCountedPage<TicketRow>(tx, list, page, countedUpTo);
  return { items: rows.map(summaryOf), next, total };
}

/** For oneself, or by analysts for others. R7.1: the requester decides the tenant; R10.2: it must be the one that was shown. */
export async function createTicket(tx: Tx, wanted: NewTicket): Promise<Ticket> {
  refuseBeyondFunctions(tx, wanted);
  const isQueued = wanted.group === undefined && wanted.assignee === undefined;
  // What somebody makes for themselves is of their tenant: which queue receives it is asked in the same trip.
  const isOwn = wanted.requester === undefined && wanted.affected === undefined && wanted.tenant === undefined;
  const [targets, ownQueue] = await Promise.all([
    targetsOf(tx, wanted),
    isQueued && isOwn ? findDefaultGroup(tx, tx.scope.ownerId) : null,
  ]);
  const owner = await ownerOf(tx, wanted, targets);
  if (!mayWrite(tx.scope, owner)) refuse('read-only');
  await refuseOutsideTheLine(tx, owner, targets);
  const queue = isOwn && owner === tx.scope.ownerId ? ownQueue : isQueued && (await findDefaultGroup(tx, owner));
  const made: TicketWanted = {
    owner,
    title: wanted.title,
    description: wanted.description,
    type: wanted.type ?? 'incident',
    impact: wanted.impact ?? 'medium',
    urgency: wanted.urgency ?? 'medium',
    ...targets,
    group: targets.group ?? (queue || null),
  };
  return (await insertTicket(tx, made, (number) => ticketOf(tx, number))).asked;
}

/** A field that somebody may not fill is refused, not left out: nobody is to believe it was saved. */
function refuseBeyondFunctions(tx: Tx, wanted: NewTicket): void {
  const has = (name: string) => tx.scope.functions.includes(name);
  const others = [wanted.requester, wanted.affected].some((id) => id !== undefined && id !== tx.scope.contactId);
  if (others && !has('ticket.create-for-others')) refuse('not-allowed');
  if ((wanted.assignee ?? wanted.group) !== undefined && !has('ticket.assign')) refuse('not-allowed');
}

type Targets = Record<'requester' | 'affected' | 'assignee' | 'group' | 'category' | 'location', Target | null>;

async function targetsOf(tx: Tx, wanted: NewTicket): Promise<Targets> {
  const target = async (kind: Parameters<typeof targetOf>[1], field: keyof Targets, id: string | undefined) =>
    id === undefined ? null : targetOf(tx, kind, id, field);
  const [requester, affected, assignee, group, category, location] = await Promise.all([
    target('contact', 'requester', wanted.requester ?? tx.scope.contactId),
    target('contact', 'affected', wanted.affected),
    target('contact', 'assignee', wanted.assignee),
    target('group', 'group', wanted.group),
    target('category', 'category', wanted.category),
    target('location', 'location', wanted.location),
  ]);
  return { requester, affected, assignee, group, category, location } as Targets;
}

async function ownerOf(tx: Tx, wanted: NewTicket, { requester, affected }: Targets): Promise<number> {
  // R1.8: while nobody may name a tenant, a record is its maker's.
  if (tx.scope.tenancy === 'off') return ownerForNew(tx, wanted.tenant);
  const named = wanted.tenant === undefined ? undefined : await namedOwner(tx, wanted.tenant);
  const own = (requester as Target).ownerId;
  // Whoever asks in nobody's name says it by the affected person or by the tenant, if not for their own.
  const implied = wanted.requester === undefined ? (affected?.ownerId ?? named ?? own) : own;
  // In setup nothing is refused yet: what does not fit is a crossing (R1.4).
  if (tx.scope.tenancy === 'setup') return named ?? implied;
  const fits = [named, affected?.ownerId].every((owner) => (owner ?? implied) === implied);
  if (!fits || !(own === implied || (await findLine(tx, implied)).includes(own))) refuseDesk('ticket.tenant-mismatch');
  return implied;
}
