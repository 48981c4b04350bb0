import type { Static } from 'typebox';
import type { Subject } from '../../platform/audit.ts';
import { foldName } from '../../platform/fold.ts';
import { newId } from '../../platform/ids.ts';
import { nameColumns } from '../../platform/names.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { publicOwner } from '../../tenancy/owners.ts';
import { mayWrite, namedOwner, ownerForNew } from '../../tenancy/placement.ts';
import { usualPage } from '../by-name.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import type {
  addTermsStatement,
  TermsStatement,
  TermsStatementSummary,
  updateTermsStatement,
} from './statements.api.ts';
import * as queries from './statements.queries.ts';

type New = Static<NonNullable<(typeof addTermsStatement)['body']>>;
type Changes = Static<NonNullable<(typeof updateTermsStatement)['body']>>;

interface Wanted {
  search?: string | undefined;
  tenant?: string | undefined;
  status?: string | undefined;
  public?: 'include' | 'exclude' | 'only' | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export async function listOfStatements(tx: Tx, wanted: Wanted) {
  const { rows, next } = await queries.findStatements(tx, {
    search: wanted.search && foldName(wanted.search),
    owner: wanted.tenant === undefined ? undefined : await namedOwner(tx, wanted.tenant),
    status: wanted.status,
    public: wanted.public ?? 'include',
    cursor: wanted.cursor,
    limit: wanted.limit ?? usualPage,
  });
  return { items: rows.map((row) => summaryOf(tx, row)), next };
}

export async function statementOf(tx: Tx, id: string): Promise<TermsStatement> {
  const row = await statementRow(tx, id);
  const versions = await queries.findVersions(tx, row);
  return {
    ...summaryOf(tx, row),
    drafts: { en: row.draftEn, es: row.draftEs },
    versions: versions.map((one) => ({
      id: one.id,
      number: one.number,
      publishedAt: one.published_at.toISOString(),
      publishedBy: one.published_by,
      hash: one.hash,
    })),
    tenants: await queries.findTenantsNaming(tx, row),
  };
}

/** R8.1, R6.1: a draft, of a tenant or public. */
export async function addStatement(tx: Tx, wanted: New): Promise<TermsStatement> {
  const owner = wanted.public ? publicOwner : await ownerForNew(tx, wanted.tenant);
  if (!mayWrite(tx.scope, owner)) refuse('read-only');
  const id = newId();
  const named = nameColumns(wanted.name);
  await queries.insertStatement(tx, owner, id, {
    ...named,
    description: wanted.description ?? '',
    draft_en: wanted.drafts?.en ?? '',
    draft_es: wanted.drafts?.es ?? '',
  });
  await tx.record('terms-statement.added', { kind: 'terms-statement', id, label: named.name, owner });
  tx.changed('terms', owner);
  return statementOf(tx, id);
}

/** R8.1: the draft alone; people go on reading what is published. */
export async function updateStatement(tx: Tx, id: string, version: number, changes: Changes): Promise<TermsStatement> {
  const row = await editableStatement(tx, id);
  await save(tx, row, version, {
    ...(changes.name === undefined ? {} : nameColumns(changes.name)),
    ...(changes.description === undefined ? {} : { description: changes.description }),
    ...(changes.drafts === undefined ? {} : { draft_en: changes.drafts.en, draft_es: changes.drafts.es }),
  });
  await tx.record('terms-statement.updated', subjectOf(row), { fields: Object.keys(changes) });
  return statementOf(tx, id);
}

/** R8.1: from the commit on, the new version is asked for wherever the statement is in force (R8.3). */
export async function publishStatement(tx: Tx, id: string, version: number): Promise<TermsStatement> {
  const row = await editableStatement(tx, id);
  if (!row.draftEn.trim() && !row.draftEs.trim()) refuseIdentity('terms.empty');
  if (!row.changed && row.version === version) refuseIdentity('terms.nothing-new');
  const number = row.published + 1;
  await save(tx, row, version, { published: number });
  const versionId = newId();
  await queries.insertVersion(tx, row, versionId, number);
  await tx.record('terms-statement.published', subjectOf(row), { number, version: versionId });
  return statementOf(tx, id);
}

/** R8.3: an inactive statement is as if it had never been named. */
export async function setStatementStatus(
  tx: Tx,
  id: string,
  version: number,
  status: 'active' | 'inactive',
): Promise<TermsStatement> {
  const row = await editableStatement(tx, id);
  await save(tx, row, version, { status });
  await tx.record(status === 'active' ? 'terms-statement.reactivated' : 'terms-statement.deactivated', subjectOf(row));
  return statementOf(tx, id);
}

export async function termsVersionOf(tx: Tx, id: string) {
  const row = (await queries.findVersion(tx, id)) ?? refuse('not-found');
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    texts: { en: row.text_en, es: row.text_es },
    hash: row.hash,
    publishedAt: row.published_at.toISOString(),
  };
}

async function save(
  tx: Tx,
  row: queries.StatementRow,
  version: number,
  columns: Partial<queries.StatementColumns>,
): Promise<void> {
  // What is published is the draft that was read here, so the row must be of the version that the caller knows.
  if (row.version !== version || !(await queries.setStatement(tx, row, version, columns))) refuse('version-stale');
  // Listeners who are asked now hear no more, and their pages find out why.
  tx.changed('terms', row.ownerId);
}

async function statementRow(tx: Tx, id: string): Promise<queries.StatementRow> {
  return (await queries.findStatement(tx, id)) ?? refuse('not-found');
}

async function editableStatement(tx: Tx, id: string): Promise<queries.StatementRow> {
  const row = await statementRow(tx, id);
  if (!mayWrite(tx.scope, row.ownerId)) refuse('read-only');
  return row;
}

function subjectOf(row: queries.StatementRow): Subject {
  return { kind: 'terms-statement', id: row.id, label: row.name, owner: row.ownerId };
}

function summaryOf(tx: Tx, row: queries.StatementRow): TermsStatementSummary {
  const { ownerId, nameKey: _key, draftEn, draftEs, ...shown } = row;
  const update = tx.scope.functions.includes('terms.administer') && mayWrite(tx.scope, ownerId);
  const active = row.status === 'active';
  return {
    ...shown,
    public: ownerId === publicOwner,
    can: {
      update,
      publish: update && row.changed && (draftEn.trim() !== '' || draftEs.trim() !== ''),
      deactivate: update && active,
      reactivate: update && !active,
    },
  };
}
