import { sql } from 'kysely';
import type { Principal, SystemTx } from '../../platform/units.ts';

export interface AskedRow {
  problem: string | null;
  due: boolean;
  version_id: string | null;
  number: number;
  name: string;
  text_en: string;
  text_es: string;
  hash: string;
  published_at: Date;
  asked: 'once' | 'sign-in';
  decided_by: string | null;
  accepted_at: Date | null;
}

/** What a session or token is asked; none: nothing. */
export async function findAsked(
  system: SystemTx,
  principal: Exclude<Principal, { kind: 'job' }>,
): Promise<AskedRow | undefined> {
  const membership = principal.kind === 'session' ? principal.membershipId : null;
  const { rows } = await sql<AskedRow>`
    select * from identity.terms_of(${principal.kind}, ${principal.tokenHash}, ${membership}::uuid)`.execute(system.q);
  return rows[0];
}

export interface DecidedRow {
  problem: string | null;
  owner_id: number;
  person_id: string;
  person_owner_id: number;
  person_name: string;
  membership_id: string;
  session_id: string;
  label: string;
}

export interface DecisionMade {
  id: string;
  version: string;
  said: 'accepted' | 'rejected';
  language: string;
}

export async function insertDecision(
  system: SystemTx,
  session: Extract<Principal, { kind: 'session' }>,
  decision: DecisionMade,
): Promise<DecidedRow> {
  const { rows } = await sql<DecidedRow>`
    select * from identity.decide_terms(${decision.id}::uuid, ${session.tokenHash}, ${session.membershipId}::uuid,
      ${decision.version}::uuid, ${decision.said}, ${decision.language}, ${system.origin.address})`.execute(system.q);
  return rows[0] as DecidedRow;
}
