import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { ById, Id, Instant, Language, Password, TenantName, TimeZone } from '../identity.fields.ts';

const RoleName = Type.Object({
  name: Type.String(),
  /** Which of the delivered roles it is (R5.11), for its translated name; null for others. */
  stock: Type.Union([Type.String(), Type.Null()]),
});

const Membership = Type.Object({ id: Id, tenant: TenantName, role: RoleName });

const Acting = Type.Object({
  membershipId: Id,
  /** As which records know the person: requester, assignee. */
  contactId: Id,
  displayName: Type.String(),
  role: RoleName,
  tenant: TenantName,
  functions: Type.Array(Type.String()),
  /** The switch as this person sees it: `off` means that no tenant is named (R1.3, R1.4). */
  tenancy: Type.Union([Type.Literal('off'), Type.Literal('setup'), Type.Literal('on')]),
  /** More than one tenant is readable, and may be named (R10.1, R10.2). */
  severalTenants: Type.Boolean(),
  /** The membership is the service provider's. */
  provider: Type.Boolean(),
  /** May write public records (R5.3). */
  updatePublic: Type.Boolean(),
  /** False: everything is read-only. */
  writes: Type.Boolean(),
  /** The person's own organization, to head the pages with; null while there is none to name. */
  organization: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
});

/** Who is signed in, what they may act under, and what they act under now. */
export const Me = Type.Object({
  person: Type.Object({
    id: Id,
    displayName: Type.String(),
    userName: Type.String(),
    /** What the person signs in with: `name@slug`, or the name alone where that says who it is (R5.10). */
    signInName: Type.String(),
    language: Language,
    timeZone: Type.String(),
  }),
  memberships: Type.Array(Membership),
  acting: Type.Union([Acting, Type.Null()]),
  /** Why `acting` is null. */
  problem: Type.Optional(
    Type.Union([
      Type.Literal('tenant-suspended'),
      Type.Literal('tenant-not-ready'),
      Type.Literal('membership-needed'),
      Type.Literal('terms-not-accepted'),
    ]),
  ),
  installation: Type.Object({ productName: Type.String() }),
});
export type Me = Static<typeof Me>;

export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  access: 'visitor',
  summary: 'Sign in with user name and password',
  body: Type.Object(
    {
      /** `name@slug`; the name alone at the tenant's own address, or where the solution has one tenant or none (R5.10). */
      userName: Type.String({ minLength: 1, maxLength: 200 }),
      password: Password,
      /** Of the tenant whose own address the page was opened at. */
      slug: Type.Optional(Type.String({ maxLength: 63 })),
    },
    { additionalProperties: false },
  ),
  answer: Me,
});

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  access: 'session',
  beforeTerms: true,
  summary: 'Sign out',
});

export const getMe = endpoint({
  method: 'GET',
  path: '/me',
  access: 'session',
  beforeTerms: true,
  summary: 'Who is signed in, and under which membership',
  answer: Me,
});

export const chooseMembership = endpoint({
  method: 'PUT',
  path: '/me/membership',
  access: 'session',
  beforeTerms: true,
  summary: 'Act under another membership',
  body: Type.Object({ membershipId: Id }, { additionalProperties: false }),
  answer: Me,
});

export const setPreferences = endpoint({
  method: 'PUT',
  path: '/me/preferences',
  access: 'session',
  summary: 'Set your own language and time zone',
  body: Type.Object({ language: Language, timeZone: TimeZone }, { additionalProperties: false }),
  answer: Me,
});

export const changePassword = endpoint({
  method: 'PUT',
  path: '/me/password',
  access: 'session',
  summary: 'Change your own password; your other sessions end',
  body: Type.Object({ oldPassword: Password, newPassword: Password }, { additionalProperties: false }),
});

export const Session = Type.Object({
  id: Id,
  current: Type.Boolean(),
  createdAt: Instant,
  usedAt: Instant,
  expiresAt: Instant,
  address: Type.String(),
  userAgent: Type.String(),
});

export const listSessions = endpoint({
  method: 'GET',
  path: '/me/sessions',
  access: 'session',
  summary: 'List your own sessions',
  answer: Type.Object({ items: Type.Array(Session), next: Type.Null() }),
});

export const endSession = endpoint({
  method: 'DELETE',
  path: '/me/sessions/:id',
  access: 'session',
  summary: 'End one of your own sessions',
  params: ById,
});

export const signOutEverywhere = endpoint({
  method: 'DELETE',
  path: '/me/sessions',
  access: 'session',
  beforeTerms: true,
  summary: 'Sign out everywhere, here too',
});
