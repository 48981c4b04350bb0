import { AsyncResource } from 'node:async_hooks';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { openWorld, type World, type WorldPerson, type WorldTenant } from '../../../test/world.ts';
import { createTicket } from '../../desk/tickets/tickets.api.ts';
import { sealAudit } from './sealing.ts';
import { type Finding, listAuditHeads, verifyAudit } from './verification.api.ts';

let world: World;
let alpha: WorldTenant;
let analyst: WorldPerson;
const verify = (body = {}) => world.administrator.call(verifyAudit, { body });
const facts = (findings: Finding[]) => findings.map(({ kind, tenant, entry }) => [kind, tenant?.slug, entry?.subject]);

beforeAll(async () => {
  world = await openWorld();
  await world.enable('Northwind');
  alpha = await world.tenant({ name: 'Alpha' });
  analyst = await world.person({ tenant: alpha, role: 'tenant-analyst', name: 'Ana' });
  // Three seals of two entries each, the last tickets first in the list below.
  for (const round of [1, 2, 3]) {
    for (const each of [1, 2]) await analyst.call(createTicket, { body: { title: `Ticket ${round}.${each}` } });
    await sealAudit(world.db);
  }
});
afterAll(() => world.close());

interface Entry {
  id: string;
  label: string;
  sequence: number;
}
const tickets = () =>
  world.sql<Entry & Record<string, unknown>>(
    `select e.id, e.subject_label as label, l.sequence::int from platform.audit_entries e join platform.audit_links l using (owner_id, id)
     where e.owner_id = $1 and e.action = 'ticket.created' order by l.sequence`,
    [alpha.owner],
  );

/** What is tampered with as the owning login is put back afterwards, from copies of the tables. */
async function tampered(statements: string[], look: () => Promise<void>): Promise<void> {
  const tables = ['audit_entries', 'audit_links', 'audit_seals', 'audit_heads', 'audit_sealing'];
  for (const table of tables) await world.sql(`create table public.${table}_copy as table platform.${table}`);
  try {
    for (const statement of statements) await world.sql(statement);
    await look();
  } finally {
    for (const table of tables) {
      await world.sql(`delete from platform.${table}`);
      await world.sql(`insert into platform.${table} select * from public.${table}_copy`);
      await world.sql(`drop table public.${table}_copy`);
    }
  }
}

test('R11.1 what was recorded is sealed, in a chain for each tenant, and verifies', async () => {
  await sealAudit(world.db);
  const result = await verify();
  expect([result.findings, result.intact, result.more]).toEqual([[], true, false]);
  const [row] = await world.sql(
    'select count(*)::int as entries, count(distinct owner_id)::int as chains from platform.audit_links',
  );
  expect([result.entries, result.chains]).toEqual([row?.entries, row?.chains]);
  expect(result.entries).toBeGreaterThan(20);
  const [places] = await world.sql(
    `select bool_and(least = 1 and greatest = n) as whole from (select min(sequence) as least, max(sequence) as greatest, count(*) as n
       from platform.audit_links group by owner_id) c`,
  );
  expect(places?.whole).toBe(true);
});

test('R11.1 says how much is not sealed yet, and no write waits for the seal', async () => {
  await sealAudit(world.db);
  await analyst.call(createTicket, { body: { title: 'Fresh' } });
  const before = await verify();
  // The ticket, and that somebody has verified.
  expect([before.intact, before.unsealed]).toEqual([true, 2]);
  expect(Date.parse(before.unsealedSince ?? '')).toBeGreaterThan(Date.now() - 60_000);
  await sealAudit(world.db);
  expect((await verify()).entries).toBe(before.entries + 2);
});

describe('R11.1 what the owning login has done to the audit is found and named', () => {
  const cases: [string, (entries: Entry[]) => string[], (entries: Entry[]) => unknown[]][] = [
    [
      'a changed entry',
      ([, one]) => [`update platform.audit_entries set details = '{"was": "otherwise"}' where id = '${one?.id}'`],
      ([, one]) => [['changed', 'alpha', one?.label]],
    ],
    [
      'an entry of somebody else',
      ([, one]) => [`update platform.audit_entries set actor_label = 'Nobody' where id = '${one?.id}'`],
      ([, one]) => [['changed', 'alpha', one?.label]],
    ],
    [
      'an entry of another instant',
      ([, one]) => [`update platform.audit_entries set at = at + interval '1 microsecond' where id = '${one?.id}'`],
      ([, one]) => [['changed', 'alpha', one?.label]],
    ],
    [
      'a removed entry',
      ([, one]) => [`delete from platform.audit_entries where id = '${one?.id}'`],
      () => [['removed', 'alpha', '']],
    ],
    [
      'a removed entry with its link',
      ([, one]) => [
        `delete from platform.audit_entries where id = '${one?.id}'`,
        `delete from platform.audit_links where id = '${one?.id}'`,
      ],
      () => [['seal-changed', 'alpha', undefined]],
    ],
    [
      'two entries that changed their places',
      ([one, two]) => [
        `update platform.audit_links set sequence = -sequence where id in ('${one?.id}', '${two?.id}')`,
        `update platform.audit_links set sequence = ${two?.sequence} where id = '${one?.id}'`,
        `update platform.audit_links set sequence = ${one?.sequence} where id = '${two?.id}'`,
      ],
      ([one, two]) => [
        ['reordered', 'alpha', two?.label],
        ['reordered', 'alpha', one?.label],
      ],
    ],
    [
      'two entries that changed their contents',
      ([one, two]) => [
        `update platform.audit_entries e set subject_label = o.subject_label, details = o.details, at = o.at from platform.audit_entries o
           where (e.id = '${one?.id}' and o.id = '${two?.id}') or (e.id = '${two?.id}' and o.id = '${one?.id}')`,
      ],
      ([one, two]) => [
        ['changed', 'alpha', two?.label],
        ['changed', 'alpha', one?.label],
      ],
    ],
    [
      'an inserted entry with an old transaction',
      ([one]) => [
        `insert into platform.audit_entries (owner_id, id, action, subject_kind, subject_label, transaction)
           select owner_id, platform.new_id(), 'ticket.resolved', 'ticket', 'FORGED', transaction from platform.audit_entries where id = '${one?.id}'`,
      ],
      () => [['inserted', 'alpha', 'FORGED']],
    ],
    [
      'the last entries, with links, seals and a head that was put back',
      (entries) => {
        const owner = `owner_id = ${alpha.owner}`;
        const last = `(select max(sequence) from platform.audit_seals where ${owner})`;
        const from = `(select first from platform.audit_seals where ${owner} and sequence = ${last})`;
        expect(entries.length).toBeGreaterThan(4);
        return [
          `delete from platform.audit_entries where ${owner} and id in (select id from platform.audit_links where ${owner} and sequence >= ${from})`,
          `delete from platform.audit_links where ${owner} and sequence >= ${from}`,
          `delete from platform.audit_seals where ${owner} and sequence = ${last}`,
          `update platform.audit_heads h set seals = s.sequence, entries = s.last, hash = s.hash from platform.audit_seals s
             where h.${owner} and s.${owner} and s.sequence = ${last}`,
        ];
      },
      () => [['seal-removed', undefined, undefined]],
    ],
    [
      'the last entries alone',
      () => [
        `delete from platform.audit_entries where owner_id = ${alpha.owner} and id in
           (select id from platform.audit_links where owner_id = ${alpha.owner} order by sequence desc limit 2)`,
      ],
      () => [
        ['removed', 'alpha', ''],
        ['removed', 'alpha', ''],
      ],
    ],
    [
      'the last seal',
      () => [
        `delete from platform.audit_seals s where owner_id = ${alpha.owner} and sequence = (select seals from platform.audit_heads where owner_id = ${alpha.owner})`,
      ],
      () => [['head', 'alpha', undefined]],
    ],
    [
      'a seal in the middle',
      () => [`delete from platform.audit_seals where owner_id = ${alpha.owner} and sequence = 2`],
      () => [['seal-removed', 'alpha', undefined]],
    ],
    [
      'an entry with a digest to suit it',
      ([, one]) => [
        `update platform.audit_entries set details = '{"was": "otherwise"}' where id = '${one?.id}'`,
        `update platform.audit_links l set digest = platform.payload_digest(e) from platform.audit_entries e where e.id = l.id and l.id = '${one?.id}'`,
      ],
      () => [['seal-changed', 'alpha', undefined]],
    ],
    [
      'text that is gone, and nothing says why',
      ([, one]) => [
        `update platform.audit_entries set erased_at = now(), subject_label = '', details = '{}' where id = '${one?.id}'`,
      ],
      () => [['erased', 'alpha', '']],
    ],
  ];
  test.each(cases)('%s', async (_what, statements, expected) => {
    await sealAudit(world.db);
    const entries = await tickets();
    await tampered(statements(entries), async () => {
      const result = await verify();
      expect(result.intact).toBe(false);
      expect(facts(result.findings)).toEqual(expected(entries));
    });
    expect((await verify()).findings).toEqual([]);
  });

  test('an entry that is inserted now and says that it is from before', async () => {
    await sealAudit(world.db);
    await tampered(
      [
        `insert into platform.audit_entries (owner_id, id, action, subject_kind, subject_label, at)
           values (${alpha.owner}, platform.new_id(), 'ticket.resolved', 'ticket', 'FORGED', now() - interval '1 day')`,
      ],
      async () => {
        await sealAudit(world.db);
        expect(facts((await verify()).findings)).toEqual([['backdated', 'alpha', 'FORGED']]);
      },
    );
  });
});

test('R11.1 a chain that is written anew from its beginning is found by a head that was noted elsewhere', async () => {
  await sealAudit(world.db);
  const { items: heads } = await world.administrator.call(listAuditHeads);
  const noted = heads.map(({ chain, seals, hash }) => ({ chain, seals, hash }));
  const good = await verify({ heads: noted });
  expect([good.intact, good.confirmed]).toEqual([true, noted.length]);
  const [one] = await tickets();
  const rewritten = [
    `update platform.audit_entries set details = '{"was": "otherwise"}' where id = '${one?.id}'`,
    ...['audit_links', 'audit_seals', 'audit_heads'].map((table) => `delete from platform.${table}`),
    `update platform.audit_sealing set horizon = '0', seals = 0`,
  ];
  await tampered(rewritten, async () => {
    await sealAudit(world.db);
    expect((await verify()).intact).toBe(true);
    const found = await verify({ heads: noted });
    expect(found.confirmed).toBeLessThan(noted.length);
    expect(facts(found.findings)).toContainEqual(['head', undefined, undefined]);
  });
});

test('R11.1 a payload is erased and the chain still verifies, if an entry says that it was', async () => {
  const [one] = await tickets();
  await tampered(
    [
      `update platform.audit_entries set erased_at = now(), subject_label = '', details = '{}', actor_label = '', address = '' where id = '${one?.id}'`,
      `insert into platform.audit_entries (owner_id, id, action, subject_kind, subject_id)
         values (${alpha.owner}, platform.new_id(), 'audit-entry.payload-erased', 'audit-entry', '${one?.id}')`,
    ],
    async () => {
      await sealAudit(world.db);
      const result = await verify();
      expect([result.findings, result.erased]).toEqual([[], 1]);
    },
  );
});

test('R11.1 what is committed late is sealed all the same, in its place after what was sealed before', async () => {
  await sealAudit(world.db);
  // Apart from the unit of work that is still open: another request, and another process that seals.
  const meanwhile = AsyncResource.bind(async () => {
    await analyst.call(createTicket, { body: { title: 'Meanwhile' } });
    await sealAudit(world.db);
  });
  const late = await world.db.asSystem(async (system) => {
    const subject = { kind: 'ticket', id: null, label: 'LATE', owner: alpha.owner };
    await system.record('ticket.late', subject);
    // Others commit and are sealed while this is under way: but not beyond it.
    await meanwhile();
    return world.sql(
      `select count(*)::int as n from platform.audit_entries e where not exists (select from platform.audit_links l where l.id = e.id)`,
    );
  });
  expect(Number(late[0]?.n)).toBeGreaterThan(0);
  await sealAudit(world.db);
  const rest = await world.sql<{ label: string }>(
    `select e.subject_label as label from platform.audit_entries e join platform.audit_links l using (owner_id, id) where e.action = 'ticket.late'`,
  );
  expect(rest.map(({ label }) => label)).toEqual(['LATE']);
  expect((await verify()).findings).toEqual([]);
});

test('R11.1 several processes seal at once and make one chain', async () => {
  await Promise.all(
    Array.from({ length: 30 }, (_, i) => analyst.call(createTicket, { body: { title: `At once ${i}` } })),
  );
  await Promise.all(Array.from({ length: 6 }, () => sealAudit(world.db)));
  await sealAudit(world.db);
  const result = await verify();
  expect([result.findings, result.unsealed]).toEqual([[], 1]);
});

test('R11.2 R5.4 a tenant’s auditor verifies the own chain, and learns of no other', async () => {
  const auditor = await world.person({ tenant: alpha, role: 'tenant-auditor' });
  await sealAudit(world.db);
  const result = await auditor.call(verifyAudit, { body: {} });
  expect([result.chains, result.intact]).toEqual([1, true]);
  const { items } = await auditor.call(listAuditHeads);
  expect(items.map(({ tenant }) => tenant?.slug)).toEqual(['alpha']);
  const of = await world.administrator.call(verifyAudit, { body: { tenant: 'alpha' } });
  expect([of.chains, of.entries]).toEqual([1, items[0]?.entries]);
  expect((await auditor.try(verifyAudit, { body: { tenant: 'northwind' } })).status).toBe(422);
});

test('R11.1 no login of the program can change what was recorded or sealed', async () => {
  const tables = ['audit_entries', 'audit_links', 'audit_seals', 'audit_heads', 'audit_sealing', 'read_windows'];
  const open = await world.sql(
    `select r.rolname, t, p from pg_roles r, unnest($1::text[]) t, unnest(array['update', 'delete', 'truncate', 'insert']) p
     where starts_with(r.rolname, $2) and r.rolname <> $3 and not r.rolsuper and has_table_privilege(r.oid, 'platform.' || t, p)
       and not (t = 'audit_entries' and p = 'insert')`,
    [tables, `${world.db.prefix}_`, (await world.sql<{ u: string }>('select current_user as u'))[0]?.u],
  );
  expect(open).toEqual([]);
});

test('R11.1 R1.6 turning multi-tenancy on leaves what was recorded before in its chain', async () => {
  const apart = await openWorld();
  try {
    await apart.administrator.call(createTicket, { body: { title: 'Before' } });
    await sealAudit(apart.db);
    const before = await apart.sql('select id from platform.audit_links where owner_id = 1 order by sequence');
    expect(before.length).toBeGreaterThan(1);
    await apart.enable('Northwind');
    await sealAudit(apart.db);
    const after = await apart.sql('select id from platform.audit_links where owner_id = 1 order by sequence');
    expect(after.slice(0, before.length)).toEqual(before);
    expect((await apart.administrator.call(verifyAudit, { body: {} })).findings).toEqual([]);
  } finally {
    await apart.close();
  }
});

describe('R11.1 a database that was restored on another cluster', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    owner = new pg.Client(database.owner);
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.close();
  });

  test.each([
    ['counts from less', '9000000000000'],
    ['counts from more', '5'],
  ])('that %s: what was not sealed there is sealed here, once', async (_what, number) => {
    await owner.query(`update platform.audit_sealing set cluster = 1, horizon = $1`, [number]);
    await owner.query(
      `insert into platform.audit_entries (owner_id, id, action, subject_kind, transaction) select 1, platform.new_id(), 'brought.along', 'x', $1 from generate_series(1, 3)`,
      [number],
    );
    await owner.query(
      `insert into platform.audit_entries (owner_id, id, action, subject_kind) values (1, platform.new_id(), 'made.here', 'x')`,
    );
    const seal = async (most: number) => (await owner.query('select platform.seal_audit($1) as n', [most])).rows[0].n;
    expect([await seal(2), await seal(2), await seal(2)]).toEqual([2, 2, 0]);
    await owner.query(
      `insert into platform.audit_entries (owner_id, id, action, subject_kind) values (1, platform.new_id(), 'made.later', 'x')`,
    );
    expect([await seal(100), await seal(100)]).toEqual([1, 0]);
  });
});
