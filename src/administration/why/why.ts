import type { Database } from '../../platform/database.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Origin, Principal, Tx } from '../../platform/units.ts';
import { judge } from './judging.ts';
import { actOn, hasField, kinds } from './kinds.ts';
import { lists } from './lists.ts';
import { explainedRefusal } from './refusal.ts';
import type { Question, Subject } from './subject.ts';
import type { Act, WhyAnswer } from './why.api.ts';
import { type FactsRow, findFacts, findMemberships, findPerson } from './why.queries.ts';

interface Asking {
  db: Database;
  principal: Principal;
  origin: Origin;
  person: string;
  record: string;
  act?: Act | undefined;
  field?: string | undefined;
  refusal?: string | undefined;
}

/**
 * R10.5: for each membership of a person in the asker's reach, what it is allowed and why. What is allowed is not derived:
 * the database and the application are asked, as that membership, through the same door and the same functions; the steps
 * say why. @throws Refusal `not-found` for persons and records that the asker does not see, like for absent ones.
 */
export async function why(asking: Asking): Promise<WhyAnswer> {
  const { db, principal, origin } = asking;
  const refusal = asking.refusal === undefined ? null : explainedRefusal(asking.refusal);
  const { person, subject, told } = await db.as(principal, (tx) => lookUp(tx, asking), {
    access: 'person.administer',
    origin,
  });
  const { act, field } = subject;
  const question: Question = { act, field, person: person.name, told };
  const held = await db.asSystem((system) => findMemberships(system, person));
  const memberships: WhyAnswer['memberships'] = [];
  for (const membership of held) memberships.push(await judge(db, membership, subject, question));
  const { facts, kind, label } = subject;
  const tenant = facts?.tenantName && facts.tenantSlug ? { name: facts.tenantName, slug: facts.tenantSlug } : null;
  return {
    person: { id: person.id, name: person.name },
    record: { kind, label, tenant },
    act,
    field,
    refusal,
    memberships,
  };
}

async function lookUp(tx: Tx, asking: Asking) {
  const person =
    (await findPerson(tx, asking.person === '@me' ? tx.scope.contactId : asking.person)) ?? refuse('not-found');
  const { scope } = tx;
  const told = (owner: number) => scope.reach === 'all' || scope.reads.has(owner);
  return { person, subject: await subjectOf(tx, asking), told };
}

async function subjectOf(tx: Tx, asking: Asking): Promise<Subject & { act: Act; field: string | null }> {
  const { record } = asking;
  if (Object.hasOwn(lists, record)) return listSubject(asking);
  const { kind, key } = nameOf(record);
  const asked = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  // Whoever may not read the kind at all learns nothing of its records.
  if (!asked || !key || !tx.scope.functions.includes(asked.get.access)) return refuse('not-found');
  const { field = null } = asking;
  if (field !== null && !hasField(asked, field))
    refuseQuery('?field', 'This is no field of such records.', 'No es un campo.');
  const act = asking.act ?? (field === null ? 'read' : (actOn(asked, field) ?? 'change'));
  if (act !== 'read' && !asked.does[act] && field === null)
    refuseQuery('?act', 'This is not offered by records of this kind.', 'No lo ofrecen estos registros.');
  const facts = (await findFacts(tx, kind, key)) ?? refuse('not-found');
  // What exists and is not shown (R1.3) is not there either.
  const opened = await asked.open(tx, keyOf(kind, facts, key));
  return { kind, key: keyOf(kind, facts, key), label: facts.label, facts, asked, opened, act, field };
}

function listSubject({ record, act = 'read', field }: Asking): Subject & { act: Act; field: null } {
  if (field !== undefined) refuseQuery('?field', 'This is asked of one record.', 'Se pregunta de un registro.');
  if (act !== 'read' && !(act === 'add' && lists[record]?.add))
    refuseQuery('?act', 'This is not what can be done with this list.', 'No se puede hacer con esta lista.');
  return { kind: record, key: '', label: '', facts: null, asked: null, opened: null, act, field: null };
}

function refuseQuery(pointer: string, en: string, es: string): never {
  return refuse('invalid', { count: 1, errors: [{ pointer, detail: { en, es } }] });
}

/** `ACME-42` and `ACME-R7` say by themselves what they are. */
function nameOf(record: string): { kind: string; key: string } {
  if (/^[a-z0-9]{2,8}-r\d{1,9}$/i.test(record)) return { kind: 'request', key: record };
  if (/^[a-z0-9]{2,8}-\d{1,9}$/i.test(record)) return { kind: 'ticket', key: record };
  const at = record.indexOf(':');
  return { kind: record.slice(0, Math.max(at, 0)), key: record.slice(at + 1) };
}

function keyOf(kind: string, facts: FactsRow, key: string): string {
  if (kind === 'tenant' || kind === 'offering') return key.toLowerCase();
  return kind === 'ticket' || kind === 'request' ? facts.label : facts.id;
}
