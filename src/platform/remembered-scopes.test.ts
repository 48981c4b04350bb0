import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../test/world.ts';
import type { Scope } from './scope.ts';
import type { Principal, Tx } from './units.ts';

// What is remembered makes a read faster. These try that it decides nothing (R1.2, R5.8).

let world: World;
let alpha: WorldTenant;
let beta: WorldTenant;
let analyst: WorldPerson;
beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  alpha = await world.tenant({ name: 'Alpha' });
  beta = await world.tenant({ name: 'Beta' });
  for (const { owner } of [alpha, beta])
    await world.sql(`insert into desk.categories (owner_id, id, name, name_key)
      select ${owner}, gen_random_uuid(), 'Of ${owner}', 'of ${owner}'`);
});
afterAll(() => world.close());

const asPerson = (person: WorldPerson): Principal => ({ kind: 'job', membershipId: person.membershipId as string });

/** Reads whose categories there are, and tells as whom the work was begun, each time. */
async function owners(person: WorldPerson, begun: Scope[] = []): Promise<number[]> {
  const work = async (tx: Tx) => {
    begun.push(tx.scope);
    const { rows } = await sql<{ owner_id: number }>`select owner_id from desk.categories where owner_id > 3`.execute(
      tx.q,
    );
    return rows.map((row) => row.owner_id);
  };
  return world.db.as(asPerson(person), work, { reads: true, access: 'ticket.read' });
}

test('R5.8 work that was begun as somebody has been before is begun again as they are now', async () => {
  analyst = await world.person({ tenant: alpha, role: 'tenant-analyst' });
  const begun: Scope[] = [];
  expect(await owners(analyst, begun)).toEqual([alpha.owner]);
  expect(await owners(analyst, begun)).toEqual([alpha.owner]);
  // The second time, the work did not wait for the database to say who it is.
  expect(begun).toHaveLength(2);
  // By SQL, as another process would: nobody tells this one.
  await world.sql(`update tenancy.tenants set parent_owner_id = $1 where owner_id = $2`, [alpha.owner, beta.owner]);
  expect((await owners(analyst, begun)).toSorted()).toEqual([alpha.owner, beta.owner].toSorted());
  expect(begun.map((scope) => scope.reads.size)).toEqual([1, 1, 1, 2]);
  await world.sql(`update tenancy.tenants set parent_owner_id = null where owner_id = $1`, [beta.owner]);
  expect(await owners(analyst, begun)).toEqual([alpha.owner]);
  expect(begun.map((scope) => scope.reads.size)).toEqual([1, 1, 1, 2, 2, 1]);
});

test('R5.8 R5.9 who may not any more is refused as such, whatever the work has found meanwhile', async () => {
  const person = await world.person({ tenant: alpha, role: 'tenant-analyst' });
  expect(await owners(person)).toEqual([alpha.owner]);
  const begun: Scope[] = [];
  await world.sql(
    `update identity.memberships set (role_owner_id, role_id) = (select owner_id, id from identity.roles where stock = 'self-service-user')
    where id = $1`,
    [person.membershipId],
  );
  const reading = world.db.as(asPerson(person), async (tx) => void begun.push(tx.scope), {
    reads: true,
    access: 'ticket.assign',
  });
  await expect(reading).rejects.toMatchObject({ type: 'not-allowed' });
  await world.sql(`update identity.memberships set status = 'ended' where id = $1`, [person.membershipId]);
  await expect(owners(person)).rejects.toMatchObject({ type: 'not-signed-in' });
});

test('R11.1 what an attempt has told a tenant that is thrown away, nobody was told', async () => {
  const person = await world.person({ tenant: alpha, role: 'tenant-analyst' });
  expect(await owners(person)).toEqual([alpha.owner]);
  await world.sql(`update tenancy.tenants set parent_owner_id = $1 where owner_id = $2`, [alpha.owner, beta.owner]);
  const reading = {
    endpoint: '',
    kind: 'category',
    manner: 'listed' as const,
    of: '',
    filters: [],
    noted: new Set<number>(),
  };
  const work = async (tx: Tx) => {
    // As the person was until now, it tells Beta by itself; as they are, it shows what is Beta's.
    const subject = { kind: 'category', id: null, label: '', owner: beta.owner };
    if (tx.scope.reads.size === 1) return tx.record('category.exported', subject);
    await tx.q.selectFrom('desk.categories').select(['owner_id', 'name']).execute();
  };
  const origin = { requestId: 'of this test', address: '', reading };
  await world.db.as(asPerson(person), work, { reads: true, access: 'ticket.read', origin });
  await world.sql(`update tenancy.tenants set parent_owner_id = null where owner_id = $1`, [beta.owner]);
  expect([...reading.noted]).toEqual([beta.owner]);
  const noted = await world.sql<{ action: string }>(
    `select action from platform.audit_entries where owner_id = $1 and request_id = 'of this test'
     union all select 'category.listed' from platform.read_windows where owner_id = $1 and membership_id = $2`,
    [beta.owner, person.membershipId],
  );
  expect(new Set(noted.map(({ action }) => action))).toEqual(new Set(['category.listed']));
});

test('R1.2 of the switch nothing is remembered', async () => {
  expect(await owners(analyst)).toEqual([alpha.owner]);
  await world.sql(`update tenancy.solution set multi_tenancy = 'off'`);
  expect((await owners(analyst)).toSorted()).toEqual([alpha.owner, beta.owner].toSorted());
  await world.sql(`update tenancy.solution set multi_tenancy = 'on'`);
  expect(await owners(analyst)).toEqual([alpha.owner]);
});

test('what work does to the scope that it was given is a failure, and no other’s scope', async () => {
  await owners(analyst);
  const spoiling = world.db.as(
    asPerson(analyst),
    async (tx) => void (tx.scope.reads.all as number[]).push(beta.owner),
    {
      reads: true,
    },
  );
  await expect(spoiling).rejects.toThrow(TypeError);
  expect(await owners(analyst)).toEqual([alpha.owner]);
});

test('what writes waits for its scope', async () => {
  const begun: Scope[] = [];
  await owners(analyst);
  await world.sql(`update tenancy.tenants set parent_owner_id = $1 where owner_id = $2`, [alpha.owner, beta.owner]);
  await world.db.as(asPerson(analyst), async (tx) => void begun.push(tx.scope));
  expect(begun.map((scope) => scope.reads.size)).toEqual([2]);
  await world.sql(`update tenancy.tenants set parent_owner_id = null where owner_id = $1`, [beta.owner]);
});
