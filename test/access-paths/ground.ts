import { functionNames } from '../../src/identity/functions.ts';
import { addRole } from '../../src/identity/roles/roles.api.ts';
import { addTenantGroup } from '../../src/tenancy/groups/groups.api.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../world.ts';
import { grow } from './growing.ts';

/** Somebody of one database role, whose reach has one size. */
export interface Reader {
  name: string;
  cookie: string;
  membershipId: string;
  tenant: WorldTenant;
}

export interface Ground {
  world: World;
  readers: Reader[];
  /** A record of the neighbour's. */
  neighbours: { id: string; ticket: string };
}

/** How many tenants a reach has; the set of ten is the one that once cost 0.4 s CPU a list. */
const sizes = { one: 1, few: 5, ten: 10, many: 121 };
/** Beside whom everybody reads, each with a record or more in every table of tenants. */
const crowd = 4_000;

/**
 * An installation that has grown: a neighbour with thousands of records of every kind and thousands of tenants below it, and people of
 * every role of the database (reach × write reach × narrow) at every size of reach, who have few records each.
 */
export async function makeGround(): Promise<Ground> {
  const world = await openWorld();
  const provider = await world.enable();
  const loud = await world.tenant({ name: 'Loud', key: 'LOUD', slug: 'loud' });
  const places: Record<string, WorldTenant> = { all: provider };
  for (const size of Object.keys(sizes))
    places[size] = await world.tenant({ name: `Place ${size}`, key: size.toUpperCase(), slug: size });
  const people: Record<string, WorldPerson> = {};
  for (const [size, tenant] of Object.entries(places))
    people[size] = await world.person({ tenant, role: 'tenant-administrator', name: `Reader ${size}` });
  await makeTenants(world, loud, places);
  const quiet = await world.sql<{ owner: number }>(
    `select owner_id as owner from tenancy.tenants where key !~ '^X' and owner_id >= 3 and owner_id <> ${loud.owner}`,
  );
  await grow(world, { loud: loud.owner, quiet: quiet.map(({ owner }) => owner) });
  const readers: Reader[] = [];
  for (const role of await rolesOf(world, places))
    readers.push(await reader(world, role, people[role.size] as WorldPerson));
  await ownRecords(world, Object.values(people));
  await world.sql('analyze');
  const [neighbour] = await world.sql<{ id: string; number: string }>(
    `select id, number from desk.tickets where owner_id = ${loud.owner} order by number limit 1`,
  );
  return { world, readers, neighbours: { id: neighbour?.id as string, ticket: neighbour?.number as string } };
}

async function makeTenants({ sql }: World, loud: WorldTenant, places: Record<string, WorldTenant>): Promise<void> {
  const below = (parent: number, key: string, most: number) =>
    sql(`insert into tenancy.tenants (id, name, name_key, key, slug, status, parent_owner_id)
      select gen_random_uuid(), '${key}' || n, lower('${key}') || n, '${key}' || n, lower('${key}') || n, 'active', ${parent} from generate_series(1, ${most}) n`);
  for (const [size, most] of Object.entries(sizes))
    await below(places[size]?.owner as number, size.slice(0, 1).toUpperCase(), most - 1);
  // What triggers do for each tenant is done here for all at once: it would take a quarter of a minute.
  await sql('alter table tenancy.tenants disable trigger user');
  await below(loud.owner, 'X', crowd);
  await sql('alter table tenancy.tenants enable trigger user');
  const made = `from tenancy.tenants t where t.key like 'X%'`;
  await sql(`update tenancy.tenants set depth = 1 where key like 'X%'`);
  await sql(`insert into tenancy.closure (descendant_id, ancestor_id, distance)
    select t.owner_id, t.owner_id, 0 ${made} union all select t.owner_id, ${loud.owner}, 1 ${made}`);
  await sql(`insert into tenancy.groups (owner_id, id, kind, tenant_owner_id, name, name_key)
    select 3, gen_random_uuid(), k.kind, t.owner_id, t.name || ' ' || k.kind, t.name_key || ' ' || k.kind
    from unnest(array['supertenants', 'subtenants', 'related', 'foreign_key']) k(kind), tenancy.tenants t where t.key like 'X%'`);
}

interface RoleWanted {
  size: string;
  name: string;
  id: string;
}

/** Of a reach of one tenant: none, one; of a set: none, one, set; of all: every one. Others there cannot be (R5.2). */
async function rolesOf({ administrator }: World, places: Record<string, WorldTenant>): Promise<RoleWanted[]> {
  const members = [places.one?.slug as string, places.few?.slug as string];
  const { id: group } = await administrator.call(addTenantGroup, { body: { name: 'Some', members } });
  const all = {
    none: { writeReach: 'none' },
    one: { writeReach: 'tenant', writeTenant: places.one?.slug },
    set: { writeReach: 'group', writeGroup: group },
    all: {},
  };
  const set = { none: { writeReach: 'none' }, one: { writeReach: 'own' }, set: {} };
  const made: RoleWanted[] = [];
  for (const [size, tenant] of Object.entries(places)) {
    const readReach = size === 'all' ? 'all' : size === 'one' ? 'own' : 'subtenants';
    const writes = size === 'all' ? all : size === 'one' ? { none: set.none, one: {} } : set;
    for (const [index, [written, write]] of Object.entries(writes).entries()) {
      for (const scope of ['all', index % 2 ? 'own' : 'groups']) {
        const name = `reads ${size}, writes ${written}, scope ${scope}`;
        const functions = functionNames.filter((one) => size === 'all' || !providers.test(one));
        const reach = { readReach, ...write, scopeTicket: scope, scopeRequest: scope === 'all' ? 'all' : 'own' };
        const body = { name, tenant: tenant.slug, functions, ...reach };
        made.push({ size, name, id: (await administrator.call(addRole, { body: body as never })).id });
      }
    }
  }
  return made;
}

/** What only people of the provider may. */
const providers = /^(solution|tenant-group|public)\./;

/** One more membership of somebody who is signed in; by SQL, so that a person is enough for all roles of a size. */
async function reader(world: World, role: RoleWanted, person: WorldPerson): Promise<Reader> {
  const tenant = person.tenant as WorldTenant;
  const [made] = await world.sql<{ id: string }>(
    `insert into identity.memberships (owner_id, id, contact_id, role_owner_id, role_id)
     values (${tenant.owner}, gen_random_uuid(), '${person.contactId}', ${tenant.owner}, '${role.id}') returning id`,
  );
  return { name: role.name, cookie: person.cookie as string, membershipId: made?.id as string, tenant };
}

/** A few records are theirs, so that narrow scopes are not empty (R5.9). */
async function ownRecords({ sql }: World, people: WorldPerson[]): Promise<void> {
  for (const { tenant, contactId } of people) {
    const of = `owner_id = ${tenant?.owner} and id in (select id from growth where owner_id = ${tenant?.owner} and n = 1)`;
    await sql(`update desk.tickets set requester_owner_id = owner_id, requester_id = '${contactId}' where ${of}`);
    await sql(`update catalog.requests set requester_owner_id = owner_id, requester_id = '${contactId}' where ${of}`);
    await sql(`insert into identity.assignment_group_members (owner_id, id, group_owner_id, group_id, contact_id)
      select owner_id, gen_random_uuid(), owner_id, id, '${contactId}' from identity.assignment_groups where ${of}`);
  }
}
