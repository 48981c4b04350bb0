import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { Id, Instant, Language, NextPage, Paging, TenantName, TenantSlug } from '../identity.fields.ts';

const Consent = Type.Object({
  id: Id,
  at: Instant,
  decision: Type.Enum(['accepted', 'rejected']),
  /** By the name that the person had then. */
  person: Type.Object({ id: Id, name: Type.String() }),
  membershipId: Id,
  /** Whose people they acted for; null where tenants are not named. */
  tenant: TenantName,
  statement: Type.Object({ id: Id, name: Type.String() }),
  version: Type.Object({ id: Id, number: Type.Integer(), hash: Type.String() }),
  /** In which the text was read; `textHash` is the SHA-256 of that text. */
  language: Language,
  textHash: Type.String(),
  address: Type.String(),
});
export type Consent = Static<typeof Consent>;

const filters = {
  tenant: Type.Optional(TenantSlug),
  decision: Type.Optional(Type.Enum(['accepted', 'rejected'])),
  /** Of a statement, all versions of it. */
  statement: Type.Optional(Id),
  person: Type.Optional(Id),
};

export const listConsents = endpoint({
  method: 'GET',
  path: '/consents',
  access: 'audit.read',
  summary: 'List who accepted or rejected which terms of usage, the newest first',
  query: Type.Object({ ...filters, ...Paging }, { additionalProperties: false }),
  answer: Type.Object({ items: Type.Array(Consent), next: NextPage }),
});

export const exportConsents = endpoint({
  method: 'GET',
  path: '/consents/export',
  access: 'audit.read',
  summary: 'Export the proof of consent as a signed file; `tenantry terms verify` checks it',
  query: Type.Object({ ...filters, format: Type.Enum(['json', 'csv']) }, { additionalProperties: false }),
  sends: 'file',
});

export const listSigningKeys = endpoint({
  method: 'GET',
  path: '/signing-keys',
  access: 'visitor',
  summary: 'The public keys that this installation signs its exports with, the newest first',
  answer: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Type.String(),
        algorithm: Type.Literal('Ed25519'),
        /** PEM. */
        publicKey: Type.String(),
        madeAt: Instant,
      }),
    ),
  }),
});
