import { Temporal } from 'temporal-polyfill';
import { type CsvRow, readCsv } from './csv-file.ts';
import type { ImportedChange, ImportedTicket, Reject } from './imported-ticket.ts';

/** The columns that are used; the file may have more. */
const columns = [
  'number',
  'incident_state',
  'sys_mod_count',
  'caller_id',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'contact_type',
  'location',
  'category',
  'subcategory',
  'u_symptom',
  'cmdb_ci',
  'impact',
  'urgency',
  'assignment_group',
  'assigned_to',
  'closed_code',
  'resolved_at',
  'closed_at',
] as const;

/** An incident of the log with all its rows; `tenant` is still the location's name. */
export type LoggedIncident = Omit<ImportedTicket, 'tenant'> & { location: string };

export interface IncidentLog {
  incidents: LoggedIncident[];
  rejects: Reject[];
  /** Distinct, sorted. */
  locations: string[];
  rows: number;
}

const statuses: Record<string, ImportedTicket['status']> = {
  New: 'new',
  Active: 'in_progress',
  'Awaiting User Info': 'on_hold',
  'Awaiting Problem': 'on_hold',
  'Awaiting Vendor': 'on_hold',
  'Awaiting Evidence': 'on_hold',
  Resolved: 'resolved',
  Closed: 'closed',
};
const levels: Record<string, ImportedTicket['impact']> = {
  '1 - High': 'high',
  '2 - Medium': 'medium',
  '3 - Low': 'low',
};

/** Shown as the history of a ticket: the log's column, and what the field is called here. */
const followed: [column: string, field: string][] = [
  ['incident_state', 'status'],
  ['location', 'location'],
  ['category', 'category'],
  ['subcategory', 'subcategory'],
  ['impact', 'impact'],
  ['urgency', 'urgency'],
  ['assignment_group', 'group'],
  ['assigned_to', 'assignee'],
  ['closed_code', 'resolution'],
];

interface Row {
  line: number;
  values: Record<string, string>;
  at: Temporal.Instant;
  modifications: number;
}

/**
 * Reads ServiceNow's incident audit log: a row for each change of an incident, local times day-month-year, `?` for empty.
 * A row's order is its time, then its modification count. An incident belongs to its last named location.
 * @param timeZone IANA name of the zone that the local times are of. A time that the clocks skip is read as if they had not
 *   been moved yet; one that they repeat is the first of the two.
 * @param until the log as it stood at that instant: what came later is left out.
 * @throws Refusal `import.structure` when the file is not such a log at all.
 */
export function readIncidentLog(bytes: Buffer, timeZone: string, until?: Temporal.Instant): IncidentLog {
  const rows = readCsv(bytes, columns);
  const incidents: LoggedIncident[] = [];
  const rejects: Reject[] = [];
  for (const [number, own] of Map.groupBy(rows, (row) => row.values.number as string)) {
    try {
      const incident = readIncident(number, own, timeZone, until);
      if (incident) incidents.push(incident);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      rejects.push({ sourceId: number, ...error.where });
    }
  }
  const locations = [...new Set(incidents.map((incident) => incident.location))].sort();
  return { incidents, rejects, locations, rows: rows.length };
}

class Rejected extends Error {
  readonly where: Omit<Reject, 'sourceId'>;
  constructor(row: { line: number; values: Record<string, string> }, column: string, problem: string) {
    super(problem);
    this.where = { line: row.line, column, value: row.values[column] ?? '', problem };
  }
}

function readIncident(
  number: string,
  raw: CsvRow[],
  timeZone: string,
  until: Temporal.Instant | undefined,
): LoggedIncident | null {
  if (!/^\w{1,40}$/.test(number)) throw new Rejected(raw[0] as CsvRow, 'number', 'not a number of an incident');
  const rows = raw
    .map((row): Row => ({ ...row, at: instant(row, 'sys_updated_at', timeZone), modifications: count(row) }))
    .filter(({ at }) => !until || Temporal.Instant.compare(at, until) <= 0)
    .sort(
      (one, other) =>
        Temporal.Instant.compare(one.at, other.at) || one.modifications - other.modifications || one.line - other.line,
    );
  const last = rows.at(-1);
  if (!last) return null;
  const location = named(rows, 'location');
  if (!location) throw new Rejected(last, 'location', 'no row names a location');
  const status = oneOf(last, 'incident_state', statuses);
  const openedAt = instant(last, 'opened_at', timeZone);
  const resolved = status === 'resolved' || status === 'closed';
  return {
    sourceId: number,
    location,
    type: 'incident',
    title:
      [named(rows, 'category'), named(rows, 'subcategory'), named(rows, 'u_symptom')].filter(Boolean).join(' · ') ||
      number,
    description: describe(number, last),
    status,
    impact: oneOf(last, 'impact', levels),
    urgency: oneOf(last, 'urgency', levels),
    category: given(last, 'category'),
    group: given(last, 'assignment_group'),
    requester: given(last, 'caller_id'),
    assignee: given(last, 'assigned_to'),
    openedAt: openedAt.toString(),
    resolvedAt: resolved ? optionalInstant(last, 'resolved_at', timeZone, last.at) : null,
    closedAt: status === 'closed' ? optionalInstant(last, 'closed_at', timeZone, last.at) : null,
    updatedAt: last.at.toString(),
    changes: changesOf(rows),
  };
}

function changesOf(rows: Row[]): ImportedChange[] {
  const changes: ImportedChange[] = [];
  let before: Record<string, string> = {};
  for (const row of rows) {
    oneOf(row, 'incident_state', statuses);
    oneOf(row, 'impact', levels);
    oneOf(row, 'urgency', levels);
    for (const [column, field] of followed) {
      const from = meaning(column, before[column]);
      const to = meaning(column, row.values[column]);
      if (from !== to) changes.push({ at: row.at.toString(), by: given(row, 'sys_updated_by') ?? '', field, from, to });
    }
    before = row.values;
  }
  return changes;
}

/** The value in our words where we have one, otherwise as it stands. */
function meaning(column: string, value: string | undefined): string {
  if (!value || value === '?') return '';
  if (column === 'incident_state') return statuses[value] ?? value;
  return column === 'impact' || column === 'urgency' ? (levels[value] ?? value) : value;
}

function describe(number: string, row: Row): string {
  const facts = [
    number,
    given(row, 'contact_type'),
    given(row, 'subcategory'),
    given(row, 'u_symptom'),
    given(row, 'cmdb_ci'),
  ];
  return facts.filter(Boolean).join(' · ');
}

function given(row: { values: Record<string, string> }, column: string): string | null {
  const value = row.values[column];
  return !value || value === '?' ? null : value;
}

/** The last value that is not empty. */
function named(rows: Row[], column: string): string | null {
  return rows.map((row) => given(row, column)).findLast((value) => value !== null) ?? null;
}

function oneOf<T>(row: { line: number; values: Record<string, string> }, column: string, known: Record<string, T>): T {
  const value = known[row.values[column] ?? ''];
  if (value === undefined) throw new Rejected(row, column, `not one of ${Object.keys(known).join(', ')}`);
  return value;
}

function count(row: CsvRow): number {
  const value = row.values.sys_mod_count ?? '';
  if (!/^\d{1,6}$/.test(value)) throw new Rejected(row, 'sys_mod_count', 'not a whole number');
  return Number(value);
}

function optionalInstant(row: Row, column: string, timeZone: string, otherwise: Temporal.Instant): string {
  return (given(row, column) === null ? otherwise : instant(row, column, timeZone)).toString();
}

function instant(
  row: { line: number; values: Record<string, string> },
  column: string,
  timeZone: string,
): Temporal.Instant {
  const parts = /^(\d{2})-(\d{2})-(\d{4}) (\d{2}):(\d{2})$/.exec(row.values[column] ?? '');
  if (!parts) throw new Rejected(row, column, 'not a time of the form day-month-year hour:minute');
  const [day, month, year, hour, minute] = parts.slice(1).map(Number) as [number, number, number, number, number];
  try {
    const local = Temporal.PlainDateTime.from({ year, month, day, hour, minute }, { overflow: 'reject' });
    return local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).toInstant();
  } catch {
    throw new Rejected(row, column, 'no such day or time');
  }
}
