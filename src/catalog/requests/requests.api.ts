import Type, { type Static } from 'typebox';
import { endpoint } from '../../platform/endpoints.ts';
import { ByNumber, Form, Instant, NextPage, RequestNumber, TenantName, Text, Values } from '../catalog.fields.ts';

export const phases = ['draft', 'submitted', 'approval', 'fulfillment', 'completed', 'rejected', 'cancelled'] as const;
export const Phase = Type.Enum([...phases]);

export const RequestSummary = Type.Object({
  id: Type.String(),
  number: RequestNumber,
  version: Type.Integer(),
  offering: Type.Object({ key: Type.String(), name: Text, icon: Type.String() }),
  /** What it is about, such as the name of the tenant to add; empty for most. */
  about: Type.String(),
  tenant: TenantName,
  requester: Type.String(),
  phase: Phase,
  /** A part failed and waits to be retried. */
  stuck: Type.Boolean(),
  createdAt: Instant,
  submittedAt: Type.Union([Instant, Type.Null()]),
  completedAt: Type.Union([Instant, Type.Null()]),
});
export type RequestSummary = Static<typeof RequestSummary>;

const Task = Type.Object({
  id: Type.String(),
  /** Which product's part it is, and what it does. */
  product: Text,
  part: Text,
  state: Type.Enum(['waiting', 'running', 'done', 'failed']),
  attempts: Type.Integer(),
  error: Type.Union([Text, Type.Null()]),
  doneAt: Type.Union([Instant, Type.Null()]),
});

const Entry = Type.Object({
  at: Instant,
  by: Type.String(),
  kind: Type.Enum([
    'created',
    'submitted',
    'approved',
    'rejected',
    'fulfilling',
    'part-done',
    'part-failed',
    'retried',
    'completed',
    'cancelled',
  ]),
  /** In words: the comment of an approval, the part, the error. */
  note: Type.Union([Text, Type.Null()]),
});

export const ServiceRequest = Type.Object({
  ...RequestSummary.properties,
  values: Values,
  /** The fields of the offering's form that were filled in, and the names of the records that were chosen, as far as you may read them. */
  asked: Type.Object({
    form: Form,
    names: Type.Record(
      Type.String(),
      Type.Object({ name: Type.String(), stock: Type.Union([Type.String(), Type.Null()]) }),
    ),
  }),
  /** Labels and old values of what was asked, as people read them: what the request changes. */
  changes: Type.Array(Type.Object({ field: Text, from: Type.Union([Type.String(), Type.Null()]), to: Type.String() })),
  tasks: Type.Array(Task),
  approvals: Type.Array(
    Type.Object({
      by: Type.String(),
      decision: Type.Enum(['approved', 'rejected']),
      comment: Type.String(),
      at: Instant,
    }),
  ),
  approvalsNeeded: Type.Integer(),
  history: Type.Array(Entry),
  /**
   * What came out of it, by name: the slug of the tenant that was added, the id of the person; `signIn` where people of the
   * provider sign in with its slug from then on (R5.10). Never a secret (R4.7).
   */
  result: Type.Record(Type.String(), Type.String()),
  can: Type.Object({
    edit: Type.Boolean(),
    submit: Type.Boolean(),
    approve: Type.Boolean(),
    cancel: Type.Boolean(),
    retry: Type.Boolean(),
  }),
});
export type ServiceRequest = Static<typeof ServiceRequest>;

export const createRequest = endpoint({
  method: 'POST',
  path: '/requests',
  access: 'offering.request',
  summary: 'Request an offering; with `submit: false` it stays a draft',
  body: Type.Object(
    {
      offering: Type.String({ pattern: '^[a-z0-9-]{1,60}$' }),
      values: Values,
      /** Where you may write several: the tenant that the request is for (R7.1). */
      tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
      submit: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  answer: ServiceRequest,
  status: 201,
});

export const listRequests = endpoint({
  method: 'GET',
  path: '/requests',
  access: 'request.read',
  summary: 'List requests, the newest first',
  query: Type.Object(
    {
      mine: Type.Optional(Type.Boolean()),
      /** Those that wait for a decision that you may take. */
      approvable: Type.Optional(Type.Boolean()),
      phase: Type.Optional(Phase),
      tenant: Type.Optional(Type.String({ maxLength: 63 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      cursor: Type.Optional(Type.String({ maxLength: 1000 })),
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ items: Type.Array(RequestSummary), next: NextPage }),
});

export const getRequest = endpoint({
  method: 'GET',
  path: '/requests/:number',
  access: 'request.read',
  summary: 'A request with its parts, approvals and history',
  params: ByNumber,
  answer: ServiceRequest,
});

export const editDraft = endpoint({
  method: 'PUT',
  path: '/requests/:number',
  access: 'offering.request',
  summary: 'Change what a draft asks for',
  params: ByNumber,
  body: Type.Object({ values: Values }, { additionalProperties: false }),
  answer: ServiceRequest,
  ifMatch: true,
});

export const submitRequest = endpoint({
  method: 'PUT',
  path: '/requests/:number/submission',
  access: 'offering.request',
  summary: 'Submit a draft',
  params: ByNumber,
  answer: ServiceRequest,
  ifMatch: true,
});

export const decideRequest = endpoint({
  method: 'PUT',
  path: '/requests/:number/approval',
  access: 'request.approve',
  summary: 'Approve or reject a request of somebody else',
  params: ByNumber,
  body: Type.Object(
    { decision: Type.Enum(['approved', 'rejected']), comment: Type.Optional(Type.String({ maxLength: 2000 })) },
    { additionalProperties: false },
  ),
  answer: ServiceRequest,
  ifMatch: true,
});

export const cancelRequest = endpoint({
  method: 'PUT',
  path: '/requests/:number/cancellation',
  access: 'offering.request',
  summary: 'Take a request back before it is fulfilled',
  params: ByNumber,
  answer: ServiceRequest,
  ifMatch: true,
});

export const retryRequest = endpoint({
  method: 'PUT',
  path: '/requests/:number/retry',
  access: 'offering.request',
  summary: 'Try the part again that failed; parts that are done are not repeated',
  params: ByNumber,
  answer: ServiceRequest,
});
