import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { functionNames } from '../functions.ts';
import {
  ById,
  DisplayName,
  Id,
  NextPage,
  Paging,
  Reach,
  RoleScope,
  Status,
  TenantName,
  TenantSlug,
  WriteReach,
} from '../identity.fields.ts';

const FunctionName = Type.Enum([...functionNames]);
const GroupName = Type.Union([Type.Object({ id: Id, name: Type.String() }), Type.Null()]);

/** Functions, reach (R5.2) and scope (R5.9). Named tenants and groups are null where they are not to be named. */
export const Role = Type.Object({
  id: Id,
  version: Type.Integer(),
  /** Null for a public role, and while tenants are not named. */
  tenant: TenantName,
  public: Type.Boolean(),
  stock: Type.Union([Type.String(), Type.Null()]),
  name: Type.String(),
  description: Type.String(),
  status: Status,
  functions: Type.Array(Type.String()),
  readReach: Reach,
  readTenant: TenantName,
  readGroup: GroupName,
  writeReach: WriteReach,
  writeTenant: TenantName,
  writeGroup: GroupName,
  scopeTicket: RoleScope,
  scopeRequest: RoleScope,
  can: Type.Object({
    update: Type.Boolean(),
    deactivate: Type.Boolean(),
    reactivate: Type.Boolean(),
    grant: Type.Boolean(),
  }),
});
export type Role = Static<typeof Role>;

export const listRoles = endpoint({
  method: 'GET',
  path: '/roles',
  access: 'role.administer',
  summary: 'List roles: public ones, those in reach, and those from above',
  query: Type.Object(
    {
      search: Type.Optional(Type.String({ maxLength: 200 })),
      status: Type.Optional(Status),
      tenant: Type.Optional(TenantSlug),
      /** R10.3; include by default. */
      public: Type.Optional(Type.Union([Type.Literal('include'), Type.Literal('exclude'), Type.Literal('only')])),
      ...Paging,
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(Role), next: NextPage }),
});

export const getRole = endpoint({
  method: 'GET',
  path: '/roles/:id',
  access: 'role.administer',
  summary: 'A role',
  params: ById,
  answer: Role,
});

export const listGrantableRoles = endpoint({
  method: 'GET',
  path: '/grantable-roles',
  shows: 'role',
  access: 'person.administer',
  summary: 'List the roles that you may give to people of a tenant, by name (R5.5)',
  query: Type.Object(
    { tenant: Type.Optional(TenantSlug), search: Type.Optional(Type.String({ maxLength: 200 })), ...Paging },
    { additionalProperties: false },
  ),
  answer: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        stock: Type.Union([Type.String(), Type.Null()]),
        description: Type.String(),
      }),
    ),
    next: NextPage,
  }),
});

const fields = {
  description: Type.Optional(Type.String({ maxLength: 1024 })),
  functions: Type.Optional(Type.Array(FunctionName, { uniqueItems: true })),
  readTenant: Type.Optional(TenantSlug),
  readGroup: Type.Optional(Id),
  /** Default: same. */
  writeReach: Type.Optional(WriteReach),
  writeTenant: Type.Optional(TenantSlug),
  writeGroup: Type.Optional(Id),
  scopeTicket: Type.Optional(RoleScope),
  scopeRequest: Type.Optional(RoleScope),
};

export const NewRole = Type.Object(
  {
    name: DisplayName,
    readReach: Reach,
    ...fields,
    /** The tenant that the role is for, and those below it. */
    tenant: Type.Optional(TenantSlug),
    /** For everybody; only with the function public.update. */
    public: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

export const addRole = endpoint({
  method: 'POST',
  path: '/roles',
  access: 'role.administer',
  summary: 'Add a role',
  body: NewRole,
  answer: Role,
  status: 201,
});

export const RoleChanges = Type.Object(
  { name: Type.Optional(DisplayName), readReach: Type.Optional(Reach), ...fields },
  { additionalProperties: false, minProperties: 1 },
);

export const updateRole = endpoint({
  method: 'PATCH',
  path: '/roles/:id',
  access: 'role.administer',
  summary: 'Change a role; whoever holds it is affected from their next request on',
  params: ById,
  body: RoleChanges,
  answer: Role,
  ifMatch: true,
});

export const deactivateRole = endpoint({
  method: 'PUT',
  path: '/roles/:id/deactivation',
  access: 'role.administer',
  summary: 'Deactivate a role: nobody can act under it any more',
  params: ById,
  answer: Role,
  ifMatch: true,
});

export const reactivateRole = endpoint({
  method: 'DELETE',
  path: '/roles/:id/deactivation',
  access: 'role.administer',
  summary: 'Reactivate a role',
  params: ById,
  answer: Role,
  ifMatch: true,
});
