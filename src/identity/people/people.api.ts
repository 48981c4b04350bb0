import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import {
  ById,
  DisplayName,
  EmailAddress,
  Id,
  Language,
  NextPage,
  Paging,
  Status,
  TenantName,
  TenantSlug,
  TimeZone,
  UserName,
} from '../identity.fields.ts';

const Membership = Type.Object({
  id: Id,
  role: Type.Object({ id: Id, name: Type.String(), stock: Type.Union([Type.String(), Type.Null()]) }),
  can: Type.Object({ end: Type.Boolean() }),
});

/** What the home tenant alone manages, and alone sees (R5.10). */
const Profile = Type.Object({
  userName: Type.String(),
  /** What the person signs in with: `name@slug`, or the name alone where that says who it is (R5.10). */
  signInName: Type.String(),
  email: Type.String(),
  language: Language,
  timeZone: Type.String(),
});

/**
 * A person as one tenant knows them: `id` is that tenant's contact, which its records refer to. People of another home
 * tenant have no `profile` here.
 */
export const Person = Type.Object({
  id: Id,
  version: Type.Integer(),
  tenant: TenantName,
  displayName: Type.String(),
  workAddress: Type.String(),
  status: Status,
  profile: Type.Union([Profile, Type.Null()]),
  memberships: Type.Array(Membership),
  can: Type.Object({
    update: Type.Boolean(),
    deactivate: Type.Boolean(),
    reactivate: Type.Boolean(),
    grant: Type.Boolean(),
    makeLink: Type.Boolean(),
  }),
});
export type Person = Static<typeof Person>;

export const listPeople = endpoint({
  method: 'GET',
  path: '/people',
  access: 'person.read',
  summary: 'List people, by name',
  query: Type.Object(
    {
      /** Part of the name. */
      search: Type.Optional(Type.String({ maxLength: 200 })),
      tenant: Type.Optional(TenantSlug),
      status: Type.Optional(Status),
      ...Paging,
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(Person), next: NextPage }),
});

export const getPerson = endpoint({
  method: 'GET',
  path: '/people/:id',
  access: 'person.read',
  summary: 'A person as their tenant knows them',
  params: ById,
  answer: Person,
});

export const NewPerson = Type.Object(
  {
    userName: UserName,
    displayName: DisplayName,
    email: Type.Optional(EmailAddress),
    /** Of the role that the first membership is for. */
    roleId: Id,
    tenant: Type.Optional(TenantSlug),
    language: Type.Optional(Language),
    timeZone: Type.Optional(TimeZone),
  },
  { additionalProperties: false },
);

export const addPerson = endpoint({
  method: 'POST',
  path: '/people',
  access: 'person.administer',
  summary: 'Add a person to a tenant, under a first role',
  body: NewPerson,
  answer: Person,
  status: 201,
});

export const PersonChanges = Type.Object(
  {
    userName: Type.Optional(UserName),
    displayName: Type.Optional(DisplayName),
    email: Type.Optional(EmailAddress),
    workAddress: Type.Optional(EmailAddress),
    language: Type.Optional(Language),
    timeZone: Type.Optional(TimeZone),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const updatePerson = endpoint({
  method: 'PATCH',
  path: '/people/:id',
  access: 'person.administer',
  summary: 'Change a profile; the home tenant alone may',
  params: ById,
  body: PersonChanges,
  answer: Person,
  ifMatch: true,
});

export const deactivatePerson = endpoint({
  method: 'PUT',
  path: '/people/:id/deactivation',
  access: 'person.administer',
  summary: 'Deactivate a person: they cannot sign in any more, and their sessions end',
  params: ById,
  answer: Person,
  ifMatch: true,
});

export const reactivatePerson = endpoint({
  method: 'DELETE',
  path: '/people/:id/deactivation',
  access: 'person.administer',
  summary: 'Reactivate a person',
  params: ById,
  answer: Person,
  ifMatch: true,
});

export const grantRole = endpoint({
  method: 'POST',
  path: '/people/:id/memberships',
  access: 'person.administer',
  summary: 'Give a person a role: one membership more',
  params: ById,
  body: Type.Object({ roleId: Id }, { additionalProperties: false }),
  answer: Person,
  status: 201,
});

export const endMembership = endpoint({
  method: 'DELETE',
  path: '/memberships/:id',
  access: 'person.administer',
  summary: 'Take a role from a person: the membership ends, with the tokens bound to it',
  params: ById,
});
