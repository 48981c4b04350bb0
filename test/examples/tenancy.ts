import type { ExampleCall, Examples, Place } from './example.ts';

interface Versioned {
  id: string;
  version: number;
}

const asProvider = ({ cast }: Place, call: ExampleCall): ExampleCall => ({ ...call, as: cast.provider });

async function group(at: Place): Promise<ExampleCall> {
  const body = { name: at.fresh('Group'), members: [at.side.tenant.slug] };
  const { id, version } = await at.make<Versioned>('POST /tenant-groups', { body }, at.cast.provider);
  return asProvider(at, { params: { id }, version });
}

async function member(at: Place, members: string[]): Promise<ExampleCall> {
  const body = { name: at.fresh('Group'), members };
  const { id } = await at.make<Versioned>('POST /tenant-groups', { body }, at.cast.provider);
  return asProvider(at, { params: { id, slug: at.side.tenant.slug } });
}

async function options(at: Place): Promise<ExampleCall> {
  const { version, ...body } = await at.make<{ version: number }>('GET /options', {}, at.cast.provider);
  return asProvider(at, { version, body });
}

/** A tenant of its own, because it is moved. */
async function movable(at: Place): Promise<ExampleCall> {
  const { slug } = await at.cast.world.tenant({ name: at.fresh('Movable'), parent: at.side.tenant });
  const { version } = await at.make<Versioned>('GET /tenants/:slug', { params: { slug } }, at.cast.provider);
  return asProvider(at, { params: { slug }, version, body: { parent: at.cast.p.tenant.slug } });
}

async function previewed(at: Place): Promise<ExampleCall> {
  return asProvider(at, { ...(await ofTenant(at)), query: { parent: 'none' } });
}

const ofTenant = async ({ side }: Place): Promise<ExampleCall> => ({ params: { slug: side.tenant.slug } });

export const tenancyExamples: Examples = {
  'GET /audit-entries': { call: async () => ({}) },
  // Attackers find their own attempts in the audit, with what they have typed: of sign-ins there is nothing of others.
  'GET /audit-entries/export': { call: async () => ({ query: { action: 'session.' } }) },
  'GET /why-refused': { call: async () => ({ query: { refusal: 'read-only' } }) },
  'GET /why': { call: async (at) => ({ query: { person: at.side.idle.contactId, record: 'tickets' } }) },
  'GET /audit-heads': { call: async () => ({}) },
  'POST /audit-verifications': { call: async () => ({ body: {} }) },
  'GET /tenants': { call: async () => ({}) },
  'GET /tenants/:slug': { call: ofTenant },
  'GET /tenants/:slug/active-subtree': { call: async (at) => asProvider(at, await ofTenant(at)) },
  'PUT /tenants/:slug/parent': { call: movable },
  'GET /tenants/:slug/move-preview': { call: previewed },
  'GET /tenants/:slug/stranded-references': { call: previewed },
  'GET /tenant-choices': { call: async () => ({}) },
  'GET /tenant-groups': { call: async (at) => asProvider(at, {}) },
  'GET /tenant-groups/:id': { call: group },
  'POST /tenant-groups': { call: async (at) => asProvider(at, { body: { name: at.fresh('Group') } }) },
  'PATCH /tenant-groups/:id': {
    call: async (at) => ({ ...(await group(at)), body: { description: at.fresh('described') } }),
  },
  'GET /tenant-groups/:id/members': { call: group },
  'PUT /tenant-groups/:id/members/:slug': { call: async (at) => member(at, []) },
  'DELETE /tenant-groups/:id/members/:slug': { call: async (at) => member(at, [at.side.tenant.slug]) },
  'PUT /tenant-groups/:id/members': { call: async (at) => ({ ...(await group(at)), body: { members: [] } }) },
  'GET /usage': { call: async () => ({}) },
  'GET /options': { call: async (at) => asProvider(at, {}) },
  'PUT /options': { call: options },
  'GET /multi-tenancy': { call: async (at) => asProvider(at, {}) },
  // The cast lives while multi-tenancy is on; setup.test.ts and assignment.test.ts call them in setup.
  'POST /multi-tenancy/assignment-previews': {
    call: async (at) => asProvider(at, { body: { rules: [] } }),
    refused: 'only until multi-tenancy is on',
  },
  'POST /multi-tenancy/assignments': {
    call: async (at) => asProvider(at, { body: { rules: [] } }),
    refused: 'only while multi-tenancy is being set up',
  },
  'GET /multi-tenancy/readiness': {
    call: async (at) => asProvider(at, {}),
    refused: 'only while multi-tenancy is being set up',
  },
  'GET /multi-tenancy/readiness/export': {
    call: async (at) => asProvider(at, {}),
    refused: 'only while multi-tenancy is being set up',
  },
  'POST /multi-tenancy/exposure-previews': { call: async (at) => asProvider(at, {}) },
};
