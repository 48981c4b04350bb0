import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../test/world.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import {
  addTenantGroup,
  addTenantGroupMember,
  getTenantGroup,
  listTenantGroupMembers,
  removeTenantGroupMember,
  setTenantGroupMembers,
} from './groups.api.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.enable();
});
afterAll(() => world.close());

test('R3.5 R5.4 a group of two thousand is read page by page, changed tenant by tenant, and counted as far as one reads', async () => {
  const { administrator } = world;
  const inside = await world.tenant({ name: 'Counted inside' });
  const others = await world.tenant({ name: 'Counted outside' });
  const group = await administrator.call(addTenantGroup, { body: { name: 'Of thousands', members: [inside.slug] } });
  const params = { id: group.id };
  await world.sql(
    `insert into tenancy.tenants (owner_id, id, name, name_key, key, slug, status)
     select nextval('tenancy.owner_ids'), gen_random_uuid(), 'Many ' || n, lower('Many ' || n), 'M' || n, 'many-' || n, 'active' from generate_series(1, 2000) n`,
  );
  const members = Array.from({ length: 2000 }, (_, n) => `many-${n + 1}`);
  const set = await administrator.call(setTenantGroupMembers, {
    params,
    version: group.version,
    body: { members: [...members, others.slug] },
  });
  expect(set.members).toBe(2001);
  const read: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query: { limit: number; cursor?: string } = cursor ? { limit: 200, cursor } : { limit: 200 };
    const page = await administrator.call(listTenantGroupMembers, { params, query });
    read.push(...page.items.map((one) => one.slug));
    cursor = page.next;
  }
  expect([...read].sort()).toEqual([...members, others.slug].sort());
  const found = await administrator.call(listTenantGroupMembers, { params, query: { search: 'many 1999' } });
  expect(found.items.map((one) => one.slug)).toEqual(['many-1999']);

  for (const _again of [1, 2])
    await administrator.call(addTenantGroupMember, { params: { ...params, slug: inside.slug } });
  for (const _again of [1, 2])
    await administrator.call(removeTenantGroupMember, { params: { ...params, slug: 'many-7' } });
  expect((await administrator.call(getTenantGroup, { params })).members).toBe(2001);
  const stale = { params, version: set.version, body: { members: [] } };
  expect((await administrator.try(setTenantGroupMembers, stale)).status).toBe(412);
  const absent = await administrator.try(addTenantGroupMember, { params: { ...params, slug: 'nowhere' } });
  expect([absent.status, absent.body.type]).toEqual([422, 'urn:tenantry:tenant-unknown']);

  // Somebody who administers groups and reads two tenants is told of those alone.
  const provider = administrator.tenant?.slug as string;
  const some = { name: 'Few', members: [inside.slug, provider] };
  const { id: readGroup } = await administrator.call(addTenantGroup, { body: some });
  const functions = ['tenant-group.administer' as const, 'tenant.read' as const];
  const role = await administrator.call(addRole, {
    body: { name: 'Groups of few', readReach: 'group', readGroup, functions, public: true },
  });
  const few = await world.person({ role: role.id, name: 'Few' });
  expect((await few.call(getTenantGroup, { params })).members).toBe(1);
  const theirs = await few.call(listTenantGroupMembers, { params });
  expect(theirs.items.map((one) => one.slug)).toEqual([inside.slug]);
  expect((await few.try(addTenantGroupMember, { params: { ...params, slug: others.slug } })).body.type).toBe(
    'urn:tenantry:tenant-unknown',
  );
});
