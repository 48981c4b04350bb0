import { createTicket } from '../src/desk/tickets/tickets.api.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from './world.ts';

/** The tenants that every attack meets: two siblings, a parent with a child, and the provider; somebody of each. */
export interface Forest {
  world: World;
  provider: WorldTenant;
  a: WorldTenant;
  b: WorldTenant;
  parent: WorldTenant;
  child: WorldTenant;
  /** Provider Analyst: reads and writes all tenants. */
  analyst: WorldPerson;
  /** Tenant Analysts: their tenant and what is below. */
  analystOfA: WorldPerson;
  analystOfB: WorldPerson;
  analystOfParent: WorldPerson;
  /** Self-Service Users: their own tickets. */
  userOfA: WorldPerson;
  otherUserOfA: WorldPerson;
  userOfB: WorldPerson;
  userOfChild: WorldPerson;
}

export async function openForest(): Promise<Forest> {
  const world = await openWorld();
  const provider = await world.enable();
  const a = await world.tenant({ name: 'Alpha', key: 'AL1', slug: 'alpha' });
  // T-06: keys and slugs that begin like another's.
  const b = await world.tenant({ name: 'Alpha Two', key: 'AL12', slug: 'alpha-2' });
  const parent = await world.tenant({ name: 'Parent', key: 'PAR', slug: 'parent' });
  const child = await world.tenant({ name: 'Child', key: 'CHI', slug: 'child', parent });
  const [analyst, analystOfA, analystOfB, analystOfParent, userOfA, otherUserOfA, userOfB, userOfChild] =
    await Promise.all([
      world.person({ role: 'provider-analyst', name: 'Petra Provider' }),
      world.person({ tenant: a, role: 'tenant-analyst', name: 'Ana Alpha' }),
      world.person({ tenant: b, role: 'tenant-analyst', name: 'Bea Beta' }),
      world.person({ tenant: parent, role: 'tenant-analyst', name: 'Pia Parent' }),
      world.person({ tenant: a, role: 'self-service-user', name: 'Uma User' }),
      world.person({ tenant: a, role: 'self-service-user', name: 'Otto Other' }),
      world.person({ tenant: b, role: 'self-service-user', name: 'Ben Beta' }),
      world.person({ tenant: child, role: 'self-service-user', name: 'Cleo Child' }),
    ]);
  return {
    world,
    provider,
    a,
    b,
    parent,
    child,
    analyst,
    analystOfA,
    analystOfB,
    analystOfParent,
    userOfA,
    otherUserOfA,
    userOfB,
    userOfChild,
  };
}

/** A ticket that somebody makes for themselves; its number. */
export async function ticketBy(person: WorldPerson, title: string, fields: object = {}) {
  return person.call(createTicket, { body: { title, ...fields } });
}
