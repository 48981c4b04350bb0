import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { ById, Id, Instant, NextPage, Paging, Status, TenantName, TenantSlug } from '../identity.fields.ts';

const Name = Type.String({ minLength: 1, maxLength: 255 });
const Description = Type.String({ maxLength: 1024 });
/** Markdown, in each language; people read the other one where theirs is empty. */
const Texts = Type.Object(
  { en: Type.String({ maxLength: 200_000 }), es: Type.String({ maxLength: 200_000 }) },
  { additionalProperties: false },
);

const TermsStatementSummary = Type.Object({
  id: Id,
  version: Type.Integer(),
  name: Type.String(),
  description: Type.String(),
  /** An inactive statement asks nobody: the next tenant up the line decides (R8.3). */
  status: Status,
  tenant: TenantName,
  public: Type.Boolean(),
  /** Number of the newest published version; 0: none yet. */
  published: Type.Integer(),
  /** The draft differs from what is published. */
  changed: Type.Boolean(),
  can: Type.Object({
    update: Type.Boolean(),
    publish: Type.Boolean(),
    deactivate: Type.Boolean(),
    reactivate: Type.Boolean(),
  }),
});
export type TermsStatementSummary = Static<typeof TermsStatementSummary>;

const TermsStatement = Type.Object({
  ...TermsStatementSummary.properties,
  drafts: Texts,
  /** The newest first, two hundred at most. */
  versions: Type.Array(
    Type.Object({
      id: Id,
      number: Type.Integer(),
      publishedAt: Instant,
      publishedBy: Type.String(),
      hash: Type.String(),
    }),
  ),
  /** The tenants that name it, as far as you may read them, by name; two hundred at most. */
  tenants: Type.Array(Type.Object({ name: Type.String(), slug: Type.String() })),
});
export type TermsStatement = Static<typeof TermsStatement>;

export const listTermsStatements = endpoint({
  method: 'GET',
  path: '/terms-statements',
  access: 'terms.administer',
  summary: 'List the statements of terms of usage, by name',
  query: Type.Object(
    {
      search: Type.Optional(Type.String({ maxLength: 200 })),
      tenant: Type.Optional(TenantSlug),
      status: Type.Optional(Status),
      public: Type.Optional(Type.Enum(['include', 'exclude', 'only'])),
      ...Paging,
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(TermsStatementSummary), next: NextPage }),
});

export const getTermsStatement = endpoint({
  method: 'GET',
  path: '/terms-statements/:id',
  access: 'terms.administer',
  summary: 'A statement with its draft, its versions and the tenants that name it',
  params: ById,
  answer: TermsStatement,
});

export const addTermsStatement = endpoint({
  method: 'POST',
  path: '/terms-statements',
  access: 'terms.administer',
  summary: 'Draft a statement of terms of usage; nobody is asked before it is published and a tenant names it',
  body: Type.Object(
    {
      name: Name,
      description: Type.Optional(Description),
      drafts: Type.Optional(Texts),
      tenant: Type.Optional(TenantSlug),
      /** For all tenants; takes the right to change public data. */
      public: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  answer: TermsStatement,
  status: 201,
});

export const updateTermsStatement = endpoint({
  method: 'PATCH',
  path: '/terms-statements/:id',
  access: 'terms.administer',
  summary: 'Change name, description or draft; what is published stays as it is',
  params: ById,
  body: Type.Object(
    { name: Type.Optional(Name), description: Type.Optional(Description), drafts: Type.Optional(Texts) },
    { additionalProperties: false, minProperties: 1 },
  ),
  answer: TermsStatement,
  ifMatch: true,
});

export const publishTerms = endpoint({
  method: 'POST',
  path: '/terms-statements/:id/versions',
  access: 'terms.administer',
  summary: 'Publish the draft as a new version, which whom it concerns is asked at their next page',
  params: ById,
  answer: TermsStatement,
  status: 201,
  ifMatch: true,
});

export const deactivateTermsStatement = endpoint({
  method: 'PUT',
  path: '/terms-statements/:id/deactivation',
  access: 'terms.administer',
  summary: 'Ask nobody for a statement any more; where it is named, the next tenant up the line decides',
  params: ById,
  answer: TermsStatement,
  ifMatch: true,
});

export const reactivateTermsStatement = endpoint({
  method: 'DELETE',
  path: '/terms-statements/:id/deactivation',
  access: 'terms.administer',
  summary: 'Ask for a statement again',
  params: ById,
  answer: TermsStatement,
  ifMatch: true,
});

const TermsVersion = Type.Object({
  id: Id,
  number: Type.Integer(),
  name: Type.String(),
  texts: Texts,
  /** SHA-256 over the lines `name`, `en` and `es` with the SHA-256 of each text, in hexadecimal. */
  hash: Type.String(),
  publishedAt: Instant,
});

export const getTermsVersion = endpoint({
  method: 'GET',
  path: '/terms-versions/:id',
  access: 'member',
  summary: 'A published text, as it was and will be',
  params: ById,
  answer: TermsVersion,
});
