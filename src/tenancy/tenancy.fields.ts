import Type, { type Static } from 'typebox';

/** The fields that several of tenancy's endpoints share; browser-safe like every schema. */
export const Slug = Type.String({ minLength: 1, maxLength: 63 });
export const BySlug = Type.Object({ slug: Slug }, { additionalProperties: false });
export const Instant = Type.String({ format: 'date-time' });
export const Paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
};
export const NextPage = Type.Union([Type.String(), Type.Null()]);
export const TenantName = Type.Object({ name: Type.String(), slug: Type.String() });
export const TenantStatus = Type.Enum(['provisioning', 'active', 'inactive']);

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** What the offering's form changes (R2.1); not the parent, which is changed on the tenant's page alone (R4.2). */
export const TenantValues = {
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  key: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{2,8}$' })),
  slug: Type.Optional(Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' })),
  tenantNumber: text(30),
  subtenantsAllowed: Type.Optional(Type.Boolean()),
  location: text(255),
  primaryContact: text(255),
  phone: text(50),
  fax: text(50),
  alternatePhone: text(50),
  description: text(1024),
  directoryGroup: text(255),
  timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  dateFormat: Type.Optional(Type.Enum(['locale', 'iso', 'dmy', 'mdy'])),
  timeFormat: Type.Optional(Type.Enum(['locale', '12', '24'])),
  decimalSymbol: Type.Optional(Type.Enum(['locale', '.', ','])),
  taxRegion: text(100),
  taxIdentifiers: text(255),
  email: text(255),
  webSite: text(255),
  /** How its people read those of the provider: by name, or by assignment group (R5.4). */
  providerPeople: Type.Optional(Type.Enum(['names', 'groups'])),
  /** R8.2: what its people accept; `statement` names which. */
  terms: Type.Optional(Type.Enum(['inherit', 'none', 'statement'])),
  termsStatement: Type.Optional(Type.String({ maxLength: 36 })),
  /** R8.5. */
  termsAsked: Type.Optional(Type.Enum(['once', 'sign-in'])),
  /** What the provider lets it have; 0: as much as there is. */
  callsPerMinute: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  callsAtOnce: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  queuedRequests: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
};
const TenantValuesObject = Type.Object(TenantValues, { additionalProperties: false });
export type TenantValues = Static<typeof TenantValuesObject>;
