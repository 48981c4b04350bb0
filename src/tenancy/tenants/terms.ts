import { type InvalidField, refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import type { TenantValues } from '../tenancy.fields.ts';
import type { TenantTerms } from './tenants.api.ts';
import { findNamedStatement, findStatementById, findTermsInForce } from './terms.queries.ts';

/**
 * R8.2: what a tenant says about terms of usage, as its columns; none when nothing is said. @throws Refusal
 * `reference-unknown` for a statement that is not public, the tenant's own or of its line (R6.3), which the database holds too.
 */
export async function termsColumns(tx: Tx, owner: number, changes: TenantValues): Promise<Record<string, unknown>> {
  const { terms, termsStatement } = changes;
  if (terms === undefined && termsStatement === undefined) return {};
  if (terms !== 'statement') {
    if (termsStatement !== undefined)
      refuseField({
        en: 'This is named with the choice of a statement alone.',
        es: 'Solo se indica si se elige una declaración.',
      });
    return { terms, terms_statement_owner_id: null, terms_statement_id: null };
  }
  const id = termsStatement ?? refuseField({ en: 'Choose the statement.', es: 'Elija la declaración.' });
  const found = isId(id) ? await findNamedStatement(tx, id, owner) : undefined;
  const statement = found ?? refuse('reference-unknown', { field: 'termsStatement' });
  return { terms, terms_statement_owner_id: statement.owner_id, terms_statement_id: id };
}

/** What it says, and what holds for its people in consequence (R8.3). */
export async function termsOfTenant(
  tx: Tx,
  row: { owner_id: number; terms_statement_id: string | null },
): Promise<TenantTerms> {
  const named = row.terms_statement_id === null ? undefined : await findStatementById(tx, row.terms_statement_id);
  const force = await findTermsInForce(tx, row.owner_id);
  const asked = force?.version_id ? force : undefined;
  return {
    statement: named ? { id: named.id, name: named.name, status: named.status as 'active' | 'inactive' } : null,
    inForce: asked
      ? {
          version: asked.version_id as string,
          number: asked.number,
          name: asked.name,
          asked: asked.asked as 'once' | 'sign-in',
        }
      : null,
    // R5.4: a legal reference shows its label, even where the tenant above is out of reach.
    decidedBy: force ? { name: force.decided_by_name, own: force.decided_by === row.owner_id } : null,
  };
}

/** By which people know it; empty where it cannot be read. */
export async function statementName(tx: Tx, id: string): Promise<string> {
  return (await findStatementById(tx, id))?.name ?? '';
}

function refuseField(detail: InvalidField['detail']): never {
  return refuse('invalid', { count: 1, errors: [{ pointer: '/values/termsStatement', detail }] });
}

function isId(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
