import type { Database } from '../../platform/database.ts';
import { Refusal, refuse } from '../../platform/refusals.ts';
import type { Origin, Principal, Tx } from '../../platform/units.ts';
import { findMemberships, findOwnTenant, findPerson, findSolution } from './me.queries.ts';
import type { Me } from './sessions.api.ts';
import { findSignedIn } from './sessions.queries.ts';

type Problem = NonNullable<Me['problem']>;
const problems: readonly string[] = [
  'tenant-suspended',
  'tenant-not-ready',
  'membership-needed',
  'terms-not-accepted',
] satisfies Problem[];

/** Who is signed in, and what they act under at this moment; @throws Refusal `not-signed-in`. */
export async function loadMe(db: Database, principal: Principal, origin: Origin): Promise<Me> {
  const { acting, personId: actingPerson, problem } = await actingNow(db, principal, origin);
  return db.asSystem(async (system) => {
    const signedIn = principal.kind === 'session' ? await findSignedIn(system, principal.tokenHash) : undefined;
    const personId = actingPerson ?? signedIn?.personId;
    if (!personId) refuse('not-signed-in');
    const person = await findPerson(system, personId as string);
    if (person.status !== 'active') refuse('not-signed-in');
    const solution = await findSolution(system);
    // R1.4: in setup the tenants are named to those alone who set it up.
    const named = solution.multi_tenancy === 'on' || acting?.tenancy === 'setup';
    const suspended = problem === 'membership-needed' && person.tenant_status === 'inactive';
    return {
      person: {
        id: person.id,
        displayName: person.display_name,
        userName: person.user_name,
        signInName: person.sign_in_name,
        language: person.language as Me['person']['language'],
        timeZone: person.time_zone,
      },
      memberships: await findMemberships(system, person.id, named),
      acting,
      ...(problem ? { problem: suspended ? 'tenant-suspended' : problem } : {}),
      installation: { productName: solution.product_name },
    };
  }, origin);
}

interface ActingNow {
  acting: Me['acting'];
  personId: string | null;
  problem: Problem | null;
}

async function actingNow(db: Database, principal: Principal, origin: Origin): Promise<ActingNow> {
  try {
    return await db.as(
      principal,
      async (tx) => ({ acting: await actingOf(tx), personId: tx.scope.personId, problem: null }),
      { origin },
    );
  } catch (error) {
    // A token is bound to its membership: where that stops, the token has nothing else to choose.
    if (!(error instanceof Refusal) || principal.kind !== 'session' || !problems.includes(error.type)) throw error;
    return { acting: null, personId: null, problem: error.type as Problem };
  }
}

async function actingOf(tx: Tx): Promise<Me['acting']> {
  const { scope } = tx;
  const { tenant, severalTenants } = await findOwnTenant(tx);
  return {
    membershipId: scope.membershipId,
    contactId: scope.contactId,
    displayName: scope.displayName,
    role: { name: scope.roleName, stock: scope.roleStock },
    tenant,
    functions: scope.functions,
    tenancy: scope.tenancy,
    severalTenants,
    provider: scope.provider,
    updatePublic: scope.updatePublic,
    writes: scope.writesKind !== 'none',
    organization: tenant ? { name: tenant.name } : null,
  };
}
