import Type from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { ById, Id, Instant } from '../identity.fields.ts';

export const ApiToken = Type.Object({
  id: Id,
  name: Type.String(),
  membershipId: Id,
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Type.Union([Instant, Type.Null()]),
});

export const listTokens = endpoint({
  method: 'GET',
  path: '/me/tokens',
  access: 'member',
  summary: 'List the API tokens of the membership that you act under',
  answer: Type.Object({ items: Type.Array(ApiToken), next: Type.Null() }),
});

export const createToken = endpoint({
  method: 'POST',
  path: '/me/tokens',
  access: 'member',
  summary: 'Make an API token that acts as you do now; it is shown once',
  body: Type.Object(
    { name: Type.String({ minLength: 1, maxLength: 100 }), days: Type.Integer({ minimum: 1, maximum: 366 }) },
    { additionalProperties: false },
  ),
  answer: Type.Object({ ...ApiToken.properties, token: Type.String() }),
  status: 201,
});

export const revokeToken = endpoint({
  method: 'DELETE',
  path: '/me/tokens/:id',
  access: 'member',
  summary: 'Revoke an API token',
  params: ById,
});
