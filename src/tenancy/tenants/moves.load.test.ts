import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldTenant } from '../../../test/world.ts';
import { createTicket, listTickets, updateTicket } from '../../desk/tickets/tickets.api.ts';
import * as api from './tenants.api.ts';

/** How many tenants move; 5000 for a measurement: `MOVED_TENANTS=5000 npx vitest run moves.load`. */
const moved = Number(process.env.MOVED_TENANTS ?? 300);
let world: World;
let above: WorldTenant;
let aside: WorldTenant;
let mover: WorldTenant;

beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  above = await world.tenant({ name: 'Above' });
  aside = await world.tenant({ name: 'Aside' });
  mover = await world.tenant({ name: 'Mover', parent: above });
  // In one statement, as thousands of requests for tenants would take too long; the triggers keep the closure as ever.
  await world.sql(
    `insert into tenancy.tenants (id, name, name_key, key, slug, status, parent_owner_id, subtenants_allowed)
     select gen_random_uuid(), 'Moved ' || n, 'moved ' || n, 'M' || lpad(n::text, 6, '0'), 'moved-' || n, 'active', $1, true from generate_series(1, $2::int) n`,
    [mover.owner, moved - 1],
  );
}, 300_000);
afterAll(() => world.close());

test('R3.3 while a subtree moves, everybody sees all of it below one tenant or all below the other', async () => {
  const seen = new Set<string>();
  const closure = `select count(*) filter (where ancestor_id = $1)::int as above, count(*) filter (where ancestor_id = $2)::int as aside,
    (select count(*)::int from tenancy.tenants t where t.depth <> (select max(c.distance) from tenancy.closure c where c.descendant_id = t.owner_id)) as wrong
    from tenancy.closure where ancestor_id in ($1, $2) and distance > 0`;
  let moving = true;
  const watch = async () => {
    while (moving) {
      const [one] = await world.sql<{ above: number; aside: number; wrong: number }>(closure, [
        above.owner,
        aside.owner,
      ]);
      seen.add(`${one?.above} ${one?.aside} ${one?.wrong}`);
    }
  };
  const watchers = [watch(), watch()];
  for (const to of [aside, above]) {
    const { version } = await world.administrator.call(api.getTenant, { params: { slug: mover.slug } });
    const looking = performance.now();
    const shown = await world.administrator.call(api.previewMove, {
      params: { slug: mover.slug },
      query: { parent: to.slug },
    });
    const started = performance.now();
    await world.administrator.call(api.changeParent, {
      params: { slug: mover.slug },
      version,
      body: { parent: to.slug },
    });
    const ended = performance.now();
    expect(shown.tenants).toBe(moved);
    expect(ended - started).toBeLessThan(5000);
    console.info(
      `${moved} tenants: preview ${Math.round(started - looking)} ms, move ${Math.round(ended - started)} ms`,
    );
  }
  moving = false;
  await Promise.all(watchers);
  for (const one of seen) expect([`${moved} 0 0`, `0 ${moved} 0`]).toContain(one);
  expect(seen.size).toBe(2);
}, 120_000);

test('R3.3 R5.8 under load, whoever reads downwards is shown all records of a moving subtree or none, and nobody in it is disturbed', async () => {
  const analyst = (tenant: WorldTenant) => world.person({ tenant, role: 'tenant-analyst' });
  const [over, beside, inside] = [await analyst(above), await analyst(aside), await analyst(mover)];
  const numbers: string[] = [];
  for (let n = 1; n <= 20; n++) {
    const { number } = await inside.call(createTicket, {
      body: { title: `Of tenant ${n}`, tenant: `moved-${n}` } as never,
    });
    numbers.push(number);
  }
  const seen = { over: new Set<number>(), beside: new Set<number>(), inside: new Set<number>() };
  let written = 0;
  let moving = true;
  const read = async (who: keyof typeof seen, person: typeof over) => {
    while (moving) {
      const { items } = await person.call(listTickets, { query: { limit: 200 } as never });
      seen[who].add(items.length);
    }
  };
  const write = async () => {
    let version = 1;
    while (moving) {
      const changed = await inside.call(updateTicket, {
        params: { number: numbers[0] as string },
        version,
        body: { title: `Written ${version}` },
      });
      version = changed.version;
      written++;
    }
  };
  const load = [read('over', over), read('beside', beside), read('inside', inside), write()];
  for (const to of [aside, above, aside, above]) {
    const { version } = await world.administrator.call(api.getTenant, { params: { slug: mover.slug } });
    await world.administrator.call(api.changeParent, {
      params: { slug: mover.slug },
      version,
      body: { parent: to.slug },
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  moving = false;
  await Promise.all(load);
  expect([...seen.over].sort()).toEqual([0, 20]);
  expect([...seen.beside].sort()).toEqual([0, 20]);
  expect([...seen.inside]).toEqual([20]);
  expect(written).toBeGreaterThan(4);
  console.info(`${written} tickets written while ${moved} tenants moved four times`);
}, 120_000);
