import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { Instant } from '../tenancy.fields.ts';

export const MultiTenancy = Type.Object({
  state: Type.Enum(['off', 'setup', 'on']),
  /** Whether the provider has been named; its name is asked for by the first enabling alone (R1.6). */
  hasProvider: Type.Boolean(),
  /** The provider's name; null while tenants are not to be named (R1.3). */
  provider: Type.Union([Type.String(), Type.Null()]),
  changedAt: Instant,
  /** Records that belong to no tenant yet; enabling gives them to the provider (R1.6). */
  unassigned: Type.Integer(),
});

export const getMultiTenancy = endpoint({
  method: 'GET',
  path: '/multi-tenancy',
  access: 'solution.administer',
  summary: 'Whether multi-tenancy is on; it is changed by requesting the offering Enable/Disable Multi-Tenancy',
  answer: MultiTenancy,
});

export const ExposedTenant = Type.Object({
  tenant: Type.String(),
  records: Type.Integer(),
  /** Memberships that would newly read them. */
  people: Type.Integer(),
});
export const ExposurePreview = Type.Object({
  id: Type.String(),
  madeAt: Instant,
  /** The tenants with the greatest exposure, at most 200. */
  tenants: Type.Array(ExposedTenant),
  tenantCount: Type.Integer(),
  records: Type.Integer(),
  /** Sum over the tenants of people × records. */
  exposure: Type.Integer(),
});
export type ExposurePreview = Static<typeof ExposurePreview>;

export const previewDisabling = endpoint({
  method: 'POST',
  path: '/multi-tenancy/exposure-previews',
  access: 'solution.administer',
  summary: 'Show what disabling would make visible to whom; disabling needs the id of such a preview (R1.7)',
  answer: ExposurePreview,
  status: 201,
});

/** R6.6: a reference from a tenant's record to one of an unrelated tenant, as `multi-tenancy.crossings` lists them in its details. */
export const Crossing = Type.Object({
  /** The table of the record that refers, such as `desk.tickets`. */
  kind: Type.String(),
  id: Type.String(),
  field: Type.String(),
  /** Both records as people call them. */
  label: Type.String(),
  target: Type.String(),
  /** Their tenants; null: unassigned. */
  from: Type.Union([Type.String(), Type.Null()]),
  to: Type.Union([Type.String(), Type.Null()]),
  /** What can become of it. */
  rules: Type.Array(Type.Enum(['publish', 'give', 'clear'])),
});
export type Crossing = Static<typeof Crossing>;
