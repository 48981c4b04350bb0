import Type, { type Static } from 'typebox';
import { Id, TenantName, TenantSlug } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';

/** The assignment group that receives a tenant's new tickets when nobody says another. */
export const Queue = Type.Object({
  /** Null while multi-tenancy is off for whoever asks. */
  tenant: TenantName,
  /** Null: nobody; tickets wait without a group. */
  group: Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()]),
  can: Type.Object({ update: Type.Boolean() }),
});
export type Queue = Static<typeof Queue>;

export const getQueue = endpoint({
  method: 'GET',
  path: '/default-queue',
  access: 'ticket.read',
  summary: 'Which assignment group receives the new tickets of a tenant; without one named, of your own',
  query: Type.Object({ tenant: Type.Optional(TenantSlug) }, { additionalProperties: false }),
  answer: Queue,
});

export const setQueue = endpoint({
  method: 'PUT',
  path: '/default-queue',
  access: 'person.administer',
  summary: 'Choose the assignment group that receives the new tickets of a tenant',
  body: Type.Object({ tenant: Type.Optional(TenantSlug), group: Id }, { additionalProperties: false }),
  answer: Queue,
});
