import { roleOf } from './inventory.ts';
import * as model from './model.ts';
import { type Contact, type Membership, type Reach, type Role, reaches, readOnly, type Verdict } from './model.ts';
import { classOf, nowhere, type Step, someSlug, versionOf } from './operations.desk.ts';
import { type Body, differenceOf, type Forest } from './probing.ts';
import type { Random } from './random.ts';

const functionNames = [
  'tenant.administer tenant.read tenant-group.administer role.administer person.administer person.read audit.read public.update',
  'offering.request request.approve request.read ticket.read ticket.create ticket.create-for-others ticket.update ticket.assign',
  'ticket.resolve ticket.comment ticket.read-internal ticket.export terms.administer category.administer location.administer import.run',
]
  .join(' ')
  .split(' ');

/** Held by one person each, so that they can be changed without anybody else. */
const own = (forest: Forest) => forest.actors().filter((m) => m.role.stock === null);

interface Wanted {
  read: Reach;
  readName: string | null;
  write: Role['write'];
  writeName: string | null;
}

/** Any reach that R5.2 lets a role have: write is the same, none, or something inside. */
function someReach(forest: Forest): Wanted {
  const { random, model: m } = forest;
  const nameOf = (reach: string) =>
    reach === 'tenant' ? random.of(m.tenants.keys()) : reach === 'group' ? random.of(m.tenantGroups.keys()) : null;
  const read = random.of(reaches.filter((reach) => reach !== 'group' || m.tenantGroups.size));
  const readName = nameOf(read);
  const inside: Record<Reach, Role['write'][]> = {
    all: ['same', 'none', 'all', 'tenant', 'own', 'subtenants', 'supertenants', 'related'],
    tenant: ['same', 'none'],
    group: ['same', 'none'],
    own: ['same', 'none', 'own'],
    subtenants: ['same', 'none', 'own', 'subtenants'],
    supertenants: ['same', 'none', 'own', 'supertenants'],
    related: ['same', 'none', 'own', 'subtenants', 'supertenants', 'related'],
  };
  const write = random.of(random.chance(0.6) ? (['same'] as const) : inside[read]);
  return { read, readName, write, writeName: write === 'same' || write === 'none' ? null : nameOf(write) };
}

const bodyOf = ({ read, readName, write, writeName }: Wanted) => ({
  readReach: read,
  ...(read === 'tenant' ? { readTenant: readName } : read === 'group' ? { readGroup: readName } : {}),
  writeReach: write,
  ...(write === 'tenant' ? { writeTenant: writeName } : write === 'group' ? { writeGroup: writeName } : {}),
});

/** Named tenants and groups must be there for whoever names them (R5.4). */
function reachRefused(forest: Forest, by: Membership, wanted: Wanted): Verdict {
  for (const [reach, name] of [
    [wanted.read, wanted.readName],
    [wanted.write, wanted.writeName],
  ] as const) {
    if (reach === 'group' && !forest.model.seesRequired(by, forest.model.provider))
      return { status: 422, type: 'role.reach-incomplete' };
    if (reach === 'tenant' && !forest.model.seesTenant(by, name as string)) return model.unknownTenant;
  }
  return null;
}

const wider: Verdict = { status: 403, type: 'role.wider-than-yours' };

/** The administrator gives a role another reach, other functions, another scope: in force at its holders' next request (R5.8). */
export const reshape: Step = async (forest) => {
  const { random } = forest;
  const by = forest.administrator;
  // While off no tenant can be named, so a reach that names one could not be said.
  let wanted = someReach(forest);
  while (reachRefused(forest, forest.administrator, wanted)) wanted = someReach(forest);
  // What a suspended tenant owns is read-only (R9.3).
  const { role } = random.of(own(forest).filter((m) => forest.model.mayWrite(by, m.role.owner)));
  const functions = random.some(functionNames, random.of([0.5, 0.8, 0.95]));
  const scope = () => random.of(['all', 'all', 'own', 'groups'] as const);
  const body = { ...bodyOf(wanted), functions, scopeTicket: scope(), scopeRequest: scope() };
  const params = { id: role.id };
  const version = await versionOf(forest, 'GET /roles/:id', params);
  const input = { params, version, body };
  const done = await forest.probe({ by, name: 'PATCH /roles/:id', class: classOf(role), input });
  if (done) Object.assign(role, roleOf(done), wanted, { owner: role.owner });
};

const someRole = ({ random, model }: Forest) => random.of(model.roles.values());

const listRoles: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.3) ? someSlug(forest) : undefined;
  const only = random.chance(0.4) ? random.of(['exclude', 'only'] as const) : 'include';
  const expected = [...m.roles.values()].filter(
    (r) =>
      m.seesOptional(by, r.owner) &&
      (!tenant || r.owner === tenant || (only === 'include' && r.owner === 'public')) &&
      (only === 'include' || (only === 'only') === (r.owner === 'public')),
  );
  await forest.probe({
    by,
    name: 'GET /roles',
    class: only === 'only' ? 'public' : 'optional',
    input: { query: { tenant, public: only, limit: 200 } },
    refused: tenant && !m.seesTenant(by, tenant) ? model.unknownTenant : null,
    check: ({ items }) =>
      differenceOf(
        expected.map((r) => r.id),
        items.map((i: Body) => i.id),
      ) ?? items.flatMap((i: Body) => canDiffers(forest, by, m.roles.get(i.id) as Role, i))[0],
  });
};

function canDiffers(forest: Forest, by: Membership, role: Role, shown: Body): string[] {
  const edits = forest.model.has(by, 'role.administer') && !forest.model.editsRole(by, role);
  return shown.can.update === edits ? [] : [`offers to change ${role.id}: ${shown.can.update}`];
}

const readRole: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const role = someRole(forest);
  await forest.probe({
    by,
    name: 'GET /roles/:id',
    class: classOf(role),
    input: { params: { id: role.id } },
    refused: forest.model.seesOptional(by, role.owner) ? null : model.absent,
    check: (body) => canDiffers(forest, by, role, body)[0],
  });
};

const addRole: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const isPublic = random.chance(0.2);
  const tenant = !isPublic && random.chance(0.75) ? someSlug(forest) : undefined;
  const place = isPublic
    ? { owner: 'public', verdict: m.mayWrite(by, 'public') ? null : readOnly }
    : m.ownerForNew(by, tenant);
  const wanted = random.chance(0.5)
    ? someReach(forest)
    : { read: 'own' as const, readName: null, write: 'same' as const, writeName: null };
  const functions = random.some(by.role.functions.length ? by.role.functions : functionNames, 0.4);
  const { scopeTicket, scopeRequest } = random.chance(0.7)
    ? by.role
    : ({ scopeTicket: 'all', scopeRequest: 'all' } as const);
  const role: Role = {
    id: '',
    owner: place.owner,
    stock: null,
    active: true,
    functions,
    ...wanted,
    scopeTicket,
    scopeRequest,
    beyond: m.isProvider(by),
  };
  const refused =
    place.verdict ??
    reachRefused(forest, by, wanted) ??
    (m.isWithin(by, role, place.owner) ? forest.unrecorded(by) : wider);
  const name = `Role ${++forest.made}`;
  const body = {
    name,
    ...bodyOf(wanted),
    functions,
    scopeTicket,
    scopeRequest,
    tenant,
    ...(isPublic ? { public: true } : {}),
  };
  const made = await forest.probe({
    by,
    name: 'POST /roles',
    class: isPublic ? 'public' : 'optional',
    input: { body },
    refused,
  });
  if (made) m.roles.set(made.id, { ...role, id: made.id });
};

const changeRole =
  (name: string, body: object | undefined, then: (role: Role) => void): Step =>
  async (forest) => {
    const by = forest.random.of(forest.actors());
    const role = someRole(forest);
    const params = { id: role.id };
    const version = await versionOf(forest, 'GET /roles/:id', params);
    const refused = forest.model.editsRole(by, role) ?? forest.unrecorded(by);
    const input = { params, version, ...(body ? { body } : {}) };
    const done = await forest.probe({ by, name, class: classOf(role), input, refused });
    if (!done) return;
    role.beyond = forest.model.isProvider(by);
    then(role);
  };

const grantable: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.7) ? someSlug(forest) : undefined;
  const place = m.ownerForNew(by, tenant);
  await forest.probe({
    by,
    name: 'GET /grantable-roles',
    class: 'optional',
    input: { query: { tenant, limit: 200 } },
    refused: place.verdict === readOnly ? null : place.verdict,
    check: ({ items }) => {
      const holder = place.owner;
      const expected = [...m.roles.values()].filter((role) => !m.grants(by, role, holder));
      return differenceOf(
        expected.map((r) => r.id),
        items.map((i: Body) => i.id),
      );
    },
  });
};

const someContact = ({ random, model }: Forest) => random.of(model.contacts.values());

const listPeople: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.3) ? someSlug(forest) : undefined;
  const status = random.chance(0.2) ? random.of(['active', 'inactive'] as const) : undefined;
  const expected = [...m.contacts.values()].filter(
    (c) =>
      m.seesRequired(by, c.owner) && (!tenant || c.owner === tenant) && (!status || (status === 'active') === c.active),
  );
  await forest.probe({
    by,
    name: 'GET /people',
    class: 'required',
    input: { query: { tenant, status, limit: 200 } },
    refused: tenant && !m.seesTenant(by, tenant) ? model.unknownTenant : null,
    check: ({ items }) =>
      differenceOf(
        expected.map((c) => c.id),
        items.map((i: Body) => i.id),
      ) ?? items.flatMap((i: Body) => personDiffers(forest, by, m.contacts.get(i.id) as Contact, i))[0],
  });
};

function personDiffers(forest: Forest, by: Membership, contact: Contact, shown: Body): string[] {
  const { model: m } = forest;
  if ((shown.profile !== null) !== (contact.owner === contact.home)) return ['R5.10: shows the profile, or does not'];
  const manages = m.has(by, 'person.administer') && !m.manages(by, contact);
  if (shown.can.update !== manages) return [`offers to change ${contact.id}: ${shown.can.update}`];
  if (!m.names(by) && shown.tenant) return ['names a tenant while off'];
  const held = m.membershipsOf(contact).map((one) => one.id);
  const difference = differenceOf(
    held,
    shown.memberships.map((one: Body) => one.id),
  );
  return difference ? [difference] : [];
}

const readPerson: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const contact = someContact(forest);
  await forest.probe({
    by,
    name: 'GET /people/:id',
    class: 'required',
    input: { params: { id: contact.id } },
    refused: forest.model.seesRequired(by, contact.owner) ? null : model.absent,
    check: (body) => personDiffers(forest, by, contact, body)[0],
  });
};

const addPerson: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.75) ? someSlug(forest) : undefined;
  const place = m.ownerForNew(by, tenant);
  // Where nothing is writable, the database refuses the row after all that can be said of it.
  const inner = place.verdict === readOnly ? by.contact.owner : place.owner;
  const role = someRole(forest);
  const granted = place.verdict && place.verdict !== readOnly ? null : m.grants(by, role, inner);
  const refused = place.verdict === readOnly ? (earlier(granted) ?? readOnly) : (place.verdict ?? granted);
  // While off it would be a crossing that nothing resolves: a membership cannot be without its role.
  if (m.state !== 'on' && !m.isLegal(inner, role.owner)) return;
  const userName = `added.${++forest.made}`;
  const body = { userName, displayName: `Added ${forest.made}`, roleId: role.id, tenant };
  const probe = { by, name: 'POST /people', class: 'required', input: { body } } as const;
  const made = await forest.probe({ ...probe, refused: refused ?? forest.unrecorded(by) });
  if (!made) return;
  const contact = { id: made.id, owner: place.owner, person: made.id, home: place.owner, active: true };
  m.contacts.set(made.id, contact);
  for (const { id } of made.memberships)
    m.memberships.set(id, { id, contact, role, ended: false, beyond: m.isProvider(by) });
};

/** What the role's own check says comes before the row is written; what only the database refuses comes with it. */
function earlier(verdict: Verdict): Verdict {
  return verdict?.type === 'role.providers-only' ? null : verdict;
}

/** Those who act in the probes stay able to, but for the structural steps that keep them out and let them in again. */
const isPassive = (forest: Forest, contact: Contact) =>
  !forest.cookies.has(contact.person) && contact.owner !== forest.model.provider;

const changePerson =
  (name: string, body: (() => object) | null, then: (contact: Contact) => void): Step =>
  async (forest) => {
    const by = forest.random.of(forest.actors());
    const contact = someContact(forest);
    const refused = forest.model.manages(by, contact);
    const allowed = !refused && !forest.model.gate(by, forest.accessOf(name));
    if (allowed && !isPassive(forest, contact) && name.includes('deactivation')) return;
    const params = { id: contact.id };
    const version = await versionOf(forest, 'GET /people/:id', params);
    const input = { params, version, ...(body ? { body: body() } : {}) };
    const inactive = name.endsWith('/link') && !contact.active;
    const unrecorded = name.endsWith('/link') ? null : forest.unrecorded(by);
    const verdict = refused ?? (inactive ? { status: 409, type: 'person.inactive' } : unrecorded);
    const done = await forest.probe({ by, name, class: 'required', input, refused: verdict });
    if (done) then(contact);
  };

const grant: Step = async (forest) => {
  const { model: m } = forest;
  const by = forest.random.of(forest.actors());
  const contact = someContact(forest);
  const role = someRole(forest);
  const verdict = (): Verdict => {
    if (!m.seesRequired(by, contact.owner)) return model.absent;
    if (!m.mayWrite(by, contact.owner)) return readOnly;
    if (!contact.active) return { status: 409, type: 'person.inactive' };
    const granted = m.grants(by, role, contact.owner);
    if (granted) return granted;
    return m.membershipsOf(contact).some((one) => one.role === role)
      ? { status: 409, type: 'membership.exists' }
      : forest.unrecorded(by);
  };
  if (m.state !== 'on' && !m.isLegal(contact.owner, role.owner)) return;
  const input = { params: { id: contact.id }, body: { roleId: role.id } };
  const made = await forest.probe({
    by,
    name: 'POST /people/:id/memberships',
    class: 'required',
    input,
    refused: verdict(),
  });
  if (!made) return;
  const known = new Set(m.memberships.keys());
  const added = made.memberships.find((one: Body) => !known.has(one.id));
  m.memberships.set(added.id, { id: added.id, contact, role, ended: false, beyond: m.isProvider(by) });
};

const end: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const held = random.of(m.memberships.values());
  const verdict = (): Verdict => {
    if (!m.seesRequired(by, held.contact.owner) || held.ended) return model.absent;
    if (!m.mayWrite(by, held.contact.owner)) return readOnly;
    const within = m.seesOptional(by, held.role.owner) && m.isWithin(by, held.role, held.contact.owner);
    return within ? forest.unrecorded(by) : wider;
  };
  const refused = verdict();
  const allowed = !refused && !m.gate(by, 'person.administer');
  // Those that the seedbed made go on; what was granted since can end again.
  if (allowed && (held.role.stock === 'system-administrator' || m.membershipsOf(held.contact)[0] === held)) return;
  const input = { params: { id: held.id } };
  await forest.probe({ by, name: 'DELETE /memberships/:id', class: 'required', input, refused });
  if (!allowed) return;
  held.ended = true;
  for (const [id, m2] of m.tokens) if (m2 === held) m.tokens.delete(id);
};

const me: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const { model: m } = forest;
  const acts = m.gate(by, 'member') === null;
  const ended: Verdict = null;
  await forest.probe({
    by,
    name: 'GET /me',
    class: 'personal',
    refused: ended,
    check: ({ acting, tenancy }) => {
      if (acts !== (acting !== null)) return `acts: ${acting !== null}`;
      if (acting && acting.membershipId !== by.id) return 'acts under another membership';
      return tenancy && tenancy !== (m.names(by) ? m.state : 'off') && acts ? `says ${tenancy}` : undefined;
    },
  });
};

const tokens: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const expected = [...forest.model.tokens].filter(([, m]) => m === by).map(([id]) => id);
  await forest.probe({
    by,
    name: 'GET /me/tokens',
    class: 'personal',
    check: ({ items }) =>
      differenceOf(
        expected,
        items.map((i: Body) => i.id),
      ),
  });
};

const makeToken: Step = async (forest) => {
  const by = forest.random.of(forest.actors());
  const body = { name: `token ${++forest.made}`, days: 1 };
  const made = await forest.probe({ by, name: 'POST /me/tokens', class: 'personal', input: { body } });
  if (made) forest.model.tokens.set(made.id, by);
};

const revoke: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const mine = [...m.tokens].filter(([, one]) => one === by).map(([id]) => id);
  const id = random.maybe(random.chance(0.5) && mine.length ? mine : m.tokens.keys()) ?? nowhere;
  const refused = m.tokens.get(id) === by ? null : model.absent;
  await forest.probe({ by, name: 'DELETE /me/tokens/:id', class: 'personal', input: { params: { id } }, refused });
  if (!refused && !m.gate(by, 'member')) m.tokens.delete(id);
};

const renamed = (random: Random) => ({ displayName: `Renamed ${random.below(1e6)}` });

export const identitySteps: Record<string, Step> = {
  'GET /roles': listRoles,
  'GET /roles/:id': readRole,
  'POST /roles': addRole,
  'PATCH /roles/:id': changeRole('PATCH /roles/:id', { description: 'changed' }, () => {}),
  'PUT /roles/:id/deactivation': changeRole(
    'PUT /roles/:id/deactivation',
    undefined,
    (r) => void Object.assign(r, { active: false }),
  ),
  'DELETE /roles/:id/deactivation': changeRole(
    'DELETE /roles/:id/deactivation',
    undefined,
    (r) => void Object.assign(r, { active: true }),
  ),
  'GET /grantable-roles': grantable,
  'GET /people': listPeople,
  'GET /people/:id': readPerson,
  'POST /people': addPerson,
  'PATCH /people/:id': async (forest) =>
    changePerson(
      'PATCH /people/:id',
      () => renamed(forest.random),
      () => {},
    )(forest),
  'PUT /people/:id/deactivation': changePerson(
    'PUT /people/:id/deactivation',
    null,
    (c) => void Object.assign(c, { active: false }),
  ),
  'DELETE /people/:id/deactivation': changePerson(
    'DELETE /people/:id/deactivation',
    null,
    (c) => void Object.assign(c, { active: true }),
  ),
  'POST /people/:id/link': changePerson('POST /people/:id/link', null, () => {}),
  'POST /people/:id/memberships': grant,
  'DELETE /memberships/:id': end,
  'GET /me': me,
  'GET /me/tokens': tokens,
  'POST /me/tokens': makeToken,
  'DELETE /me/tokens/:id': revoke,
};
