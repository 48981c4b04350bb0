import { csvLine } from '../../platform/csv.ts';
import { allRefusals, formatText, type Language } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { refuseTenancy } from '../tenancy.refusals.ts';
import { findUnassigned } from './assignment.queries.ts';
import type { Readiness, RefusalAhead } from './readiness.api.ts';
import * as queries from './readiness.queries.ts';

const mostShown = 200;
/** As many as there can be (tenancy.note_ahead). */
const mostKept = 10_000;

/** R1.4: what would be refused, and what is left to do before multi-tenancy is enabled. */
export async function readinessOf(tx: Tx): Promise<Readiness> {
  refuseOutsideSetup(tx);
  const refusals = await queries.findRefusalsAhead(tx, mostShown);
  const roles = await queries.findRolesAhead(tx);
  const unassigned = await findUnassigned(tx);
  const crossings = await queries.countCrossings(tx);
  const people = await queries.findPeopleWithoutTenant(tx, 50);
  return {
    refusals: refusals.map(viewOf),
    refusalCount: await queries.countRefusalsAhead(tx),
    roles: roles.map((row) => ({
      role: row.role,
      people: Number(row.people),
      times: Number(row.times),
      kinds: row.kinds,
      lastAt: row.last_at.toISOString(),
    })),
    unassigned: unassigned.map((row) => ({
      kind: row.table_name,
      records: Number(row.records),
      samples: row.labels,
    })),
    crossings: crossings.map((row) => ({ kind: row.table_name, field: row.field, count: Number(row.crossings) })),
    people: people.map((row) => ({ id: row.id, name: row.display_name, userName: row.user_name })),
    peopleCount: Number(people[0]?.n ?? 0),
  };
}

const headings: [keyof Row, string, string][] = [
  ['person', 'Person', 'Persona'],
  ['role', 'Role', 'Rol'],
  ['endpoint', 'Operation', 'Operación'],
  ['outcome', 'Outcome', 'Resultado'],
  ['field', 'Field', 'Campo'],
  ['kind', 'Kind of record', 'Tipo de registro'],
  ['tenant', 'Tenant', 'Cliente'],
  ['sample', 'Example', 'Ejemplo'],
  ['records', 'Records', 'Registros'],
  ['times', 'Times', 'Veces'],
  ['firstAt', 'First time', 'Primera vez'],
  ['lastAt', 'Last time', 'Última vez'],
];

type Row = Omit<RefusalAhead, 'person' | 'tenant'> & { person: string; tenant: string };

/** All of it as a file; exporting is recorded (R11.1). */
export async function exportOfReadiness(tx: Tx, format: 'csv' | 'json', language: Language): Promise<string> {
  refuseOutsideSetup(tx);
  const all = (await queries.findRefusalsAhead(tx, mostKept)).map(viewOf);
  await tx.record(
    'readiness.exported',
    { kind: 'solution', id: null, label: format.toUpperCase(), owner: tx.scope.ownerId },
    { rows: all.length },
  );
  if (format === 'json') return JSON.stringify(all, null, 2);
  const rows = all.map((one): Row => ({ ...one, person: one.person.name, tenant: one.tenant?.name ?? '' }));
  return `\uFEFF${csvLine(headings.map(([, en, es]) => (language === 'es' ? es : en)))}${rows
    .map((row) => csvLine(headings.map(([column]) => String(row[column]))))
    .join('')}`;
}

function refuseOutsideSetup(tx: Tx): void {
  if (tx.scope.tenancy !== 'setup') refuseTenancy('multi-tenancy.not-in-setup');
}

function viewOf(row: Awaited<ReturnType<typeof queries.findRefusalsAhead>>[number]): RefusalAhead {
  return {
    id: row.id,
    person: { id: row.contact_id, name: row.person_label },
    role: row.role_label,
    endpoint: row.endpoint,
    outcome: row.outcome,
    says: saysOf(row.outcome, row.field),
    field: row.field,
    kind: row.kind,
    tenant: row.tenant_name && row.tenant_slug ? { name: row.tenant_name, slug: row.tenant_slug } : null,
    sample: row.sample,
    records: row.records,
    times: Number(row.times),
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
  };
}

/** The refusal's own sentence. Only its type was kept: what it would have named is left open. */
export function saysOf(type: string, field: string): RefusalAhead['says'] {
  const texts = allRefusals().get(type);
  if (!texts) return null;
  const said = (language: Language) => {
    const left = [...texts[language].matchAll(/\{(\w+)/g)].map(([, name]) => [name, '…']);
    return formatText(texts[language], language, { ...Object.fromEntries(left), field, count: 1, seconds: 1 });
  };
  return { en: said('en'), es: said('es') };
}
