import pg from 'pg';
import type { Site } from './bench.ts';
import type { Cluster } from './cluster.ts';

/**
 * Tables of a product that is much larger than ours, until there are so many reference fields: a move has to ask them all.
 * Each tenant that moves has a record in each, which refers to its own queue.
 */
export async function ensureReferenceFields(cluster: Cluster, site: Site, wanted: number): Promise<number> {
  const client = new pg.Client(cluster.owner(site.prepared.database));
  await client.connect();
  try {
    await client.query('create schema if not exists bench');
    for (let part = 1; ; part++) {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from tenancy.reference_fields where kind <> 'own'`,
      );
      const count = rows[0]?.count ?? 0;
      if (count >= wanted) return count;
      await addTable(client, `bench.parts_${Date.now()}_${part}`, site);
    }
  } finally {
    await client.end();
  }
}

async function addTable(client: pg.Client, table: string, site: Site): Promise<void> {
  const fields = ['first', 'second', 'third', 'fourth'];
  await client.query(`create table ${table} (owner_id int not null, id uuid not null, primary key (owner_id, id))`);
  await client.query(`select tenancy.own($1, 'required')`, [table]);
  for (const field of fields)
    await client.query(`select tenancy.refer($1, $2, 'identity.assignment_groups', 'line')`, [table, field]);
  const owners = site.prepared.forest.tenants.filter(({ branch }) => branch === 'moving').map(({ owner }) => owner);
  await client.query(
    `insert into ${table} (owner_id, id, first_owner_id, first_id) select g.group_owner_id, platform.new_id(), g.group_owner_id, g.group_id
     from desk.default_groups g where g.owner_id = any($1)`,
    [owners],
  );
  await client.query(`analyze ${table}`);
}
