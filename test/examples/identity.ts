import { type WorldPerson, worldPassword } from '../world.ts';
import { type ExampleCall, type Examples, endpointNamed, type Place } from './example.ts';

type Person = { id: string; version: number; memberships: { id: string }[] };

function person({ make, fresh, cast, side }: Place): Promise<Person> {
  const displayName = fresh('Person');
  const userName = displayName.replaceAll(' ', '.');
  return make('POST /people', {
    body: {
      userName,
      displayName,
      email: `${userName}@example.test`,
      roleId: cast.role('self-service-user'),
      tenant: side.tenant.slug,
    },
  });
}

/** In the side's own tenant, which a parent's administrator has to name. */
const inTenant = ({ side }: Place) => ({ tenant: side.tenant.slug });

function role({ make, fresh, side }: Place): Promise<{ id: string; version: number }> {
  return make('POST /roles', {
    body: { name: fresh('Role'), readReach: 'own', functions: ['ticket.read'], tenant: side.tenant.slug },
  });
}

const ofRecord = async (record: Promise<{ id: string; version: number }>, body?: Record<string, unknown>) => {
  const { id, version } = await record;
  return { params: { id }, version, ...(body ? { body } : {}) };
};

export const identityExamples: Examples = {
  'GET /people': { call: async () => ({}) },
  'GET /people/:id': { call: (at) => ofRecord(person(at)) },
  'POST /people': {
    call: async (at) => ({
      body: {
        userName: at.fresh('new').replaceAll(' ', '.'),
        displayName: at.fresh('New'),
        roleId: at.cast.role('self-service-user'),
        ...inTenant(at),
      },
    }),
  },
  'PATCH /people/:id': { call: (at) => ofRecord(person(at), { displayName: at.fresh('Renamed') }) },
  'PUT /people/:id/deactivation': { call: (at) => ofRecord(person(at)) },
  'DELETE /people/:id/deactivation': {
    call: async (at) => {
      const { id, version } = await person(at);
      return ofRecord(at.make('PUT /people/:id/deactivation', { params: { id }, version }));
    },
  },
  'POST /people/:id/memberships': { call: (at) => ofRecord(person(at), { roleId: at.cast.role('tenant-analyst') }) },
  'POST /people/:id/link': { call: (at) => ofRecord(person(at)) },
  'DELETE /memberships/:id': { call: async (at) => ({ params: { id: (await person(at)).memberships[0]?.id } }) },
  'GET /invitations': { call: async () => ({}) },
  'POST /invitations': {
    call: async (at) => ({
      body: {
        address: `${at.fresh('guest').replaceAll(' ', '.')}@elsewhere`,
        roleId: at.cast.role('self-service-user'),
        ...inTenant(at),
      },
    }),
  },
  'DELETE /invitations/:id': {
    call: async (at) => {
      const address = `${at.fresh('guest').replaceAll(' ', '.')}@elsewhere`;
      await at.make('POST /invitations', {
        body: { address, roleId: at.cast.role('self-service-user'), ...inTenant(at) },
      });
      const { items } = await at.make<{ items: { id: string; address: string }[] }>('GET /invitations');
      return { params: { id: items.find((one) => one.address === address)?.id } };
    },
  },
  'GET /roles': { call: async () => ({}) },
  'GET /roles/:id': { call: (at) => ofRecord(role(at)) },
  'GET /grantable-roles': { call: async (at) => ({ query: inTenant(at) }) },
  'POST /roles': { call: async (at) => ({ body: { name: at.fresh('Role'), readReach: 'own', ...inTenant(at) } }) },
  'PATCH /roles/:id': { call: (at) => ofRecord(role(at), { description: at.fresh('described') }) },
  'PUT /roles/:id/deactivation': { call: (at) => ofRecord(role(at)) },
  'DELETE /roles/:id/deactivation': {
    call: async (at) => {
      const { id, version } = await role(at);
      return ofRecord(at.make('PUT /roles/:id/deactivation', { params: { id }, version }));
    },
  },
};

/** What is everybody's own: there is no other tenant's to reach for, or the call itself proves who calls. */
export const ownExamples: Examples = {
  'GET /me': { call: async () => ({}), own: true },
  'GET /me/sessions': { call: async () => ({}), own: true },
  'GET /me/tokens': { call: async () => ({}), own: true },
  'POST /me/tokens': { call: async (at) => ({ body: { name: at.fresh('token'), days: 1 } }), own: true },
  'DELETE /me/tokens/:id': {
    call: async (at) => ({
      params: { id: (await at.make('POST /me/tokens', { body: { name: at.fresh('token'), days: 1 } })).id },
    }),
    own: true,
  },
  'PUT /me/preferences': { call: async () => ({ body: { language: 'en', timeZone: 'UTC' } }), own: true },
  'PUT /me/membership': {
    call: async ({ cast: { both } }) => ({ as: both, body: { membershipId: both.membershipInB } }),
    own: true,
  },
  'PUT /me/password': {
    call: async (at) => ({
      as: await somebody(at),
      body: { oldPassword: worldPassword, newPassword: `${worldPassword}!` },
    }),
    own: true,
  },
  'DELETE /me/sessions': { call: async (at) => ({ as: await somebody(at) }), own: true },
  'DELETE /me/sessions/:id': {
    call: async (at) => {
      const as = await somebody(at);
      const { items } = await at.make<{ items: { id: string }[] }>('GET /me/sessions', {}, as);
      return { as, params: { id: items[0]?.id } };
    },
    own: true,
  },
  'DELETE /session': { call: async (at) => ({ as: await somebody(at) }), own: true },
  'POST /invitations/look': {
    call: (at) => invited(at),
    own: true,
    unaudited: 'looks only',
  },
  'POST /invitations/accept': { call: (at) => invited(at), own: true },
};

/** For visitors. */
export const doorExamples: Examples = {
  'GET /openapi.json': { call: async (at) => visiting(at, {}), own: true },
  'GET /reference': { call: async (at) => visiting(at, {}), own: true },
  'POST /session': {
    call: async (at) =>
      visiting(at, {
        body: { userName: `${at.side.administrator.userName}@${at.side.tenant.slug}`, password: worldPassword },
      }),
    own: true,
  },
  'POST /links/look': {
    call: async (at) => visiting(at, { body: { token: await passwordLink(at) } }),
    own: true,
    unaudited: 'looks only',
  },
  'POST /links/use': {
    call: async (at) => visiting(at, { body: { token: await passwordLink(at), password: worldPassword } }),
    own: true,
  },
  'POST /first-run/look': {
    call: async (at) => visiting(at, { body: { token: 'used up' } }),
    own: true,
    refused: 'there is an administrator; what it does is in first-run.test.ts',
  },
  'POST /first-run': {
    call: async (at) =>
      visiting(at, { body: { token: 'used up', userName: 'x', displayName: 'X', password: worldPassword } }),
    own: true,
    refused: 'there is an administrator; what it does is in first-run.test.ts',
  },
};

function visiting({ cast }: Place, input: ExampleCall): ExampleCall {
  return { ...input, as: cast.world.visitor() };
}

async function invited(at: Place): Promise<ExampleCall> {
  const as = await somebody(at);
  return { as, body: { token: await invitation(at, as) } };
}

function somebody({ cast, side, fresh }: Place): Promise<WorldPerson> {
  return cast.world.person({ tenant: side.tenant, role: 'self-service-user', name: fresh('Somebody') });
}

/** To the parent, whose administrator invites: siblings must not know each other's people. */
async function invitation({ cast, side }: Place, guest: WorldPerson): Promise<string> {
  const body = {
    address: `${guest.userName}@${side.tenant.slug}`,
    roleId: cast.role('self-service-user'),
    tenant: cast.p.tenant.slug,
  };
  return secretOf(cast.p.administrator.call(endpointNamed('POST /invitations'), { body }) as Promise<{ path: string }>);
}

async function passwordLink(at: Place): Promise<string> {
  return secretOf(at.make('POST /people/:id/link', await ofRecord(person(at))));
}

async function secretOf(answer: Promise<{ path: string }>): Promise<string> {
  return (await answer).path.split('#')[1] as string;
}
