import type { ExampleCall, Examples, Place } from './example.ts';

interface Numbered {
  number: string;
  version: number;
}

const wanted = (at: Place) => ({ what: 'screen', reason: at.fresh('reason') });

async function draft(at: Place): Promise<ExampleCall> {
  const body = { offering: 'equipment', values: wanted(at), tenant: at.side.tenant.slug, submit: false };
  const { number, version } = await at.make<Numbered>('POST /requests', { body });
  return { params: { number }, version };
}

/** Of an offering that needs the approval of one other person. */
async function waiting(at: Place): Promise<ExampleCall> {
  const { version: before, approval } = await at.make<{ version: number; approval: string }>(
    'GET /offerings/:key',
    access,
    at.cast.provider,
  );
  if (approval !== 'one')
    await at.make(
      'PUT /offerings/:key/approval',
      { ...access, version: before, body: { approval: 'one' } },
      at.cast.provider,
    );
  const values = { application: 'Books', reason: at.fresh('reason') };
  const body = { offering: 'access', values, tenant: at.side.tenant.slug };
  const { number, version } = await at.make<Numbered>('POST /requests', { body });
  return { as: at.cast.provider, params: { number }, version };
}

const access = { params: { key: 'access' } };

async function approval(at: Place): Promise<ExampleCall> {
  const { version } = await at.make<{ version: number }>('GET /offerings/:key', access, at.cast.provider);
  return { ...access, as: at.cast.provider, version, body: { approval: 'one' } };
}

export const catalogExamples: Examples = {
  'GET /catalog': { call: async () => ({}) },
  'GET /offerings/:key': { call: async () => ({ params: { key: 'equipment' } }), public: true },
  'PUT /offerings/:key/approval': { call: approval, public: true },
  'GET /requests': { call: async () => ({}) },
  'GET /requests/:number': { call: draft },
  'POST /requests': {
    call: async (at) => ({ body: { offering: 'equipment', values: wanted(at), tenant: at.side.tenant.slug } }),
  },
  'PUT /requests/:number': {
    call: async (at) => ({ ...(await draft(at)), body: { values: wanted(at) } }),
    others: 'request.not-yours',
  },
  'PUT /requests/:number/submission': { call: draft, others: 'request.not-yours' },
  'PUT /requests/:number/cancellation': { call: draft, others: 'request.not-yours' },
  'PUT /requests/:number/approval': {
    call: async (at) => ({ ...(await waiting(at)), body: { decision: 'approved' } }),
  },
  'PUT /requests/:number/retry': {
    call: draft,
    refused: 'nothing has failed; how it is retried is in fulfillment.test.ts',
  },
};
