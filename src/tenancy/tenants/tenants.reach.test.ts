import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { createTicket } from '../../desk/tickets/tickets.api.ts';
import { addTenantGroup, listTenantGroups } from '../groups/groups.api.ts';
import { changeParent, getTenant, listTenants, searchTenants } from './tenants.api.ts';

let world: World;
let administrator: WorldPerson;
let top: WorldTenant;
let middle: WorldTenant;
let bottom: WorldTenant;
let tina: WorldPerson;
let pia: WorldPerson;

beforeAll(async () => {
  world = await openWorld();
  administrator = world.administrator;
  await world.enable();
  top = await world.tenant({ name: 'Top', slug: 'top' });
  middle = await world.tenant({ name: 'Middle', slug: 'middle', parent: top });
  bottom = await world.tenant({ name: 'Bottom Ñandú', slug: 'bottom', parent: middle });
  await world.tenant({ name: 'Beside', slug: 'beside' });
  tina = await world.person({ tenant: middle, role: 'tenant-administrator' });
  pia = await world.person({ role: 'provider-analyst' });
});
afterAll(() => world.close());

const at = (slug: string) => ({ params: { slug } });
const slugs = async (client: WorldPerson, query: Record<string, unknown> = {}) => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.call(listTenants, { query: { ...query, cursor, limit: 2 } as never });
    found.push(...page.items.map((item) => item.slug));
    cursor = page.next ?? undefined;
  } while (cursor);
  return found;
};

test('R5.3 R10.1 the list holds what is in reach, page by page, the provider first, then by name', async () => {
  const provider = administrator.tenant?.slug as string;
  expect(await slugs(administrator)).toEqual([provider, 'beside', 'bottom', 'middle', 'top']);
  expect(await slugs(tina)).toEqual(['bottom', 'middle']);
  expect(await slugs(administrator, { parent: 'middle' })).toEqual(['bottom']);
  expect(await slugs(administrator, { parent: 'none' })).toEqual([provider, 'beside', 'top']);
  expect(await slugs(administrator, { search: 'ÑANDÚ' })).toEqual(['bottom']);
  expect(await slugs(administrator, { search: '%' })).toEqual([]);
  expect(await slugs(administrator, { search: middle.key })).toEqual(['middle']);
});

test('R5.4 what is out of reach is not found, like what never was; a parent out of reach is shown by its label', async () => {
  const absent = await tina.try(getTenant, at('never-was'));
  for (const slug of ['top', 'beside', administrator.tenant?.slug as string]) {
    const answer = await tina.try(getTenant, at(slug));
    expect([answer.status, answer.body.type, answer.body.title]).toEqual([404, absent.body.type, absent.body.title]);
  }
  const mine = await tina.call(getTenant, at('middle'));
  expect(mine).toMatchObject({ parent: { name: 'Top', slug: '' }, line: [], subtenants: 1 });
  expect((await tina.try(listTenants, { query: { parent: 'top' } })).body.type).toBe(
    (await tina.try(listTenants, { query: { parent: 'never-was' } })).body.type,
  );
});

test('R10.4 R2.7 only people of the provider who administer tenants are offered, and may do, anything', async () => {
  expect((await tina.call(getTenant, at('middle'))).can).toEqual({
    update: false,
    changeParent: false,
    deactivate: false,
    reactivate: false,
  });
  expect((await pia.call(getTenant, at('middle'))).can).toEqual({
    update: false,
    changeParent: false,
    deactivate: false,
    reactivate: false,
  });
  expect((await administrator.call(getTenant, at('middle'))).can).toMatchObject({
    update: true,
    changeParent: true,
    deactivate: true,
  });
  for (const client of [tina, pia]) {
    expect((await client.try(changeParent, { ...at('middle'), version: 1, body: { parent: null } })).status).toBe(403);
  }
});

test('R10.1 the search for a tenant offers those in reach, and for writing those that may be written', async () => {
  const found = async (client: WorldPerson, query: object) =>
    (await client.call(searchTenants, { query })).items.map((item) => item.slug);
  expect(await found(tina, {})).toEqual(['bottom', 'middle']);
  expect(await found(tina, { search: 'top' })).toEqual([]);
  expect(await found(pia, { search: 'mid', writable: true })).toEqual(['middle']);
});

test('R3.4 R6.4 a move that would leave a reference outside the line is refused with its reason; R2.6 so is a stale one', async () => {
  const category = await administrator.call(addCategory, { body: { name: 'Of the top', tenant: 'top' } });
  const ana = await world.person({ tenant: bottom, role: 'tenant-analyst' });
  const ticket = await ana.call(createTicket, { body: { title: 'x', category: category.id } });
  const { version } = await administrator.call(getTenant, at('middle'));
  const move = (parent: string | null, from = version) =>
    administrator.try(changeParent, { ...at('middle'), version: from, body: { parent } });
  const refused = await move('beside');
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:tenantry:tenant.reference-outside-the-line']);
  expect((await move('beside', version - 1)).status).toBe(412);
  expect((await move('bottom')).body.type).toMatch('parent-below');
  expect((await move('never-was')).status).toBe(422);
  await world.sql('update desk.tickets set category_owner_id = null, category_id = null where number = $1', [
    ticket.number,
  ]);
  const moved = await move('beside');
  expect(moved.body).toMatchObject({ parent: { slug: 'beside' }, depth: 1, version: version + 1 });
  expect(await administrator.call(getTenant, at('bottom'))).toMatchObject({
    depth: 2,
    line: [{ slug: 'middle' }, { slug: 'beside' }],
  });
  const [entry] = await world.sql<{ details: object }>(
    `select details from platform.audit_entries where action = 'tenant.moved'`,
  );
  expect(entry?.details).toEqual({ from: 'Top', to: 'beside' });
});

test('R3.5 R5.4 a tenant’s people know of no group that the provider defines', async () => {
  await administrator.call(addTenantGroup, { body: { name: 'Gold', members: ['top', 'beside'] } });
  const seen = await tina.try(listTenantGroups);
  expect(seen.text).not.toMatch(/Gold/);
});
