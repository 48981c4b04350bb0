import Type, { type Static } from 'typebox';
import { Id, TenantName, TenantSlug } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';
import { TicketNumber } from '../desk.fields.ts';

/** A person to be chosen for a ticket. */
export const Contact = Type.Object({ id: Id, name: Type.String(), workAddress: Type.String(), tenant: TenantName });
export type Contact = Static<typeof Contact>;

export const ContactQuery = Type.Object(
  {
    /** Part of the name; without it, the first by name. */
    search: Type.Optional(Type.String({ maxLength: 200 })),
    /** requester (also for affected and watchers): anybody; assignee: who may work on tickets. Default: requester. */
    as: Type.Optional(Type.Enum(['requester', 'assignee'])),
    tenant: Type.Optional(TenantSlug),
    /** Only those that this ticket can refer to (R6.3). */
    ticket: Type.Optional(TicketNumber),
    /** Only those that tickets of this tenant can refer to. */
    for: Type.Optional(TenantSlug),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  },
  { additionalProperties: false },
);
export type ContactQuery = Static<typeof ContactQuery>;

export const findContacts = endpoint({
  method: 'GET',
  path: '/contacts',
  access: 'person.read',
  summary: 'Find people for the fields of a ticket',
  query: ContactQuery,
  answer: Type.Object({ items: Type.Array(Contact), next: Type.Null() }),
});
