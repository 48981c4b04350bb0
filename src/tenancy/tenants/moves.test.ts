import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { createTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
import { getPerson, grantRole } from '../../identity/people/people.api.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import * as api from './tenants.api.ts';

let world: World;
let administrator: WorldPerson;
let above: WorldTenant;
let aside: WorldTenant;
let mover: WorldTenant;
let below: WorldTenant;

beforeAll(async () => {
  world = await openWorld();
  administrator = world.administrator;
  await world.enable();
  above = await world.tenant({ name: 'Above' });
  aside = await world.tenant({ name: 'Aside' });
  mover = await world.tenant({ name: 'Mover', parent: above });
  below = await world.tenant({ name: 'Below', parent: mover });
  for (const [tenant, count] of [
    [above, 1],
    [aside, 2],
    [mover, 3],
    [below, 4],
  ] as const) {
    const user = await world.person({ tenant, role: 'self-service-user' });
    for (let i = 0; i < count; i++) await user.call(createTicket, { body: { title: `Ticket ${i}` } });
  }
});
afterAll(() => world.close());

const preview = (parent: string, slug = mover.slug) =>
  administrator.call(api.previewMove, { params: { slug }, query: { parent } });
const stranded = (parent: string, query: object = {}) =>
  administrator.call(api.listStranded, { params: { slug: mover.slug }, query: { parent, ...query } });
async function move(slug: string, parent: string | null) {
  const { version } = await administrator.call(api.getTenant, { params: { slug } });
  return administrator.try(api.changeParent, { params: { slug }, version, body: { parent } });
}

/** A role of the provider's making, which sees all tickets in its reach. */
async function role(name: string, readReach: 'own' | 'subtenants' | 'supertenants'): Promise<string> {
  const body = { name, functions: ['ticket.read' as const], readReach, public: true };
  return (await administrator.call(addRole, { body })).id;
}

const ticketsOf = async (person: WorldPerson) => {
  const { items } = await person.call(listTickets, { query: { limit: 200 } as never });
  return items.length;
};

test('R3.4 the preview says who gains and who loses sight of what, and the move makes it so', async () => {
  const downwards = await role('Downwards', 'subtenants');
  const upwards = await role('Upwards', 'supertenants');
  const inside = await role('Inside', 'own');
  const people = {
    above: await world.person({ tenant: above, role: downwards }),
    aside: await world.person({ tenant: aside, role: downwards }),
    mover: await world.person({ tenant: mover, role: downwards }),
    up: await world.person({ tenant: below, role: upwards }),
    own: await world.person({ tenant: below, role: inside }),
  };
  const seen = async () =>
    Object.fromEntries(
      await Promise.all(Object.entries(people).map(async ([who, one]) => [who, await ticketsOf(one)])),
    );
  expect(await seen()).toEqual({ above: 8, aside: 2, mover: 7, up: 8, own: 4 });

  const before = await preview(aside.slug);
  expect(before).toMatchObject({ tenants: 2, forbidden: false });
  const of = (name: string) => before.changes.filter((one) => one.role.name === name);
  const whole = of('Downwards').filter((one) => one.sight === 'all');
  expect(whole.map((one) => [one.change, one.people, one.tenantCount, one.tenants]).sort()).toEqual([
    ['gains', 1, 2, ['Below', 'Mover']],
    ['loses', 1, 2, ['Below', 'Mover']],
  ]);
  // Seven tickets, and the contacts of those tenants.
  const contacts = await world.sql<{ n: number }>(
    'select count(*)::int as n from identity.contacts where owner_id = any($1)',
    [[mover.owner, below.owner]],
  );
  const offered = await world.sql<{ n: number }>(
    'select count(*)::int as n from identity.assignment_groups where owner_id = any($1)',
    [[mover.owner, below.owner]],
  );
  expect(whole[0]?.records).toBe(7 + (contacts[0]?.n ?? 0) + (offered[0]?.n ?? 0));
  const shared = of('Downwards').filter((one) => one.sight === 'shared');
  expect(shared.map((one) => [one.change, one.people, one.tenants]).sort()).toEqual([
    ['gains', 1, ['Aside']],
    ['loses', 1, ['Above']],
  ]);
  expect(
    of('Upwards')
      .map((one) => [one.change, one.sight, one.people, one.tenants])
      .sort(),
  ).toEqual([
    ['gains', 'all', 1, ['Aside']],
    ['loses', 'all', 1, ['Above']],
  ]);
  expect(
    of('Inside')
      .map((one) => [one.change, one.sight, one.people, one.tenants])
      .sort(),
  ).toEqual([
    ['gains', 'shared', 1, ['Aside']],
    ['loses', 'shared', 1, ['Above']],
  ]);

  expect((await move(mover.slug, aside.slug)).status).toBe(200);
  expect(await seen()).toEqual({ above: 1, aside: 9, mover: 7, up: 9, own: 4 });
  expect((await preview(aside.slug)).changes).toEqual([]);
  expect((await move(mover.slug, above.slug)).status).toBe(200);
});

test('R3.4 R5.5 what a tenant gave reaches what is below it, and the preview knows: named tenants are lost with the line', async () => {
  const boss = await world.person({ tenant: above, role: 'tenant-administrator', name: 'Boss' });
  const roleOf = async (name: string, reach: object) =>
    (await boss.call(addRole, { body: { name, functions: ['ticket.read'], tenant: above.slug, ...reach } as never }))
      .id;
  const named = await roleOf('Named below', { readReach: 'tenant', readTenant: below.slug });
  const related = await roleOf('Relatives of Above', { readReach: 'related' });
  const watcher = await world.person({ tenant: above, role: 'self-service-user', name: 'Watcher' });
  const relative = await world.person({ tenant: above, role: 'self-service-user', name: 'Relative' });
  for (const [person, roleId] of [
    [watcher, named],
    [relative, related],
  ] as const)
    await boss.call(grantRole, { params: { id: person.contactId }, body: { roleId } });
  const held = async (person: WorldPerson, roleId: string) => {
    const { memberships } = await administrator.call(getPerson, { params: { id: person.contactId } });
    const membership = memberships.find((one) => one.role.id === roleId)?.id as string;
    return (await person.call(listTickets, { query: { limit: 200 }, membership } as never)).items.length;
  };
  const seen = async () => [await held(watcher, named), await held(relative, related)];
  expect(await seen()).toEqual([4, 8]);
  const { changes } = await preview(aside.slug);
  const of = (name: string) =>
    changes.filter((one) => one.role.name === name).map((one) => [one.change, one.sight, one.people, one.tenants]);
  expect(of('Named below')).toEqual([['loses', 'all', 1, ['Below']]]);
  expect(of('Relatives of Above')).toEqual([['loses', 'all', 1, ['Below', 'Mover']]]);
  expect((await move(mover.slug, aside.slug)).status).toBe(200);
  expect(await seen()).toEqual([0, 1]);
  const back = (await preview(above.slug)).changes.filter((one) => one.role.name === 'Named below');
  expect(back).toMatchObject([{ change: 'gains', sight: 'all', people: 1, tenants: ['Below'] }]);
  expect((await move(mover.slug, above.slug)).status).toBe(200);
  expect(await seen()).toEqual([4, 8]);
});

test('R3.4 the refusal names the records that forbid the move, and the list goes on page by page', async () => {
  const { id } = await administrator.call(addCategory, { body: { name: 'Inherited', tenant: above.slug } } as never);
  await world.sql(`update desk.tickets set category_owner_id = $1, category_id = $2 where owner_id = any($3)`, [
    above.owner,
    id,
    [mover.owner, below.owner],
  ]);
  expect(await preview('none')).toMatchObject({ forbidden: true });
  const refused = await move(mover.slug, null);
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:tenantry:tenant.reference-outside-the-line']);
  const { references } = refused.body.details as { references: api.StrandedReference[] };
  expect(references).toHaveLength(7);
  const numbers = await world.sql<{ number: string }>('select number from desk.tickets where category_id = $1', [id]);
  expect(references.map((one) => one.label).sort()).toEqual(numbers.map((one) => one.number).sort());
  expect(references[0]).toMatchObject({ kind: 'desk.tickets', field: 'category', target: 'Inherited', to: 'Above' });

  const paged: api.StrandedReference[] = [];
  let cursor: string | undefined;
  do {
    const page = await stranded('none', { limit: 3, cursor });
    expect(page.items.length).toBeLessThanOrEqual(3);
    paged.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(paged).toEqual(references);
  // Staying below the same line strands nothing, and what is refused leaves everything as it was.
  const between = await world.tenant({ name: 'Between', parent: above });
  expect((await stranded(between.slug)).items).toEqual([]);
  expect((await administrator.call(api.getTenant, { params: { slug: mover.slug } })).parent?.slug).toBe(above.slug);
  await world.sql('update desk.tickets set category_owner_id = null, category_id = null where category_id = $1', [id]);
  expect((await move(mover.slug, null)).status).toBe(200);
});

test('R3.4 a place that the move would be refused is refused by the preview; nobody else learns anything', async () => {
  const at = (slug: string, parent: string, who: WorldPerson = administrator) =>
    who.try(api.previewMove, { params: { slug }, query: { parent } });
  expect((await at(mover.slug, below.slug)).body.type).toBe('urn:tenantry:tenant.parent-below');
  expect((await at(mover.slug, 'nowhere')).body.type).toBe('urn:tenantry:tenant.parent-unknown');
  expect((await at('nowhere', 'none')).status).toBe(404);
  const tina = await world.person({ tenant: mover, role: 'tenant-administrator' });
  expect((await at(mover.slug, 'none', tina)).status).toBe(403);
});

test('R3.3 T-20 of two movers at once one moves the tenant, and the other is told', async () => {
  const { version } = await administrator.call(api.getTenant, { params: { slug: mover.slug } });
  const answers = await Promise.all(
    [above.slug, aside.slug].map((parent) =>
      administrator.try(api.changeParent, { params: { slug: mover.slug }, version, body: { parent } }),
    ),
  );
  expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
});
