import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';

const Tenant = Type.Union([Type.Object({ name: Type.String(), slug: Type.String() }), Type.Null()]);
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Chain = Type.String({ pattern: '^[0-9a-f]{16}$' });

/**
 * changed, removed, inserted, backdated: an entry. reordered: its place. erased: its text is gone, and nothing says why.
 * seal-changed, seal-removed: what holds the entries in their places. head: the chain ends elsewhere than it did, or than was noted.
 */
export const findingKinds = [
  'changed',
  'removed',
  'inserted',
  'backdated',
  'reordered',
  'erased',
  'seal-changed',
  'seal-removed',
  'head',
] as const;

const Finding = Type.Object({
  kind: Type.Enum(findingKinds),
  tenant: Tenant,
  /** The entry it is about, as it is found now; what was removed has its identity only. */
  entry: Type.Union([
    Type.Object({ id: Type.String(), at: Type.String(), action: Type.String(), subject: Type.String() }),
    Type.Null(),
  ]),
  /** The places in the chain that it is about. */
  from: Type.Union([Type.Integer(), Type.Null()]),
  to: Type.Union([Type.Integer(), Type.Null()]),
});
export type Finding = Static<typeof Finding>;

export const Verification = Type.Object({
  /** Whether nothing was found. */
  intact: Type.Boolean(),
  chains: Type.Integer(),
  seals: Type.Integer(),
  /** Sealed entries, each of which was looked at. */
  entries: Type.Integer(),
  /** Entries whose text was erased, as an entry says. */
  erased: Type.Integer(),
  /** Not sealed yet: these could be removed without a trace. */
  unsealed: Type.Integer(),
  unsealedSince: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  /** Heads noted earlier that were found again. */
  confirmed: Type.Integer(),
  findings: Type.Array(Finding),
  /** There are more findings than are listed. */
  more: Type.Boolean(),
});
export type Verification = Static<typeof Verification>;

export const NotedHead = Type.Object(
  { chain: Chain, seals: Type.Integer({ minimum: 1 }), hash: Hash },
  { additionalProperties: false },
);
export type NotedHead = Static<typeof NotedHead>;

export const verifyAudit = endpoint({
  method: 'POST',
  path: '/audit-verifications',
  access: 'audit.read',
  summary: 'Verify that no audit entry was changed, removed, inserted or put elsewhere',
  body: Type.Object(
    {
      /** One tenant alone. */
      tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
      /** Ends of chains that were noted earlier, outside the database: finds a chain that was written anew. */
      heads: Type.Optional(Type.Array(NotedHead, { maxItems: 20_000 })),
    },
    { additionalProperties: false },
  ),
  answer: Verification,
  bodyLimit: 4_000_000,
});

const Head = Type.Object({
  /** The chain's name: the beginning of its first seal's hash. */
  chain: Chain,
  /** Null where tenants are not named, and for what belongs to none. */
  tenant: Tenant,
  seals: Type.Integer(),
  entries: Type.Integer(),
  hash: Hash,
  sealedAt: Type.String({ format: 'date-time' }),
});
export type Head = Static<typeof Head>;

export const listAuditHeads = endpoint({
  method: 'GET',
  path: '/audit-heads',
  access: 'audit.read',
  summary: 'List where the chains of the audit end, to note it elsewhere',
  query: Type.Object(
    {
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      cursor: Type.Optional(Type.String({ pattern: '^[0-9a-f]{16}$' })),
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(Head), next: Type.Union([Type.String(), Type.Null()]) }),
});
