import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { csvLine } from '../../platform/csv.ts';
import type { Database } from '../../platform/database.ts';
import type { Language } from '../../platform/refusals.ts';
import { type Signature, type SigningKey, signDigest, signingKey } from '../../platform/signing.ts';
import type { Origin, Principal, Tx } from '../../platform/units.ts';
import { type ConsentFilters, type ConsentRow, findConsentedVersions, findConsents } from './consents.queries.ts';
import { consentOf } from './consents.ts';
import { csvSignature, exportKind } from './proof.ts';

export interface Exporting {
  db: Database;
  principal: Principal;
  origin: Origin;
  filters: ConsentFilters;
  language: Language;
  format: 'json' | 'csv';
}

const pageSize = 500;

/**
 * R8.7: the ledger as a file that anybody can check against the installation's public key, in short units of work: a scope
 * read once would outlive its revocation. The first page is read before anything is sent, so that a refusal is a refusal.
 */
export async function exportConsents(exporting: Exporting): Promise<Readable> {
  const key = await exporting.db.asSystem(signingKey, exporting.origin);
  const first = await nextPage(exporting, undefined, new Set());
  return Readable.from(exporting.format === 'csv' ? asCsv(exporting, first, key) : asJson(exporting, first, key));
}

/** `{"document":…,"signature":…}`: what is signed is the document as JSON without spaces, as `JSON.stringify` writes it. */
async function* asJson(exporting: Exporting, first: Page, key: SigningKey): AsyncGenerator<string> {
  const signed = new Signed(key);
  const versions = new Set<string>();
  const head = { format: exportKind, madeAt: new Date().toISOString(), madeBy: first.by, filters: exporting.filters };
  yield '{"document":';
  yield signed.add(`${JSON.stringify(head).slice(0, -1)},"consents":[`);
  let comma = '';
  for await (const rows of pagesOf(exporting, first)) {
    for (const row of rows) {
      versions.add(row.versionId);
      yield signed.add(comma + JSON.stringify(consentOf(row)));
      comma = ',';
    }
  }
  yield signed.add(`],"versions":${JSON.stringify(await readVersions(exporting, [...versions]))}}`);
  yield `,"signature":${JSON.stringify(signed.signature())}}\n`;
}

const headings: [en: string, es: string, of: (row: ReturnType<typeof consentOf>) => string][] = [
  ['Instant', 'Instante', ({ at }) => at],
  ['Decision', 'Decisión', ({ decision }) => decision],
  ['Person', 'Persona', ({ person }) => person.name],
  ['Person id', 'Id de la persona', ({ person }) => person.id],
  ['Membership id', 'Id de la pertenencia', ({ membershipId }) => membershipId],
  ['Tenant', 'Cliente', ({ tenant }) => tenant?.name ?? ''],
  ['Statement', 'Declaración', ({ statement }) => statement.name],
  ['Version', 'Versión', ({ version }) => String(version.number)],
  ['Version id', 'Id de la versión', ({ version }) => version.id],
  ['Hash', 'Huella', ({ version }) => version.hash],
  ['Language', 'Idioma', ({ language }) => language],
  ['Hash of the text read', 'Huella del texto leído', ({ textHash }) => textHash],
  ['Address', 'Dirección', ({ address }) => address],
  ['Id', 'Id', ({ id }) => id],
];

/** The last line is the signature over all bytes before it. */
async function* asCsv(exporting: Exporting, first: Page, key: SigningKey): AsyncGenerator<string> {
  const signed = new Signed(key);
  const shown = headings.filter(([en]) => en !== 'Tenant' || first.named);
  // The mark at the beginning tells spreadsheets that the text is UTF-8.
  yield signed.add(`\uFEFF${csvLine(shown.map(([en, es]) => (exporting.language === 'es' ? es : en)))}`);
  for await (const rows of pagesOf(exporting, first))
    yield signed.add(rows.map((row) => csvLine(shown.map(([, , of]) => of(consentOf(row))))).join(''));
  yield csvSignature(signed.signature());
}

class Signed {
  readonly #hash = createHash('sha256');
  readonly #key: SigningKey;

  constructor(key: SigningKey) {
    this.#key = key;
  }

  add(content: string): string {
    this.#hash.update(content);
    return content;
  }

  signature(): Signature {
    return signDigest(this.#key, exportKind, this.#hash.digest('hex'));
  }
}

interface Page {
  rows: ConsentRow[];
  next: string | undefined;
  /** Tenants may be named to whoever asks. */
  named: boolean;
  by: string;
  seen: Set<number>;
}

async function* pagesOf(exporting: Exporting, first: Page): AsyncGenerator<ConsentRow[]> {
  for (let page = first; ; page = await nextPage(exporting, page.next, page.seen)) {
    yield page.rows;
    if (!page.next) return;
  }
}

function nextPage(
  { db, principal, origin, filters, format }: Exporting,
  cursor: string | undefined,
  seen: Set<number>,
): Promise<Page> {
  const read = async (tx: Tx): Promise<Page> => {
    const { rows, next } = await findConsents(tx, filters, { cursor, limit: pageSize });
    // R11.1: one entry in each tenant whose proof leaves, in one's own even if there is none.
    const owners = new Set([...(seen.size ? [] : [tx.scope.ownerId]), ...rows.map((row) => row.ownerId)]);
    for (const owner of owners) {
      if (seen.has(owner)) continue;
      seen.add(owner);
      await tx.record('consent.exported', { kind: 'consent', id: null, label: format.toUpperCase(), owner });
    }
    return {
      rows,
      next: next ?? undefined,
      named: tx.scope.tenancy !== 'off' && tx.scope.reach !== 'one',
      by: tx.scope.displayName,
      seen,
    };
  };
  return db.as(principal, read, { access: 'audit.read', origin });
}

async function readVersions({ db, principal, origin }: Exporting, ids: readonly string[]) {
  const rows = await db.as(principal, (tx) => findConsentedVersions(tx, ids), { access: 'audit.read', origin });
  return rows.map((row) => ({
    id: row.id,
    statement: row.statement_id,
    number: row.number,
    name: row.name,
    texts: { en: row.text_en, es: row.text_es },
    hash: row.hash,
    publishedAt: row.published_at.toISOString(),
  }));
}
