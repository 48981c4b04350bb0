import Type, { type Static } from 'typebox';
import { Id, Instant, NextPage, Paging } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';
import { ByNumber } from '../desk.fields.ts';

/** internal: people with the function ticket.read-internal alone. */
export const Audience = Type.Enum(['internal', 'public']);

export const Comment = Type.Object({
  id: Id,
  at: Instant,
  author: Type.Object({ id: Type.Union([Id, Type.Null()]), name: Type.String() }),
  audience: Audience,
  text: Type.String(),
});
export type Comment = Static<typeof Comment>;

const paged = Type.Object(Paging, { additionalProperties: false });

export const listComments = endpoint({
  method: 'GET',
  path: '/tickets/:number/comments',
  access: 'ticket.read',
  summary: 'List the comments of a ticket, oldest first',
  params: ByNumber,
  query: paged,
  answer: Type.Object({ items: Type.Array(Comment), next: NextPage }),
});

export const NewComment = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' }),
    /** Of people with ticket.read-internal it is internal until they choose otherwise; everybody else's is public. */
    audience: Type.Optional(Audience),
  },
  { additionalProperties: false },
);
export type NewComment = Static<typeof NewComment>;

export const addComment = endpoint({
  method: 'POST',
  path: '/tickets/:number/comments',
  access: 'ticket.comment',
  summary: 'Comment on a ticket; the answer says who will read it',
  params: ByNumber,
  body: NewComment,
  answer: Type.Object({
    comment: Comment,
    /** Who will read it: the analysts always; of the others, those who are named. */
    readers: Type.Object({ audience: Audience, people: Type.Array(Type.String()) }),
  }),
  status: 201,
});

export const Change = Type.Object({
  id: Id,
  at: Instant,
  by: Type.String(),
  /** The ticket's field, by its name in the API; `created` for the beginning. */
  field: Type.String(),
  /** As people read it: labels for references, '' for nothing. */
  from: Type.String(),
  to: Type.String(),
  internal: Type.Boolean(),
});
export type Change = Static<typeof Change>;

export const listHistory = endpoint({
  method: 'GET',
  path: '/tickets/:number/history',
  access: 'ticket.read',
  summary: 'List what was changed on a ticket, oldest first',
  params: ByNumber,
  query: paged,
  answer: Type.Object({ items: Type.Array(Change), next: NextPage }),
});
