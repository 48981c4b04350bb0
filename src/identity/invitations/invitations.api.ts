import Type from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { ById, Id, Instant, NextPage, Paging, Secret, TenantName, TenantSlug } from '../identity.fields.ts';
import { OneTimeLink } from '../links/links.api.ts';
import { Me } from '../sessions/sessions.api.ts';

export const Invitation = Type.Object({
  id: Id,
  tenant: TenantName,
  address: Type.String(),
  role: Type.Object({ id: Id, name: Type.String(), stock: Type.Union([Type.String(), Type.Null()]) }),
  createdAt: Instant,
  expiresAt: Instant,
});

export const listInvitations = endpoint({
  method: 'GET',
  path: '/invitations',
  access: 'person.administer',
  summary: 'List the invitations that are still open, the latest first',
  query: Type.Object({ ...Paging }, { additionalProperties: false }),
  answer: Type.Object({ items: Type.Array(Invitation), next: NextPage }),
});

export const invite = endpoint({
  method: 'POST',
  path: '/invitations',
  access: 'person.administer',
  summary: 'Invite somebody of another organization; the answer is the same whether they exist or not',
  body: Type.Object(
    {
      /** Work address, or `name@slug`. */
      address: Type.String({ minLength: 3, maxLength: 255 }),
      roleId: Id,
      tenant: Type.Optional(TenantSlug),
    },
    { additionalProperties: false },
  ),
  answer: OneTimeLink,
  status: 201,
});

export const revokeInvitation = endpoint({
  method: 'DELETE',
  path: '/invitations/:id',
  access: 'person.administer',
  summary: 'Take an invitation back',
  params: ById,
});

export const lookAtInvitation = endpoint({
  method: 'POST',
  path: '/invitations/look',
  access: 'session',
  summary: 'Who invites, and to which role; for the invited person, signed in',
  body: Type.Object({ token: Secret }, { additionalProperties: false }),
  answer: Type.Object({
    organization: Type.Union([Type.String(), Type.Null()]),
    role: Type.Object({ name: Type.String(), stock: Type.Union([Type.String(), Type.Null()]) }),
  }),
});

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/invitations/accept',
  access: 'session',
  summary: 'Accept an invitation: a membership more to act under',
  body: Type.Object({ token: Secret }, { additionalProperties: false }),
  answer: Me,
});
