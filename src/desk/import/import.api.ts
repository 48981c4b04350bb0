import Type from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { ImportedTicket } from './imported-ticket.ts';

export const importTickets = endpoint({
  method: 'POST',
  path: '/imports/tickets',
  access: 'import.run',
  summary: 'Take in tickets of another system, at most 100 at once; those that are here already stay as they are',
  body: Type.Object(
    {
      /** Which system or file they come from; with `sourceId` their identity. */
      source: Type.String({ minLength: 1, maxLength: 100 }),
      /**
       * Whether the source's names are its own identities: the same name in two tenants is then one person, whose home is the
       * provider. Otherwise each tenant has somebody of that name.
       */
      samePeople: Type.Optional(Type.Boolean()),
      tickets: Type.Array(ImportedTicket, { minItems: 1, maxItems: 100 }),
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ imported: Type.Integer(), present: Type.Integer() }),
  bodyLimit: 20_000_000,
});
