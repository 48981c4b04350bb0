import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { Id, Instant, Language } from '../identity.fields.ts';
import { Me } from '../sessions/sessions.api.ts';

const MyTerms = Type.Object({
  /** Until they are accepted, everything else is refused with `terms-not-accepted` (R8.3). */
  due: Type.Boolean(),
  /** Null: nobody up the line asks for anything. */
  terms: Type.Union([
    Type.Object({
      version: Id,
      number: Type.Integer(),
      name: Type.String(),
      /** Markdown; an empty one was not written, the other is to be read then. */
      texts: Type.Object({ en: Type.String(), es: Type.String() }),
      hash: Type.String(),
      publishedAt: Instant,
      asked: Type.Enum(['once', 'sign-in']),
      /** The organization that asks; null while multi-tenancy is off. */
      organization: Type.Union([Type.String(), Type.Null()]),
      acceptedAt: Type.Union([Instant, Type.Null()]),
    }),
    Type.Null(),
  ]),
});
export type MyTerms = Static<typeof MyTerms>;

const Decision = Type.Object(
  {
    /** The version that was read; one that is not asked for any more is refused. */
    version: Id,
    /** In which language it was read. */
    language: Language,
  },
  { additionalProperties: false },
);

export const getMyTerms = endpoint({
  method: 'GET',
  path: '/me/terms',
  access: 'session',
  beforeTerms: true,
  summary: 'The terms of usage that hold for you, and whether you have yet to accept them',
  answer: MyTerms,
});

export const acceptTerms = endpoint({
  method: 'PUT',
  path: '/me/terms/acceptance',
  access: 'session',
  beforeTerms: true,
  summary: 'Accept the terms of usage that you have read',
  body: Decision,
  answer: Me,
});

export const rejectTerms = endpoint({
  method: 'PUT',
  path: '/me/terms/rejection',
  access: 'session',
  beforeTerms: true,
  summary: 'Reject the terms of usage; your session ends',
  body: Decision,
});
