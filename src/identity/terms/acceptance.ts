import type { Database } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { refusalOf, refuse } from '../../platform/refusals.ts';
import type { Origin, Principal, SystemTx } from '../../platform/units.ts';
import { refuseIdentity } from '../identity.refusals.ts';
import { deleteSessions } from '../sessions/sessions.queries.ts';
import type { sessionPrincipal } from '../sessions/sessions.ts';
import type { MyTerms } from './acceptance.api.ts';
import { type DecidedRow, findAsked, insertDecision } from './acceptance.queries.ts';

type SessionPrincipal = ReturnType<typeof sessionPrincipal>;
interface Read {
  version: string;
  language: 'en' | 'es';
}

/** R8.3: what holds for whoever asks, under the membership that they name. */
export async function myTerms(db: Database, principal: Principal | null, origin: Origin): Promise<MyTerms> {
  if (!principal || principal.kind === 'job') return refuse('not-signed-in');
  const row = await db.asSystem((system) => findAsked(system, principal), origin);
  if (row?.problem) throw refusalOf(row.problem);
  if (!row?.version_id) return { due: false, terms: null };
  return {
    due: row.due,
    terms: {
      version: row.version_id,
      number: row.number,
      name: row.name,
      texts: { en: row.text_en, es: row.text_es },
      hash: row.hash,
      publishedAt: row.published_at.toISOString(),
      asked: row.asked,
      organization: row.decided_by,
      acceptedAt: row.accepted_at?.toISOString() ?? null,
    },
  };
}

/** R8.4. Accepting what is accepted already, in another tab, changes nothing. @throws Refusal for a version that is not asked. */
export async function accept(db: Database, session: SessionPrincipal, read: Read, origin: Origin): Promise<void> {
  const done = await db.asSystem((system) => decide(system, session, 'accepted', read), origin);
  if (done) return;
  const { due, terms } = await myTerms(db, session, origin);
  if (due || terms?.version !== read.version) refuseIdentity('terms.changed');
}

/** R8.4: the ledger keeps it, and the session is over. */
export async function reject(db: Database, session: SessionPrincipal, read: Read, origin: Origin): Promise<void> {
  const done = await db.asSystem(async (system) => {
    const row = await decide(system, session, 'rejected', read);
    if (row) await deleteSessions(system, row.person_id, { only: row.session_id });
    return row;
  }, origin);
  if (!done) refuseIdentity('terms.not-asked');
}

/** @returns null when nothing is asked. */
async function decide(
  system: SystemTx,
  session: SessionPrincipal,
  said: 'accepted' | 'rejected',
  read: Read,
): Promise<DecidedRow | null> {
  const id = newId();
  const row = await insertDecision(system, session, { id, said, ...read });
  if (row.problem === 'terms-not-asked') return null;
  if (row.problem === 'terms-changed') refuseIdentity('terms.changed');
  if (row.problem) throw refusalOf(row.problem);
  const subject = { kind: 'terms', id: read.version, label: row.label, owner: row.owner_id };
  const actor = {
    personId: row.person_id,
    ownerId: row.owner_id,
    label: row.person_name,
    membershipId: row.membership_id,
  };
  await system.record(`terms.${said}`, subject, { language: read.language, consent: id }, actor);
  system.changed('consents', row.owner_id);
  return row;
}
