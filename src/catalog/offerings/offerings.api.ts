import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { Form, Text } from '../catalog.fields.ts';

export const Approval = Type.Enum(['none', 'one', 'four-eyes']);
const Key = Type.String({ pattern: '^[a-z0-9-]{1,60}$' });
const ByKey = Type.Object({ key: Key }, { additionalProperties: false });

export const OfferingSummary = Type.Object({ key: Key, name: Text, summary: Text, icon: Type.String() });
export type OfferingSummary = Static<typeof OfferingSummary>;

export const CatalogCategory = Type.Object({
  key: Key,
  name: Text,
  administrative: Type.Boolean(),
  offerings: Type.Array(OfferingSummary),
});

export const getCatalog = endpoint({
  method: 'GET',
  path: '/catalog',
  access: 'offering.request',
  summary: 'The categories with the offerings that you may request',
  answer: Type.Object({ categories: Type.Array(CatalogCategory) }),
});

export const Offering = Type.Object({
  ...OfferingSummary.properties,
  version: Type.Integer(),
  category: Type.Object({ key: Key, name: Text, administrative: Type.Boolean() }),
  description: Text,
  form: Form,
  approval: Approval,
  can: Type.Object({ request: Type.Boolean(), changeApproval: Type.Boolean() }),
});
export type Offering = Static<typeof Offering>;

export const getOffering = endpoint({
  method: 'GET',
  path: '/offerings/:key',
  access: 'offering.request',
  summary: 'An offering with its form',
  params: ByKey,
  answer: Offering,
});

export const setApproval = endpoint({
  method: 'PUT',
  path: '/offerings/:key/approval',
  access: 'solution.administer',
  summary: 'Require nobody, one, or two other people to approve requests of an offering',
  params: ByKey,
  body: Type.Object({ approval: Approval }, { additionalProperties: false }),
  answer: Offering,
  ifMatch: true,
});
