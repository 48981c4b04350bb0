import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';

/** read: to see it or list it; change: any of its fields; add: to a list; the others: what records offer. */
export const acts = [
  'read',
  'change',
  'add',
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
  'edit',
  'submit',
  'approve',
  'retry',
  'request',
  'changeApproval',
  'deactivate',
  'reactivate',
  'grant',
  'makeLink',
  'publish',
  'changeMembers',
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

const ExplainedRefusal = Type.Object({
  type: Type.String(),
  status: Type.Integer(),
  /** What was shown; null where the sentence has values that were not given along. */
  text: Type.Union([Words, Type.Null()]),
  rules: Type.Array(Type.String()),
  /** What decides it: who asked, the record as it is, what was sent, or the moment. */
  decidedBy: Type.Enum(['sign-in', 'person', 'record', 'values', 'moment', 'program']),
  meaning: Words,
});
export type ExplainedRefusal = Static<typeof ExplainedRefusal>;

export const WhyAnswer = Type.Object({
  person: Type.Object({ id: Type.String(), name: Type.String() }),
  record: Type.Object({
    kind: Type.String(),
    label: Type.String(),
    tenant: Type.Union([Type.Object({ name: Type.String(), slug: Type.String() }), Type.Null()]),
  }),
  act: Type.Enum([...acts]),
  field: Type.Union([Type.String(), Type.Null()]),
  /** The one that was asked about. */
  refusal: Type.Union([ExplainedRefusal, Type.Null()]),
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

const Refused = Type.String({ minLength: 1, maxLength: 8000, pattern: '^[^\\u0000]*$' });

export const explainRefusal = endpoint({
  method: 'GET',
  path: '/why-refused',
  access: 'person.administer',
  summary: 'Explain what a refusal means that somebody was shown',
  query: Type.Object(
    {
      /** Its type, its sentence, or the whole problem document. */
      refusal: Refused,
    },
    { additionalProperties: false },
  ),
  answer: ExplainedRefusal,
});

export const askWhy = endpoint({
  method: 'GET',
  path: '/why',
  access: 'person.administer',
  summary: 'Explain why a person can or cannot see or do something',
  query: Type.Object(
    {
      /** As the people of a tenant are named by the API, or `name@slug`; `@me`: whoever asks. */
      person: Type.String({ minLength: 1, maxLength: 300, pattern: '^[^\\u0000]*$' }),
      /** `ACME-42`, `ACME-R7`, `person:…`, `tenant:acme`, `offering:add-tenant`; or a whole list, such as `tickets`. */
      record: Type.String({ minLength: 1, maxLength: 300, pattern: '^[^\\u0000]*$' }),
      /** Default: read; with a field, what changes it. */
      act: Type.Optional(Type.Enum([...acts])),
      /** One field of the record, as the API names it: why it is not shown, or cannot be changed. */
      field: Type.Optional(Type.String({ pattern: '^[A-Za-z]{1,60}$' })),
      /** A refusal that somebody was shown: its type, its sentence, or the whole problem document. */
      refusal: Type.Optional(Refused),
    },
    { additionalProperties: false },
  ),
  answer: WhyAnswer,
  shows: 'explanation',
});
