import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../test/world.ts';
import { makePasswordLink } from '../../identity/links/links.api.ts';
import { grantRole } from '../../identity/people/people.api.ts';
import { addRole } from '../../identity/roles/roles.api.ts';
import {
  addTenantGroup,
  addTenantGroupMember,
  getTenantGroup,
  listTenantGroupMembers,
  listTenantGroups,
  removeTenantGroupMember,
  setTenantGroupMembers,
  updateTenantGroup,
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

test('R5.5 T-26 a role on a group that is not active is beyond who does not see its members, and so is the group’s status', async () => {
  const { administrator } = world;
  const seen = await world.tenant({ name: 'Seen' });
  const hidden = await world.tenant({ name: 'Hidden' });
  const group = await administrator.call(addTenantGroup, { body: { name: 'Both', members: [seen.slug, hidden.slug] } });
  const onlySeen = await administrator.call(addTenantGroup, {
    body: { name: 'Seen alone', members: [seen.slug, administrator.tenant?.slug as string] },
  });
  const reaching = { readReach: 'group' as const, readGroup: group.id, functions: ['ticket.read' as const] };
  const wide = await administrator.call(addRole, { body: { ...reaching, name: 'On both', public: true } });
  const victim = await world.person({ role: wide.id, name: 'Victim' });
  const functions = [
    'ticket.read',
    'person.read',
    'person.administer',
    'role.administer',
    'tenant.read',
    'tenant-group.administer',
  ] as const;
  const role = await administrator.call(addRole, {
    body: { name: 'Limited', readReach: 'group', readGroup: onlySeen.id, functions: [...functions], public: true },
  });
  const limited = await world.person({ role: role.id, name: 'Limited' });

  const refused = async (version: number, status: 'active' | 'inactive') => {
    const change = { params: { id: group.id }, version, body: { status } };
    const answers = [
      await limited.try(addRole, { body: { ...reaching, name: 'Mine', tenant: administrator.tenant?.slug as string } }),
      await limited.try(grantRole, { params: { id: limited.contactId }, body: { roleId: wide.id } }),
      await limited.try(makePasswordLink, { params: { id: victim.contactId } }),
      await limited.try(updateTenantGroup, change),
    ];
    return answers.map(({ body }) => String(body.type).replace('urn:tenantry:', ''));
  };
  const beyond = await refused(group.version, 'inactive');
  expect(beyond[3]).toBe('tenant-group.beyond-reach');
  expect(beyond[0]).toBe('role.wider-than-yours');
  const changed = { params: { id: group.id }, version: group.version, body: { status: 'inactive' as const } };
  const inactive = await administrator.call(updateTenantGroup, changed);
  expect(await refused(inactive.version, 'active')).toEqual(beyond);
  // Of what they see all of, they do.
  const own = { params: { id: onlySeen.id }, version: onlySeen.version, body: { status: 'inactive' as const } };
  expect((await limited.try(updateTenantGroup, own)).body).toMatchObject({ status: 'inactive' });
});

test('R5.4 groups that follow the hierarchy are named to who sees their tenant, and members out of sight are neither named nor removed', async () => {
  const { administrator } = world;
  const near = await world.tenant({ name: 'Near by' });
  const far = await world.tenant({ name: 'Far away' });
  const { id: readGroup } = await administrator.call(addTenantGroup, {
    body: { name: 'Near', members: [near.slug, administrator.tenant?.slug as string] },
  });
  const mixed = await administrator.call(addTenantGroup, { body: { name: 'Mixed', members: [near.slug, far.slug] } });
  const functions = ['tenant-group.administer' as const, 'tenant.read' as const];
  const role = await administrator.call(addRole, {
    body: { name: 'Near ones', readReach: 'group', readGroup, functions, public: true },
  });
  const some = await world.person({ role: role.id, name: 'Some' });
  const named = async (search: string) => (await some.call(listTenantGroups, { query: { search } })).items;
  expect((await administrator.call(listTenantGroups, { query: { search: 'far away' } })).items).toHaveLength(4);
  expect(await named('far away')).toEqual([]);
  expect(await named('near by')).toHaveLength(4);
  const [hidden] = (await administrator.call(listTenantGroups, { query: { search: 'far away' } })).items;
  const params = { id: hidden?.id as string };
  expect((await some.try(getTenantGroup, { params })).status).toBe(404);
  expect((await some.try(updateTenantGroup, { params, version: 1, body: { name: 'Taken' } })).status).toBe(404);

  await some.call(setTenantGroupMembers, { params: { id: mixed.id }, version: mixed.version, body: { members: [] } });
  const left = await administrator.call(listTenantGroupMembers, { params: { id: mixed.id } });
  expect(left.items.map((one) => one.slug)).toEqual([far.slug]);
});
