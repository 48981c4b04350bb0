import { Readable } from 'node:stream';
import { csvLine } from '../../platform/csv.ts';
import type { Database } from '../../platform/database.ts';
import type { Language } from '../../platform/refusals.ts';
import type { Origin, Principal } from '../../platform/units.ts';
import type { AuditEntry, AuditFilters } from './audit.api.ts';
import { recordExport } from './audit.queries.ts';
import { listOfEntries } from './audit.ts';

const headings: [column: keyof AuditEntry, en: string, es: string][] = [
  ['at', 'When', 'Cuándo'],
  ['action', 'What', 'Qué'],
  ['subject', 'To what', 'A qué'],
  ['actor', 'Who', 'Quién'],
  ['actedFor', 'For', 'En nombre de'],
  ['tenant', 'Tenant', 'Cliente'],
  ['repeats', 'Repeated', 'Repeticiones'],
  ['lastAt', 'Last', 'Última'],
  ['address', 'Address', 'Dirección'],
  ['details', 'Details', 'Detalles'],
  ['id', 'Entry', 'Anotación'],
];
const pageSize = 500;

export interface Exporting {
  db: Database;
  principal: Principal;
  origin: Origin;
  filters: AuditFilters;
  format: 'csv' | 'json';
  language: Language;
}

/**
 * What a list of the audit shows, in short units of work: a scope read once would outlive its revocation (database.md
 * 7.12). The first page is read before anything is sent, so that a refusal is a refusal.
 */
export async function exportEntries(exporting: Exporting): Promise<Readable> {
  const first = await nextPage(exporting, undefined);
  return Readable.from(exporting.format === 'json' ? json(exporting, first) : csv(exporting, first));
}

interface Page {
  items: AuditEntry[];
  next: string | null;
  namesTenants: boolean;
}

async function* pages(exporting: Exporting, first: Page): AsyncGenerator<AuditEntry[]> {
  for (let page = first; ; page = await nextPage(exporting, page.next as string)) {
    yield page.items;
    if (!page.next) return;
  }
}

async function* csv(exporting: Exporting, first: Page): AsyncGenerator<string> {
  // R10.1, R1.3: no word of tenants where there is one to be seen, or none.
  const columns = headings.filter(([column]) => column !== 'tenant' || first.namesTenants);
  // The mark at the beginning tells spreadsheets that the text is UTF-8.
  yield `\uFEFF${csvLine(columns.map(([, en, es]) => (exporting.language === 'es' ? es : en)))}`;
  for await (const items of pages(exporting, first))
    yield items.map((entry) => csvLine(columns.map(([column]) => cellOf(entry, column)))).join('');
}

async function* json(exporting: Exporting, first: Page): AsyncGenerator<string> {
  let between = '[\n';
  for await (const items of pages(exporting, first)) {
    for (const entry of items) {
      yield between + JSON.stringify(entry);
      between = ',\n';
    }
  }
  yield between === ',\n' ? '\n]\n' : '[]\n';
}

function nextPage({ db, principal, origin, filters, format }: Exporting, cursor: string | undefined): Promise<Page> {
  return db.as(
    principal,
    async (tx) => {
      const page = await listOfEntries(tx, { ...filters, limit: pageSize, ...(cursor ? { cursor } : {}) });
      if (cursor === undefined) await recordExport(tx, format, filters);
      return { ...page, namesTenants: tx.scope.tenancy !== 'off' && tx.scope.reach !== 'one' };
    },
    { access: 'audit.read', origin },
  );
}

function cellOf(entry: AuditEntry, column: keyof AuditEntry): string {
  if (column === 'subject') return `${entry.subject.kind} ${entry.subject.label}`.trim();
  if (column === 'tenant') return entry.tenant?.name ?? '';
  if (column === 'details') return Object.keys(entry.details).length ? JSON.stringify(entry.details) : '';
  return String(entry[column] ?? '');
}
