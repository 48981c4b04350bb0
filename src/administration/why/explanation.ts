import { formatText } from '../../platform/refusals.ts';
import type { Scope } from '../../platform/scope.ts';
import type { Step } from './why.api.ts';
import { reachWords, type StepName, stepWords } from './why.words.ts';

/** What the rules look at of a record. */
export interface RecordFacts {
  ownerId: number;
  /** Its name; null where it is not to be named. */
  tenant: string | null;
  optional: boolean;
  /** It is the record of a tenant, or about tenants: it exists only where they are named (R1.3). */
  ofTenancy: boolean;
  isTenant: boolean;
  /** Of kinds with a scope (R5.9). */
  scope: 'ticket' | 'request' | null;
  people: string[];
  watchers: string[];
  groupId: string | null;
  /** The functions that it asks for by itself: an offering for whoever may request it. */
  requires: string[];
  /** An offering that makes no sense for this person, whatever the functions (R4.1). */
  unoffered: boolean;
}

export interface Asked {
  scope: Scope;
  person: string;
  role: string;
  readReach: string;
  /** What is asked for first: to see it at all. */
  reads: string;
  /** What is asked for beside, to do it; null: it is only to be seen. */
  does: readonly string[] | null;
  /** What is done makes a record of the own tenant. */
  makes: boolean;
  record: RecordFacts | null;
  /** Of a whole list. */
  listScope: 'ticket' | 'request' | null;
  listOfTenancy: boolean;
  listIsOptional: boolean;
  /** The tenants that the asker reads: of others not even their number is told (R5.4). */
  told: (owner: number) => boolean;
}

type Values = Record<string, string | number | Text>;
interface Text {
  en: string;
  es: string;
}

/** Words that differ by language are put in by it. */
export function stepOf(name: StepName, values: Values = {}): Step {
  const { passed, rules, en, es } = stepWords[name];
  const inLanguage = (language: 'en' | 'es') =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, typeof value === 'object' ? value[language] : value]),
    );
  return {
    step: name,
    passed,
    rules: [...rules],
    text: { en: formatText(en, 'en', inLanguage('en')), es: formatText(es, 'es', inLanguage('es')) },
  };
}

const elsewhere: Text = { en: 'another organization', es: 'otra organización' };

/**
 * R10.5: why, from the same facts as the enforcement: the scope that the database has given the membership, and the record.
 * In the order in which things are looked at; ends with the first step that is not passed.
 */
export function explain(asked: Asked): Step[] {
  const steps: Step[] = [];
  for (const step of stepsOf(asked)) {
    steps.push(step);
    if (!step.passed) break;
  }
  return steps;
}

function* stepsOf(asked: Asked): Generator<Step> {
  const { scope, record } = asked;
  yield stepOf('membership.active', { person: asked.person, role: asked.role });
  yield functionStep(scope, asked.reads);
  yield stepOf(scope.state === 'on' ? 'switch.on' : scope.state === 'setup' ? 'switch.setup' : 'switch.off');
  const ofTenancy = record ? record.ofTenancy : asked.listOfTenancy;
  if (ofTenancy && scope.tenancy === 'off') yield stepOf('hidden.tenants');
  if (!record) {
    yield* listSteps(asked);
    return;
  }
  yield reachStep(asked, record);
  if (record.scope) yield scopeStep(scope, record, record.scope);
  for (const name of record.requires) yield functionStep(scope, name);
  if (record.unoffered) yield stepOf('offering.unoffered');
  if (asked.does === null) return;
  for (const name of asked.does) yield functionStep(scope, name);
  yield writeStep(scope, asked.makes ? { ownerId: scope.ownerId, isTenant: false } : record);
}

function functionStep(scope: Scope, name: string): Step {
  return stepOf(scope.functions.includes(name) ? 'function.given' : 'function.lacking', { function: name });
}

function* listSteps({ scope, readReach, listScope, listIsOptional, does, told }: Asked): Generator<Step> {
  yield scope.reach === 'all'
    ? stepOf('reach.all')
    : stepOf('reach.some', { reach: reachWords[readReach] ?? '', count: scope.reads.all.filter(told).length });
  if (listIsOptional && scope.reach !== 'all') yield stepOf('reach.optional');
  if (listScope) {
    const narrow = scopeOver(scope, listScope);
    yield narrow === 'all' ? stepOf('scope.all') : stepOf('scope.narrow', { scope: narrow });
  }
  if (does === null) return;
  for (const name of does) yield functionStep(scope, name);
  yield stepOf(
    { none: 'write.none', all: 'write.all', one: 'write.some', set: 'write.some' }[scope.writesKind] as StepName,
  );
}

function reachStep({ scope, readReach }: Asked, record: RecordFacts): Step {
  const { ownerId, optional } = record;
  const values = { tenant: record.tenant ?? elsewhere, reach: reachWords[readReach] ?? '' };
  if (scope.reach === 'all') return stepOf('reach.all');
  if (optional && ownerId === 2) return stepOf('reach.public');
  if (scope.reads.has(ownerId)) return stepOf('reach.inside', values);
  if (optional && scope.readsOptional.has(ownerId)) return stepOf('reach.above', values);
  if (ownerId === 1) return stepOf('reach.unassigned');
  if (scope.closed.has(ownerId)) return stepOf('reach.closed', values);
  return stepOf('reach.outside', values);
}

function scopeOver(scope: Scope, kind: 'ticket' | 'request'): 'own' | 'groups' | 'all' {
  return kind === 'ticket' ? scope.scopeTicket : scope.scopeRequest;
}

function scopeStep(scope: Scope, record: RecordFacts, kind: 'ticket' | 'request'): Step {
  const over = scopeOver(scope, kind);
  if (over === 'all') return stepOf('scope.all');
  if (record.people.includes(scope.contactId)) return stepOf('scope.requester');
  if (record.watchers.includes(scope.contactId)) return stepOf('scope.watcher');
  const ofGroup = kind === 'ticket' && over === 'groups' && record.groupId !== null;
  if (ofGroup && scope.groups.includes(record.groupId as string)) return stepOf('scope.group');
  return stepOf('scope.outside', { scope: over });
}

function writeStep(scope: Scope, { ownerId, isTenant }: Pick<RecordFacts, 'ownerId' | 'isTenant'>): Step {
  if (scope.writesKind === 'none') return stepOf('write.none');
  if (isTenant && !scope.provider) return stepOf('write.provider');
  if (ownerId === 2) return stepOf(scope.updatePublic ? 'write.public' : 'write.public-refused');
  // A tenant's own record stays open while it is not active, or it could never become so (R9.4).
  if (scope.closed.has(ownerId) && !isTenant) return stepOf('write.closed');
  if (scope.writesKind === 'all') return stepOf('write.all');
  return stepOf(scope.writes.has(ownerId) ? 'write.inside' : 'write.outside');
}
