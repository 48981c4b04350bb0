import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { Instant, TenantName } from '../tenancy.fields.ts';
import { UnassignedRecords } from './assignment.api.ts';

export const RefusalAhead = Type.Object({
  id: Type.String(),
  person: Type.Object({ id: Type.String(), name: Type.String() }),
  role: Type.String(),
  /** Such as `GET /tickets/:number`. */
  endpoint: Type.String(),
  /** The type of the refusal, or `hidden`: the answer would lack records. */
  outcome: Type.String(),
  /** What the refusal says, in both languages; null where records would be hidden. */
  says: Type.Union([Type.Object({ en: Type.String(), es: Type.String() }), Type.Null()]),
  /** Of what was sent; empty where the address names the record. */
  field: Type.String(),
  /** The table of the records, such as `desk.tickets`; empty where the refusal names none. */
  kind: Type.String(),
  /** Whose the records are; null: unassigned, or none are named. */
  tenant: Type.Union([TenantName, Type.Null()]),
  sample: Type.String(),
  /** The most at once. */
  records: Type.Integer(),
  times: Type.Integer(),
  firstAt: Instant,
  lastAt: Instant,
});
export type RefusalAhead = Static<typeof RefusalAhead>;

export const Readiness = Type.Object({
  /** The latest, at most 200. */
  refusals: Type.Array(RefusalAhead),
  refusalCount: Type.Integer(),
  /** Roles whose reach would refuse or hide what their people used, the most used first. */
  roles: Type.Array(
    Type.Object({
      role: Type.String(),
      people: Type.Integer(),
      times: Type.Integer(),
      kinds: Type.Array(Type.String()),
      lastAt: Instant,
    }),
  ),
  unassigned: Type.Array(UnassignedRecords),
  crossings: Type.Array(Type.Object({ kind: Type.String(), field: Type.String(), count: Type.Integer() })),
  /** Without a tenant, the first 50 by name. */
  people: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), userName: Type.String() })),
  peopleCount: Type.Integer(),
});
export type Readiness = Static<typeof Readiness>;

export const getReadiness = endpoint({
  method: 'GET',
  path: '/multi-tenancy/readiness',
  access: 'tenant.administer',
  summary:
    'What would be refused if multi-tenancy were on, and what has no tenant yet; while it is being set up (R1.4)',
  answer: Readiness,
});

export const exportReadiness = endpoint({
  method: 'GET',
  path: '/multi-tenancy/readiness/export',
  access: 'tenant.administer',
  summary: 'Export everything that would be refused, as CSV or JSON',
  query: Type.Object({ format: Type.Optional(Type.Enum(['csv', 'json'])) }, { additionalProperties: false }),
  sends: 'file',
});
