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

const headings: [column: string, en: string, es: string][] = [
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
const pageSize = 500;
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
  // R10.1, R1.3: no word of tenants where there is one to be seen, or none.
  const columns = headings.filter(([column]) => column !== 'tenant' || first.namesTenants);
  // The mark at the beginning tells spreadsheets that the text is UTF-8.
  yield `\uFEFF${csvLine(columns.map(([, en, es]) => (exporting.language === 'es' ? es : en)))}`;
  for (let page = first; ; page = await nextPage(exporting, page.next, seen)) {
    yield page.rows.map((row) => csvLine(columns.map(([column]) => shownValue(row, column)))).join('');
    if (!page.next) return;
  }
}

interface Page {
  rows: TicketRow[];
  next: string | undefined;
  namesTenants: boolean;
}

function nextPage(
  { db, principal, origin, filters }: Exporting,
  cursor: string | undefined,
  seen: Set<number>,
): Promise<Page> {
  const read = async (tx: Tx): Promise<Page> => {
    const list = await ticketList(tx, filters, mostFound);
    const wanted = { columns: wholeTicketColumns, joins: ticketJoins, limit: pageSize, cursor };
    const { rows, next } = await findPage<TicketRow>(tx, list, wanted);
    await recordExport(tx, rows, seen, filters);
    return { rows, next: next ?? undefined, namesTenants: tx.scope.tenancy !== 'off' && tx.scope.reach !== 'one' };
  };
  return db.as(principal, read, { access: 'ticket.export', origin });
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

function shownValue(row: TicketRow, column: string): string {
  if (column === 'description' || column === 'resolution') return row[column];
  const value: unknown = summaryOf(row)[column as keyof ReturnType<typeof summaryOf>];
  if (value && typeof value === 'object') return (value as { name: string }).name;
  return String(value ?? '');
}
