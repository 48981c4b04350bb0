import type { TSchema } from 'typebox';
import type { Endpoint } from './endpoints.ts';
import { allRefusals } from './refusals.ts';
import type { Route } from './routes.ts';

export type OpenApi = ReturnType<typeof openApi>;
export type Operation = ReturnType<typeof operationOf>;

/** The API as an OpenAPI 3.1 document, from the same plain data that the server mounts and the browser calls. */
export function openApi(routes: readonly Route[]) {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = route.endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.endpoint.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tenantry',
      version: '1',
      description: about,
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes,
      parameters,
      responses: { Problem: problemResponse },
      schemas: { Problem: problemSchema() },
    },
  };
}

const about = [
  'Everything that the application does, it does through this API.',
  'Lists answer `{ items, next }`: pass `next` as `cursor` to go on, until it is null. Instants are RFC 3339 in UTC.',
  'Records say what you may do with them in `can`, and which version they are in `version`: a change sends it as `If-Match: "3"`, and is refused with 412 when somebody was faster, with 428 without one.',
  'A write with an `Idempotency-Key` is done once, however often it is sent: the answer is the first one’s, with the header `Idempotent-Replay: true`. The operations that take one list it. The others ignore it: their answer carries a secret, which is kept nowhere, or they concern your own sign-in, where doing it again changes nothing.',
  'A request acts under exactly one membership, named by `Tenantry-Membership`; a token is bound to one already. What that membership may not read does not exist for it: 404, always the same one.',
  'Refusals are problem documents (RFC 9457); `type` is one of the list below, `title` a sentence in the language of `Accept-Language` (en, es). 422 lists every wrong value with a JSON pointer.',
  'Undeclared fields are refused.',
].join('\n\n');

const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'tenantry_session',
    description:
      'Of a browser, after POST /session. Writes then need the header `Tenantry-Request: 1`, which other sites cannot send.',
  },
  token: { type: 'http', scheme: 'bearer', description: 'An API token of one membership, made under “My account”.' },
};

const parameters = {
  Membership: {
    name: 'Tenantry-Membership',
    in: 'header',
    description: 'Under which membership the request acts; without it, the one last used. Sessions only.',
    schema: { type: 'string', format: 'uuid' },
  },
  Request: {
    name: 'Tenantry-Request',
    in: 'header',
    description: 'Needed for writes in a session.',
    schema: { const: '1' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The version that is changed, in quotation marks.',
    schema: { type: 'string', pattern: '^(W/)?"\\d{1,9}"$' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'Any text of up to 200 characters; yours alone, and for this endpoint alone.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
};

const problemResponse = {
  description: 'Refused',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function problemSchema() {
  const refusals = [...allRefusals()].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    type: 'object',
    required: ['type', 'title', 'status'],
    properties: {
      type: {
        type: 'string',
        oneOf: refusals.map(([type, { status, en }]) => ({
          const: `urn:tenantry:${type}`,
          description: `${status}: ${en}`,
        })),
      },
      title: { type: 'string', description: 'A sentence for people.' },
      status: { type: 'integer' },
      details: { type: 'object', description: 'What the sentence was made with.' },
      errors: {
        type: 'array',
        description: 'Of urn:tenantry:invalid: every wrong value.',
        items: {
          type: 'object',
          required: ['pointer', 'detail'],
          properties: {
            pointer: { type: 'string', description: 'JSON pointer into the body, or `?name` of a query parameter.' },
            detail: { type: 'string' },
          },
        },
      },
    },
  };
}

function operationOf({ endpoint, door, secret }: Route) {
  const writes = endpoint.method !== 'GET';
  const signedIn = endpoint.access !== 'visitor';
  const shared = [
    ...(signedIn ? ['Membership'] : []),
    ...(writes ? ['Request'] : []),
    ...(endpoint.ifMatch ? ['IfMatch'] : []),
    ...(writes && door === 'person' && !secret ? ['IdempotencyKey'] : []),
  ];
  return {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    description: whoMay(endpoint),
    tags: [endpoint.path.split('/')[1] as string],
    security: signedIn ? [{ session: [] }, { token: [] }] : [],
    parameters: [
      ...parametersIn(endpoint.params, 'path'),
      ...parametersIn(endpoint.query, 'query'),
      ...shared.map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ],
    ...(endpoint.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: endpoint.body } } } }
      : {}),
    responses: {
      [endpoint.status ?? (endpoint.answer || endpoint.sends ? 200 : 204)]: successOf(endpoint),
      default: { $ref: '#/components/responses/Problem' },
    },
    'x-access': endpoint.access,
  };
}

function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[/-]/).filter(Boolean);
  const named = words.map((word) =>
    word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word.replaceAll(/\W/g, '')),
  );
  return `${method.toLowerCase()}${named.join('')}`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function whoMay({ access }: Endpoint): string {
  if (access === 'visitor') return 'For anybody, signed in or not.';
  if (access === 'session') return 'For whoever is signed in, under a membership or not yet.';
  if (access === 'member') return 'For any membership.';
  return `For roles with the function \`${access}\`.`;
}

function parametersIn(schema: TSchema | undefined, place: 'path' | 'query') {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: of,
  }));
}

function successOf({ answer, sends }: Endpoint) {
  if (sends === 'event-stream')
    return { description: 'Events, for as long as the caller listens', content: { 'text/event-stream': {} } };
  if (sends === 'file') return { description: 'A file', content: { '*/*': {} } };
  return answer
    ? { description: 'Done', content: { 'application/json': { schema: answer } } }
    : { description: 'Done' };
}
