import Type, { type Static } from 'typebox';
import { Id } from '../../identity/identity.fields.ts';
import { endpoint } from '../../platform/endpoints.ts';

const BySlug = Type.Object({ slug: Type.String({ minLength: 1, maxLength: 63 }) }, { additionalProperties: false });
const Formats = Type.Object({
  timeZone: Type.String(),
  currency: Type.String(),
  dateFormat: Type.Enum(['locale', 'iso', 'dmy', 'mdy']),
  timeFormat: Type.Enum(['locale', '12', '24']),
  decimalSymbol: Type.Enum(['locale', '.', ',']),
});

/** What heads the pages of a person, and how their organization writes dates and money. */
export const Organization = Type.Object({
  /** The product's name while multi-tenancy is off. */
  name: Type.String(),
  /** Changes with the picture, for its address; null: there is none. */
  logo: Type.Union([Type.String(), Type.Null()]),
  formats: Type.Union([Formats, Type.Null()]),
});
export type Organization = Static<typeof Organization>;

export const getOrganization = endpoint({
  method: 'GET',
  path: '/organization',
  access: 'member',
  summary: 'Name, logo and regional formats of your organization',
  answer: Organization,
});

export const getLogo = endpoint({
  method: 'GET',
  path: '/organization/logo',
  access: 'member',
  summary: "Your organization's logo",
  query: Type.Object(
    { version: Type.Optional(Type.String({ maxLength: 40 })), membership: Type.Optional(Id) },
    { additionalProperties: false },
  ),
  sends: 'file',
});

export const setLogo = endpoint({
  method: 'PUT',
  path: '/tenants/:slug/logo',
  access: 'tenant.administer',
  summary: "Set a tenant's logo: a PNG, JPEG or WebP picture of at most 200 kB, in base64",
  params: BySlug,
  body: Type.Object(
    { picture: Type.String({ maxLength: 280_000, pattern: '^[A-Za-z0-9+/]*={0,2}$' }) },
    { additionalProperties: false },
  ),
});

export const removeLogo = endpoint({
  method: 'DELETE',
  path: '/tenants/:slug/logo',
  access: 'tenant.administer',
  summary: "Remove a tenant's logo",
  params: BySlug,
});
