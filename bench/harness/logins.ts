import type pg from 'pg';
import { prefixOf } from '../../src/platform/logins.ts';
import { quoted } from '../../src/platform/roles.ts';
import type { Cluster } from './cluster.ts';

/** A login with the rights of the program's widest role, for which no policy counts: what the walls cost is compared with it. */
export async function bypassingLogin(cluster: Cluster, database: string): Promise<pg.ClientConfig> {
  const prefix = prefixOf(database);
  const user = `${prefix}_floor`;
  const password = 'of the floor';
  const [present] = await cluster.superuser('select from pg_roles where rolname = $1', [user]);
  if (!present) await cluster.superuser(`create role ${quoted(user)} login inherit bypassrls password '${password}'`);
  for (const role of ['r_all_w_all', 'app', 'system'])
    await cluster.superuser(`grant ${quoted(`${prefix}_${role}`)} to ${quoted(user)} with inherit true`);
  return { ...cluster.owner(database), user, password };
}
