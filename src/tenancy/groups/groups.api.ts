import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { NextPage, Paging, Slug, TenantName } from '../tenancy.fields.ts';

const Id = Type.String({ format: 'uuid' });
const ById = Type.Object({ id: Id }, { additionalProperties: false });
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
  summary: 'A group with its first 200 members',
  params: ById,
  answer: Type.Object({ ...TenantGroup.properties, tenants: Type.Array(TenantName) }),
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
      members: Type.Optional(Type.Array(Slug, { maxItems: 1000 })),
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
  summary: 'Say which tenants belong to a defined group',
  params: ById,
  body: Type.Object({ members: Type.Array(Slug, { maxItems: 1000 }) }, { additionalProperties: false }),
  answer: TenantGroup,
  ifMatch: true,
});
