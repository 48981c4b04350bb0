import { unofferedTo } from '../../catalog/fulfillment/fulfillment.ts';
import type { Database, Origin, Principal, Tx } from '../../platform/database.ts';
import { Refusal, refuse } from '../../platform/refusals.ts';
import type { Scope } from '../../platform/scope.ts';
import { type Asked, explain, stepOf } from './explanation.ts';
import { type AskedKind, kinds, lists } from './kinds.ts';
import type { Act, Step, WhyAnswer } from './why.api.ts';
import { canLock, type FactsRow, findFacts, findMemberships, findPerson, type MembershipRow } from './why.queries.ts';

interface Asking {
  db: Database;
  principal: Principal;
  origin: Origin;
  person: string;
  record: string;
  act: Act;
}

/** What is asked about: one record that the asker sees, or a whole list. */
interface Subject {
  kind: string;
  key: string;
  label: string;
  facts: FactsRow | null;
  asked: AskedKind | null;
}

/**
 * R10.5: for each membership of a person in the asker's reach, what it is allowed and why. What is allowed is not derived:
 * the database and the application are asked, as that membership, through the same door and the same functions; the steps
 * say why. @throws Refusal `not-found` for persons and records that the asker does not see, like for absent ones.
 */
export async function why(asking: Asking): Promise<WhyAnswer> {
  const { db, principal, origin, act } = asking;
  const { person, subject } = await db.as(principal, (tx) => lookUp(tx, asking), {
    access: 'person.administer',
    origin,
  });
  const held = await db.asSystem((system) => findMemberships(system, person));
  const memberships: WhyAnswer['memberships'] = [];
  for (const membership of held) memberships.push(await judge(db, membership, subject, { act, person: person.name }));
  const { facts, kind, label } = subject;
  const tenant = facts?.tenantName && facts.tenantSlug ? { name: facts.tenantName, slug: facts.tenantSlug } : null;
  return { person: { id: person.id, name: person.name }, record: { kind, label, tenant }, act, memberships };
}

async function lookUp(tx: Tx, asking: Asking) {
  const person = (await findPerson(tx, asking.person)) ?? refuse('not-found');
  return { person, subject: await subjectOf(tx, asking.record, asking.act) };
}

async function subjectOf(tx: Tx, record: string, act: Act): Promise<Subject> {
  if (record in lists) {
    if (act !== 'read') refuse('invalid', { count: 1, errors: [{ pointer: '?act', detail: 'a list is read' }] });
    return { kind: record, key: '', label: '', facts: null, asked: null };
  }
  const { kind, key } = nameOf(record);
  const asked = kinds[kind];
  // Whoever may not read the kind at all learns nothing of its records.
  if (!asked || !key || !tx.scope.functions.includes(asked.reads)) return refuse('not-found');
  if (act !== 'read' && !asked.does[act])
    refuse('invalid', { count: 1, errors: [{ pointer: '?act', detail: 'not offered by records of this kind' }] });
  const facts = (await findFacts(tx, kind, key)) ?? refuse('not-found');
  // What exists and is not shown (R1.3) is not there either.
  await asked.open(tx, keyOf(kind, facts, key));
  return { kind, key: keyOf(kind, facts, key), label: facts.label, facts, asked };
}

/** `ACME-42` and `ACME-R7` say by themselves what they are. */
function nameOf(record: string): { kind: string; key: string } {
  if (/^[a-z0-9]{2,8}-r\d{1,9}$/i.test(record)) return { kind: 'request', key: record };
  if (/^[a-z0-9]{2,8}-\d{1,9}$/i.test(record)) return { kind: 'ticket', key: record };
  const at = record.indexOf(':');
  return { kind: record.slice(0, Math.max(at, 0)), key: record.slice(at + 1) };
}

function keyOf(kind: string, facts: FactsRow, key: string): string {
  if (kind === 'tenant') return key.toLowerCase();
  return kind === 'ticket' || kind === 'request' ? facts.label : facts.id;
}

interface Verdict {
  allowed: boolean;
  refusal: string | null;
  /** Whether the record offers the act, where that was looked at. */
  offered?: boolean;
}

async function judge(
  db: Database,
  membership: MembershipRow,
  subject: Subject,
  { act, person }: { act: Act; person: string },
): Promise<WhyAnswer['memberships'][number]> {
  const as: Principal = { kind: 'job', membershipId: membership.id };
  const { id, role } = membership;
  const entered = await attempt(() => db.as(as, async (tx) => tx.scope));
  if ('refusal' in entered) {
    const suspended = ['tenant-suspended', 'tenant-not-ready'].includes(entered.refusal);
    const step = stepOf(suspended ? 'membership.suspended' : 'membership.unusable');
    return { id, role, allowed: false, refusal: entered.refusal, steps: [step] };
  }
  const steps = explain(askedOf(entered.done, membership, subject, { act, person }));
  const verdict = await verdictOf(db, as, subject, act);
  if (steps.every(({ passed }) => passed) && verdict.offered !== undefined)
    steps.push(stepOf(verdict.offered ? 'record.offers' : 'record.refuses'));
  return { id, role, ...withoutOffer(verdict), steps: settled(steps, verdict.allowed) };
}

/** An explanation never contradicts the enforcement: where it does not hold, it says so. */
function settled(steps: Step[], allowed: boolean): Step[] {
  if (steps.every(({ passed }) => passed) === allowed) return steps;
  return [...steps, stepOf(allowed ? 'unexplained.allowed' : 'unexplained.refused')];
}

function withoutOffer({ allowed, refusal }: Verdict): Pick<Verdict, 'allowed' | 'refusal'> {
  return { allowed, refusal };
}

function askedOf(
  scope: Scope,
  membership: MembershipRow,
  { kind, facts, asked }: Subject,
  { act, person }: { act: Act; person: string },
): Asked {
  const list = lists[kind];
  const common = { scope, person, role: membership.role, readReach: membership.readReach };
  if (!facts || !asked)
    return {
      ...common,
      reads: list?.endpoint.access ?? '',
      does: null,
      record: null,
      listScope: list?.scope ?? null,
      listOfTenants: kind === 'tenants',
    };
  const isTenant = kind === 'tenant';
  const hidden = facts.fulfillment !== null && unofferedTo(scope).includes(facts.fulfillment);
  return {
    ...common,
    reads: asked.reads,
    does: act === 'read' ? null : (asked.does[act] ?? null),
    record: {
      ownerId: facts.ownerId,
      tenant: facts.tenantName,
      optional: asked.optional,
      ofTenancy: isTenant || hidden,
      isTenant,
      scope: asked.scope,
      people: facts.people.filter((one) => one !== null),
      watchers: facts.watchers,
      groupId: facts.groupId,
    },
    listScope: null,
    listOfTenants: false,
  };
}

/** Asks the door, as the membership: opens the record as its endpoint does, and looks whether its row could be changed. */
async function verdictOf(db: Database, as: Principal, subject: Subject, act: Act): Promise<Verdict> {
  const { kind, key, facts, asked } = subject;
  const access = asked?.reads ?? lists[kind]?.endpoint.access ?? '';
  const look = asked ? (tx: Tx) => asked.open(tx, key) : (lists[kind]?.look ?? (async () => ({})));
  const seen = await attempt(() => db.as<unknown>(as, look, { access }));
  if ('refusal' in seen) return { allowed: false, refusal: seen.refusal };
  const does = act === 'read' ? undefined : asked?.does[act];
  if (!does || !facts) return { allowed: true, refusal: null };
  const offered = (seen.done as Record<string, boolean>)[act] === true;
  const written = await attempt(() => db.as(as, (tx) => canLock(tx, kind, facts), { access: does }));
  if ('refusal' in written) return { allowed: false, refusal: written.refusal, offered };
  return { allowed: offered && written.done, refusal: written.done ? null : 'read-only', offered };
}

async function attempt<T>(work: () => Promise<T>): Promise<{ done: T } | { refusal: string }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.type };
    // A role that writes nothing has no grant to lock by.
    if ((error as { code?: string }).code === '42501') return { refusal: 'read-only' };
    throw error;
  }
}
