import type pg from 'pg';
import { hashPassword } from '../../src/identity/passwords.ts';
import { foldName } from '../../src/platform/fold.ts';
import { copyRows } from './copying.ts';
import type { Forest } from './forest.ts';
import { type PlannedPerson, planPeople, reachRoles } from './people.ts';
import { Random } from './random.ts';

/** The password of everybody in a generated installation. */
export const everybodysPassword = 'seven green bicycles';

export async function loadPeople(client: pg.Client, forest: Forest): Promise<Map<number, PlannedPerson[]>> {
  const random = new Random(forest.seed + 4);
  const people = planPeople(forest);
  const everybody = [...people.values()].flat();
  const roles = await rolesOf(client, forest, random);
  const hash = await hashPassword(everybodysPassword);
  await copyRows(
    client,
    'identity.people',
    ['owner_id', 'id', 'user_name', 'user_name_key', 'display_name', 'email'],
    everybody.map((p) => [
      p.owner,
      p.personId,
      p.userName,
      foldName(p.userName),
      p.displayName,
      `${p.userName}@example.test`,
    ]),
  );
  await copyRows(
    client,
    'identity.contacts',
    ['owner_id', 'id', 'person_owner_id', 'person_id', 'display_name', 'name_key', 'work_address'],
    everybody.map((p) => [
      p.owner,
      p.contactId,
      p.owner,
      p.personId,
      p.displayName,
      foldName(p.displayName),
      `${p.userName}@example.test`,
    ]),
  );
  await copyRows(
    client,
    'identity.memberships',
    ['owner_id', 'id', 'contact_id', 'role_owner_id', 'role_id', 'beyond'],
    everybody.map((p) => [
      p.owner,
      p.membershipId,
      p.contactId,
      ...(roles.get(p.role) as [number, string]),
      p.owner === 3,
    ]),
  );
  await copyRows(
    client,
    'identity.passwords',
    ['owner_id', 'id', 'person_id', 'hash'],
    everybody.map((p) => [p.owner, random.id(forest.until), p.personId, hash]),
  );
  return people;
}

/** The delivered ones, and one of the provider's for every reach there is. */
async function rolesOf(client: pg.Client, forest: Forest, random: Random): Promise<Map<string, [number, string]>> {
  const { rows } = await client.query<{ stock: string; owner_id: number; id: string; functions: string[] }>(
    'select stock, owner_id, id, functions from identity.roles where stock is not null',
  );
  const roles = new Map<string, [number, string]>(rows.map((row) => [row.stock, [row.owner_id, row.id]]));
  const functions = `{${rows.find(({ stock }) => stock === 'tenant-analyst')?.functions.join(',')}}`;
  const group = await loadGroup(client, forest, random);
  await copyRows(
    client,
    'identity.roles',
    [
      'owner_id',
      'id',
      'name',
      'name_key',
      'functions',
      'read_reach',
      'read_tenant_owner_id',
      'read_group_owner_id',
      'read_group_id',
      'beyond',
    ],
    reachRoles.map((reach) => {
      const id = random.id(forest.until);
      roles.set(reach, [3, id]);
      const named = reach === 'tenant' ? forest.tenants[0]?.owner : null;
      return [
        3,
        id,
        `Reach ${reach}`,
        `reach ${reach}`,
        functions,
        reach,
        named,
        reach === 'group' ? 3 : null,
        reach === 'group' ? group : null,
        true,
      ];
    }),
  );
  return roles;
}

/** A group that the provider has defined, of up to a hundred tenants from everywhere. */
async function loadGroup(client: pg.Client, forest: Forest, random: Random): Promise<string> {
  const id = random.id(forest.until);
  const step = Math.max(1, Math.floor(forest.tenants.length / 100));
  await copyRows(
    client,
    'tenancy.groups',
    ['owner_id', 'id', 'kind', 'name', 'name_key'],
    [[3, id, 'defined', 'Every hundredth', 'every hundredth']],
  );
  await copyRows(
    client,
    'tenancy.group_members',
    ['owner_id', 'id', 'group_id', 'member_owner_id'],
    forest.tenants
      .filter((_tenant, place) => place % step === 0)
      .map((tenant) => [3, random.id(forest.until), id, tenant.owner]),
  );
  return id;
}
