import Type, { type Static } from 'typebox';
import { Id, Instant, NextPage, Paging, TenantName, TenantSlug } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';
import { ByNumber, IdOrNone, Level, Named, NamedOrNone, Priority, TicketStatus, TicketType } from '../desk.fields.ts';

const summary = {
  id: Id,
  /** `KEY-42`. */
  number: Type.String(),
  version: Type.Integer(),
  /** Null while multi-tenancy is off for whoever asks (R1.3). */
  tenant: TenantName,
  type: TicketType,
  status: TicketStatus,
  title: Type.String(),
  impact: Level,
  urgency: Level,
  priority: Priority,
  category: NamedOrNone,
  location: NamedOrNone,
  /** None only on tickets of other systems that name nobody. */
  requester: NamedOrNone,
  affected: NamedOrNone,
  assignee: NamedOrNone,
  group: NamedOrNone,
  openedAt: Instant,
  updatedAt: Instant,
  resolvedAt: Type.Union([Instant, Type.Null()]),
  closedAt: Type.Union([Instant, Type.Null()]),
};

export const TicketSummary = Type.Object(summary);
export type TicketSummary = Static<typeof TicketSummary>;

/** What a ticket offers to whoever asks: the same rules guard the endpoints (R10.4). */
export const TicketActions = Type.Object({
  update: Type.Boolean(),
  assign: Type.Boolean(),
  start: Type.Boolean(),
  hold: Type.Boolean(),
  resolve: Type.Boolean(),
  reopen: Type.Boolean(),
  close: Type.Boolean(),
  cancel: Type.Boolean(),
  comment: Type.Boolean(),
  /** May choose who reads a comment; then *internal* is what it is until chosen otherwise. */
  commentInternal: Type.Boolean(),
  watch: Type.Boolean(),
  addWatcher: Type.Boolean(),
  /** To another tenant. */
  move: Type.Boolean(),
});
export type TicketActions = Static<typeof TicketActions>;

export const Ticket = Type.Object({
  ...summary,
  description: Type.String(),
  resolution: Type.String(),
  watchers: Type.Array(Named),
  /** Whether you watch it. */
  watching: Type.Boolean(),
  can: TicketActions,
});
export type Ticket = Static<typeof Ticket>;

/** The database knows no year 0. */
const OpenedAt = Type.String({ format: 'date-time', pattern: '^[12]' });

const filters = {
  /** Words of number, title, description, resolution and the comments that you may read; Spanish or English, accents or none.
   * The newest thousand that match are listed, the newest ten thousand exported. */
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  status: Type.Optional(Type.Array(TicketStatus, { maxItems: 6 })),
  type: Type.Optional(TicketType),
  priority: Type.Optional(Type.Array(Priority, { maxItems: 4 })),
  category: Type.Optional(Type.Union([Id, Type.Literal('none')])),
  location: Type.Optional(Type.Union([Id, Type.Literal('none')])),
  assignee: Type.Optional(Type.Union([Id, Type.Literal('none')])),
  group: Type.Optional(Type.Union([Id, Type.Literal('none')])),
  requester: Type.Optional(Id),
  tenant: Type.Optional(TenantSlug),
  /** Yours: requested by or for you, assigned to you, to one of your groups, watched by you. */
  mine: Type.Optional(Type.Enum(['requested', 'assigned', 'groups', 'watched'])),
  /** From this instant on, and before that one. */
  openedFrom: Type.Optional(OpenedAt),
  openedBefore: Type.Optional(OpenedAt),
  /** Default: newest. `priority` is the most urgent first, and the oldest of them. */
  sort: Type.Optional(Type.Enum(['newest', 'oldest', 'updated', 'priority', 'number'])),
};
export const TicketFilters = Type.Object(filters, { additionalProperties: false });
export type TicketFilters = Static<typeof TicketFilters>;

export const listTickets = endpoint({
  method: 'GET',
  path: '/tickets',
  access: 'ticket.read',
  summary: 'List tickets',
  query: Type.Object({ ...filters, ...Paging }, { additionalProperties: false }),
  answer: Type.Object({
    items: Type.Array(TicketSummary),
    next: NextPage,
    /** How many match, on the first page only; `more`: at least that many. */
    total: Type.Union([Type.Object({ count: Type.Integer(), more: Type.Boolean() }), Type.Null()]),
  }),
});

export const exportTickets = endpoint({
  method: 'GET',
  path: '/tickets/export',
  access: 'ticket.export',
  summary: 'Export the tickets that a list shows, as CSV',
  query: TicketFilters,
  sends: 'file',
});

export const getTicket = endpoint({
  method: 'GET',
  path: '/tickets/:number',
  access: 'ticket.read',
  summary: 'A ticket',
  params: ByNumber,
  answer: Ticket,
});

const Title = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' });
const Text = Type.String({ maxLength: 20_000 });
const Resolution = Type.String({ minLength: 1, maxLength: 5000, pattern: '\\S' });

export const NewTicket = Type.Object(
  {
    title: Title,
    description: Type.Optional(Text),
    /** Default: incident. */
    type: Type.Optional(TicketType),
    /** Default: medium, both. */
    impact: Type.Optional(Level),
    urgency: Type.Optional(Level),
    category: Type.Optional(Id),
    location: Type.Optional(Id),
    /** Default: yourself. Somebody else needs the function ticket.create-for-others, and decides the tenant (R7.1). */
    requester: Type.Optional(Id),
    /** Whom it is about, if not the requester. */
    affected: Type.Optional(Id),
    assignee: Type.Optional(Id),
    group: Type.Optional(Id),
    /** The tenant that the form showed: when it is another than the requester's, nothing is created (R10.2). */
    tenant: Type.Optional(TenantSlug),
  },
  { additionalProperties: false },
);
export type NewTicket = Static<typeof NewTicket>;

export const createTicket = endpoint({
  method: 'POST',
  path: '/tickets',
  access: 'ticket.create',
  summary: 'Create a ticket, for yourself or for somebody else',
  body: NewTicket,
  answer: Ticket,
  status: 201,
});

export const TicketChanges = Type.Object(
  {
    title: Type.Optional(Title),
    description: Type.Optional(Text),
    type: Type.Optional(TicketType),
    impact: Type.Optional(Level),
    urgency: Type.Optional(Level),
    category: Type.Optional(IdOrNone),
    location: Type.Optional(IdOrNone),
    requester: Type.Optional(Id),
    affected: Type.Optional(IdOrNone),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type TicketChanges = Static<typeof TicketChanges>;

export const updateTicket = endpoint({
  method: 'PATCH',
  path: '/tickets/:number',
  access: 'ticket.update',
  summary: 'Change fields of a ticket',
  params: ByNumber,
  body: TicketChanges,
  answer: Ticket,
  ifMatch: true,
});

export const Assignment = Type.Object(
  { group: Type.Optional(IdOrNone), assignee: Type.Optional(IdOrNone) },
  { additionalProperties: false, minProperties: 1 },
);

export const assignTicket = endpoint({
  method: 'PUT',
  path: '/tickets/:number/assignment',
  access: 'ticket.assign',
  summary: 'Assign a ticket to a group, a person, both or nobody',
  params: ByNumber,
  body: Assignment,
  answer: Ticket,
  ifMatch: true,
});

export const startTicket = endpoint({
  method: 'PUT',
  path: '/tickets/:number/work',
  access: 'ticket.update',
  summary: 'Begin or resume work on a ticket',
  params: ByNumber,
  answer: Ticket,
  ifMatch: true,
});

export const holdTicket = endpoint({
  method: 'PUT',
  path: '/tickets/:number/hold',
  access: 'ticket.update',
  summary: 'Put a ticket on hold',
  params: ByNumber,
  answer: Ticket,
  ifMatch: true,
});

export const resolveTicket = endpoint({
  method: 'PUT',
  path: '/tickets/:number/resolution',
  access: 'ticket.resolve',
  summary: 'Resolve a ticket',
  params: ByNumber,
  body: Type.Object({ resolution: Resolution }, { additionalProperties: false }),
  answer: Ticket,
  ifMatch: true,
});

export const reopenTicket = endpoint({
  method: 'DELETE',
  path: '/tickets/:number/resolution',
  access: 'ticket.comment',
  summary: 'Reopen a resolved ticket; its requester may, too',
  params: ByNumber,
  answer: Ticket,
  ifMatch: true,
});

export const closeTicket = endpoint({
  method: 'PUT',
  path: '/tickets/:number/closure',
  access: 'ticket.comment',
  summary: 'Close a resolved ticket for good; its requester may, too',
  params: ByNumber,
  answer: Ticket,
  ifMatch: true,
});

export const cancelTicket = endpoint({
  method: 'PUT',
  path: '/tickets/:number/cancellation',
  access: 'ticket.comment',
  summary: 'Cancel a ticket; its requester may until work has begun',
  params: ByNumber,
  answer: Ticket,
  ifMatch: true,
});

export const watchTicket = endpoint({
  method: 'PUT',
  path: '/tickets/:number/watch',
  access: 'ticket.read',
  summary: 'Watch a ticket',
  params: ByNumber,
  answer: Ticket,
});

export const unwatchTicket = endpoint({
  method: 'DELETE',
  path: '/tickets/:number/watch',
  access: 'ticket.read',
  summary: 'Stop watching a ticket, which may be what let you read it',
  params: ByNumber,
});

const Watcher = Type.Object({ ...ByNumber.properties, contact: Id }, { additionalProperties: false });

export const addWatcher = endpoint({
  method: 'PUT',
  path: '/tickets/:number/watchers/:contact',
  access: 'ticket.update',
  summary: 'Let somebody watch a ticket; they may then read it',
  params: Watcher,
  answer: Ticket,
});

export const removeWatcher = endpoint({
  method: 'DELETE',
  path: '/tickets/:number/watchers/:contact',
  access: 'ticket.update',
  summary: 'Take a watcher from a ticket',
  params: Watcher,
});
