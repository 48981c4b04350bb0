import { Readable } from 'node:stream';
import { csvLine } from '../../platform/csv.ts';
import type { Database } from '../../platform/database.ts';
import { findPage } from '../../platform/lists.ts';
import type { Language } from '../../platform/refusals.ts';
import type { Origin, Principal, Tx } from '../../platform/units.ts';
import type { TicketFilters } from './tickets.api.ts';
import { ticketList } from './tickets.list.queries.ts';
import { type TicketRow, ticketJoins, wholeTicketColumns } from './tickets.queries.ts';
import { summaryOf } from './tickets.view.ts';

type Column = readonly [column: string, en: string, es: string];
const headings: readonly Column[] = [
  ['number', 'Number', 'Número'],
  ['tenant', 'Tenant', 'Cliente'],
  ['type', 'Type', 'Tipo'],
  ['status', 'Status', 'Estado'],
  ['priority', 'Priority', 'Prioridad'],
  ['impact', 'Impact', 'Impacto'],
  ['urgency', 'Urgency', 'Urgencia'],
  ['title', 'Title', 'Título'],
  ['description', 'Description', 'Descripción'],
  ['category', 'Category', 'Categoría'],
  ['location', 'Location', 'Ubicación'],
  ['requester', 'Requester', 'Solicitante'],
  ['affected', 'Affected person', 'Persona afectada'],
  ['assignee', 'Assignee', 'Asignado a'],
  ['group', 'Assignment group', 'Grupo de asignación'],
  ['openedAt', 'Opened', 'Apertura'],
  ['updatedAt', 'Updated', 'Actualización'],
  ['resolvedAt', 'Resolved', 'Resolución'],
  ['closedAt', 'Closed', 'Cierre'],
  ['resolution', 'Resolution', 'Solución'],
];
/** What makes a page holds everybody up meanwhile: small enough for some milliseconds. */
const pageSize = 200;
/** Of a search; each page asks it again. Without words there is no limit. */
const mostFound = 10_000;

export interface Exporting {
  db: Database;
  principal: Principal;
  origin: Origin;
  filters: TicketFilters;
  language: Language;
}

/**
 * The tickets of a list as CSV, in short units of work: a scope read once would outlive its revocation (database.md 7.12).
 * The first page is read before anything is sent, so that a refusal is a refusal.
 */
export async function exportTickets(exporting: Exporting): Promise<Readable> {
  const seen = new Set<number>();
  const first = await nextPage(exporting, undefined, seen);
  return Readable.from(pages(exporting, first, seen));
}

async function* pages(exporting: Exporting, first: Page, seen: Set<number>): AsyncGenerator<string> {
  // The mark at the beginning tells spreadsheets that the text is UTF-8.
  yield `\uFEFF${csvLine(first.columns.map(([, en, es]) => (exporting.language === 'es' ? es : en)))}`;
  for (let page = first; ; page = await nextPage(exporting, page, seen)) {
    yield page.text;
    if (!page.next) return;
  }
}

interface Page {
  /** Of the whole file, as the first page has decided. */
  columns: readonly Column[];
  text: string;
  next: string | undefined;
}

function nextPage(
  { db, principal, origin, filters }: Exporting,
  before: Page | undefined,
  seen: Set<number>,
): Promise<Page> {
  const read = async (tx: Tx): Promise<Page> => {
    const list = await ticketList(tx, filters, mostFound);
    const wanted = { columns: wholeTicketColumns, joins: ticketJoins, limit: pageSize, cursor: before?.next };
    const { rows, next } = await findPage<TicketRow>(tx, list, wanted);
    await recordExport(tx, rows, seen, filters);
    const columns = before?.columns ?? columnsFor(tx);
    // Written here, so that its time is charged to whose export it is (decision 0024).
    const text = rows.map((row) => csvLine(shownValues(row, columns))).join('');
    return { columns, text, next: next ?? undefined };
  };
  return db.as(principal, read, { access: 'ticket.export', origin });
}

/** R10.1, R1.3: no word of tenants where there is one to be seen, or none. */
function columnsFor({ scope }: Tx): readonly Column[] {
  const namesTenants = scope.tenancy !== 'off' && scope.reach !== 'one';
  return headings.filter(([column]) => column !== 'tenant' || namesTenants);
}

/** R11.1: one entry in each tenant whose tickets leave, committed before they do; in one's own even if there are none. */
async function recordExport(tx: Tx, rows: TicketRow[], seen: Set<number>, filters: TicketFilters): Promise<void> {
  const owners = new Set(seen.size ? [] : [tx.scope.ownerId]);
  for (const row of rows) owners.add(row.ownerId);
  for (const owner of owners) {
    if (seen.has(owner)) continue;
    seen.add(owner);
    // The search's words may be another tenant's business: only which filters there were is noted.
    await tx.record(
      'ticket.exported',
      { kind: 'ticket', id: null, label: 'CSV', owner },
      { filters: Object.keys(filters) },
    );
  }
}

/** The values of a row by their columns. What leaves is what a list shows, and the two long texts. */
function shownValues(row: TicketRow, columns: readonly Column[]): string[] {
  const shown: Record<string, unknown> = {
    ...summaryOf(row),
    description: row.description,
    resolution: row.resolution,
  };
  return columns.map(([column]) => {
    const value = shown[column];
    if (value && typeof value === 'object') return (value as { name: string }).name;
    return String(value ?? '');
  });
}
