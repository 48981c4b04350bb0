import * as model from './model.ts';
import { type Membership, readOnly, type Verdict } from './model.ts';
import { marked, nowhere, type Step, someMaker, someSlug, versionOf } from './operations.desk.ts';
import { type Body, endpointOf, type Forest, type Probe } from './probing.ts';

/** A call that asks for nothing of anybody: what counts is who may make it at all. */
const plain =
  (name: string, wanted: Partial<Probe> | ((forest: Forest, by: Membership) => Partial<Probe>) = {}): Step =>
  async (forest) => {
    const by = forest.random.of(forest.actors());
    await forest.probe({
      by,
      name,
      class: 'personal',
      ...(typeof wanted === 'function' ? wanted(forest, by) : wanted),
    });
  };

/** A list, a file or a check of what belongs to tenants: a tenant that is named must be there for whoever names it. */
const ofTenants = (name: string, make: (tenant: string | undefined) => Probe['input']): Step =>
  plain(name, (forest, by) => {
    const tenant = forest.random.chance(0.5) ? someSlug(forest) : undefined;
    const refused = tenant && !forest.model.seesTenant(by, tenant) ? model.unknownTenant : null;
    return { class: 'required', input: make(tenant) ?? {}, refused };
  });

const someTerms = { version: nowhere, language: 'en' };
const answered = (name: string, type: string): Step =>
  plain(name, ({ model: m }, by) => {
    const isAsked = m.gate(by, 'member')?.type === 'terms-not-accepted';
    return {
      input: { body: someTerms },
      refused: m.barred(by) ?? { status: 409, type: isAsked ? 'terms.changed' : type },
    };
  });

/** R8.4: of those who are asked, most accept. */
const acceptTerms: Step = async (forest) => {
  const { random, model: m } = forest;
  const asked = forest.actors().filter((one) => m.gate(one, 'member')?.type === 'terms-not-accepted');
  if (!asked.length || random.chance(0.3)) return answered('PUT /me/terms/acceptance', 'terms.changed')(forest);
  const by = random.of(asked);
  const version = m.asked(by.contact.owner) as string;
  const input = { body: { version, language: random.of(['en', 'es']) } };
  await forest.probe({ by, name: 'PUT /me/terms/acceptance', class: 'personal', input });
  m.accepted.add(m.acceptance(by, version));
};

/** R8.3: what holds is what the line asks, whether it has been accepted or not. */
const myTerms = plain('GET /me/terms', ({ model: m }, by) => ({
  refused: m.barred(by),
  check: ({ due, terms }: Body) => {
    if ((terms?.version ?? undefined) !== m.asked(by.contact.owner)) return `asks ${terms?.version}`;
    return due === (m.gate(by, 'member') !== null) ? undefined : `is due: ${due}`;
  },
}));

const publishTerms: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = someMaker(forest, 'terms.administer');
  const found = [...m.choices.values()].filter((one) => one.kind === 'terms-statements');
  const one = random.maybe(found);
  const params = { id: one?.id ?? nowhere };
  const version = await versionOf(forest, 'GET /terms-statements/:id', params);
  const seen = one && m.seesOptional(by, one.owner);
  const verdict = (): Verdict => {
    if (!seen) return model.absent;
    if (!m.mayWrite(by, one.owner)) return readOnly;
    const none = m.published.has(one) ? 'terms.nothing-new' : 'terms.empty';
    return forest.drafted.has(one.id) ? null : { status: 409, type: none };
  };
  const name = 'POST /terms-statements/:id/versions';
  const made = await forest.probe({ by, name, class: 'optional', input: { params, version }, refused: verdict() });
  if (!made || !one) return;
  m.published.set(one, made.versions[0].id);
  forest.drafted.delete(one.id);
};
const firstRunOver: Verdict = { status: 404, type: 'first-run.over' };
const linkGone: Verdict = { status: 404, type: 'link-not-usable' };
const token = 'nobody-has-ever-seen-this-secret-of-a-link-00';
const password = 'seven green bicycles';

/** R1.3, R1.4: where there are no tenants for somebody, no organization is named; else it is one's own (R10.1). */
const organization = plain('GET /organization', ({ model: m }, by) => ({
  class: 'required',
  check: ({ name }: Body) => {
    const own = m.tenants.get(by.contact.owner)?.name;
    return (name === own) === m.names(by) ? undefined : `is called ${name}`;
  },
}));

const logo =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.chance(0.3) ? forest.administrator : random.of(forest.actors());
    const slug = someSlug(forest);
    const refused = !m.seesTenant(by, slug) ? model.absent : m.mayWrite(by, slug) ? null : readOnly;
    const body = name.startsWith('PUT')
      ? { picture: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==' }
      : undefined;
    await forest.probe({
      by,
      name,
      class: 'required',
      input: { params: { slug }, ...(body ? { body } : {}) },
      refused,
    });
  };

const approval: Step = async (forest) => {
  const by = forest.random.chance(0.4) ? forest.administrator : forest.random.of(forest.actors());
  const version = await versionOf(forest, 'GET /offerings/:key', { key: 'access' });
  const input = { params: { key: 'access' }, version, body: { approval: 'none' } };
  await forest.probe({ by, name: 'PUT /offerings/:key/approval', class: 'public', input });
};

/** R7.1, R7.2: what another system had comes into the tenant that it names; once, as far as whoever imports can see. */
const importTickets: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = someMaker(forest, 'import.run');
  const tenant = someSlug(forest);
  const again = random.maybe(random.chance(0.3) ? forest.imported : []);
  const [sourceId, known] = again ?? [String(++forest.made), []];
  // Whoever does not see it takes it in once more.
  const present = known.some((ticket) => m.seesRequired(by, ticket.owner));
  const verdict = (): Verdict => {
    if (!m.names(by)) return { status: 409, type: 'import.multi-tenancy-off' };
    if (present) return null;
    if (!m.seesTenant(by, tenant)) return model.unknownTenant;
    if (!m.mayWrite(by, tenant)) return { status: 422, type: 'import.tenant-unknown' };
    // R5.9: a ticket that nobody has asked for is in the scope of those alone who see all of them.
    return by.role.scopeTicket === 'all' ? null : readOnly;
  };
  const instant = '2026-01-02T03:04:05Z';
  const title = marked(forest, tenant, 'Ticket');
  const status = random.of(['new', 'closed']);
  const none = { category: null, group: null, requester: null, assignee: null, resolvedAt: null, closedAt: null };
  const levels = { type: 'incident', status, impact: 'low', urgency: 'low' };
  const ticket = { ...none, ...levels, sourceId, tenant, title, description: '', changes: [] };
  const input = { body: { source: 'elsewhere', tickets: [{ ...ticket, openedAt: instant, updatedAt: instant }] } };
  const done = await forest.probe({
    by,
    name: 'POST /imports/tickets',
    class: 'required',
    input,
    refused: verdict(),
    check: (body) => (body.present === (present ? 1 : 0) ? undefined : `has ${body.present} already`),
  });
  if (!done || present) return;
  const text = title.split(' ').at(-1) as string;
  const asked = { query: { text } } as never;
  const found = (await forest.clientOf(forest.administrator).call(endpointOf('GET /tickets'), asked)) as Body;
  const number = found.items.find((one: Body) => one.title === title)?.number;
  const unset = { requester: null, affected: null, assignee: null, group: null, category: null, location: null };
  const made = { number, owner: tenant, title, status, ...unset, watchers: new Set<never>(), said: [] };
  m.tickets.set(number, made);
  forest.imported.set(sourceId, [...known, made]);
};

const invite: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.7) ? someSlug(forest) : undefined;
  const role = random.of(m.roles.values());
  const place = m.ownerForNew(by, tenant);
  const holder = place.verdict === readOnly ? by.contact.owner : place.owner;
  const granted = place.verdict && place.verdict !== readOnly ? null : m.grants(by, role, holder);
  const soon = granted?.type === 'role.providers-only' ? null : granted;
  if (m.state !== 'on' && !m.isLegal(holder || m.provider, role.owner)) return;
  const refused = place.verdict === readOnly ? (soon ?? readOnly) : (place.verdict ?? granted ?? forest.unrecorded(by));
  const input = { body: { address: `guest.${++forest.made}@there-is-none`, roleId: role.id, tenant } };
  // Invitations hold references to roles that the model does not keep: asked for only where they are refused.
  if (refused || m.gate(by, 'person.administer'))
    await forest.probe({ by, name: 'POST /invitations', class: 'required', input, refused });
};

const visited =
  (name: string, input: Probe['input'], refused: Verdict): Step =>
  async (forest) => {
    // A visitor has no membership: the administrator's model stands for nobody here.
    await forest.probe({ by: forest.administrator, name, class: 'untenanted', ...(input ? { input } : {}), refused });
  };

/** Each of these is compared with its refusal to a person without a session as well. */
const live: Step = async (forest) => {
  const answer = await forest.stranger().try(endpointOf('GET /live'));
  forest.count('GET /live', answer.status === 401 ? undefined : `a stranger listens: ${answer.status}`);
};

const signIn: Step = async (forest) => {
  const userName = `nobody.${++forest.made}@${someSlug(forest)}`;
  const body = { userName, password: 'wrong and wrong again' };
  const address = `10.${forest.random.below(250)}.${forest.random.below(250)}.${forest.random.below(250)}`;
  const answer = await forest.stranger().try(endpointOf('POST /session'), { body, address } as never);
  forest.count('POST /session', answer.status === 401 ? undefined : `answers ${answer.status} ${answer.text}`);
};

export const ownSteps: Record<string, Step> = {
  'GET /organization': organization,
  'GET /organization/logo': async (forest) => {
    const by = forest.random.of(forest.actors());
    const answer = await forest.clientOf(by).try(endpointOf('GET /organization/logo'));
    const verdict = forest.model.gate(by, 'member');
    const right = verdict ? answer.status === verdict.status : [200, 404].includes(answer.status);
    forest.count('GET /organization/logo', right ? undefined : `answers ${answer.status}`);
  },
  'PUT /tenants/:slug/logo': logo('PUT /tenants/:slug/logo'),
  'DELETE /tenants/:slug/logo': logo('DELETE /tenants/:slug/logo'),
  'GET /catalog': plain('GET /catalog', { class: 'public' }),
  'GET /offerings/:key': plain('GET /offerings/:key', { class: 'public', input: { params: { key: 'equipment' } } }),
  'PUT /offerings/:key/approval': approval,
  'POST /imports/tickets': importTickets,
  'GET /invitations': plain('GET /invitations', {
    class: 'required',
    check: ({ items }: Body) => (items.length ? 'shows an invitation' : undefined),
  }),
  'POST /invitations': invite,
  'DELETE /invitations/:id': plain('DELETE /invitations/:id', {
    class: 'required',
    input: { params: { id: nowhere } },
    refused: model.absent,
  }),
  'POST /invitations/look': plain('POST /invitations/look', { input: { body: { token } }, refused: linkGone }),
  'POST /invitations/accept': plain('POST /invitations/accept', { input: { body: { token } }, refused: linkGone }),
  'POST /links/look': visited('POST /links/look', { body: { token } }, linkGone),
  'POST /links/use': visited('POST /links/use', { body: { token, password } }, linkGone),
  'POST /first-run/look': visited('POST /first-run/look', { body: { token } }, firstRunOver),
  'POST /first-run': visited(
    'POST /first-run',
    { body: { token, userName: 'x', displayName: 'X', password } },
    firstRunOver,
  ),
  'GET /openapi.json': visited('GET /openapi.json', undefined, null),
  'GET /reference': visited('GET /reference', undefined, null),
  'GET /live': live,
  'POST /session': signIn,
  'GET /me/sessions': plain('GET /me/sessions', {
    check: ({ items }: Body) => (items.length ? undefined : 'shows none'),
  }),
  'DELETE /me/sessions/:id': plain('DELETE /me/sessions/:id', {
    input: { params: { id: nowhere } },
    refused: model.absent,
  }),
  'PUT /me/preferences': plain('PUT /me/preferences', { input: { body: { language: 'en', timeZone: 'UTC' } } }),
  'PUT /me/membership': plain('PUT /me/membership', ({ random, model: m }, by) => {
    const wanted = random.of(m.memberships.values());
    const own = wanted.contact.person === by.contact.person;
    const verdict = own ? m.barred(wanted) : ({ status: 403, type: 'membership-needed' } as const);
    return { input: { body: { membershipId: wanted.id } }, refused: verdict };
  }),
  'PUT /me/password': plain('PUT /me/password', {
    input: { body: { oldPassword: 'it is not this one', newPassword: 'eight purple bicycles' } },
    refused: { status: 403, type: 'password-wrong' },
  }),
  'GET /me/terms': myTerms,
  'PUT /me/terms/acceptance': acceptTerms,
  'PUT /me/terms/rejection': answered('PUT /me/terms/rejection', 'terms.not-asked'),
  'POST /terms-statements/:id/versions': publishTerms,
  'GET /terms-versions/:id': plain('GET /terms-versions/:id', {
    class: 'optional',
    input: { params: { id: nowhere } },
    refused: model.absent,
  }),
  'GET /consents': ofTenants('GET /consents', (tenant) => ({ query: { tenant } })),
  'GET /consents/export': ofTenants('GET /consents/export', (tenant) => ({ query: { tenant, format: 'json' } })),
  'GET /signing-keys': visited('GET /signing-keys', undefined, null),
  'GET /audit-entries/export': ofTenants('GET /audit-entries/export', (tenant) => ({
    query: { tenant, action: 'session.' },
  })),
  'POST /audit-verifications': ofTenants('POST /audit-verifications', (tenant) => ({ body: { tenant } })),
  'GET /why-refused': plain('GET /why-refused', ({ model: m }, by) => ({
    class: 'untenanted',
    input: { query: { refusal: 'read-only' } },
    refused: m.gate(by, 'person.administer'),
  })),
  'GET /why': plain('GET /why', ({ model: m }, by) => ({
    class: 'required',
    input: { query: { person: nowhere, record: 'ZZZZ-1' } },
    refused: m.gate(by, 'person.administer') ?? model.absent,
  })),
  'GET /usage': plain('GET /usage', (forest, by) => ({
    class: 'required',
    // Of one's own tenant, whatever its line has.
    check: ({ limits }: Body) =>
      limits.callsPerMinute === (forest.limits.get(by.contact.owner) ?? 0) ? undefined : `has ${limits.callsPerMinute}`,
  })),
  'GET /audit-heads': plain('GET /audit-heads', { class: 'required' }),
  'DELETE /session': strangers('DELETE /session'),
  'DELETE /me/sessions': strangers('DELETE /me/sessions'),
};

/** Whoever called these would be out for the rest of the forest: strangers do. */
function strangers(name: string): Step {
  return async (forest) => {
    const answer = await forest.stranger().try(endpointOf(name));
    forest.count(name, answer.status === 401 || answer.status === 204 ? undefined : `answers ${answer.status}`);
  };
}
