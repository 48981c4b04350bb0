import Type, { type Static } from 'typebox';
import { DisplayName, Id, NextPage, Paging, Status, TenantName, TenantSlug } from '../../identity/identity.fields.ts';
import { PublicFilter } from '../desk.fields.ts';

/**
 * What categories, locations and assignment groups have in common: a tenant's own, public ones, and those from above
 * (optional records, R6.1), chosen by name.
 */
export const Choice = Type.Object({
  id: Id,
  version: Type.Integer(),
  /** Null for a public one, and while multi-tenancy is off for whoever asks. */
  tenant: TenantName,
  public: Type.Boolean(),
  name: Type.String(),
  description: Type.String(),
  status: Status,
  can: Type.Object({ update: Type.Boolean(), deactivate: Type.Boolean(), reactivate: Type.Boolean() }),
});
export type Choice = Static<typeof Choice>;

export const ChoiceFilters = Type.Object(
  {
    /** Part of the name. */
    search: Type.Optional(Type.String({ maxLength: 200 })),
    status: Type.Optional(Status),
    /** Those of this tenant. */
    tenant: Type.Optional(TenantSlug),
    /** Those that a ticket of this tenant can refer to: its own, public ones, from above (and the provider's, for groups). */
    for: Type.Optional(TenantSlug),
    public: Type.Optional(PublicFilter),
    ...Paging,
  },
  { additionalProperties: false },
);
export type ChoiceFilters = Static<typeof ChoiceFilters>;

export const ChoicePage = Type.Object({ items: Type.Array(Choice), next: NextPage });
export type ChoicePage = Static<typeof ChoicePage>;

const description = Type.Optional(Type.String({ maxLength: 1024 }));

export const NewChoice = Type.Object(
  {
    name: DisplayName,
    description,
    tenant: Type.Optional(TenantSlug),
    /** For everybody; only with the function public.update. */
    public: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type NewChoice = Static<typeof NewChoice>;

export const ChoiceChanges = Type.Object(
  { name: Type.Optional(DisplayName), description },
  { additionalProperties: false, minProperties: 1 },
);
export type ChoiceChanges = Static<typeof ChoiceChanges>;
