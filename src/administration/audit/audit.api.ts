import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';

const Named = Type.Union([Type.Object({ name: Type.String(), slug: Type.String() }), Type.Null()]);

export const AuditEntry = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  /** `ticket.resolved`, `tenant.deactivated`: what was done, to a subject of which kind. */
  action: Type.String(),
  subject: Type.Object({ kind: Type.String(), label: Type.String() }),
  /** Who did it; empty: nobody who was signed in. */
  actor: Type.String(),
  /** Of the tenant that it happened to; null where tenants are not named. */
  tenant: Named,
  /** Whether whoever did it acted for another tenant: the service provider, most often (R11.2). */
  fromOutside: Type.Boolean(),
  address: Type.String(),
  details: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
});
export type AuditEntry = Static<typeof AuditEntry>;

export const listAudit = endpoint({
  method: 'GET',
  path: '/audit-entries',
  access: 'audit.read',
  summary: 'List what was done, the newest first',
  query: Type.Object(
    {
      /** The beginning of an action, such as `tenant.` or `session.sign-in`. */
      action: Type.Optional(Type.String({ pattern: '^[a-z.-]{1,60}$' })),
      tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      cursor: Type.Optional(Type.String({ maxLength: 1000 })),
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(AuditEntry), next: Type.Union([Type.String(), Type.Null()]) }),
});
