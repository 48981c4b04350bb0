import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldTenant, worldPassword } from '../../../test/world.ts';
import { createRequest, getRequest } from '../../catalog/requests/requests.api.ts';
import { createTicket, getTicket, updateTicket } from '../../desk/tickets/tickets.api.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import { signIn } from '../../identity/sessions/sessions.api.ts';
import { createToken } from '../../identity/tokens/tokens.api.ts';
import {
  addTenantGroup,
  getTenantGroup,
  listTenantGroupMembers,
  listTenantGroups,
  setTenantGroupMembers,
  updateTenantGroup,
} from '../groups/groups.api.ts';
import { getOptions, setOptions } from '../options/options.api.ts';
import * as api from './tenants.api.ts';

let world: World;
let provider: WorldTenant;
beforeAll(async () => {
  world = await openWorld();
  provider = await world.enable('Northwind');
});
afterAll(() => world.close());

const tenant = (slug: string) => world.administrator.call(api.getTenant, { params: { slug } });
const requested = (offering: string, values: object) =>
  world.administrator.try(createRequest, { body: { offering, values: values as never } });

/** Requests it and waits; @returns the refusal's type, or the request. */
async function ask(offering: string, values: object) {
  const answer = await requested(offering, values);
  if (answer.status >= 400) return { refused: String(answer.body.type).replace('urn:tenantry:', '') };
  return world.settled(answer.body.number);
}
const manage = async (slug: string, values: object, action = 'update') => {
  const known = await world.administrator.try(api.getTenant, { params: { slug } });
  const versions = [`${slug}:${known.status === 200 ? known.body.version : 1}`];
  return ask('manage-tenants', { action, tenants: [slug], versions, ...values });
};

async function move(slug: string, parent: string | null) {
  const { version } = await tenant(slug);
  const answer = await world.administrator.try(api.changeParent, { params: { slug }, version, body: { parent } });
  return answer.status === 200
    ? (answer.body.parent?.slug ?? null)
    : String(answer.body.type).replace('urn:tenantry:', '');
}

test('R2.1 a tenant keeps everything that is known of it; key and address are proposed from the name', async () => {
  const known = {
    tenantNumber: 'C-77',
    location: 'Vigo',
    primaryContact: 'Uxía',
    phone: '+34 986',
    fax: '1',
    alternatePhone: '2',
    description: 'A client',
    directoryGroup: 'cn=acme',
    timeZone: 'Europe/Madrid',
    currency: 'USD',
    dateFormat: 'dmy',
    timeFormat: '24',
    decimalSymbol: ',',
    taxRegion: 'ES',
    taxIdentifiers: 'B123',
    email: 'a@b.example',
    webSite: 'https://b.example',
  };
  await ask('add-tenant', { name: 'Peña & Söhne GmbH', ...known });
  const made = await tenant('pena-sohne-gmbh');
  expect(made).toMatchObject({
    ...known,
    name: 'Peña & Söhne GmbH',
    key: 'PSG',
    status: 'active',
    provider: false,
    depth: 0,
    closedAt: null,
  });
  expect(Date.parse(made.openedAt)).toBeGreaterThan(Date.now() - 60_000);
});

test('R2.1 names of every script get a key and an address; the same proposal twice is told apart', async () => {
  for (const name of ['株式会社テスト', 'Ελλάδα', 'Öl AG', 'Öl AB'])
    expect(await ask('add-tenant', { name })).toMatchObject({ phase: 'completed' });
  const { items } = await world.administrator.call(api.listTenants, { query: { limit: 200 } });
  const made = items.filter((one) => ['株式会社テスト', 'Ελλάδα', 'Öl AG', 'Öl AB'].includes(one.name));
  expect(new Set(made.map((one) => one.key)).size).toBe(4);
  expect(made.every((one) => /^[A-Z0-9]{2,8}$/.test(one.key) && !one.slug.includes('tenant'))).toBe(true);
});

test('R2.2 names are unique within a parent, whatever their case and form; keys and addresses everywhere', async () => {
  const strasse = await world.tenant({ name: 'Straße', key: 'STR', slug: 'strasse' });
  expect(await ask('add-tenant', { name: 'STRASSE' })).toEqual({ refused: 'tenant.name-taken' });
  expect(await ask('add-tenant', { name: 'ＳＴＲＡＳＳＥ' })).toEqual({ refused: 'tenant.name-taken' });
  expect(await ask('add-tenant', { name: 'Straße', parent: strasse.slug })).toMatchObject({ phase: 'completed' });
  expect(await ask('add-tenant', { name: 'Other', key: 'str' })).toEqual({ refused: 'tenant.key-taken' });
  expect(await ask('add-tenant', { name: 'Other', slug: 'strasse' })).toEqual({ refused: 'tenant.slug-taken' });
});

test('R2.2 composed and decomposed, wide and narrow forms of a name are one name, in every script', async () => {
  for (const [name, same] of [
    ['Café Río', 'CAFE\u0301 RI\u0301O'],
    ['Οδός', 'ΟΔΌΣ'],
    ['ﾃｽﾄ株式会社', 'テスト株式会社'],
    ['Ⅷ Legion', 'viii legion'],
    ['İzmir A.Ş.', 'i\u0307zmir a.ş.'],
    ['  Two   words ', 'two words'],
  ] as const) {
    expect([name, await ask('add-tenant', { name })]).toMatchObject([name, { phase: 'completed' }]);
    expect([name, await ask('add-tenant', { name: same })]).toEqual([name, { refused: 'tenant.name-taken' }]);
  }
  // Other letters are other names: nobody is kept out by a neighbour that only looks alike.
  for (const name of ['Cafe Rio', 'Одос', 'テスド株式会社'])
    expect([name, await ask('add-tenant', { name })]).toMatchObject([name, { phase: 'completed' }]);
});

test('R2.1 what is too long, empty or of another form is refused by its field, and nothing is made', async () => {
  const before = await world.sql('select count(*)::int as n from tenancy.tenants');
  const wrong: [string, object][] = [
    ['name', { name: 'n'.repeat(256) }],
    ['name', { name: '' }],
    ['name', {}],
    ['key', { name: 'Key', key: 'A' }],
    ['key', { name: 'Key', key: 'ABCDEFGHI' }],
    ['key', { name: 'Key', key: 'A-B' }],
    ['slug', { name: 'Slug', slug: 'Upper' }],
    ['slug', { name: 'Slug', slug: '-edge' }],
    ['tenantNumber', { name: 'Number', tenantNumber: '1'.repeat(31) }],
    ['description', { name: 'Description', description: 'd'.repeat(1025) }],
    ['owner_id', { name: 'Owner', owner_id: 2 }],
    ['version', { name: 'Version', version: 7 }],
  ];
  for (const [field, values] of wrong) {
    const answer = await requested('add-tenant', values);
    expect([field, answer.status, answer.body.errors?.map((error) => error.pointer)]).toEqual([
      field,
      422,
      [`/values/${field}`],
    ]);
  }
  for (const values of [
    { name: ' \u2003 ' },
    { name: 'Zone', timeZone: 'Mars/Olympus' },
    { name: 'Money', currency: 'QQQ' },
    { name: 'Nothing', slug: 'public' },
    { name: 'Nothing', key: 'desk' },
  ])
    expect((await requested('add-tenant', values)).status, JSON.stringify(values)).toBeGreaterThanOrEqual(400);
  expect(await world.sql('select count(*)::int as n from tenancy.tenants')).toEqual(before);
  const longest = {
    name: 'n'.repeat(255),
    description: 'd'.repeat(1024),
    tenantNumber: '1'.repeat(30),
    key: 'ABCDEFGH',
  };
  expect(await ask('add-tenant', longest)).toMatchObject({ phase: 'completed' });
  expect(await manage('n'.repeat(50), { name: '   ' })).toEqual({ refused: 'invalid' });
});

test('R2.2 T-20 of two requests for the same name at once one is done; the other says why not, and can be taken back', async () => {
  const answers = await Promise.all(['one', 'two'].map(() => requested('add-tenant', { name: 'Contested' })));
  const ends = await Promise.all(
    answers.map(async ({ status, body }) => {
      if (status >= 400) return 'refused';
      return world.settled(body.number).then(
        () => 'done',
        () => body.number,
      );
    }),
  );
  expect(ends.filter((end) => end === 'done')).toHaveLength(1);
  expect(await world.sql(`select count(*)::int as n from tenancy.tenants where name = 'Contested'`)).toEqual([
    { n: 1 },
  ]);
  const stuck = ends.find((end) => end !== 'done') as string;
  if (stuck === 'refused') return;
  const seen = await world.administrator.call(getRequest, { params: { number: stuck } });
  expect(seen.tasks[0]).toMatchObject({
    state: 'failed',
    error: { en: 'There is already a tenant of that name there.' },
  });
  expect(seen.can).toMatchObject({ cancel: true, retry: true });
});

test('R2.1 the key is fixed once a record is numbered with it', async () => {
  const made = await world.tenant({ name: 'Numbered', key: 'NUM' });
  expect(await manage(made.slug, { key: 'NUMB' })).toMatchObject({ phase: 'completed' });
  const user = await world.person({ tenant: made, role: 'self-service-user' });
  expect(await user.call(createTicket, { body: { title: 'The first' } })).toMatchObject({ number: 'NUMB-1' });
  expect(await manage(made.slug, { key: 'LATE' })).toEqual({ refused: 'tenant.key-fixed' });
});

test('R2.3 R2.4 the provider is the first tenant, and has no parent, is not deactivated and not moved', async () => {
  expect(await tenant(provider.slug)).toMatchObject({
    provider: true,
    parent: null,
    can: { changeParent: false, deactivate: false },
  });
  const other = await world.tenant({ name: 'Above' });
  expect(await move(provider.slug, other.slug)).toBe('tenant.provider-fixed');
  expect(await manage(provider.slug, {}, 'deactivate')).toEqual({ refused: 'tenant.provider-fixed' });
});

test('R2.6 every save raises the version, and a save with an older one is refused', async () => {
  const made = await world.tenant({ name: 'Versioned' });
  const { version } = await tenant(made.slug);
  expect(await manage(made.slug, { description: 'One', versions: [`${made.slug}:${version}`] })).toMatchObject({
    phase: 'completed',
  });
  expect((await tenant(made.slug)).version).toBeGreaterThan(version);
  expect(await manage(made.slug, { description: 'Two', versions: [`${made.slug}:${version}`] })).toEqual({
    refused: 'version-stale',
  });
  const move = await world.administrator.try(api.changeParent, { params: { slug: made.slug }, body: { parent: null } });
  expect(move.status).toBe(428);
});

test('R2.7 only people of the provider who administer tenants create and change them', async () => {
  const made = await world.tenant({ name: 'Governed' });
  for (const person of [
    await world.person({ tenant: made, role: 'tenant-administrator' }),
    await world.person({ tenant: provider, role: 'provider-analyst' }),
  ]) {
    const add = await person.try(createRequest, { body: { offering: 'add-tenant', values: { name: 'Mine' } } });
    expect(add.status).toBe(404);
    const { version } = await tenant(made.slug);
    const moved = await person.try(api.changeParent, {
      params: { slug: made.slug },
      version,
      body: { parent: provider.slug },
    });
    expect(moved.status).toBe(403);
    expect((await person.try(getOptions)).status).toBe(403);
  }
  // A role of the tenant’s own that has the function still lacks the provider: the database holds it.
  await world.sql(
    `insert into identity.roles (owner_id, id, name, name_key, functions, read_reach) values ($1, gen_random_uuid(), 'Usurper', 'usurper', $2, 'own')`,
    [made.owner, ['tenant.administer', 'tenant.read', 'offering.request', 'administration.request']],
  );
  const [role] = await world.sql<{ id: string }>(`select id from identity.roles where name_key = 'usurper'`);
  const person = await world.person({ tenant: made, role: 'self-service-user' });
  await world.sql(`update identity.memberships set role_owner_id = $1, role_id = $2 where id = $3`, [
    made.owner,
    role?.id,
    person.membershipId,
  ]);
  const { version } = await tenant(made.slug);
  const moved = await person.try(api.changeParent, { params: { slug: made.slug }, version, body: { parent: null } });
  expect([moved.status, (await tenant(made.slug)).version]).toEqual([403, version]);
});

test('R2.8 the options limit how many tenants there are and how deep they stand', async () => {
  const { version, ...options } = await world.administrator.call(getOptions);
  const { items } = await world.administrator.call(api.listTenants, { query: { limit: 200 } });
  const limited = await world.administrator.call(setOptions, {
    version,
    body: { ...options, greatestTenants: items.length },
  });
  expect(await ask('add-tenant', { name: 'One too many' })).toEqual({ refused: 'tenant.too-many' });
  const stale = await world.administrator.try(setOptions, { version, body: options });
  expect(stale.status).toBe(412);
  await world.administrator.call(setOptions, { version: limited.version, body: { ...options, greatestTenants: null } });
  expect(await ask('add-tenant', { name: 'One more' })).toMatchObject({ phase: 'completed' });
});

test('R3.1 a parent is active, allows subtenants, and stands neither below nor too deep', async () => {
  const a = await world.tenant({ name: 'A' });
  const b = await world.tenant({ name: 'B', parent: a });
  const closed = await world.tenant({ name: 'Closed', subtenantsAllowed: false });
  expect(await move(a.slug, b.slug)).toBe('tenant.parent-below');
  expect(await move(a.slug, a.slug)).toBe('tenant.parent-below');
  expect(await move(b.slug, closed.slug)).toBe('tenant.parent-closed');
  expect(await move(b.slug, 'nowhere')).toBe('tenant-unknown');
  const idle = await world.tenant({ name: 'Idle' });
  await manage(idle.slug, {}, 'deactivate');
  expect(await move(b.slug, idle.slug)).toBe('tenant.parent-inactive');
});

test('R3.1 the depth counts from the top, for new tenants and for moved ones, and several roots stand side by side', async () => {
  let parent = await world.tenant({ name: 'Depth 0' });
  const top = parent;
  for (let depth = 1; depth <= 10; depth++) {
    const values = { name: `Depth ${depth}`, parent: parent.slug, subtenantsAllowed: true };
    expect(await ask('add-tenant', values)).toMatchObject({ phase: 'completed' });
    parent = { ...parent, slug: `depth-${depth}` };
  }
  expect(await tenant('depth-10')).toMatchObject({ depth: 10, parent: { slug: 'depth-9' } });
  expect(await ask('add-tenant', { name: 'Depth 11', parent: 'depth-10' })).toEqual({ refused: 'tenant.too-deep' });
  expect(await move('depth-5', null)).toBe(null);
  expect(await tenant('depth-10')).toMatchObject({ depth: 5 });
  expect((await tenant('depth-10')).line.map((above) => above.slug)).toEqual([9, 8, 7, 6, 5].map((n) => `depth-${n}`));
  expect(await move(top.slug, 'depth-10')).toBe(`depth-10`);
  expect(await tenant('depth-4')).toMatchObject({ depth: 10 });
  expect(await move('depth-5', 'depth-4')).toBe('tenant.parent-below');
  const roots = await world.administrator.call(api.listTenants, { query: { parent: 'none', limit: 200 } });
  expect(roots.items.map((one) => one.slug)).toContain('depth-5');
  expect(roots.items.every((one) => one.parent === null && one.depth === 0)).toBe(true);
  const children = await world.administrator.call(api.listTenants, { query: { parent: 'depth-10' } });
  expect(children.items.map((one) => one.slug)).toEqual([top.slug]);
});

test('T-20 a crowd that moves tenants at once leaves a tree, and the closure says what the parents say', async () => {
  const crowd = await Promise.all(['u', 'v', 'w', 'x'].map((name) => world.tenant({ name: `Crowd ${name}` })));
  const moves = crowd.flatMap((one) => crowd.filter((other) => other !== one).map((other) => [one.slug, other.slug]));
  for (let round = 0; round < 2; round++)
    await Promise.all(moves.map(([slug, parent]) => move(slug as string, parent as string)));
  const differing = await world.sql(`
    with recursive line as (
      select owner_id as descendant_id, owner_id as ancestor_id, parent_owner_id as next, 0 as distance from tenancy.tenants
      union all select l.descendant_id, t.owner_id, t.parent_owner_id, l.distance + 1 from line l join tenancy.tenants t on t.owner_id = l.next
      where l.distance < 50)
    (select descendant_id, ancestor_id, distance from line except select descendant_id, ancestor_id, distance from tenancy.closure)
    union all
    (select descendant_id, ancestor_id, distance from tenancy.closure except select descendant_id, ancestor_id, distance from line)`);
  expect(differing).toEqual([]);
  expect(
    await world.sql(
      `select t.slug from tenancy.tenants t where t.depth <> (select max(distance) from tenancy.closure c where c.descendant_id = t.owner_id)`,
    ),
  ).toEqual([]);
});

test('R3.2 subtenants stay allowed while there are active ones', async () => {
  const a = await world.tenant({ name: 'With children' });
  const b = await world.tenant({ name: 'Child', parent: a });
  expect(await manage(a.slug, { subtenantsAllowed: 'no' })).toEqual({ refused: 'tenant.subtenants-exist' });
  await manage(b.slug, {}, 'deactivate');
  expect(await manage(a.slug, { subtenantsAllowed: 'no' })).toMatchObject({ phase: 'completed' });
});

test('R3.3 a tenant moves with its whole subtree, and the deepest member counts', async () => {
  const [a, x] = [await world.tenant({ name: 'Top' }), await world.tenant({ name: 'Elsewhere' })];
  const b = await world.tenant({ name: 'Middle', parent: a });
  const c = await world.tenant({ name: 'Low', parent: b });
  expect(await move(b.slug, x.slug)).toBe(x.slug);
  expect((await tenant(c.slug)).line.map((above) => above.slug)).toEqual([b.slug, x.slug]);
  const options = await world.administrator.call(getOptions);
  const { version, ...values } = options;
  // By SQL: the option itself refuses to become smaller than the tree is deep.
  await world.sql('update tenancy.solution set greatest_depth = 2');
  expect(await move(x.slug, a.slug)).toBe('tenant.too-deep');
  await world.sql('update tenancy.solution set greatest_depth = $1', [values.greatestDepth]);
  expect(await move(x.slug, a.slug)).toBe(a.slug);
  expect(await tenant(c.slug)).toMatchObject({ depth: 3 });
  expect(version).toBe(options.version);
});

test('T-20 of two moves that would make a circle together, one is refused', async () => {
  const [a, b] = [await world.tenant({ name: 'Left' }), await world.tenant({ name: 'Right' })];
  const results = await Promise.all([move(a.slug, b.slug), move(b.slug, a.slug)]);
  expect(results.filter((result) => result === 'tenant.parent-below')).toHaveLength(1);
});

test('R3.6 each tenant has four groups that follow the hierarchy', async () => {
  const a = await world.tenant({ name: 'Grouped' });
  await world.tenant({ name: 'Grouped child', parent: a });
  const groups = (await tenant(a.slug)).systemGroups;
  expect(Object.fromEntries(groups.map((group) => [group.kind, group.members]))).toEqual({
    supertenants: 1,
    subtenants: 2,
    related: 2,
    foreign_key: 1,
  });
  const { administrator } = world;
  const id = groups.find((group) => group.kind === 'subtenants')?.id as string;
  const group = await administrator.call(getTenantGroup, { params: { id } });
  const { items: members } = await administrator.call(listTenantGroupMembers, { params: { id } });
  expect(members.map((member) => member.name)).toEqual(['Grouped', 'Grouped child']);
  const renamed = await administrator.call(updateTenantGroup, {
    params: { id },
    version: group.version,
    body: { name: 'Grouped and below' },
  });
  expect(renamed).toMatchObject({ name: 'Grouped and below', can: { changeMembers: false } });
  expect(
    (
      await administrator.try(setTenantGroupMembers, {
        params: { id },
        version: renamed.version,
        body: { members: [] },
      })
    ).status,
  ).toBe(403);
});

test('R3.5 the provider defines groups by name and members; two are not called alike', async () => {
  const [a, b] = [await world.tenant({ name: 'Member one' }), await world.tenant({ name: 'Member two' })];
  const { administrator } = world;
  const group = await administrator.call(addTenantGroup, { body: { name: 'Favourites', members: [a.slug] } });
  expect((await administrator.try(addTenantGroup, { body: { name: 'FAVOURITES' } })).status).toBe(409);
  const set = await administrator.call(setTenantGroupMembers, {
    params: { id: group.id },
    version: group.version,
    body: { members: [a.slug, b.slug] },
  });
  expect(set.members).toBe(2);
  expect(
    (await administrator.call(listTenantGroups, { query: { kind: 'defined' } })).items.map((one) => one.name),
  ).toEqual(['Favourites']);
});

test('R3.5 R3.7 R5.8 a group that is inactive has no members: whoever reads by it reads nothing, until it is active again', async () => {
  const { administrator } = world;
  const [home, seen] = [await world.tenant({ name: 'Group home' }), await world.tenant({ name: 'Group seen' })];
  const group = await administrator.call(addTenantGroup, {
    body: { name: 'Onlookers', members: [home.slug, seen.slug] },
  });
  const role = await administrator.call(addRole, {
    body: { name: 'Onlooker', tenant: home.slug, readReach: 'group', readGroup: group.id, functions: ['tenant.read'] },
  });
  const person = await world.person({ tenant: home, role: role.id });
  const slugs = async () => (await person.call(api.listTenants)).items.map((one) => one.slug).sort();
  expect(await slugs()).toEqual([home.slug, seen.slug]);
  const off = await administrator.call(updateTenantGroup, {
    params: { id: group.id },
    version: group.version,
    body: { status: 'inactive' },
  });
  expect(await slugs()).toEqual([]);
  const stale = await administrator.try(updateTenantGroup, {
    params: { id: group.id },
    version: group.version,
    body: { status: 'active' },
  });
  expect(stale.status).toBe(412);
  await administrator.call(updateTenantGroup, {
    params: { id: group.id },
    version: off.version,
    body: { status: 'active' },
  });
  expect(await slugs()).toEqual([home.slug, seen.slug]);
  // Groups are the provider’s: others neither see nor make them.
  const other = await world.person({ tenant: home, role: 'tenant-administrator' });
  expect((await other.try(listTenantGroups)).status).toBe(403);
  expect((await other.try(addTenantGroup, { body: { name: 'Mine' } })).status).toBe(403);
});

test('R3.6 R3.7 a role can read by a tenant’s own group of the hierarchy, and follows the hierarchy', async () => {
  const { administrator } = world;
  const [elder, other] = [await world.tenant({ name: 'Elder' }), await world.tenant({ name: 'Other elder' })];
  const younger = await world.tenant({ name: 'Younger', parent: elder });
  const { items } = await administrator.call(listTenantGroups, { query: { kind: 'system', search: 'Elder' } });
  const group = items.find((one) => one.kind === 'subtenants' && one.name.startsWith('Elder'));
  const role = await administrator.call(addRole, {
    body: {
      name: 'Below the elder',
      tenant: other.slug,
      readReach: 'group',
      readGroup: group?.id as string,
      functions: ['tenant.read'],
    },
  });
  const person = await world.person({ tenant: other, role: role.id });
  const slugs = async () => (await person.call(api.listTenants)).items.map((one) => one.slug).sort();
  expect(await slugs()).toEqual([elder.slug, younger.slug]);
  const { version } = await tenant(younger.slug);
  await administrator.call(api.changeParent, {
    params: { slug: younger.slug },
    version,
    body: { parent: other.slug },
  });
  expect(await slugs()).toEqual([elder.slug]);
});

test('R10.4 what somebody may not do to a tenant, the tenant says by itself', async () => {
  const made = await world.tenant({ name: 'Can' });
  const nothing = { update: false, changeParent: false, deactivate: false, reactivate: false };
  const below = await world.person({ tenant: made, role: 'tenant-administrator' });
  const auditor = await world.person({ tenant: provider, role: 'provider-auditor' });
  for (const person of [below, auditor])
    expect((await person.call(api.getTenant, { params: { slug: made.slug } })).can).toEqual(nothing);
  expect((await tenant(made.slug)).can).toEqual({
    update: true,
    changeParent: true,
    deactivate: true,
    reactivate: false,
  });
  expect((await tenant(provider.slug)).can).toEqual({ ...nothing, update: true });
});

test('R10.2 a choice of tenants to write finds the only one that may be written, wherever its name stands', async () => {
  for (let n = 0; n < 21; n++) await world.tenant({ name: `A first ${n}` });
  const last = await world.tenant({ name: 'Zz last' });
  const role = await world.administrator.call(addRole, {
    body: {
      name: 'Writes the last',
      readReach: 'all',
      writeReach: 'tenant',
      writeTenant: last.slug,
      tenant: provider.slug,
      functions: [],
    },
  });
  const person = await world.person({ tenant: provider, role: role.id });
  const { items } = await person.call(api.searchTenants, { query: { writable: true } });
  expect(items.map((one) => one.slug)).toEqual([last.slug]);
}, 60_000);

test('lists of tenants are found by part of the name, by key and page by page', async () => {
  const { administrator } = world;
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await administrator.call(api.listTenants, { query: { limit: 7, ...(cursor ? { cursor } : {}) } });
    names.push(...page.items.map((one) => one.slug));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(names[0]).toBe(provider.slug);
  expect(new Set(names).size).toBe(names.length);
  const whole = await administrator.call(api.listTenants, { query: { limit: 200 } });
  expect(names).toEqual(whole.items.map((one) => one.slug));
  const found = await administrator.call(api.listTenants, { query: { search: 'STRASSE' } });
  expect(found.items.map((one) => one.name)).toEqual(['Straße', 'Straße']);
  expect((await administrator.try(api.listTenants, { query: { cursor: 'x' } })).status).toBe(422);
});

test('R9.1 R9.2 R9.4 deactivating lists the subtree first, and reactivating restores it', async () => {
  const a = await world.tenant({ name: 'House' });
  const b = await world.tenant({ name: 'Room', parent: a });
  const before = await world.tenant({ name: 'Cellar', parent: a });
  await manage(before.slug, {}, 'deactivate');
  const user = await world.person({ tenant: b, role: 'self-service-user' });
  expect(await manage(a.slug, {}, 'deactivate')).toEqual({ refused: 'tenant.active-subtenants' });
  const listed = await world.administrator.call(api.listActiveBelow, { params: { slug: a.slug } });
  expect([listed.count, listed.people, listed.items.map((one) => one.name)]).toEqual([2, 1, ['House', 'Room']]);
  const first = await world.administrator.call(api.listActiveBelow, { params: { slug: a.slug }, query: { limit: 1 } });
  const query = { limit: 1, cursor: first.next as string };
  const rest = await world.administrator.call(api.listActiveBelow, { params: { slug: a.slug }, query });
  expect([first.items[0]?.name, rest.items[0]?.name, rest.count, rest.next]).toEqual(['House', 'Room', 2, null]);
  expect(await manage(a.slug, { subtree: true }, 'deactivate')).toMatchObject({ phase: 'completed' });
  const kept = await user.try(createTicket, { body: { title: 'Let me in' } });
  expect([kept.status, kept.body.type]).toEqual([403, 'urn:tenantry:tenant-suspended']);
  expect(await manage(b.slug, {}, 'reactivate')).toEqual({ refused: 'tenant.parent-inactive' });
  expect(await manage(a.slug, { subtree: true }, 'reactivate')).toMatchObject({ phase: 'completed' });
  expect((await user.try(createTicket, { body: { title: 'I am back' } })).status).toBe(201);
  expect(await tenant(before.slug)).toMatchObject({ status: 'inactive' });
});

test('R9.1 R4.4 a tenant that is being prepared is not deactivated: reactivating would open what is not there yet', async () => {
  const made = await world.tenant({ name: 'Unfinished' });
  // As the owner: as if a part were still to come.
  await world.sql('alter table tenancy.tenants disable trigger tenants_1_check');
  await world.sql(`update tenancy.tenants set status = 'provisioning' where owner_id = $1`, [made.owner]);
  await world.sql('alter table tenancy.tenants enable trigger tenants_1_check');
  expect((await tenant(made.slug)).can).toMatchObject({ deactivate: false, reactivate: false });
  expect(await manage(made.slug, {}, 'deactivate')).toEqual({ refused: 'tenant.status-step' });
  expect(await manage(made.slug, {}, 'reactivate')).toEqual({ refused: 'tenant.status-step' });
});

test('R9.3 T-19 a deactivated tenant’s people, tokens and sessions stop at once, its records stay for the provider to read', async () => {
  const made = await world.tenant({ name: 'Suspended' });
  const user = await world.person({ tenant: made, role: 'tenant-analyst' });
  const ticket = await user.call(createTicket, { body: { title: 'Before' } });
  const { token } = await user.call(createToken, { body: { name: 'Script', days: 30 } as never });
  const script = world.visitor();
  script.token = token;
  expect((await script.try(getTicket, { params: { number: ticket.number } })).status).toBe(200);
  const seen = () => world.administrator.call(getTicket, { params: { number: ticket.number } });
  const before = await seen();
  expect(await manage(made.slug, {}, 'deactivate')).toMatchObject({ phase: 'completed' });
  for (const caller of [user, script]) {
    const answer = await caller.try(getTicket, { params: { number: ticket.number } });
    expect([answer.status, answer.body.type]).toEqual([403, 'urn:tenantry:tenant-suspended']);
  }
  expect(await seen()).toMatchObject({ title: 'Before', can: { update: false } });
  const change = await world.administrator.try(updateTicket, {
    params: { number: ticket.number },
    version: before.version,
    body: { title: 'After' },
  });
  expect(change.status).toBe(403);
  const sign = (password: string) =>
    world.visitor().try(signIn, { body: { userName: `${user.userName}@${made.slug}`, password } });
  expect((await sign(worldPassword)).body.type).toBe('urn:tenantry:tenant-suspended');
  // Without the password, nobody learns that there is such an organization.
  const wrong = await sign('not the password');
  const absent = await world.visitor().try(signIn, { body: { userName: 'nobody@nowhere', password: 'x' } });
  expect([wrong.status, wrong.body.type]).toEqual([absent.status, absent.body.type]);
  expect(await manage(made.slug, {}, 'reactivate')).toMatchObject({ phase: 'completed' });
  expect(await seen()).toEqual(before);
  for (const caller of [user, script])
    expect((await caller.try(getTicket, { params: { number: ticket.number } })).status).toBe(200);
});

test('R9.1 a tenant is never deleted, and its number never used again', async () => {
  await expect(world.sql('delete from tenancy.tenants where owner_id = 3')).rejects.toThrow('tenant_never_deleted');
});
