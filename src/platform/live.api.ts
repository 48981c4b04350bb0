import Type from 'typebox';
import { endpoint } from './endpoints.ts';

export const live = endpoint({
  method: 'GET',
  path: '/live',
  access: 'session',
  summary: 'Server-sent events: that something of a topic changed for a membership, never what',
  query: Type.Object(
    {
      /** Identities of memberships of the person who is signed in, with commas; at most 20. */
      memberships: Type.String({ pattern: '^[0-9a-fA-F-]{36}(,[0-9a-fA-F-]{36}){0,19}$' }),
    },
    { additionalProperties: false },
  ),
  sends: 'event-stream',
});
