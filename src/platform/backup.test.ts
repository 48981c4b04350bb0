import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { openWorld, type World } from '../../test/world.ts';
import { backUp, restore } from './backup.ts';

let world: World;
let source: pg.ClientConfig;
let folder: string;
let file: string;
let target: TestDatabase;

const strange = 'a\\b\tc \u2028 d\r\n\\. “ñ”';

beforeAll(async () => {
  world = await openWorld();
  await world.enable();
  const parent = await world.tenant({ name: 'North', subtenantsAllowed: true });
  await world.tenant({ name: 'North below', parent });
  await world.person({ tenant: parent, role: 'tenant-analyst' });
  await world.sql('update tenancy.tenants set description = $1 where owner_id = $2', [strange, parent.owner]);
  folder = await mkdtemp(join(tmpdir(), 'tenantry-backup-'));
  file = join(folder, 'whole.backup');
  target = await testDatabase();
  const [{ database } = {}] = await world.sql<{ database: string }>('select current_database() as database');
  source = { ...target.owner, database: database as string };
  await backUp(source, file);
});

afterAll(async () => {
  await target.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function lookAt(config: pg.ClientConfig): Promise<unknown> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    const tenants = await client.query(`select * from tenancy.tenants order by owner_id`);
    const people = await client.query(`select * from identity.people order by id`);
    const keys = await client.query(
      `select conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid) from pg_constraint order by 1, 2`,
    );
    const walls = await client.query(
      `select oid::regclass::text, relforcerowsecurity, relrowsecurity from pg_class where relkind = 'r' order by 1`,
    );
    const triggers = await client.query(
      `select tgrelid::regclass::text, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2`,
    );
    const next = await client.query(`select last_value, is_called from tenancy.owner_ids`);
    return [tenants.rows, people.rows, keys.rows, walls.rows, triggers.rows, next.rows];
  } finally {
    await client.end();
  }
}

test('a damaged file restores nothing', async () => {
  const cut = join(folder, 'cut.backup');
  await writeFile(cut, (await readFile(file)).subarray(0, -200));
  await expect(restore(target.owner, cut)).rejects.toThrow(/whole.*nothing was restored/);
  const short = join(folder, 'short.backup');
  const lines = gunzipSync(await readFile(file))
    .toString()
    .split('\n');
  lines.splice(lines.findIndex((line) => line.startsWith('{"table":"identity.people"')) + 1, 1);
  await writeFile(short, gzipSync(lines.join('\n')));
  await expect(restore(target.owner, short)).rejects.toThrow(/nothing was restored|violates/);
});

test('what is no backup is refused, and so is one of another schema', async () => {
  const other = join(folder, 'other.backup');
  await writeFile(other, 'hello');
  await expect(restore(target.owner, other)).rejects.toThrow(/no whole backup of Tenantry/);
  await expect(restore(target.owner, join(folder, 'absent'))).rejects.toThrow(/cannot be read/);
  const changed = gunzipSync(await readFile(file))
    .toString()
    .replace('0001_platform.sql', '0001_other.sql');
  await writeFile(other, gzipSync(changed));
  await expect(restore(target.owner, other)).rejects.toThrow(/another schema/);
});

test('a backup restores every row, sequence, key and wall', async () => {
  await restore(target.owner, file);
  expect(await lookAt(target.owner)).toEqual(await lookAt(source));
});

test('a database in use is not overwritten, nor is a file', async () => {
  await expect(restore(target.owner, file)).rejects.toThrow(/holds data already/);
  await expect(backUp(source, file)).rejects.toThrow(/exists already/);
  await expect(backUp(source, '/proc/none/x')).rejects.toThrow(/cannot be written/);
});
