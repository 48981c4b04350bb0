import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { BySlug, Instant, NextPage, Paging, Slug, TenantName, TenantStatus, TenantValues } from '../tenancy.fields.ts';
import { Usage } from '../usage/usage.api.ts';

const Can = Type.Object({
  update: Type.Boolean(),
  changeParent: Type.Boolean(),
  deactivate: Type.Boolean(),
  reactivate: Type.Boolean(),
});

export const TenantSummary = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  name: Type.String(),
  key: Type.String(),
  slug: Type.String(),
  tenantNumber: Type.String(),
  status: TenantStatus,
  provider: Type.Boolean(),
  parent: Type.Union([TenantName, Type.Null()]),
  depth: Type.Integer(),
  subtenantsAllowed: Type.Boolean(),
  /** Direct subtenants that you may read. */
  subtenants: Type.Integer(),
  openedAt: Instant,
  closedAt: Type.Union([Instant, Type.Null()]),
  can: Can,
});
export type TenantSummary = Static<typeof TenantSummary>;

const {
  name: _name,
  key: _key,
  slug: _slug,
  tenantNumber: _number,
  subtenantsAllowed: _allowed,
  termsStatement: _statement,
  ...details
} = TenantValues;

const TenantTerms = Type.Object({
  /** The statement that it names, if it names one. */
  statement: Type.Union([
    Type.Object({ id: Type.String(), name: Type.String(), status: Type.Enum(['active', 'inactive']) }),
    Type.Null(),
  ]),
  /** What its people are asked (R8.3); null: nothing. */
  inForce: Type.Union([
    Type.Object({
      version: Type.String(),
      number: Type.Integer(),
      name: Type.String(),
      asked: Type.Enum(['once', 'sign-in']),
    }),
    Type.Null(),
  ]),
  /** The tenant of the line that says so; null: none of them says anything. */
  decidedBy: Type.Union([Type.Object({ name: Type.String(), own: Type.Boolean() }), Type.Null()]),
});
export type TenantTerms = Static<typeof TenantTerms>;

export const Tenant = Type.Object({
  ...TenantSummary.properties,
  ...Type.Required(Type.Object(details)).properties,
  /** The tenants above, the nearest first, as far as you may read them. */
  line: Type.Array(TenantName),
  /** Terms of usage: what it names, and what holds. */
  termsOfUsage: TenantTerms,
  /** What it has had of late, beside the limits. */
  usage: Usage,
  /** The four groups that follow the hierarchy (R3.6), with the number of their members. */
  systemGroups: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum(['supertenants', 'subtenants', 'related', 'foreign_key']),
      members: Type.Integer(),
    }),
  ),
});
export type Tenant = Static<typeof Tenant>;

export const listTenants = endpoint({
  method: 'GET',
  path: '/tenants',
  access: 'tenant.read',
  summary: 'List tenants, by name; the provider first',
  query: Type.Object(
    {
      /** Part of the name, the key or the tenant number. */
      search: Type.Optional(Type.String({ maxLength: 200 })),
      status: Type.Optional(TenantStatus),
      /** The direct subtenants of this one; `none`: the tenants without a parent. */
      parent: Type.Optional(Slug),
      ...Paging,
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(TenantSummary), next: NextPage }),
});

export const getTenant = endpoint({
  method: 'GET',
  path: '/tenants/:slug',
  access: 'tenant.read',
  summary: 'A tenant with everything that is kept of it',
  params: BySlug,
  answer: Tenant,
});

export const changeParent = endpoint({
  method: 'PUT',
  path: '/tenants/:slug/parent',
  access: 'tenant.administer',
  summary:
    'Move a tenant with its subtree below another one, or to the top; refused where it would leave a reference outside the line',
  params: BySlug,
  body: Type.Object(
    {
      parent: Type.Union([Slug, Type.Null()]),
      /** `lines` of the preview that was looked at: refused if the hierarchy around the move has changed since. */
      previewed: Type.Optional(Type.String({ maxLength: 32 })),
    },
    { additionalProperties: false },
  ),
  answer: Tenant,
  ifMatch: true,
});

/** Of the people of a role, and the tenants whose records they would newly see or see no longer. */
const SightChange = Type.Object({
  change: Type.Enum(['gains', 'loses']),
  /** `shared`: only what those tenants share down the line, such as categories. */
  sight: Type.Enum(['all', 'shared']),
  /** Its name where the reader may read the role. */
  role: Type.Object({ id: Type.String(), name: Type.Union([Type.String(), Type.Null()]) }),
  people: Type.Integer(),
  /** How many tenants those people act for. */
  peopleTenants: Type.Integer(),
  tenantCount: Type.Integer(),
  /** Those of the first ten by name that the reader reads. */
  tenants: Type.Array(Type.String()),
  records: Type.Integer(),
});

const StrandedReference = Type.Object({
  /** The table of the record that refers, such as `desk.tickets`. */
  kind: Type.String(),
  id: Type.String(),
  field: Type.String(),
  /** Both records as people call them; empty where the reader does not read their tenant. */
  label: Type.String(),
  target: Type.String(),
  /** Their tenants. */
  from: Type.Union([Type.String(), Type.Null()]),
  to: Type.Union([Type.String(), Type.Null()]),
});
export type StrandedReference = Static<typeof StrandedReference>;

export const previewMove = endpoint({
  method: 'GET',
  path: '/tenants/:slug/move-preview',
  access: 'tenant.administer',
  summary: 'Who would gain and who would lose sight of what, if a tenant were moved with its subtree (R3.4)',
  params: BySlug,
  query: Type.Object({ /** Where it would go; `none`: to the top. */ parent: Slug }, { additionalProperties: false }),
  answer: Type.Object({
    /** For `If-Match` of the move. */
    version: Type.Integer(),
    /** Stands for the lines that the move is about, as they are now; for `previewed` of the move. */
    lines: Type.String(),
    /** How many tenants would move. */
    tenants: Type.Integer(),
    /** Whether references forbid it; `listStranded` names them. */
    forbidden: Type.Boolean(),
    /** The two hundred that concern most people and records, the greatest first. */
    changes: Type.Array(SightChange),
    changeCount: Type.Integer(),
  }),
});

export const listStranded = endpoint({
  method: 'GET',
  path: '/tenants/:slug/stranded-references',
  access: 'tenant.administer',
  summary: 'The references that a move would leave outside the line, which forbid it (R3.4)',
  params: BySlug,
  query: Type.Object({ parent: Slug, ...Paging }, { additionalProperties: false }),
  answer: Type.Object({ items: Type.Array(StrandedReference), next: NextPage }),
});

export const listActiveBelow = endpoint({
  method: 'GET',
  path: '/tenants/:slug/active-subtree',
  access: 'tenant.administer',
  summary: 'What deactivating a tenant with its whole subtree would deactivate, and how many people it would keep out',
  params: BySlug,
  query: Type.Object({ ...Paging }, { additionalProperties: false }),
  answer: Type.Object({
    items: Type.Array(TenantName),
    next: NextPage,
    /** Of all of them, whatever the page. */
    count: Type.Integer(),
    people: Type.Integer(),
  }),
});

export const searchTenants = endpoint({
  method: 'GET',
  path: '/tenant-choices',
  shows: 'tenant',
  access: 'member',
  summary: 'The first tenants whose name, key or number fits, for choosing one',
  query: Type.Object(
    { search: Type.Optional(Type.String({ maxLength: 200 })), writable: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  answer: Type.Object({
    items: Type.Array(
      Type.Object({
        name: Type.String(),
        slug: Type.String(),
        key: Type.String(),
        version: Type.Integer(),
        parent: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
  }),
});
