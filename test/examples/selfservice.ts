import type { ExampleCall, Examples, Place } from './example.ts';

/** One transparent point. */
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

async function logo(at: Place): Promise<ExampleCall> {
  const call = { params: { slug: at.side.tenant.slug } };
  await at.make('PUT /tenants/:slug/logo', { ...call, body: { picture } }, at.cast.provider);
  return call;
}

export const selfserviceExamples: Examples = {
  'GET /organization': { call: async () => ({}) },
  'GET /organization/logo': {
    call: async (at) => {
      await logo(at);
      return {};
    },
    own: true,
  },
  'PUT /tenants/:slug/logo': {
    call: async (at) => ({ as: at.cast.provider, params: { slug: at.side.tenant.slug }, body: { picture } }),
  },
  'DELETE /tenants/:slug/logo': { call: async (at) => ({ ...(await logo(at)), as: at.cast.provider }) },
  'GET /live': { call: async () => ({}), endless: 'the stream ends when its listener does' },
};
