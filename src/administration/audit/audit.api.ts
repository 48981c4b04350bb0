import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { NextPage, Paging } from '../../tenancy/tenancy.fields.ts';

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
  /** For whom they acted, where it was from outside and is the provider or a tenant above. */
  actedFor: Type.Union([Type.String(), Type.Null()]),
  /** Of a list that was read: how often again within a quarter of an hour, and when last, as far as it is known by now. */
  repeats: Type.Integer(),
  lastAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  address: Type.String(),
  details: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
});
export type AuditEntry = Static<typeof AuditEntry>;

const Words = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' });
/** The database knows no year 0. */
const Instant = Type.String({ format: 'date-time', maxLength: 40, pattern: '^[12]' });

const filters = {
  /** The beginning of an action, such as `tenant.` or `session.started`. */
  action: Type.Optional(Type.String({ pattern: '^[a-z.-]{1,60}$' })),
  /** Part of the name of who did it. */
  who: Type.Optional(Words),
  /** The kind of record that it was done to, such as `ticket`. */
  kind: Type.Optional(Type.String({ pattern: '^[a-z-]{1,60}$' })),
  /** Part of the number or name of what it was done to. */
  subject: Type.Optional(Words),
  tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
  /** inside: by the tenant's own people. outside: by others. provider: by the service provider's. */
  origin: Type.Optional(Type.Enum(['inside', 'outside', 'provider'])),
  /** Whether somebody only read. Default: both. */
  reads: Type.Optional(Type.Enum(['only', 'exclude'])),
  /** From this instant on, and before that one. */
  from: Type.Optional(Instant),
  before: Type.Optional(Instant),
};
export const AuditFilters = Type.Object(filters, { additionalProperties: false });
export type AuditFilters = Static<typeof AuditFilters>;

export const listAudit = endpoint({
  method: 'GET',
  path: '/audit-entries',
  access: 'audit.read',
  summary: 'List what was done, the newest first',
  query: Type.Object({ ...filters, ...Paging }, { additionalProperties: false }),
  answer: Type.Object({ items: Type.Array(AuditEntry), next: NextPage }),
});

export const exportAudit = endpoint({
  method: 'GET',
  path: '/audit-entries/export',
  access: 'audit.read',
  summary: 'Export what the list shows, as CSV or as JSON',
  query: Type.Object(
    { ...filters, format: Type.Optional(Type.Enum(['csv', 'json'])) },
    { additionalProperties: false },
  ),
  sends: 'file',
});
