import { acceptInvitation, invite } from '../src/identity/invitations/invitations.api.ts';
import { endMembership, getPerson } from '../src/identity/people/people.api.ts';
import { addRole } from '../src/identity/roles/roles.api.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from './world.ts';

/** One tenant of the cast with the people that every attack needs. Everything in it has the tenant's name in its own. */
export interface Side {
  readonly tenant: WorldTenant;
  /** A word that no other side's records hold: what must never be seen from outside. */
  readonly mark: string;
  /** A tenant administrator. */
  readonly administrator: WorldPerson;
  /** Signed in under a role without any function. */
  readonly idle: WorldPerson;
}

/** The standard cast of docs/rules/attacks.md: siblings A and B below P, the provider S, and two people between them. */
export interface Cast {
  readonly world: World;
  readonly a: Side;
  readonly b: Side;
  readonly p: Side;
  readonly provider: WorldPerson;
  /** Signed in, and belongs to nothing any more. */
  readonly loner: WorldPerson;
  /** An analyst of A who is an analyst of B as well; acts in A unless a call says otherwise. */
  readonly both: WorldPerson & { membershipInB: string };
  /** The id of the delivered role. */
  role(stock: string): string;
}

/** Kept: as a world is. */
export async function openCast({ keep = false }: { keep?: boolean } = {}): Promise<Cast> {
  const world = await openWorld({ keep });
  await world.enable('Sierra Provider');
  const provider = world.administrator;
  const nothing = { name: 'No functions', functions: [], readReach: 'own' as const, public: true };
  const { id: noFunctions } = await provider.call(addRole, { body: nothing });
  const side = async (mark: string, parent?: WorldTenant): Promise<Side> => {
    const tenant = await world.tenant({ name: `${mark} Limited`, ...(parent ? { parent } : {}) });
    return {
      tenant,
      mark,
      administrator: await world.person({ tenant, role: 'tenant-administrator', name: `${mark} Administrator` }),
      idle: await world.person({ tenant, role: noFunctions, name: `${mark} Idle` }),
    };
  };
  // A second one: nobody approves their own requests.
  await world.person({ role: 'system-administrator', name: 'Sierra Colleague' });
  const p = await side('Papa');
  const a = await side('Alfa', p.tenant);
  const b = await side('Bravo', p.tenant);
  const roles = await world.sql<{ id: string; stock: string }>(
    'select id, stock from identity.roles where stock is not null',
  );
  const role = (stock: string) => roles.find((one) => one.stock === stock)?.id as string;
  return {
    world,
    a,
    b,
    p,
    provider,
    role,
    loner: await makeLoner(world, a),
    both: await makeBoth(world, a, b, role('tenant-analyst')),
  };
}

async function makeLoner(world: World, { tenant }: Side): Promise<WorldPerson> {
  const loner = await world.person({ tenant, role: 'self-service-user', name: 'Lara Loner' });
  const seen = await world.administrator.call(getPerson, { params: { id: loner.contactId } });
  for (const { id } of seen.memberships) await world.administrator.call(endMembership, { params: { id } });
  return loner;
}

async function makeBoth(world: World, a: Side, b: Side, roleId: string): Promise<Cast['both']> {
  const both = await world.person({ tenant: a.tenant, role: 'tenant-analyst', name: 'Bo Both' });
  const address = `${both.userName}@${a.tenant.slug}`;
  const link = await b.administrator.call(invite, { body: { address, roleId } });
  const { memberships } = await both.call(acceptInvitation, { body: { token: link.path.split('#')[1] as string } });
  const inB = memberships.find((one) => one.tenant?.slug === b.tenant.slug);
  return Object.assign(both, { membershipInB: inB?.id as string });
}
