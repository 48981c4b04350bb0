import { priorityOf } from '../../src/desk/tickets/tickets.priority.ts';
import { type Forest, type PlannedTenant, year } from './forest.ts';
import type { PlannedPerson } from './people.ts';
import { Random } from './random.ts';
import { type TicketText, titleOf } from './texts.ts';

/** What the tickets of a tenant refer to. */
export interface Places {
  people: Map<number, PlannedPerson[]>;
  /** Of each tenant its own queue. */
  queues: Map<number, string>;
  /** Of each tenant what it uses: public ones by topic, or those of the top of its line. */
  categoriesOf: (tenant: PlannedTenant, topic: string) => { owner: number; id: string };
}

export interface TicketRows {
  ticket: unknown[];
  changes: unknown[][];
  comments: unknown[][];
  entry: unknown[];
}

const levels = ['high', 'medium', 'low'] as const;
const twoWeeks = 14 * 24 * 3600 * 1000;

/**
 * The tickets in the order in which they would have been made, all tenants between each other: a tenant's records lie
 * scattered over the table, as they do in an installation that has grown.
 */
export function* ticketsOf(forest: Forest, places: Places, texts: readonly TicketText[]): Generator<TicketRows> {
  const random = new Random(forest.seed + 2);
  const numbers = new Map<PlannedTenant, number>();
  for (const { tenant, openedAt } of inOrder(forest, random)) {
    const number = (numbers.get(tenant) ?? 0) + 1;
    numbers.set(tenant, number);
    yield ticketOf({ tenant, openedAt, number, until: forest.until }, places, random.pick(texts), random, texts);
  }
}

function inOrder(forest: Forest, random: Random): { tenant: PlannedTenant; openedAt: number }[] {
  const moments: { tenant: PlannedTenant; openedAt: number }[] = [];
  for (const tenant of forest.tenants) {
    for (let i = 0; i < tenant.tickets; i++) {
      // More of them lately; in dormant tenants all of them long ago.
      const age = tenant.dormant ? 2 * year + random.next() * year : random.next() ** 1.5 * 3 * year;
      moments.push({ tenant, openedAt: Math.floor(forest.until - 60_000 - age) });
    }
  }
  return moments.sort((one, other) => one.openedAt - other.openedAt);
}

interface Moment {
  tenant: PlannedTenant;
  openedAt: number;
  number: number;
  until: number;
}

function ticketOf(
  { tenant, openedAt, number: place, until }: Moment,
  places: Places,
  text: TicketText,
  random: Random,
  texts: readonly TicketText[],
): TicketRows {
  const { owner } = tenant;
  const id = random.id(openedAt);
  const number = `${tenant.key}-${place}`;
  const [analyst, ...helped] = places.people.get(owner) as [PlannedPerson, ...PlannedPerson[]];
  const requester = random.pick(helped);
  const assignee = random.chance(0.2) ? random.pick((places.people.get(3) as PlannedPerson[]).slice(0, 5)) : analyst;
  const category = places.categoriesOf(tenant, text.topic);
  const [impact, urgency] = [random.pick(levels), random.pick(levels)];
  const status = statusOf(until - openedAt, random);
  const isOver = status === 'resolved' || status === 'closed';
  const lasts = random.next() ** 2 * twoWeeks;
  const resolvedAt = isOver ? new Date(Math.min(openedAt + lasts, until - 1)) : null;
  const opened = new Date(openedAt);
  const comments = commentsOf({ owner, id, requester, analyst, openedAt, until }, random, texts);
  const updatedAt = new Date(
    Math.max(openedAt, resolvedAt?.getTime() ?? 0, ...comments.map((row) => (row[2] as Date).getTime())),
  );
  const ticket = [
    owner,
    id,
    number,
    random.chance(0.7) ? 'incident' : 'request',
    status,
    titleOf(text),
    text.text,
    isOver ? 'Done as described.' : '',
    impact,
    urgency,
    priorityOf(impact, urgency),
    opened,
    updatedAt,
    resolvedAt,
    status === 'closed' ? resolvedAt : null,
    category.owner,
    category.id,
    owner,
    requester.contactId,
    assignee.owner,
    assignee.contactId,
    owner,
    places.queues.get(owner),
  ];
  const change = (at: Date, by: PlannedPerson, field: string, from: string, to: string) => [
    owner,
    random.id(at.getTime()),
    at,
    by.owner,
    by.contactId,
    by.displayName,
    field,
    from,
    to,
    false,
    id,
  ];
  const changes = [change(opened, requester, 'created', '', number)];
  if (resolvedAt) changes.push(change(resolvedAt, assignee, 'status', 'new', status));
  const entry = [
    owner,
    random.id(openedAt),
    opened,
    'ticket.created',
    'ticket',
    id,
    number,
    '{}',
    requester.personId,
    requester.membershipId,
    owner,
    requester.displayName,
    random.id(openedAt),
    '127.0.0.1',
  ];
  return { ticket, changes, comments, entry };
}

function statusOf(age: number, random: Random): string {
  if (age > twoWeeks * 4) return random.chance(0.04) ? 'cancelled' : random.chance(0.02) ? 'on_hold' : 'closed';
  return random.pick(['new', 'in_progress', 'in_progress', 'on_hold', 'resolved', 'closed']);
}

interface Talk {
  owner: number;
  id: string;
  requester: PlannedPerson;
  analyst: PlannedPerson;
  openedAt: number;
  until: number;
}

/** None on most tickets, several on some: one on average. */
function commentsOf(talk: Talk, random: Random, texts: readonly TicketText[]): unknown[][] {
  const count = random.chance(0.5) ? 0 : 1 + random.below(3);
  return Array.from({ length: count }, (_none, place) => {
    const author = place % 2 ? talk.requester : talk.analyst;
    const at = new Date(
      Math.min(talk.openedAt + (place + 1) * (60_000 + random.next() * twoWeeks * 0.2), talk.until - 10 + place),
    );
    const internal = author === talk.analyst && random.chance(0.3);
    const body = random.pick(texts).text.slice(0, 200) || 'Thanks';
    return [
      talk.owner,
      random.id(at.getTime()),
      at,
      author.owner,
      author.contactId,
      author.displayName,
      internal ? 'internal' : 'public',
      body,
      talk.id,
    ];
  });
}

export const ticketColumns = [
  'owner_id',
  'id',
  'number',
  'type',
  'status',
  'title',
  'description',
  'resolution',
  'impact',
  'urgency',
  'priority',
  'opened_at',
  'updated_at',
  'resolved_at',
  'closed_at',
  'category_owner_id',
  'category_id',
  'requester_owner_id',
  'requester_id',
  'assignee_owner_id',
  'assignee_id',
  'group_owner_id',
  'group_id',
];
export const changeColumns = [
  'owner_id',
  'id',
  'at',
  'by_owner_id',
  'by_contact_id',
  'by_name',
  'field',
  'from_value',
  'to_value',
  'internal',
  'ticket_id',
];
export const commentColumns = [
  'owner_id',
  'id',
  'at',
  'author_owner_id',
  'author_contact_id',
  'author_name',
  'audience',
  'body',
  'ticket_id',
];
export const entryColumns = [
  'owner_id',
  'id',
  'at',
  'action',
  'subject_kind',
  'subject_id',
  'subject_label',
  'details',
  'actor_person_id',
  'actor_membership_id',
  'actor_owner_id',
  'actor_label',
  'request_id',
  'address',
];
