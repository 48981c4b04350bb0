import type { Side } from '../cast.ts';
import { type WorldPerson, worldPassword } from '../world.ts';
import { type ExampleCall, type Examples, endpointNamed, type Place } from './example.ts';

interface Statement {
  id: string;
  version: number;
  versions: { id: string }[];
}

const drafts = { en: 'Be *kind*.', es: 'Sea *amable*.' };

function statement(at: Place): Promise<Statement> {
  const body = { name: at.fresh('Terms'), drafts, tenant: at.side.tenant.slug };
  return at.make('POST /terms-statements', { body });
}

async function published(at: Place): Promise<Statement> {
  const { id, version } = await statement(at);
  return at.make('POST /terms-statements/:id/versions', { params: { id }, version });
}

const ofStatement = async (made: Promise<Statement>, body?: Record<string, unknown>): Promise<ExampleCall> => {
  const { id, version } = await made;
  return { params: { id }, version, ...(body ? { body } : {}) };
};

interface Asking {
  statement: string;
  person: WorldPerson;
}
const askings = new WeakMap<Side, Asking>();

/** Somebody of a tenant of its own, who is asked for a version that is new each time: the side's other people stay as they are. */
async function asked(at: Place): Promise<ExampleCall & { as: WorldPerson }> {
  const asking = askings.get(at.side) ?? (await askingOf(at));
  askings.set(at.side, asking);
  const { statement, person } = asking;
  const { version } = await at.make<Statement>('GET /terms-statements/:id', { params: { id: statement } });
  const body = { drafts: { en: at.fresh('Text'), es: '' } };
  const changed = await at.make('PATCH /terms-statements/:id', { params: { id: statement }, version, body });
  const { versions } = await at.make<Statement>('POST /terms-statements/:id/versions', {
    params: { id: statement },
    version: changed.version,
  });
  const userName = `${person.userName}@${person.tenant?.slug}`;
  const signIn = { body: { userName, password: worldPassword } };
  // Whoever rejects has no session any more.
  if (!person.cookie) await person.call(endpointNamed('POST /session'), signIn as never);
  return { as: person, body: { version: versions[0]?.id, language: 'en' } };
}

async function askingOf(at: Place): Promise<Asking> {
  const { cast, side } = at;
  const tenant = await cast.world.tenant({ name: at.fresh('Asking'), parent: side.tenant });
  const person = await cast.world.person({ tenant, role: 'self-service-user', name: at.fresh('Asked') });
  const { id } = await statement(at);
  const versions = await cast.world.versions([tenant.slug]);
  const values = { action: 'update', tenants: [tenant.slug], versions, terms: 'statement', termsStatement: id };
  const request = await at.make('POST /requests', { body: { offering: 'manage-tenants', values } }, cast.provider);
  await cast.world.settled(request.number);
  return { statement: id, person };
}

export const termsExamples: Examples = {
  'GET /terms-statements': { call: async () => ({}) },
  'GET /terms-statements/:id': { call: (at) => ofStatement(statement(at)) },
  'POST /terms-statements': {
    call: async (at) => ({ body: { name: at.fresh('Terms'), drafts, tenant: at.side.tenant.slug } }),
  },
  'PATCH /terms-statements/:id': { call: (at) => ofStatement(statement(at), { description: at.fresh('described') }) },
  'POST /terms-statements/:id/versions': { call: (at) => ofStatement(statement(at)) },
  'PUT /terms-statements/:id/deactivation': { call: (at) => ofStatement(statement(at)) },
  'DELETE /terms-statements/:id/deactivation': {
    call: async (at) => {
      const { id, version } = await statement(at);
      return ofStatement(at.make('PUT /terms-statements/:id/deactivation', { params: { id }, version }));
    },
  },
  'GET /terms-versions/:id': {
    call: async (at) => ({ params: { id: (await published(at)).versions[0]?.id } }),
  },
  'GET /me/terms': { call: async () => ({}), own: true },
  'PUT /me/terms/acceptance': { call: asked, own: true },
  'PUT /me/terms/rejection': { call: asked, own: true },
  'GET /consents': { call: async () => ({}) },
  'GET /consents/export': { call: async () => ({ query: { format: 'json' } }) },
  'GET /signing-keys': { call: async ({ cast }) => ({ as: cast.world.visitor() }), own: true },
};
