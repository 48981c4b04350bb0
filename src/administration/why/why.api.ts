import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';

/** read: to see it or list it; change: any of its fields; the others: what a ticket offers. */
export const acts = [
  'read',
  'change',
  'assign',
  'start',
  'hold',
  'resolve',
  'reopen',
  'close',
  'cancel',
  'move',
  'comment',
  'commentInternal',
] as const;
export type Act = (typeof acts)[number];

const Words = Type.Object({ en: Type.String(), es: Type.String() });

export const Step = Type.Object({
  /** `function.lacking`, `reach.above`: what decided. */
  step: Type.String(),
  passed: Type.Boolean(),
  /** The rules of docs/rules/tenancy.md. */
  rules: Type.Array(Type.String()),
  text: Words,
});
export type Step = Static<typeof Step>;

export const WhyAnswer = Type.Object({
  person: Type.Object({ id: Type.String(), name: Type.String() }),
  record: Type.Object({
    kind: Type.String(),
    label: Type.String(),
    tenant: Type.Union([Type.Object({ name: Type.String(), slug: Type.String() }), Type.Null()]),
  }),
  act: Type.Enum([...acts]),
  /** One for each membership that the person has there: each is judged apart (R5.1). */
  memberships: Type.Array(
    Type.Object({
      id: Type.String(),
      role: Type.String(),
      /** What the database and the application answered when they were asked as that membership. */
      allowed: Type.Boolean(),
      /** How it is refused: `not-found`, `not-allowed`, `read-only`. */
      refusal: Type.Union([Type.String(), Type.Null()]),
      /** In the order in which they are looked at; the first that is not passed decides. */
      steps: Type.Array(Step),
    }),
  ),
});
export type WhyAnswer = Static<typeof WhyAnswer>;

export const askWhy = endpoint({
  method: 'GET',
  path: '/why',
  access: 'person.administer',
  summary: 'Explain why a person can or cannot see or do something',
  query: Type.Object(
    {
      /** As the people of a tenant are named by the API, or `name@slug`. */
      person: Type.String({ minLength: 1, maxLength: 300, pattern: '^[^\\u0000]*$' }),
      /** `ACME-42`, `ACME-R7`, `person:…`, `tenant:acme`; or a whole list, such as `tickets`. */
      record: Type.String({ minLength: 1, maxLength: 300, pattern: '^[^\\u0000]*$' }),
      /** Default: read. */
      act: Type.Optional(Type.Enum([...acts])),
    },
    { additionalProperties: false },
  ),
  answer: WhyAnswer,
  shows: 'explanation',
});
