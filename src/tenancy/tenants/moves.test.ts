import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { addCategory } from '../../desk/categories/categories.api.ts';
import { createTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
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

/** A public role of this reach, which sees all tickets in it, as the provider gives it. */
async function role(name: string, readReach: string, tenant: number | null = null, group: string | null = null) {
  const [made] = await world.sql<{ id: string }>(
    `insert into identity.roles (owner_id, id, name, name_key, functions, read_reach, read_tenant_owner_id, read_group_owner_id, read_group_id, write_reach, scope_ticket, scope_request, beyond)
     values (2, gen_random_uuid(), $1, lower($1), '{ticket.read}', $2, $3, (select g.owner_id from tenancy.groups g where g.id = $4), $4, 'none', 'all', 'all', true) returning id`,
    [name, readReach, tenant, group],
  );
  return (made as { id: string }).id;
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

type Sights = Map<string, { name: string; all: Set<string>; shared: Set<string> }>;

/** What every membership of these roles reads at this moment, by the very function that every request asks. */
async function sights(): Promise<Sights> {
  const rows = await world.sql<{ id: string; role: string; all: string[]; shared: string[] }>(
    `select m.id, r.name as role, array(select t.slug from tenancy.tenants t where t.owner_id = any(s.reads)) as all,
       array(select t.slug from tenancy.tenants t where t.owner_id = any(s.reads_optional)) as shared
     from identity.memberships m join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id), tenancy.scope_of('job', null, m.id) s where r.name like 'Drawn %'`,
  );
  return new Map(rows.map((one) => [one.id, { name: one.role, all: new Set(one.all), shared: new Set(one.shared) }]));
}

function changesBetween(before: Sights, after: Sights): string[] {
  const found = new Set<string>();
  for (const [id, now] of before) {
    const later = after.get(id) as typeof now;
    const differ = (from: typeof now, to: typeof now, change: string) => {
      // Never in part: whoever no longer reads a tenant does not see what it shares either, nor the other way round.
      for (const slug of from.all)
        if (!to.all.has(slug))
          found.add(`${now.name} ${change} ${to.shared.has(slug) ? 'all but the shared' : 'all'} ${slug}`);
      for (const slug of from.shared)
        if (!to.shared.has(slug) && !from.all.has(slug)) found.add(`${now.name} ${change} shared ${slug}`);
    };
    differ(now, later, 'loses');
    differ(later, now, 'gains');
  }
  return [...found].sort();
}

test('R3.4 R5.5 for every kind of reach, given by the provider or by the tenant, the preview equals what happens', async () => {
  const tenants: WorldTenant[] = [];
  for (let n = 0; n < 8; n++) tenants.push(await world.tenant({ name: `Spot ${n}`, slug: `spot-${n}` } as never));
  const at = (n: number) => tenants[n] as WorldTenant;
  for (const [tenant, parent] of [
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 0],
    [6, 5],
  ] as const)
    expect((await move(at(tenant).slug, at(parent).slug)).status).toBe(200);
  const [group] = await world.sql<{ id: string }>(
    `insert into tenancy.groups (owner_id, id, kind, name, name_key) values (3, gen_random_uuid(), 'defined', 'Drawn', 'drawn') returning id`,
  );
  await world.sql(
    `insert into tenancy.group_members (owner_id, id, group_id, member_owner_id) select 3, gen_random_uuid(), $1, unnest($2::int[])`,
    [group?.id, [at(3).owner, at(6).owner]],
  );
  const roles: string[] = [];
  for (const reach of ['own', 'subtenants', 'supertenants', 'related']) roles.push(await role(`Drawn ${reach}`, reach));
  for (const n of [2, 3, 4, 6]) roles.push(await role(`Drawn tenant ${n}`, 'tenant', at(n).owner));
  roles.push(await role('Drawn group', 'group', null, group?.id));
  for (const kind of ['subtenants', 'supertenants', 'related']) {
    for (const n of [1, 3, 4]) {
      const [system] = await world.sql<{ id: string }>(
        'select id from tenancy.groups where tenant_owner_id = $1 and kind = $2',
        [at(n).owner, kind],
      );
      roles.push(await role(`Drawn ${kind} of ${n}`, 'group', null, system?.id));
    }
  }
  for (const one of tenants) {
    const { contactId } = await world.person({ tenant: one, role: 'self-service-user' });
    await world.sql(
      `insert into identity.memberships (owner_id, id, contact_id, role_owner_id, role_id) select $1, gen_random_uuid(), $2, 2, unnest($3::uuid[])`,
      [one.owner, contactId, roles],
    );
  }
  const guest = await world.person({ role: 'self-service-user', name: 'Of the provider' });
  await world.sql(
    `insert into identity.memberships (owner_id, id, contact_id, role_owner_id, role_id, beyond) select 3, gen_random_uuid(), $1, 2, unnest($2::uuid[]), true`,
    [guest.contactId, roles],
  );
  for (const [closed, beyond] of [
    [false, true],
    [false, false],
    [true, true],
    [true, false],
  ]) {
    // R9.3: of these the provider alone reads, and what is shared along their lines is shared with nobody else.
    const status = closed ? 'inactive' : 'active';
    await world.sql(`update tenancy.tenants set status = $1 where owner_id = any($2) and status <> $1`, [
      status,
      [at(4).owner, at(6).owner],
    ]);
    // Given by the provider, then as though by the tenants themselves.
    await world.sql(
      `update identity.memberships m set beyond = $1 from identity.roles r where r.id = m.role_id and r.name like 'Drawn %'`,
      [beyond],
    );
    for (const [tenant, parent] of [
      [2, 5],
      [2, 7],
      [5, 3],
      [3, 0],
      [2, null],
      [1, 3],
      [5, 0],
      [3, 2],
      [1, 0],
      [2, 1],
    ] as const) {
      const to = parent === null ? null : at(parent).slug;
      const before = await sights();
      const shown = await preview(to ?? 'none', at(tenant).slug);
      expect((await move(at(tenant).slug, to)).status).toBe(200);
      const told = shown.changes
        .filter((one) => one.role.name?.startsWith('Drawn '))
        .flatMap((one) =>
          one.tenants.map((name) => `${one.role.name} ${one.change} ${one.sight} ${name.replace('Spot ', 'spot-')}`),
        );
      const happened = changesBetween(before, await sights());
      expect([...new Set(told)].sort(), `${closed} ${beyond} ${tenant} below ${parent}`).toEqual(happened);
      expect(happened.length).toBeGreaterThan(0);
    }
  }
}, 300_000);

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

test('R3.4 a move that was previewed is refused once somebody changed the lines that it is about, and done after a new look', async () => {
  const away = await world.tenant({ name: 'Away' });
  const goal = await world.tenant({ name: 'Goal' });
  const slug = below.slug;
  const shown = await preview(goal.slug, slug);
  expect((await move(goal.slug, away.slug)).status).toBe(200);
  const confirmed = ({ version, lines }: typeof shown) =>
    administrator.try(api.changeParent, {
      params: { slug },
      version,
      body: { parent: goal.slug, previewed: lines },
    });
  const refused = await confirmed(shown);
  expect([refused.status, refused.body.type]).toEqual([409, 'urn:tenantry:tenant.preview-stale']);
  expect((await administrator.call(api.getTenant, { params: { slug } })).parent?.slug).toBe(mover.slug);
  expect((await confirmed(await preview(goal.slug, slug))).status).toBe(200);
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
