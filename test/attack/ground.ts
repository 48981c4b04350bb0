import type { TSchema } from 'typebox';
import { functionNames } from '../../src/identity/functions.ts';
import { addRole, listRoles } from '../../src/identity/roles/roles.api.ts';
import * as tools from '../attacks.tools.ts';
import { type Cast, openCast, type Side } from '../cast.ts';
import { examples } from '../examples/all.ts';
import { type ExampleCall, placeOf } from '../examples/example.ts';
import { requesting } from '../requesting.ts';
import type { WorldPerson, WorldTenant } from '../world.ts';

type Kind = 'none' | 'one' | 'set' | 'all';

/** Somebody who tries, and how many tenants their role reads and writes: whom a policy is for. */
export interface Attacker {
  name: string;
  cookie: string | null;
  membershipId: string | null;
  reads: Kind;
  writes: Kind;
}

/** A call of an endpoint on somebody's records, whoever makes it. */
export interface Target {
  name: string;
  of: string;
  input: ExampleCall;
  by: Attacker[];
}

/** An installation to be attacked, left as a database, and what there is in it to attack. */
export interface Ground {
  template: string;
  targets: Target[];
  drop(): Promise<void>;
}

/**
 * The cast, with attackers of every reach, a tenant that is inactive, one whose records refer to nothing above it, and a call of
 * every endpoint on records of each of them.
 * @param endpoints which.
 */
export async function makeGround(endpoints: RegExp): Promise<Ground> {
  const cast = await openCast({ keep: true });
  const { world, provider } = cast;
  const sides: Record<string, Side> = {
    b: cast.b,
    p: cast.p,
    d: await anotherSide(cast, 'Delta'),
    closed: await anotherSide(cast, 'Closed'),
    s: {
      tenant: provider.tenant as WorldTenant,
      mark: 'Sierra',
      administrator: provider,
      idle: await world.person({ role: cast.role('self-service-user'), name: 'Sierra Idle' }),
    },
  };
  const attackers = await attackersOf(cast, sides);
  const names = tools.names.filter((name) => endpoints.test(name));
  const at: Making = { cast, sides, attackers, names };
  const targets: Target[] = [];
  for (const of of Object.keys(sides)) targets.push(...(await targetsOf(at, of)));
  targets.push(...(await publicTargets(at)), ...(await referring(at)));
  await deactivate(cast, sides.closed as Side);
  await world.close();
  return { template: world.database, targets, drop: () => world.drop() };
}

interface Making {
  cast: Cast;
  sides: Record<string, Side>;
  attackers: Attacker[];
  names: string[];
}

/** Whose reach or right ends just before the records of a side; of D, who may. */
const before: Record<string, string[]> = {
  b: [
    ...['A', 'one/one of A', 'up/one of A', 'narrow of B'],
    ...['P', 'set/one of P', 'set/none of P', 'D', 'all/one of S', 'all/set of S'],
  ],
  p: ['A', 'one/one of A', 'up/one of A', 'all/one of S'],
  d: ['D', 'P'],
  closed: ['provider', 'all/set of S', 'P'],
  s: ['one/one of A', 'up/one of A', 'P', 'all/one of S', 'all/set of S'],
  public: ['one/one of A', 'A', 'all/all without public', 'all/one of S', 'all/set of S'],
};

function attackersOn({ attackers }: Making, of: string): Attacker[] {
  return attackers.filter(({ name }) => before[of]?.includes(name));
}

async function anotherSide({ world, p, role }: Cast, mark: string): Promise<Side> {
  const tenant = await world.tenant({ name: `${mark} Limited`, parent: p.tenant });
  return {
    tenant,
    mark,
    administrator: await world.person({ tenant, role: 'tenant-administrator', name: `${mark} Administrator` }),
    idle: await world.person({ tenant, role: role('self-service-user'), name: `${mark} Idle` }),
  };
}

async function attackersOf(cast: Cast, sides: Record<string, Side>): Promise<Attacker[]> {
  const { provider, world } = cast;
  const { items } = await provider.call(listRoles, { query: { public: 'only', limit: 200 } });
  const administers = items.find(({ stock }) => stock === 'tenant-administrator')?.functions ?? [];
  const everything = [...functionNames];
  const noPublic = everything.filter((name) => name !== 'public.update' && name !== 'tenant.administer');
  const { id: readGroup } = await placeOf(cast, cast.p).make<{ id: string }>(
    'POST /tenant-groups',
    { body: { name: 'Some', members: [cast.a.tenant.slug, sides.d?.tenant.slug, sides.closed?.tenant.slug] } },
    provider,
  );
  const made: [string, Side['tenant'], Kind, Kind, object][] = [
    ['one/one of A', cast.a.tenant, 'one', 'one', { functions: administers, readReach: 'own' }],
    [
      'set/one of P',
      cast.p.tenant,
      'set',
      'one',
      { functions: administers, readReach: 'subtenants', writeReach: 'own' },
    ],
    [
      'set/none of P',
      cast.p.tenant,
      'set',
      'none',
      { functions: administers, readReach: 'subtenants', writeReach: 'none' },
    ],
    [
      'up/one of A',
      cast.a.tenant,
      'set',
      'one',
      { functions: administers, readReach: 'supertenants', writeReach: 'own' },
    ],
    [
      'all/one of S',
      sides.s?.tenant as never,
      'all',
      'one',
      { functions: everything, readReach: 'all', writeReach: 'tenant', writeTenant: cast.a.tenant.slug },
    ],
    [
      'all/set of S',
      sides.s?.tenant as never,
      'all',
      'set',
      { functions: everything, readReach: 'all', writeReach: 'group', writeGroup: readGroup },
    ],
    ['all/all without public', sides.s?.tenant as never, 'all', 'all', { functions: noPublic, readReach: 'all' }],
    [
      'narrow of B',
      cast.b.tenant,
      'one',
      'one',
      { functions: administers, readReach: 'own', scopeTicket: 'own', scopeRequest: 'own' },
    ],
  ];
  const attackers = [
    attacker('A', cast.a.administrator, 'one', 'one'),
    attacker('P', cast.p.administrator, 'set', 'set'),
    attacker('D', (sides.d as Side).administrator, 'set', 'set'),
    attacker('provider', provider, 'all', 'all'),
    attacker('both', cast.both, 'one', 'one'),
    attacker('loner', cast.loner, 'none', 'none'),
  ];
  for (const [name, tenant, reads, writes, role] of made) {
    const full = { scopeTicket: 'all', scopeRequest: 'all', name, tenant: tenant.slug, ...role };
    const { id } = await provider.call(addRole, { body: full as never });
    attackers.push(attacker(name, await world.person({ tenant, role: id, name }), reads, writes));
  }
  return attackers;
}

function attacker(name: string, { cookie, membershipId }: WorldPerson, reads: Kind, writes: Kind): Attacker {
  return { name, cookie, membershipId, reads, writes };
}

/** Examples that make records for themselves; those of one's own are their makers' to call. */
async function targetsOf(at: Making, of: string): Promise<Target[]> {
  const { cast, sides, attackers, names } = at;
  const side = sides[of] as Side;
  const targets: Target[] = [];
  for (const name of names) {
    const isList = name.startsWith('GET ') && !name.includes('/:');
    // Who calls without a path, or for themselves, asks the same of every side.
    if (of !== 'b' && (isList || examples[name]?.own)) continue;
    const { as = side.administrator, ...input } = await tools.exampleOf(name).call(placeOf(cast, side));
    const own = examples[name]?.own && attacker('whom it is about', as as WorldPerson, 'one', 'one');
    targets.push({ name, of, input, by: own ? [own] : isList ? attackers : attackersOn(at, of) });
  }
  return targets;
}

/** What is everybody's to read: only some may write it. */
async function publicTargets(at: Making): Promise<Target[]> {
  const { cast, names } = at;
  const by = attackersOn(at, 'public');
  const targets: Target[] = [];
  for (const kind of ['categories', 'locations', 'assignment-groups', 'roles', 'terms-statements']) {
    const create = `POST /${kind}`;
    if (!names.includes(create)) continue;
    const { as: _as, ...example } = await tools.exampleOf(create).call(placeOf(cast, cast.p));
    const { tenant: _tenant, ...rest } = { ...example.body } as Record<string, unknown>;
    const body = { ...rest, name: `Public ${kind}`, public: true };
    targets.push({ name: create, of: 'public', input: { body: { ...body, name: `Public too ${kind}` } }, by });
    const { id, version } = await placeOf(cast, cast.p).make(create, { body }, cast.provider);
    for (const name of names.filter((one) => one.includes(` /${kind}/:id`))) {
      const { as: _by, ...input } = await tools.exampleOf(name).call(placeOf(cast, cast.a));
      targets.push({ name, of: 'public', input: { ...input, params: { ...input.params, id }, version }, by });
    }
  }
  return targets;
}

/** What a field of that name can name. */
const nameable: [RegExp, RegExp][] = [
  [/category/i, /categories$/],
  [/location/i, /locations$/],
  [/group/i, /groups$/],
  [/role/i, /roles$/],
  [/requester|affected|assignee|contact|watcher|person/i, /contacts$/],
];

/** Every field of a body that names another record, with records of those above, beside and of the provider. */
async function referring(at: Making): Promise<Target[]> {
  const { cast, sides, attackers, names } = at;
  const by = attackers.filter(({ name }) => name === 'D' || name === 'provider');
  const records: { kind: string; id: string; of: string }[] = [];
  for (const [of, side] of Object.entries(sides))
    for (const { kind, id } of await tools.identitiesOf(cast, side)) records.push({ kind, id, of });
  const targets: Target[] = [];
  for (const name of names.filter((one) => !one.startsWith('GET ') && !examples[one]?.own)) {
    for (const field of tools.referenceFields(tools.endpointsByName.get(name)?.body as TSchema | undefined)) {
      const kinds = nameable.find(([fits]) => fits.test(field.name))?.[1];
      const slugs = Object.entries(sides).map(([of, { tenant }]) => ({ kind: 'tenant', id: tenant.slug, of }));
      const values = field.slug ? slugs : records.filter(({ kind }) => kinds?.test(kind));
      const { as: _as, ...input } = await tools.exampleOf(name).call(placeOf(cast, sides.d as Side));
      for (const { kind, id, of } of values) {
        const body = { ...input.body, [field.name]: field.list ? [id] : id };
        targets.push({ name, of: `d, ${field.name}: ${kind} of ${of}`, input: { ...input, body }, by });
      }
    }
  }
  return targets;
}

async function deactivate({ world, provider }: Cast, { tenant }: Side): Promise<void> {
  const versions = await world.versions([tenant.slug]);
  await requesting(world).done(provider, 'manage-tenants', {
    action: 'deactivate',
    subtree: true,
    tenants: [tenant.slug],
    versions,
  });
}
