import type { ExampleCall, Examples, Place } from './example.ts';

interface Versioned {
  id: string;
  version: number;
}
type Ticket = Versioned & { number: string };

function ticket({ make, fresh }: Place): Promise<Ticket> {
  return make<Ticket>('POST /tickets', { body: { title: fresh('Ticket'), description: fresh('described') } });
}

const ofTicket = async (made: Promise<Ticket>, body?: Record<string, unknown>): Promise<ExampleCall> => {
  const { number, version } = await made;
  return { params: { number }, version, ...(body ? { body } : {}) };
};

async function resolved(at: Place): Promise<Ticket> {
  return at.make<Ticket>(
    'PUT /tickets/:number/resolution',
    await ofTicket(ticket(at), { resolution: at.fresh('Done') }),
  );
}

const withContact = async (at: Place): Promise<ExampleCall> => ({
  params: { number: (await ticket(at)).number, contact: at.side.idle.contactId },
});

/** Categories, locations and assignment groups are alike. */
function choices(kind: 'categories' | 'locations' | 'assignment-groups'): Examples {
  const one = (at: Place) =>
    at.make<Versioned>(`POST /${kind}`, { body: { name: at.fresh('Choice'), tenant: at.side.tenant.slug } });
  const of = async (made: Promise<Versioned>, body?: Record<string, unknown>): Promise<ExampleCall> => {
    const { id, version } = await made;
    return { params: { id }, version, ...(body ? { body } : {}) };
  };
  return {
    [`GET /${kind}`]: { call: async () => ({}) },
    [`GET /${kind}/:id`]: { call: (at) => of(one(at)) },
    [`POST /${kind}`]: { call: async (at) => ({ body: { name: at.fresh('Choice'), tenant: at.side.tenant.slug } }) },
    [`PATCH /${kind}/:id`]: { call: (at) => of(one(at), { description: at.fresh('described') }) },
    [`PUT /${kind}/:id/deactivation`]: { call: (at) => of(one(at)) },
    [`DELETE /${kind}/:id/deactivation`]: {
      call: async (at) => of(at.make<Versioned>(`PUT /${kind}/:id/deactivation`, await of(one(at)))),
    },
  };
}

async function member(at: Place): Promise<ExampleCall> {
  const { id } = await at.make<Versioned>('POST /assignment-groups', {
    body: { name: at.fresh('Group'), tenant: at.side.tenant.slug },
  });
  return { params: { id, contact: at.side.administrator.contactId } };
}

/** Another tenant that the parent's administrator reaches, too. */
const elsewhere = ({ cast, side }: Place) => (side === cast.p ? cast.a : cast.p);

export const deskExamples: Examples = {
  ...choices('categories'),
  ...choices('locations'),
  ...choices('assignment-groups'),
  'GET /assignment-groups/:id/members': {
    call: async (at) => {
      const { id } = (await member(at)).params as { id: string };
      return { params: { id } };
    },
  },
  'PUT /assignment-groups/:id/members/:contact': { call: member },
  'DELETE /assignment-groups/:id/members/:contact': {
    call: async (at) => {
      const call = await member(at);
      await at.make('PUT /assignment-groups/:id/members/:contact', call);
      return call;
    },
  },
  'GET /default-queue': { call: async () => ({}) },
  'PUT /default-queue': {
    call: async (at) => {
      const { id } = (await member(at)).params as { id: string };
      return { body: { group: id, tenant: at.side.tenant.slug } };
    },
  },
  'GET /contacts': { call: async () => ({}) },
  'GET /tickets': { call: async () => ({}) },
  'GET /tickets/export': { call: async () => ({}) },
  'GET /tickets/:number': { call: (at) => ofTicket(ticket(at)) },
  'GET /tickets/:number/comments': { call: (at) => ofTicket(ticket(at)) },
  'GET /tickets/:number/history': { call: (at) => ofTicket(ticket(at)) },
  'POST /tickets': {
    call: async (at) => ({
      body: { title: at.fresh('Ticket'), requester: at.side.idle.contactId, tenant: at.side.tenant.slug },
    }),
  },
  'PATCH /tickets/:number': { call: (at) => ofTicket(ticket(at), { title: at.fresh('Renamed') }) },
  'POST /tickets/:number/comments': { call: (at) => ofTicket(ticket(at), { text: at.fresh('said') }) },
  'PUT /tickets/:number/assignment': {
    call: (at) => ofTicket(ticket(at), { assignee: at.side.administrator.contactId }),
  },
  'PUT /tickets/:number/work': { call: (at) => ofTicket(ticket(at)) },
  'PUT /tickets/:number/hold': { call: (at) => ofTicket(ticket(at)) },
  'PUT /tickets/:number/resolution': { call: (at) => ofTicket(ticket(at), { resolution: at.fresh('Done') }) },
  'DELETE /tickets/:number/resolution': { call: (at) => ofTicket(resolved(at)) },
  'PUT /tickets/:number/closure': { call: (at) => ofTicket(resolved(at)) },
  'PUT /tickets/:number/cancellation': { call: (at) => ofTicket(ticket(at)) },
  'PUT /tickets/:number/watch': { call: (at) => ofTicket(ticket(at)) },
  'DELETE /tickets/:number/watch': {
    call: async (at) => {
      const call = await ofTicket(ticket(at));
      await at.make('PUT /tickets/:number/watch', call);
      return call;
    },
  },
  'PUT /tickets/:number/watchers/:contact': { call: withContact },
  'DELETE /tickets/:number/watchers/:contact': {
    call: async (at) => {
      const call = await withContact(at);
      await at.make('PUT /tickets/:number/watchers/:contact', call);
      return call;
    },
  },
  'GET /tickets/:number/move': {
    call: async (at) => {
      const { tenant } = elsewhere(at);
      return { as: at.cast.provider, ...(await ofTicket(ticket(at))), query: { tenant: tenant.slug } };
    },
  },
  'POST /tickets/:number/move': {
    call: async (at) => {
      const { tenant, idle } = elsewhere(at);
      const body = { tenant: tenant.slug, requester: idle.contactId, group: null };
      return { as: at.cast.provider, ...(await ofTicket(ticket(at), body)) };
    },
  },
  'POST /imports/tickets': { call: async (at) => ({ as: at.cast.provider, body: imported(at) }) },
};

function imported({ side, fresh }: Place): Record<string, unknown> {
  const instant = '2026-01-02T03:04:05Z';
  const none = { category: null, group: null, requester: null, assignee: null, resolvedAt: null, closedAt: null };
  const levels = { type: 'incident', status: 'new', impact: 'low', urgency: 'low' };
  const title = fresh('Imported');
  const ticket = { ...none, ...levels, sourceId: title, tenant: side.tenant.slug, title, description: '', changes: [] };
  return { source: 'elsewhere', tickets: [{ ...ticket, openedAt: instant, updatedAt: instant }] };
}
