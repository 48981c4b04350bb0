import { unofferedTo } from '../../catalog/fulfillment/fulfillment.ts';
import type { Database } from '../../platform/database.ts';
import { Refusal } from '../../platform/refusals.ts';
import type { Scope } from '../../platform/scope.ts';
import type { Principal, Tx } from '../../platform/units.ts';
import { type Asked, explain, stepOf } from './explanation.ts';
import { actOn, type Opened } from './kinds.ts';
import { lists } from './lists.ts';
import type { Question, Subject } from './subject.ts';
import type { Step, WhyAnswer } from './why.api.ts';
import { canInsert, canLock, findTermsWaiting, type MembershipRow } from './why.queries.ts';

interface Verdict {
  allowed: boolean;
  refusal: string | null;
  /** Whether the record offers the act, where that was looked at. */
  offered?: boolean;
  /** What it refuses the act with, where it was tried. */
  refused?: Refusal;
  /** Whether one field is shown, or changed by the act. */
  field?: Step;
}

/** What one membership is allowed, by asking as it; and the steps that say why. */
export async function judge(
  db: Database,
  membership: MembershipRow,
  subject: Subject,
  question: Question,
): Promise<WhyAnswer['memberships'][number]> {
  const as: Principal = { kind: 'job', membershipId: membership.id };
  const { id, role } = membership;
  const entered = await attempt(() => db.as(as, async (tx) => tx.scope));
  if ('refusal' in entered) {
    const suspended = ['tenant-suspended', 'tenant-not-ready'].includes(entered.refusal);
    const step = stepOf(suspended ? 'membership.suspended' : 'membership.unusable');
    return { id, role, allowed: false, refusal: entered.refusal, steps: [step] };
  }
  if (await db.asSystem((system) => findTermsWaiting(system, membership.id))) {
    const begun = stepOf('membership.active', { person: question.person, role });
    return { id, role, allowed: false, refusal: 'terms-not-accepted', steps: [begun, stepOf('terms.waiting')] };
  }
  const steps = explain(askedOf(entered.done, membership, subject, question));
  const verdict = subject.asked
    ? await verdictOnRecord(db, as, subject, question)
    : await verdictOnList(db, as, subject, question);
  const { allowed, refusal } = verdict;
  return { id, role, allowed, refusal, steps: settled([...steps, ...lastSteps(steps, verdict)], allowed) };
}

/** What the record itself says, where nothing before it has decided. */
function lastSteps(steps: Step[], { offered, refused, field }: Verdict): Step[] {
  if (!steps.every(({ passed }) => passed)) return [];
  const last = field ? [field] : [];
  if (field?.passed === false || offered === undefined) return last;
  if (refused) return [...last, refusedStep(refused)];
  return [...last, stepOf(offered ? 'record.offers' : 'record.refuses')];
}

/** In the refusal's own words, as far as they name nothing: the asker may see less than whom it is asked of (R5.4). */
function refusedStep({ type, texts: { en, es, rules } }: Refusal): Step {
  const plain = stepOf('record.refuses');
  if (`${en}${es}`.includes('{')) return plain;
  return { step: `refused.${type}`, passed: false, rules: [...(rules ?? plain.rules)], text: { en, es } };
}

/** An explanation never contradicts the enforcement: where it does not hold, it says so. */
function settled(steps: Step[], allowed: boolean): Step[] {
  if (steps.every(({ passed }) => passed) === allowed) return steps;
  return [...steps, stepOf(allowed ? 'unexplained.allowed' : 'unexplained.refused')];
}

function askedOf(
  scope: Scope,
  membership: MembershipRow,
  { kind, facts, asked }: Subject,
  { act, person, told }: Question,
): Asked {
  const list = lists[kind];
  const common = { scope, person, role: membership.role, readReach: membership.readReach, told };
  if (!facts || !asked)
    return {
      ...common,
      reads: list?.endpoint.access ?? '',
      does: act === 'add' && list?.add ? [list.add.endpoint.access] : null,
      makes: false,
      record: null,
      listScope: list?.scope ?? null,
      listOfTenancy: list?.ofTenancy === true,
      listIsOptional: list?.optional === true,
    };
  const hidden = facts.fulfillment !== null && unofferedTo(scope).includes(facts.fulfillment);
  const does = asked.does[act];
  return {
    ...common,
    reads: asked.get.access,
    does: does?.access ?? null,
    makes: does?.makes === true,
    record: {
      ownerId: facts.ownerId,
      tenant: facts.tenantName,
      optional: asked.optional,
      ofTenancy: asked.ofTenancy === true || hidden,
      isTenant: kind === 'tenant',
      scope: asked.scope,
      people: facts.people.filter((one) => one !== null),
      watchers: facts.watchers,
      groupId: facts.groupId,
      requires: facts.requires,
      unoffered: hidden && kind === 'offering',
    },
    listScope: null,
    listOfTenancy: false,
    listIsOptional: false,
  };
}

async function verdictOnList(db: Database, as: Principal, { kind }: Subject, { act }: Question): Promise<Verdict> {
  const list = lists[kind];
  if (!list) throw new Error(`no list is called ${kind}`);
  const { add, look = async () => {} } = list;
  const seen = await attempt(() => db.as<unknown>(as, look, { access: list.endpoint.access }));
  if ('refusal' in seen) return { allowed: false, refusal: seen.refusal };
  if (act !== 'add' || !add) return { allowed: true, refusal: null };
  const added = await attempt(() => db.as(as, (tx) => canInsert(tx, add.table), { access: add.endpoint.access }));
  if ('refusal' in added) return { allowed: false, refusal: added.refusal };
  return { allowed: added.done, refusal: added.done ? null : 'read-only' };
}

/** Asks the door, as the membership: opens the record as its endpoint does, and looks whether its row could be changed. */
async function verdictOnRecord(db: Database, as: Principal, subject: Subject, question: Question): Promise<Verdict> {
  const { key, facts, asked } = subject;
  const { act, field } = question;
  if (!asked || !facts) throw new Error('a record is opened');
  const seen = await attempt(() => db.as(as, (tx) => asked.open(tx, key), { access: asked.get.access }));
  if ('refusal' in seen) return { allowed: false, refusal: seen.refusal };
  if (act === 'read') return field === null ? { allowed: true, refusal: null } : shownField(subject, seen.done, field);
  const changed = field === null ? undefined : changedField(subject, question, field);
  const does = asked.does[act];
  if (!does || changed?.passed === false)
    return { allowed: false, refusal: null, ...(changed ? { field: changed } : {}) };
  const offered = seen.done.can[does.can ?? act] === true;
  const written = does.makes
    ? { allowed: true, refusal: null }
    : await writeVerdict(db, as, facts, subject.kind, does.access);
  const more = changed ? { field: changed } : {};
  if (!written.allowed) return { ...written, offered, ...more };
  const { tries } = does;
  if (!tries) return { allowed: offered, refusal: null, offered, ...more };
  const refused = await refusalOfTrying(db, as, (tx) => tries(tx, key, seen.done), does.access);
  if (refused) return { allowed: false, refusal: refused.type, offered, refused, ...more };
  return { allowed: true, refusal: null, offered: true, ...more };
}

function shownField({ opened }: Subject, seen: Opened, field: string): Verdict {
  const isShown = seen[field] !== undefined && (seen[field] !== null || (opened?.[field] ?? null) === null);
  return { allowed: isShown, refusal: null, field: stepOf(isShown ? 'field.shown' : 'field.hidden', { field }) };
}

function changedField({ asked }: Subject, { act }: Question, field: string): Step {
  const by = asked && actOn(asked, field);
  if (!by) return stepOf('field.fixed', { field });
  const isChanged = asked.does[act]?.fields?.includes(field) === true;
  return stepOf(isChanged ? 'field.changed' : 'field.elsewhere', { field });
}

async function writeVerdict(
  db: Database,
  as: Principal,
  facts: { ownerId: number; id: string },
  kind: string,
  access: readonly string[],
): Promise<Verdict> {
  for (const name of access) {
    const opened = await attempt(() => db.as(as, async () => {}, { access: name }));
    if ('refusal' in opened) return { allowed: false, refusal: opened.refusal };
  }
  const locked = await attempt(() => db.as(as, (tx) => canLock(tx, kind, facts)));
  if ('refusal' in locked) return { allowed: false, refusal: locked.refusal };
  return { allowed: locked.done, refusal: locked.done ? null : 'read-only' };
}

/** Does it for once, as the membership, and undoes it. */
async function refusalOfTrying(
  db: Database,
  as: Principal,
  work: (tx: Tx) => Promise<unknown>,
  access: readonly string[],
): Promise<Refusal | null> {
  const undone = new Error('tried, and undone');
  const trying = (tx: Tx) =>
    work(tx).then(() => {
      throw undone;
    });
  try {
    await db.as(as, trying, access[0] === undefined ? {} : { access: access[0] });
  } catch (error) {
    if (error instanceof Refusal) return error;
    if (error !== undone) throw error;
  }
  return null;
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
