import { publicKeys } from '../../platform/signing.ts';
import type { SystemTx, Tx } from '../../platform/units.ts';
import { usualPage } from '../by-name.ts';
import type { Consent } from './consents.api.ts';
import { type ConsentFilters, type ConsentRow, findConsents } from './consents.queries.ts';

/** R8.7: the ledger as far as the reach goes. */
export async function listOfConsents(
  tx: Tx,
  wanted: ConsentFilters & { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: Consent[]; next: string | null }> {
  const { limit = usualPage, cursor, ...filters } = wanted;
  const { rows, next } = await findConsents(tx, filters, { cursor, limit });
  return { items: rows.map(consentOf), next };
}

export function consentOf(row: ConsentRow): Consent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    decision: row.decision,
    person: { id: row.personId, name: row.personName },
    membershipId: row.membershipId,
    tenant: row.tenantName && row.tenantSlug ? { name: row.tenantName, slug: row.tenantSlug } : null,
    statement: { id: row.statementId, name: row.statementName },
    version: { id: row.versionId, number: row.versionNumber, hash: row.hash },
    language: row.language,
    textHash: row.textHash,
    address: row.address,
  };
}

export async function listOfSigningKeys(system: SystemTx) {
  const rows = await publicKeys(system);
  return {
    items: rows.map((row) => ({
      id: row.id,
      algorithm: 'Ed25519' as const,
      publicKey: row.public_key,
      madeAt: row.made_at.toISOString(),
    })),
  };
}
