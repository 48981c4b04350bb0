import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { NextPage, Paging, Slug, TenantName } from '../tenancy.fields.ts';

const Id = Type.String({ format: 'uuid' });
const ById = Type.Object({ id: Id }, { additionalProperties: false });
const Member = Type.Object({ id: Id, slug: Slug }, { additionalProperties: false });
const Name = Type.String({ minLength: 1, maxLength: 255 });
const Description = Type.String({ maxLength: 1024 });
const Status = Type.Enum(['active', 'inactive']);

export const TenantGroup = Type.Object({
  id: Id,
  version: Type.Integer(),
  /** `defined` ones have members of their own; the others follow the hierarchy (R3.6). */
  kind: Type.Enum(['defined', 'supertenants', 'subtenants', 'related', 'foreign_key']),
  name: Type.String(),
  description: Type.String(),
  status: Status,
  /** As many as you may read. */
  members: Type.Integer(),
  can: Type.Object({ update: Type.Boolean(), changeMembers: Type.Boolean() }),
});
export type TenantGroup = Static<typeof TenantGroup>;

export const listTenantGroups = endpoint({
  method: 'GET',
  path: '/tenant-groups',
  access: 'tenant-group.administer',
  summary: 'List the groups of tenants, by name',
  query: Type.Object(
    {
      search: Type.Optional(Type.String({ maxLength: 200 })),
      kind: Type.Optional(Type.Enum(['defined', 'system'])),
      status: Type.Optional(Status),
      ...Paging,
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(TenantGroup), next: NextPage }),
});

export const getTenantGroup = endpoint({
  method: 'GET',
  path: '/tenant-groups/:id',
  access: 'tenant-group.administer',
  summary: 'A group; `listTenantGroupMembers` names its members',
  params: ById,
  answer: TenantGroup,
});

export const addTenantGroup = endpoint({
  method: 'POST',
  path: '/tenant-groups',
  access: 'tenant-group.administer',
  summary: 'Define a group of tenants',
  body: Type.Object(
    {
      name: Name,
      description: Type.Optional(Description),
      members: Type.Optional(Type.Array(Slug, { maxItems: 10_000 })),
    },
    { additionalProperties: false },
  ),
  answer: TenantGroup,
  status: 201,
});

export const updateTenantGroup = endpoint({
  method: 'PATCH',
  path: '/tenant-groups/:id',
  access: 'tenant-group.administer',
  summary: 'Change name, description or status; of a group that follows the hierarchy name and description alone',
  params: ById,
  body: Type.Object(
    { name: Type.Optional(Name), description: Type.Optional(Description), status: Type.Optional(Status) },
    { additionalProperties: false, minProperties: 1 },
  ),
  answer: TenantGroup,
  ifMatch: true,
});

export const setTenantGroupMembers = endpoint({
  method: 'PUT',
  path: '/tenant-groups/:id/members',
  access: 'tenant-group.administer',
  summary: 'Say which tenants belong to a defined group, all at once',
  params: ById,
  body: Type.Object({ members: Type.Array(Slug, { maxItems: 10_000 }) }, { additionalProperties: false }),
  answer: TenantGroup,
  ifMatch: true,
});

export const listTenantGroupMembers = endpoint({
  method: 'GET',
  path: '/tenant-groups/:id/members',
  access: 'tenant-group.administer',
  summary: 'List the members of a group, by name',
  params: ById,
  query: Type.Object(
    { search: Type.Optional(Type.String({ maxLength: 200 })), ...Paging },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(TenantName), next: NextPage }),
});

export const addTenantGroupMember = endpoint({
  method: 'PUT',
  path: '/tenant-groups/:id/members/:slug',
  access: 'tenant-group.administer',
  summary: 'Add a tenant to a defined group',
  params: Member,
});

export const removeTenantGroupMember = endpoint({
  method: 'DELETE',
  path: '/tenant-groups/:id/members/:slug',
  access: 'tenant-group.administer',
  summary: 'Take a tenant out of a defined group',
  params: Member,
});
