import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldTenant } from '../../../test/world.ts';
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
