import Type, { type Static } from 'typebox';
import { Id, TenantSlug } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';
import { ByNumber, IdOrNone, Named, NamedOrNone } from '../desk.fields.ts';
import { Ticket } from './tickets.api.ts';

/** The fields of a ticket that refer to records of a tenant. */
export const movedFields = ['requester', 'affected', 'category', 'location', 'group', 'assignee'] as const;
export type MovedField = (typeof movedFields)[number];

/** What a move to a tenant would do to a ticket. Nothing is held: the move itself looks again. */
export const TicketMove = Type.Object({
  /** In the order of the ticket's form; only fields that name something. */
  references: Type.Array(
    Type.Object({
      field: Type.Enum([...movedFields]),
      from: Named,
      /** The same record where the other tenant's tickets may refer to it (R6.3); else one that stands for it there: the same person's,
       * or the same name's; else none, and the field is emptied. */
      to: NamedOrNone,
      /** The very same record. */
      kept: Type.Boolean(),
      /** Cannot be without: somebody has to be named. */
      needed: Type.Boolean(),
    }),
  ),
  /** Who watches it and no longer can. */
  watchersLost: Type.Array(Named),
  /** What goes along and is read there. */
  comments: Type.Object({ public: Type.Integer(), internal: Type.Integer() }),
  /** People who see all tickets of their reach: who would see this one newly, and who no longer. Null for whoever does not read both tenants. */
  sight: Type.Union([Type.Object({ gained: Type.Integer(), lost: Type.Integer() }), Type.Null()]),
});
export type TicketMove = Static<typeof TicketMove>;

export const previewTicketMove = endpoint({
  method: 'GET',
  path: '/tickets/:number/move',
  access: 'ticket.move',
  summary: 'What moving a ticket to another tenant would change',
  params: ByNumber,
  query: Type.Object({ tenant: TenantSlug }, { additionalProperties: false }),
  answer: TicketMove,
  shows: 'ticket',
});

export const TicketMoveWanted = Type.Object(
  {
    tenant: TenantSlug,
    /** What each field becomes; one that is left out stays as it is, which is refused where it cannot. */
    requester: Type.Optional(Id),
    affected: Type.Optional(IdOrNone),
    category: Type.Optional(IdOrNone),
    location: Type.Optional(IdOrNone),
    group: Type.Optional(IdOrNone),
    assignee: Type.Optional(IdOrNone),
  },
  { additionalProperties: false },
);
export type TicketMoveWanted = Static<typeof TicketMoveWanted>;

export const moveTicket = endpoint({
  method: 'POST',
  path: '/tickets/:number/move',
  access: 'ticket.move',
  summary: 'Move a ticket to another tenant, with its comments and history; its old number still finds it',
  params: ByNumber,
  body: TicketMoveWanted,
  answer: Ticket,
  ifMatch: true,
});
