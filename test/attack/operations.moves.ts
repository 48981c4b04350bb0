import type { Choice, Contact, Membership, Ticket, Verdict } from './model.ts';
import * as model from './model.ts';
import {
  type Fields,
  ids,
  type Step,
  someSlug,
  someTarget,
  someTicket,
  ticketVerdict,
  versionOf,
} from './operations.desk.ts';
import { type Body, differenceOf, type Forest } from './probing.ts';

/** R7.3: a ticket goes to another tenant. */
const fields = ['requester', 'affected', 'category', 'location', 'group', 'assignee'] as const;
type Field = (typeof fields)[number];
const isEligible = (field: Field) => field === 'group' || field === 'assignee';

const unknownNumber = 'ZZZ9-999999';

function moveVerdict(forest: Forest, by: Membership, t: Ticket | undefined, to: string): Verdict {
  const { model: m } = forest;
  if (!t || !m.seesTicket(by, t)) return model.absent;
  if (!m.seesTenant(by, to) || !m.mayWrite(by, to)) return model.unknownTenant;
  if (t.owner === to) return { status: 409, type: 'ticket.already-there' };
  const several = m.writesAll(by) || m.writes(by).size > 1;
  return ticketVerdict(forest, by, t, () => by.role.scopeTicket === 'all' && several);
}

const fits = (forest: Forest, to: string, field: Field, one: Contact | Choice) =>
  forest.model.isLegal(to, one.owner, isEligible(field));

/** In the order in which the fields are looked at. */
function fieldsVerdict(forest: Forest, by: Membership, t: Ticket, to: string, wanted: Fields): Verdict {
  for (const field of fields) {
    const [present, given] = [t[field], wanted[field]];
    if (given && given === present && fits(forest, to, field, given)) continue;
    const seen =
      given &&
      ('kind' in given ? forest.model.seesOptional(by, given.owner) : forest.model.seesRequired(by, given.owner));
    if (given && (!seen || !given.active || !fits(forest, to, field, given))) return model.unknownReference;
    if (!given && present && !fits(forest, to, field, present)) return { status: 422, type: 'ticket.move-undecided' };
  }
  return null;
}

const previewMove: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const t = someTicket(forest, by);
  const tenant = someSlug(forest);
  await forest.probe({
    by,
    name: 'GET /tickets/:number/move',
    class: 'required',
    input: { params: { number: t?.number ?? unknownNumber }, query: { tenant } },
    refused: moveVerdict(forest, by, t, tenant),
    check: ({ references, watchersLost, comments }) => {
      if (!t) return 'answers for no ticket';
      const expected = fields
        .filter((field) => t[field])
        .map((field) => `${field} ${fits(forest, tenant, field, t[field] as Contact)}`);
      const lost = [...t.watchers].filter((one) => !m.isLegal(tenant, one.owner, true));
      const heard = t.said.filter(({ internal }) => !internal || m.has(by, 'ticket.read-internal'));
      const said = comments.public + comments.internal;
      return (
        differenceOf(
          expected,
          references.map((one: Body) => `${one.field} ${one.kept}`),
        ) ??
        differenceOf(
          lost.map(({ id }) => id),
          watchersLost.map(({ id }: Body) => id),
        ) ??
        (said === heard.length ? undefined : `counts ${said} comments instead of ${heard.length}`)
      );
    },
  });
};

/** What is decided for each field that has to be, most of the time. */
function decided(forest: Forest, t: Ticket, to: string): Fields {
  const { random, model: m } = forest;
  const wanted: Fields = {};
  const contacts = [...m.contacts.values()].filter((one) => random.chance(0.1) || one.owner === to);
  const choice = (kind: string) =>
    someTarget(
      forest,
      [...m.choices.values()].filter((one) => one.kind === kind),
      to,
    );
  const targets = {
    requester: () => random.maybe(contacts),
    affected: () => random.maybe(contacts),
    category: () => choice('categories'),
    location: () => choice('locations'),
    group: () => choice('assignment-groups'),
    assignee: () => random.maybe(contacts),
  };
  for (const field of fields) {
    const present = t[field];
    const needed = present && !fits(forest, to, field, present);
    const target = random.chance(needed ? 0.95 : 0.1) ? targets[field]() : undefined;
    if (target) Object.assign(wanted, { [field]: target });
  }
  return wanted;
}

const moveTicket: Step = async (forest) => {
  const { random, model: m } = forest;
  const by = random.of(forest.actors());
  const t = someTicket(forest, by);
  const tenant = someSlug(forest);
  const wanted = t ? decided(forest, t, tenant) : {};
  const params = { number: t?.number ?? unknownNumber };
  const refused = moveVerdict(forest, by, t, tenant) ?? fieldsVerdict(forest, by, t as Ticket, tenant, wanted);
  // What is said in it goes along, with the mark of the tenant where it was said.
  if (t && !refused && !m.gate(by, forest.accessOf('POST /tickets/:number/move'))) forest.takeAlong(t.owner, tenant);
  const moved = await forest.probe({
    by,
    name: 'POST /tickets/:number/move',
    class: 'required',
    input: {
      params,
      version: await versionOf(forest, 'GET /tickets/:number', params),
      body: { tenant, ...ids(wanted) },
    },
    refused,
    check: ({ number, tenant: shown }) =>
      number === params.number ? 'keeps its number' : shown.slug === tenant ? undefined : `is of ${shown.slug}`,
  });
  if (!moved || !t) return;
  m.tickets.delete(t.number);
  Object.assign(t, wanted, { owner: tenant, number: moved.number });
  for (const one of t.watchers) if (!m.isLegal(tenant, one.owner, true)) t.watchers.delete(one);
  m.tickets.set(t.number, t);
  await findByFormerNumber(forest, t, params.number);
};

/** By whoever: the number of before finds it for those who see it where it is now, and for nobody else. */
async function findByFormerNumber(forest: Forest, t: Ticket, number: string): Promise<void> {
  const by = forest.random.of(forest.actors());
  await forest.probe({
    by,
    name: 'GET /tickets/:number',
    class: 'required',
    input: { params: { number } },
    refused: forest.model.seesTicket(by, t) ? null : model.absent,
    check: (body) => (body.number === t.number ? undefined : `finds ${body.number} instead of ${t.number}`),
  });
}

export const moveSteps: Record<string, Step> = {
  'GET /tickets/:number/move': previewMove,
  'POST /tickets/:number/move': moveTicket,
};
