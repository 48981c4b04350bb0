import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { functionNames } from '../functions.ts';
import { addPerson, listPeople } from '../people/people.api.ts';
import { getMe } from '../sessions/sessions.api.ts';
import { listGrantableRoles, listRoles } from './roles.api.ts';

let world: World;
let parent: WorldTenant;
let child: WorldTenant;

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  parent = await world.tenant({ name: 'Parent', slug: 'parent' });
  child = await world.tenant({ name: 'Child', slug: 'child', parent });
  const other = await world.tenant({ name: 'Other', slug: 'other' });
  for (const tenant of [parent, child, other])
    await world.person({ tenant, role: 'self-service-user', name: `Somebody of ${tenant.name}` });
});
afterAll(() => world.close());

/** The documented table: heading of a column → name of a row → cell. */
async function documented(): Promise<Map<string, Map<string, string>>> {
  const text = await readFile(new URL('../../../docs/rules/stock-roles.md', import.meta.url), 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('|-'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [heading, ...body] = rows as [string[], ...string[][]];
  return new Map(
    heading
      .slice(1)
      .map((role, column) => [role, new Map(body.map((row) => [row[0] as string, row[column + 1] as string]))]),
  );
}

test('R5.11 the documented table of delivered roles is what the database has, cell by cell', async () => {
  const table = await documented();
  const { items } = await world.administrator.call(listRoles, { query: { public: 'only', limit: 200 } });
  const delivered = items.filter((role) => role.stock !== null);
  expect(delivered.map((role) => role.name).sort()).toEqual([...table.keys()].sort());
  for (const role of delivered) {
    const expected = table.get(role.name) as Map<string, string>;
    expect([...expected.keys()].slice(4)).toEqual([...functionNames]);
    const cells = (row: string): string => {
      if (row === 'read reach') return role.readReach;
      if (row === 'write reach') return role.writeReach;
      if (row === 'scope of tickets') return role.scopeTicket;
      if (row === 'scope of requests') return role.scopeRequest;
      return role.functions.includes(row) ? 'yes' : '';
    };
    for (const [row, cell] of expected) expect([role.name, row, cells(row)]).toEqual([role.name, row, cell]);
  }
});

const reached: [string, 'provider' | 'parent' | 'child', string[] | 403][] = [
  ['system-administrator', 'provider', ['Northwind', 'Parent', 'Child', 'Other']],
  ['provider-analyst', 'provider', ['Northwind', 'Parent', 'Child', 'Other']],
  ['provider-auditor', 'provider', ['Northwind', 'Parent', 'Child', 'Other']],
  ['tenant-administrator', 'parent', ['Parent', 'Child']],
  ['tenant-analyst', 'parent', ['Parent', 'Child']],
  ['tenant-auditor', 'parent', ['Parent', 'Child']],
  ['tenant-administrator', 'child', ['Child']],
  ['tenant-analyst', 'child', ['Child']],
  ['tenant-auditor', 'child', ['Child']],
  ['self-service-user', 'parent', 403],
];

test.each(reached)('R5.11 %s of the %s reads the people of its reach', async (role, where, tenants) => {
  const person = await personWith(role, where);
  const answer = await person.try(listPeople, { query: { limit: 200 } });
  if (tenants === 403) return expect(answer.status).toBe(403);
  expect([...new Set(answer.body.items.map((one) => one.tenant?.name))].sort()).toEqual([...tenants].sort());
});

test.each(reached)(
  'R5.11 %s of the %s is told exactly its documented functions, and whether it writes',
  async (role, where) => {
    const person = await personWith(role, where);
    const { acting } = await person.call(getMe);
    const name = [...(await documented()).entries()].find(
      ([title]) => title.toLowerCase().replaceAll(' ', '-') === role,
    );
    const expected = [...(name?.[1] ?? [])]
      .filter(([row, cell]) => row.includes('.') && cell === 'yes')
      .map(([row]) => row);
    expect([...(acting?.functions ?? [])].sort()).toEqual(expected.sort());
    expect(acting?.writes).toBe(!role.endsWith('auditor'));
    expect(acting?.updatePublic).toBe(role === 'system-administrator');
  },
);

test('R5.11 the provider’s roles are refused to people of tenants, whoever grants them', async () => {
  const roles = (await world.administrator.call(listRoles, { query: { public: 'only', limit: 200 } })).items;
  for (const stock of ['system-administrator', 'provider-analyst', 'provider-auditor']) {
    const roleId = roles.find((role) => role.stock === stock)?.id as string;
    const body = { userName: `as.${stock}`, displayName: stock, roleId, tenant: 'parent' };
    expect([stock, (await world.administrator.try(addPerson, { body })).body.type]).toEqual([
      stock,
      'urn:tenantry:role.providers-only',
    ]);
  }
  const offered = await world.administrator.call(listGrantableRoles, { query: { tenant: 'parent' } });
  expect(offered.items.map((role) => role.stock)).toEqual([
    'self-service-user',
    'tenant-administrator',
    'tenant-analyst',
    'tenant-auditor',
  ]);
});

const known = new Map<string, WorldPerson>();
async function personWith(role: string, where: string): Promise<WorldPerson> {
  const key = `${role} ${where}`;
  const tenant = where === 'parent' ? parent : where === 'child' ? child : null;
  const person = known.get(key) ?? (await world.person({ tenant, role, name: `${key} person` }));
  known.set(key, person);
  return person;
}
