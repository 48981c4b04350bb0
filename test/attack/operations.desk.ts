import * as model from './model.ts';
import { type Choice, type Contact, type Membership, readOnly, type Ticket, type Verdict } from './model.ts';
import { type Body, differenceOf, endpointOf, type Forest } from './probing.ts';

/** One step of a random sequence: asks one endpoint, and changes the model as the answer changes the product. */
export type Step = (forest: Forest) => Promise<void>;

export const nowhere = '00000000-0000-7000-8000-000000000000';

export const classOf = ({ owner }: { owner: string }) =>
  (owner === 'public' ? 'public' : 'optional') as 'public' | 'optional';

/** The record's version, as the administrator sees it: writes are refused for who writes them, not for being stale. */
export async function versionOf(forest: Forest, name: string, params: Record<string, string>): Promise<number> {
  const client = forest.clientOf(forest.administrator);
  const answer = await client.try(endpointOf(name), { params } as never);
  return (answer.body as Body).version ?? 1;
}

/** A slug that is asked for: that of a tenant, or of none. */
export function someSlug({ random, model }: Forest): string {
  return random.chance(0.1) ? 'there-is-none' : random.of(model.tenants.keys());
}

/** More often than not somebody who can make such a thing: without records there is nothing to see. */
export function someMaker(forest: Forest, access: string): Membership {
  const { random, model } = forest;
  const all = forest.actors();
  const able = all.filter((one) => !model.gate(one, access) && model.writes(one).size > 0);
  return random.of(random.chance(0.7) && able.length ? able : all);
}

/** A text with the mark of its tenant in it. */
export function marked(forest: Forest, owner: string, what: string): string {
  const name =
    owner === 'public' || owner === forest.model.provider ? '' : `~${owner[0]?.toUpperCase()}${owner.slice(1)}~ `;
  return `${name}${what} ${++forest.made}`;
}

function choiceSteps(kind: string): Record<string, Step> {
  const one = ({ random, model }: Forest) => random.maybe([...model.choices.values()].filter((c) => c.kind === kind));
  const refusal = (forest: Forest, by: Membership, choice: Choice | undefined): Verdict => {
    if (!choice || !forest.model.seesOptional(by, choice.owner)) return model.absent;
    return forest.model.mayWrite(by, choice.owner) ? null : readOnly;
  };
  const change =
    (
      name: string,
      body: ((forest: Forest, c: Choice) => object) | null,
      changes: (c: Choice, forest: Forest) => void,
    ): Step =>
    async (forest) => {
      const by = forest.random.of(forest.actors());
      const choice = forest.random.chance(0.95) ? one(forest) : undefined;
      const params = { id: choice?.id ?? nowhere };
      const version = await versionOf(forest, `GET /${kind}/:id`, params);
      const queues = [...forest.model.queues].filter(([owner]) => forest.model.seesRequired(by, owner));
      const isQueue = name.startsWith('PUT') && queues.some(([, group]) => group === choice);
      const verdict = refusal(forest, by, choice);
      const done = await forest.probe({
        by,
        name,
        class: choice ? classOf(choice) : 'optional',
        input: {
          params,
          version,
          ...(body && choice ? { body: body(forest, choice) } : body ? { body: { description: 'x' } } : {}),
        },
        // Said before what is read-only: whoever hears it sees both the group and the tenant.
        refused: verdict !== model.absent && isQueue ? { status: 409, type: 'queue.is-default' } : verdict,
        check: (answer) => (answer.id === choice?.id ? undefined : 'answers another record'),
      });
      if (done && choice) changes(choice, forest);
    };
  return {
    [`GET /${kind}`]: async (forest) => {
      const { random, model: m } = forest;
      const by = random.of(forest.actors());
      const tenant = random.chance(0.25) ? someSlug(forest) : undefined;
      const status = random.chance(0.2) ? random.of(['active', 'inactive']) : undefined;
      const only = random.chance(0.3) ? random.of(['include', 'exclude', 'only']) : 'include';
      const expected = [...m.choices.values()].filter(
        (c) =>
          c.kind === kind &&
          m.seesOptional(by, c.owner) &&
          (!tenant || c.owner === tenant || c.owner === 'public') &&
          (!status || (status === 'active') === c.active) &&
          (only === 'include' || (only === 'only') === (c.owner === 'public')),
      );
      await forest.probe({
        by,
        name: `GET /${kind}`,
        class: only === 'only' ? 'public' : 'optional',
        input: { query: { tenant, status, public: only, limit: 200 } },
        refused: tenant && !m.seesTenant(by, tenant) ? model.unknownTenant : null,
        check: ({ items }) =>
          differenceOf(
            expected.map((c) => c.id),
            items.map((i: Body) => i.id),
          ) ??
          items.flatMap((i: Body) => {
            const c = m.choices.get(i.id) as Choice;
            if (i.can.update && !m.mayWrite(by, c.owner)) return [`offers to change ${i.id}`];
            if (!m.names(by) && i.tenant) return [`names a tenant while off`];
            return i.tenant && !m.seesTenant(by, c.owner) ? [`names the tenant of ${i.id}`] : [];
          })[0],
      });
    },
    [`GET /${kind}/:id`]: async (forest) => {
      const by = forest.random.of(forest.actors());
      const choice = forest.random.chance(0.95) ? one(forest) : undefined;
      const seen = choice && forest.model.seesOptional(by, choice.owner);
      await forest.probe({
        by,
        name: `GET /${kind}/:id`,
        class: choice ? classOf(choice) : 'optional',
        input: { params: { id: choice?.id ?? nowhere } },
        refused: seen ? null : model.absent,
        check: ({ can, status }) =>
          can.update && !forest.model.mayWrite(by, (choice as Choice).owner)
            ? 'offers to change it'
            : (status === 'active') === choice?.active
              ? undefined
              : 'has another status',
      });
    },
    [`POST /${kind}`]: async (forest) => {
      const { random, model: m } = forest;
      const by = someMaker(forest, forest.accessOf(`POST /${kind}`));
      const isPublic = random.chance(0.25);
      const tenant = !isPublic && random.chance(0.7) ? someSlug(forest) : undefined;
      const place = m.ownerForNew(by, tenant);
      const owner = isPublic ? 'public' : place.owner;
      const denied = kind === 'terms-statements' ? readOnly : model.notAllowed;
      const verdict = isPublic ? (m.mayWrite(by, 'public') ? null : denied) : place.verdict;
      const body = { name: marked(forest, owner, kind), tenant, ...(isPublic ? { public: true } : {}) };
      const made = await forest.probe({
        by,
        name: `POST /${kind}`,
        class: isPublic ? 'public' : 'optional',
        input: { body },
        refused: verdict,
        check: (answer) => (answer.public === isPublic ? undefined : 'is public, or is not'),
      });
      if (!made) return;
      const choice = { kind, id: made.id, owner, active: true };
      m.choices.set(made.id, choice);
      if (kind === 'assignment-groups') m.groupMembers.set(choice, new Set());
    },
    [`PATCH /${kind}/:id`]: change(
      `PATCH /${kind}/:id`,
      (forest, c) => ({
        name: marked(forest, c.owner, kind),
        ...(kind === 'terms-statements' && { drafts: { en: marked(forest, c.owner, 'Terms'), es: '' } }),
      }),
      (c, forest) => void forest.drafted.add(c.id),
    ),
    [`PUT /${kind}/:id/deactivation`]: change(
      `PUT /${kind}/:id/deactivation`,
      null,
      (c) => void Object.assign(c, { active: false }),
    ),
    [`DELETE /${kind}/:id/deactivation`]: change(
      `DELETE /${kind}/:id/deactivation`,
      null,
      (c) => void Object.assign(c, { active: true }),
    ),
  };
}

const groupsOf = ({ model }: Forest) => [...model.choices.values()].filter((c) => c.kind === 'assignment-groups');

const memberStep =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.of(forest.actors());
    const group = random.maybe(groupsOf(forest));
    const contact = random.of(m.contacts.values());
    const adds = name.startsWith('PUT');
    const verdict = (): Verdict => {
      if (!group || !m.seesOptional(by, group.owner)) return model.absent;
      if (!contact.active || !m.seesRequired(by, contact.owner)) return model.unknownReference;
      if (!m.mayWrite(by, contact.owner)) return readOnly;
      return adds && m.state === 'on' && !m.isLegal(contact.owner, group.owner) ? model.unknownReference : null;
    };
    const refused = verdict();
    const params = { id: group?.id ?? nowhere, contact: contact.id };
    await forest.probe({ by, name, class: 'required', input: { params }, refused });
    if (refused || m.gate(by, forest.accessOf(name))) return;
    const members = m.groupMembers.get(group as Choice);
    if (adds) members?.add(contact);
    else members?.delete(contact);
  };

/** One whose line the ticket is in, more often than chance would have it. */
export function someTarget<T extends Contact | Choice>(
  forest: Forest,
  from: Iterable<T>,
  owner: string,
): T | undefined {
  const all = [...from];
  const legal = all.filter((one) => forest.model.isLegal(owner, one.owner, true));
  return forest.random.maybe(forest.random.chance(0.6) && legal.length ? legal : all);
}

export function someTicket(forest: Forest, by: Membership): Ticket | undefined {
  const all = [...forest.model.tickets.values()];
  const seen = forest.random.chance(0.6) ? all.filter((t) => forest.model.seesTicket(by, t)) : [];
  return forest.random.maybe(seen.length ? seen : all);
}

const isOpen = (t: Ticket) => ['new', 'in_progress', 'on_hold'].includes(t.status);
const isFinal = (t: Ticket) => ['closed', 'cancelled'].includes(t.status);
const notPossible: Verdict = { status: 409, type: 'ticket.not-possible' };

/** Absent, read-only, or not possible with the ticket as it is. */
export function ticketVerdict(
  forest: Forest,
  by: Membership,
  t: Ticket | undefined,
  possible: (t: Ticket) => boolean,
): Verdict {
  if (!t || !forest.model.seesTicket(by, t)) return model.absent;
  if (!forest.model.mayWrite(by, t.owner)) return readOnly;
  return possible(t) ? null : notPossible;
}

export type Fields = {
  category?: Choice;
  location?: Choice;
  requester?: Contact;
  affected?: Contact;
  assignee?: Contact;
  group?: Choice;
};

function referencesRefused(forest: Forest, by: Membership, owner: string, fields: Fields): Verdict {
  for (const [field, target] of Object.entries(fields)) {
    const verdict = forest.model.refersTo(by, owner, target, field === 'assignee' || field === 'group');
    if (verdict) return verdict;
  }
  return null;
}

const ticketStep =
  (
    name: string,
    possible: (t: Ticket, forest: Forest, by: Membership) => boolean,
    given: (
      t: Ticket | undefined,
      forest: Forest,
    ) => { body?: Record<string, unknown>; fields?: Fields; changes?: (t: Ticket) => void } = () => ({}),
  ): Step =>
  async (forest) => {
    const by = forest.random.of(forest.actors());
    const t = someTicket(forest, by);
    const { body, fields = {}, changes } = given(t, forest);
    const params = { number: t?.number ?? 'ZZZ9-999999' };
    const versioned = forest.isVersioned(name);
    const version = versioned && t ? await versionOf(forest, 'GET /tickets/:number', params) : 1;
    const refused =
      ticketVerdict(forest, by, t, (one) => possible(one, forest, by)) ??
      referencesRefused(forest, by, t?.owner ?? '', fields) ??
      (forest.model.inScope(by, { ...(t as Ticket), ...fields }) ? null : readOnly);
    await forest.probe({ by, name, class: 'required', input: { params, version, ...(body ? { body } : {}) }, refused });
    if (!refused && !forest.model.gate(by, forest.accessOf(name)) && t) changes?.(t);
  };

export const ids = (fields: Fields) => Object.fromEntries(Object.entries(fields).map(([field, { id }]) => [field, id]));
const has = (forest: Forest, by: Membership, name: string) => forest.model.has(by, name);
const decides = (t: Ticket, forest: Forest, by: Membership) =>
  has(forest, by, 'ticket.resolve') || (forest.model.isMine(by, t) && has(forest, by, 'ticket.comment'));

const ticketListStep =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.of(forest.actors());
    const tenant = random.chance(0.2) ? someSlug(forest) : undefined;
    const status = random.chance(0.2) ? ['new', 'resolved'] : undefined;
    const mine = random.chance(0.2) ? random.of(['requested', 'assigned', 'watched']) : undefined;
    const sort = random.chance(0.3) ? random.of(['newest', 'oldest', 'updated', 'priority', 'number']) : undefined;
    const searched = random.chance(0.25) ? random.maybe(m.tickets.values()) : undefined;
    const text = searched?.title.split(' ').at(-1);
    const expected = [...m.tickets.values()].filter(
      (t) =>
        m.seesTicket(by, t) &&
        (!tenant || t.owner === tenant) &&
        (!status || status.includes(t.status)) &&
        (!text || t.title.split(' ').at(-1) === text) &&
        (mine !== 'requested' || m.isMine(by, t)) &&
        (mine !== 'assigned' || t.assignee === by.contact) &&
        (mine !== 'watched' || t.watchers.has(by.contact)),
    );
    const isExport = name.endsWith('export');
    await forest.probe({
      by,
      name,
      class: 'required',
      input: { query: { tenant, status, mine, sort, text, ...(isExport ? {} : { limit: 200 }) } },
      refused: tenant && !m.seesTenant(by, tenant) ? model.unknownTenant : null,
      check: (body, answer) => {
        const got = isExport
          ? [...answer.text.matchAll(/(?:^|\n)"?([A-Z0-9]{2,8}-\d+)"?[,;]/g)].map(([, number]) => number as string)
          : body.items.map((i: Body) => i.number);
        if (!isExport && body.total.count !== expected.length)
          return `counts ${body.total.count} of ${expected.length}`;
        if (!isExport && !m.names(by) && body.items.some((i: Body) => i.tenant)) return 'names a tenant while off';
        return differenceOf(
          expected.map((t) => t.number),
          got,
        );
      },
    });
  };

const ticketReadStep =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.of(forest.actors());
    const t = someTicket(forest, by);
    const seen = t && m.seesTicket(by, t);
    await forest.probe({
      by,
      name,
      class: 'required',
      input: { params: { number: t?.number ?? 'ZZZ9-999999' } },
      refused: seen ? null : model.absent,
      check: (body) => {
        if (name.endsWith('comments')) {
          const heard = (t as Ticket).said.filter((one) => !one.internal || has(forest, by, 'ticket.read-internal'));
          return differenceOf(
            heard.map((one) => one.text),
            body.items.map((i: Body) => i.text),
          );
        }
        if (name.endsWith('history')) return undefined;
        if (body.status !== t?.status) return `is ${body.status} instead of ${t?.status}`;
        if (!m.mayWrite(by, (t as Ticket).owner) && Object.values(body.can).some(Boolean))
          return 'offers what it refuses';
        // R5.4: a legal reference shows its target, wherever the target is.
        for (const field of ['category', 'location', 'requester', 'affected', 'assignee', 'group'] as const)
          if ((body[field]?.id ?? null) !== (t?.[field]?.id ?? null))
            return `${field} is ${body[field]?.id} instead of ${t?.[field]?.id}`;
        return differenceOf(
          [...(t as Ticket).watchers].map((one) => one.id),
          body.watchers.map((one: Body) => one.id),
        );
      },
    });
  };

const createTicket: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = someMaker(forest, 'ticket.create');
  const fields: Fields = {};
  const somewhere = random.of(m.tenants.keys());
  // For oneself one needs to write in one's own tenant.
  if (random.chance(m.mayWrite(by, by.contact.owner) ? 0.4 : 0.8)) {
    const near = [...m.contacts.values()].filter((one) => one.active && m.mayWrite(by, one.owner));
    fields.requester = random.of(random.chance(0.7) && near.length ? near : m.contacts.values());
  }
  if (random.chance(0.3)) {
    const affected = someTarget(forest, m.contacts.values(), fields.requester?.owner ?? by.contact.owner);
    if (affected) fields.affected = affected;
  }
  const tenant = random.chance(0.3) ? someSlug(forest) : undefined;
  for (const [field, kind] of [
    ['category', 'categories'],
    ['location', 'locations'],
    ['group', 'assignment-groups'],
  ] as const) {
    const choices = [...m.choices.values()].filter((c) => c.kind === kind);
    const target = random.chance(0.35)
      ? someTarget(forest, choices, tenant ?? fields.requester?.owner ?? somewhere)
      : undefined;
    if (target) fields[field] = target;
  }
  const verdict = ((): { owner: string; refused: Verdict } => {
    const others = [fields.requester, fields.affected].some((one) => one && one !== by.contact);
    const refused = (refused: Verdict) => ({ owner: '', refused });
    if (others && !has(forest, by, 'ticket.create-for-others')) return refused(model.notAllowed);
    if (fields.group && !has(forest, by, 'ticket.assign')) return refused(model.notAllowed);
    // Targets out of reach are as absent, before anything is judged of their tenants.
    const all = { ...fields, requester: fields.requester ?? by.contact };
    for (const target of Object.values(all)) {
      const seen = 'kind' in target ? m.seesOptional(by, target.owner) : m.seesRequired(by, target.owner);
      if (!seen || !target.active) return refused(model.unknownReference);
    }
    let owner: string;
    if (!m.names(by)) {
      const place = m.ownerForNew(by, tenant);
      if (place.verdict) return refused(place.verdict);
      owner = place.owner;
    } else {
      if (tenant !== undefined && !m.seesTenant(by, tenant)) return refused(model.unknownTenant);
      const asker = all.requester.owner;
      owner = fields.requester ? asker : (fields.affected?.owner ?? tenant ?? asker);
      const fits = [tenant, fields.affected?.owner].every((one) => (one ?? owner) === owner);
      if (m.state === 'setup') owner = tenant ?? owner;
      else if (!fits || !m.line(owner).includes(asker)) return refused({ status: 409, type: 'ticket.tenant-mismatch' });
    }
    if (!m.mayWrite(by, owner)) return refused(readOnly);
    const group = fields.group ?? m.queues.get(owner) ?? null;
    const scoped = {
      requester: all.requester,
      affected: fields.affected ?? null,
      group,
      watchers: new Set(),
    } as Partial<Ticket>;
    return {
      owner,
      refused: referencesRefused(forest, by, owner, all) ?? (m.inScope(by, scoped as Ticket) ? null : readOnly),
    };
  })();
  const title = marked(forest, verdict.owner || 'public', 'Ticket');
  const made = await forest.probe({
    by,
    name: 'POST /tickets',
    class: 'required',
    input: { body: { title, tenant, ...ids(fields) } },
    refused: verdict.refused,
    check: (body) =>
      m.state === 'on' && body.tenant && body.tenant.slug !== verdict.owner ? `is ${body.tenant.slug}’s` : undefined,
  });
  if (!made) return;
  m.tickets.set(made.number, {
    number: made.number,
    owner: verdict.owner,
    title,
    status: 'new',
    requester: fields.requester ?? by.contact,
    affected: fields.affected ?? null,
    assignee: null,
    group: fields.group ?? m.queues.get(verdict.owner) ?? null,
    category: fields.category ?? null,
    location: fields.location ?? null,
    watchers: new Set(),
    said: [],
  });
};

const comment: Step = async (forest) => {
  const { random } = forest;
  const by = random.of(forest.actors());
  const t = someTicket(forest, by);
  const audience = random.chance(0.6) ? random.of(['internal', 'public']) : undefined;
  const inside = has(forest, by, 'ticket.read-internal');
  const refused =
    ticketVerdict(forest, by, t, (one) => !isFinal(one)) ??
    (audience === 'internal' && !inside ? { status: 403, type: 'ticket.audience-refused' } : null);
  const text = marked(forest, t?.owner ?? 'public', 'said');
  const made = await forest.probe({
    by,
    name: 'POST /tickets/:number/comments',
    class: 'required',
    input: { params: { number: t?.number ?? 'ZZZ9-999999' }, body: { text, ...(audience ? { audience } : {}) } },
    refused,
  });
  if (made && t) t.said.push({ text, internal: (audience ?? (inside ? 'internal' : 'public')) === 'internal' });
};

const watcherStep =
  (name: string): Step =>
  async (forest) => {
    const { random, model: m } = forest;
    const by = random.of(forest.actors());
    const t = someTicket(forest, by);
    const own = name.endsWith('watch');
    const contact = own ? by.contact : (someTarget(forest, m.contacts.values(), t?.owner ?? '') as Contact);
    const adds = name.startsWith('PUT');
    const line = (): Verdict => {
      if (!adds) return null;
      if (!own) return m.refersTo(by, t?.owner ?? '', contact, true);
      return m.state !== 'on' || m.isLegal(t?.owner ?? '', contact.owner, true) ? null : model.unknownReference;
    };
    const refused = ticketVerdict(forest, by, t, (one) => own || !isFinal(one)) ?? line();
    const params = { number: t?.number ?? 'ZZZ9-999999', ...(own ? {} : { contact: contact.id }) };
    await forest.probe({ by, name, class: 'required', input: { params }, refused });
    if (refused || m.gate(by, forest.accessOf(name)) || !t) return;
    if (adds) t.watchers.add(contact);
    else t.watchers.delete(contact);
  };

const queue = (forest: Forest, tenant: string) => forest.model.queues.get(tenant);

const readQueue: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.6) ? someSlug(forest) : undefined;
  const owner = tenant ?? by.contact.owner;
  await forest.probe({
    by,
    name: 'GET /default-queue',
    class: 'required',
    input: { query: { tenant } },
    refused: tenant && !m.seesTenant(by, tenant) ? model.unknownTenant : null,
    check: ({ group }) => {
      const expected = m.seesRequired(by, owner) ? (queue(forest, owner)?.id ?? null) : null;
      return (group?.id ?? null) === expected ? undefined : `is ${group?.id} instead of ${expected}`;
    },
  });
};

const chooseQueue: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.7) ? someSlug(forest) : undefined;
  const place = m.ownerForNew(by, tenant);
  const group = someTarget(forest, groupsOf(forest), place.owner || m.provider);
  const wanted = group ? m.refersTo(by, place.owner, group, true) : model.unknownReference;
  const body = { group: group?.id ?? nowhere, tenant };
  const refused = place.verdict === readOnly ? (wanted ?? readOnly) : (place.verdict ?? wanted);
  const made = await forest.probe({ by, name: 'PUT /default-queue', class: 'required', input: { body }, refused });
  if (made && group) m.queues.set(place.owner, group);
};

const groupMembers: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const group = random.maybe(groupsOf(forest));
  const seen = group && m.seesOptional(by, group.owner);
  await forest.probe({
    by,
    name: 'GET /assignment-groups/:id/members',
    class: 'required',
    input: { params: { id: group?.id ?? nowhere }, query: { limit: 200 } },
    refused: seen ? null : model.absent,
    check: ({ items }) => {
      const members = [...(m.groupMembers.get(group as Choice) ?? [])].filter((one) => m.seesRequired(by, one.owner));
      return differenceOf(
        members.map((one) => one.id),
        items.map((i: Body) => i.id),
      );
    },
  });
};

const contacts: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const tenant = random.chance(0.5) ? someSlug(forest) : undefined;
  const t = random.chance(0.3) ? someTicket(forest, by) : undefined;
  const refused =
    tenant && !m.seesTenant(by, tenant) ? model.unknownTenant : t && !m.seesTicket(by, t) ? model.absent : null;
  const expected = [...m.contacts.values()].filter(
    (one) =>
      one.active &&
      m.seesRequired(by, one.owner) &&
      (!tenant || one.owner === tenant) &&
      (!t || m.state !== 'on' || m.isLegal(t.owner, one.owner)),
  );
  await forest.probe({
    by,
    name: 'GET /contacts',
    class: 'required',
    input: { query: { tenant, ticket: t?.number, limit: 50 } },
    refused,
    check: ({ items }) =>
      expected.length > 50
        ? differenceOf(
            expected.map((one) => one.id).filter((id) => items.some((i: Body) => i.id === id)),
            items.map((i: Body) => i.id),
          )
        : differenceOf(
            expected.map((one) => one.id),
            items.map((i: Body) => i.id),
          ),
  });
};

export const deskSteps: Record<string, Step> = {
  ...choiceSteps('categories'),
  ...choiceSteps('locations'),
  ...choiceSteps('assignment-groups'),
  // R8.1: statements are optional records, as categories are.
  ...choiceSteps('terms-statements'),
  'GET /assignment-groups/:id/members': groupMembers,
  'PUT /assignment-groups/:id/members/:contact': memberStep('PUT /assignment-groups/:id/members/:contact'),
  'DELETE /assignment-groups/:id/members/:contact': memberStep('DELETE /assignment-groups/:id/members/:contact'),
  'GET /default-queue': readQueue,
  'PUT /default-queue': chooseQueue,
  'GET /contacts': contacts,
  'GET /tickets': ticketListStep('GET /tickets'),
  'GET /tickets/export': ticketListStep('GET /tickets/export'),
  'GET /tickets/:number': ticketReadStep('GET /tickets/:number'),
  'GET /tickets/:number/comments': ticketReadStep('GET /tickets/:number/comments'),
  'GET /tickets/:number/history': ticketReadStep('GET /tickets/:number/history'),
  'POST /tickets': createTicket,
  'POST /tickets/:number/comments': comment,
  'PATCH /tickets/:number': ticketStep(
    'PATCH /tickets/:number',
    (t) => !isFinal(t),
    (t, forest) => {
      const of = (kind: string) => [...forest.model.choices.values()].filter((c) => c.kind === kind);
      const fields: Fields = {};
      const category = someTarget(forest, of('categories'), t?.owner ?? '');
      const location = someTarget(forest, of('locations'), t?.owner ?? '');
      const affected = someTarget(forest, forest.model.contacts.values(), t?.owner ?? '');
      if (category && forest.random.chance(0.5)) fields.category = category;
      if (location && forest.random.chance(0.3)) fields.location = location;
      if (affected && forest.random.chance(0.3)) fields.affected = affected;
      return {
        body: { description: 'changed', ...ids(fields) },
        fields,
        changes: (one) => void Object.assign(one, fields),
      };
    },
  ),
  'PUT /tickets/:number/assignment': ticketStep('PUT /tickets/:number/assignment', isOpen, (t, forest) => {
    const assignee = someTarget(forest, forest.model.contacts.values(), t?.owner ?? '') as Contact;
    const group = forest.random.chance(0.5) ? someTarget(forest, groupsOf(forest), t?.owner ?? '') : undefined;
    const fields: Fields = group ? { group, assignee } : { assignee };
    return { body: ids(fields), fields, changes: (one) => void Object.assign(one, fields) };
  }),
  'PUT /tickets/:number/work': ticketStep(
    'PUT /tickets/:number/work',
    (t) => ['new', 'on_hold'].includes(t.status),
    () => ({
      changes: (t) => void Object.assign(t, { status: 'in_progress' }),
    }),
  ),
  'PUT /tickets/:number/hold': ticketStep(
    'PUT /tickets/:number/hold',
    (t) => ['new', 'in_progress'].includes(t.status),
    () => ({
      changes: (t) => void Object.assign(t, { status: 'on_hold' }),
    }),
  ),
  'PUT /tickets/:number/resolution': ticketStep('PUT /tickets/:number/resolution', isOpen, () => ({
    body: { resolution: 'done' },
    changes: (t) => void Object.assign(t, { status: 'resolved' }),
  })),
  'DELETE /tickets/:number/resolution': ticketStep(
    'DELETE /tickets/:number/resolution',
    (t, forest, by) => t.status === 'resolved' && decides(t, forest, by),
    () => ({ changes: (t) => void Object.assign(t, { status: 'in_progress' }) }),
  ),
  'PUT /tickets/:number/closure': ticketStep(
    'PUT /tickets/:number/closure',
    (t, forest, by) => t.status === 'resolved' && decides(t, forest, by),
    () => ({ changes: (t) => void Object.assign(t, { status: 'closed' }) }),
  ),
  'PUT /tickets/:number/cancellation': ticketStep(
    'PUT /tickets/:number/cancellation',
    (t, forest, by) =>
      (has(forest, by, 'ticket.update') && isOpen(t)) || (forest.model.isMine(by, t) && t.status === 'new'),
    () => ({ changes: (t) => void Object.assign(t, { status: 'cancelled' }) }),
  ),
  'PUT /tickets/:number/watch': watcherStep('PUT /tickets/:number/watch'),
  'DELETE /tickets/:number/watch': watcherStep('DELETE /tickets/:number/watch'),
  'PUT /tickets/:number/watchers/:contact': watcherStep('PUT /tickets/:number/watchers/:contact'),
  'DELETE /tickets/:number/watchers/:contact': watcherStep('DELETE /tickets/:number/watchers/:contact'),
};
