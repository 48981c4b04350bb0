import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { Crossing } from './switch.api.ts';

const uuid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const kind = '[a-z_]+[.][a-z_]+';

/**
 * Which records become whose, `what=tenant` (R1.6). The first rule that fits a record counts: `record/desk.tickets/DESK-4=acme`
 * (by id or as people call it), `location/<id>=acme`, `domain/acme.com=acme`, `requester=`, `kind/desk.categories=public`.
 * The form of the offering has the same pattern.
 */
const AssignmentRule = Type.String({
  maxLength: 400,
  pattern: `^(record/${kind}/.{1,255}|location/${uuid}|domain/[A-Za-z0-9.-]{1,255}|kind/${kind}|requester)=[a-z0-9-]{0,63}$`,
});
const Rules = Type.Array(AssignmentRule, { maxItems: 5000 });

export const AssignedRecords = Type.Object({
  /** The table of the records, such as `desk.tickets`. */
  kind: Type.String(),
  /** Null: they become public. */
  tenant: Type.Union([Type.String(), Type.Null()]),
  records: Type.Integer(),
  /** Some of them, as people call them. */
  samples: Type.Array(Type.String()),
});
export const UnassignedRecords = Type.Object({
  kind: Type.String(),
  records: Type.Integer(),
  samples: Type.Array(Type.String()),
});
export const HeldRecords = Type.Object({
  ...AssignedRecords.properties,
  rule: Type.String(),
  /** Why they stay: `provider-role`, `name-taken`, `there-already`, `never-public`. */
  reason: Type.String(),
});
export const AssignmentPreview = Type.Object({
  rules: Type.Array(Type.Object({ rule: Type.String(), goes: Type.Array(AssignedRecords) })),
  /** What a rule names and cannot have. */
  held: Type.Array(HeldRecords),
  /** What has no tenant afterwards; enabling gives it to the provider. */
  stays: Type.Array(UnassignedRecords),
  /** The references outside the line afterwards, at most 50. */
  crossings: Type.Array(Crossing),
  moreCrossings: Type.Boolean(),
});
export type AssignmentPreview = Static<typeof AssignmentPreview>;

export const previewAssignment = endpoint({
  method: 'POST',
  path: '/multi-tenancy/assignment-previews',
  access: 'tenant.administer',
  summary: 'Show which records would go to which tenant by rules, and what would stay (R1.6); nothing is changed',
  body: Type.Object(
    {
      rules: Rules,
      /** As the enabling would: the rest to the provider. */
      enabling: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  answer: AssignmentPreview,
  bodyLimit: 3_000_000,
});

export const assignRecords = endpoint({
  method: 'POST',
  path: '/multi-tenancy/assignments',
  access: 'tenant.administer',
  summary: 'Give records to tenants by rules, while multi-tenancy is being set up (R1.4)',
  body: Type.Object({ rules: Rules }, { additionalProperties: false }),
  answer: Type.Object({
    assigned: Type.Array(
      Type.Object({
        kind: Type.String(),
        tenant: Type.Union([Type.String(), Type.Null()]),
        records: Type.Integer(),
      }),
    ),
    records: Type.Integer(),
  }),
  bodyLimit: 3_000_000,
});
