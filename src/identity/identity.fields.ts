import Type from 'typebox';
import { reaches, scopes } from './functions.ts';

/** The fields that several of identity's endpoints share; browser-safe like every schema. */
export const Id = Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' });
export const ById = Type.Object({ id: Id }, { additionalProperties: false });
export const Instant = Type.String({ format: 'date-time' });
export const Language = Type.Enum(['en', 'es']);
export const TimeZone = Type.String({ minLength: 1, maxLength: 64 });
export const UserName = Type.String({ minLength: 1, maxLength: 100 });
export const DisplayName = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' });
export const EmailAddress = Type.String({ maxLength: 255 });
/** Long enough for a sentence; more would only make the hash a way to keep the program busy. */
export const Password = Type.String({ minLength: 1, maxLength: 256 });
/** What a one-time address carries behind its `#`, so that no server, proxy or log ever sees it. */
export const Secret = Type.String({ minLength: 1, maxLength: 200 });

/** The tenant of a record; null while multi-tenancy is off for whoever asks (R1.3). */
export const TenantName = Type.Union([Type.Object({ name: Type.String(), slug: Type.String() }), Type.Null()]);
/** Names the tenant of a new record where the role may write several (R7.1). */
export const TenantSlug = Type.String({ minLength: 1, maxLength: 63 });

export const Reach = Type.Enum([...reaches]);
export const WriteReach = Type.Enum(['same', 'none', ...reaches]);
export const RoleScope = Type.Enum([...scopes]);
export const Status = Type.Enum(['active', 'inactive']);

export const Paging = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  /** `next` of the page before. */
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
};
export const NextPage = Type.Union([Type.String(), Type.Null()]);
