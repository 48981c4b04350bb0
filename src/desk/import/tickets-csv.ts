import { Temporal } from 'temporal-polyfill';
import { type CsvRow, readCsv } from './csv-file.ts';
import { refuseImport } from './import.refusals.ts';
import type { ImportedTicket, Reject } from './imported-ticket.ts';

/** What a column of a CSV file can be mapped to. */
export const mappable = ['id', 'title', 'description', 'category', 'requester', 'group', 'opened', 'tenant'] as const;
export type Mappable = (typeof mappable)[number];

export interface CsvMapping {
  /** Field → name of the column. `title` or `description` is needed. */
  columns: Partial<Record<Mappable, string>>;
  /** Slug of the tenant of all rows, where no column names it. */
  tenant: string | undefined;
  /** For rows without a column of their own; part of the identity, so that two files do not mix. */
  name: string;
  now: Temporal.Instant;
  /** Addresses of the tenants that tickets can be given to; without them the API judges. */
  knownTenants?: ReadonlySet<string>;
}

export interface CsvTickets {
  tickets: ImportedTicket[];
  rejects: Reject[];
}

const titleLength = 120;

/**
 * Reads tickets from any CSV file with a header, by a mapping of its columns. Without an `id` column the row's number is
 * the identity, so the same file imported twice changes nothing.
 * @throws Refusal `import.structure` when a mapped column is missing or the file cannot be read.
 */
export function readTicketsCsv(bytes: Buffer, mapping: CsvMapping): CsvTickets {
  const { columns } = mapping;
  if (!columns.title && !columns.description) {
    refuseImport('import.structure', { line: 1, problem: 'Map a column to “title” or to “description”.' });
  }
  if (!columns.tenant && !mapping.tenant) {
    refuseImport('import.structure', {
      line: 1,
      problem: 'Name the tenant of the tickets, or map a column to “tenant”.',
    });
  }
  const rows = readCsv(bytes, Object.values(columns));
  const tickets: ImportedTicket[] = [];
  const rejects: Reject[] = [];
  rows.forEach((row, index) => {
    const result = readTicket(row, index + 1, mapping);
    if ('problem' in result) rejects.push(result);
    else tickets.push(result);
  });
  return { tickets, rejects };
}

function readTicket(row: CsvRow, position: number, mapping: CsvMapping): ImportedTicket | Reject {
  const value = (field: Mappable) => row.values[mapping.columns[field] ?? ''] ?? '';
  const sourceId = value('id') || `${mapping.name}#${position}`;
  const reject = (field: Mappable, problem: string): Reject => ({
    sourceId,
    line: row.line,
    column: mapping.columns[field] ?? field,
    value: value(field).slice(0, 200),
    problem,
  });
  const text = value('title') || value('description');
  if (!text) return reject(mapping.columns.title ? 'title' : 'description', 'empty');
  if (value('description').length > 20_000) return reject('description', 'longer than 20,000 characters');
  const tenant = value('tenant') || mapping.tenant;
  if (!tenant) return reject('tenant', 'empty');
  const openedAt = value('opened') ? parseInstant(value('opened')) : mapping.now.toString();
  if (!openedAt) return reject('opened', 'not an instant from 1970 on, such as 2026-03-01T09:30:00Z');
  if (sourceId.length > 100) return reject('id', 'longer than 100 characters');
  if (mapping.knownTenants && !mapping.knownTenants.has(tenant.toLowerCase()))
    return reject('tenant', 'no such tenant');
  return {
    sourceId,
    tenant,
    type: 'incident',
    title: shorten(text),
    description: value('description'),
    status: 'new',
    impact: 'medium',
    urgency: 'medium',
    category: value('category').slice(0, 255) || null,
    group: value('group').slice(0, 255) || null,
    requester: value('requester').slice(0, 255) || null,
    assignee: null,
    openedAt,
    resolvedAt: null,
    closedAt: null,
    updatedAt: openedAt,
    changes: [],
  };
}

/** At a blank where there is one, so that a title made of a long text ends with a whole word. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= titleLength) return line;
  const cut = line.slice(0, titleLength);
  return `${cut.slice(0, cut.lastIndexOf(' ') > 40 ? cut.lastIndexOf(' ') : titleLength)}…`;
}

function parseInstant(value: string): string | null {
  try {
    const instant = Temporal.Instant.from(value);
    return instant.epochMilliseconds >= 0 && instant.epochMilliseconds < 2e14 ? instant.toString() : null;
  } catch {
    return null;
  }
}
