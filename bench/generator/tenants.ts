import type pg from 'pg';
import { tenantParts } from '../../src/administration/tenants/tenant-parts.ts';
import { foldName } from '../../src/platform/fold.ts';
import { copyRows } from './copying.ts';
import type { Forest, PlannedTenant } from './forest.ts';
import { Random } from './random.ts';
import type { Places } from './tickets.ts';

/** The tenants with everything that Add Tenant makes for each. */
export async function loadTenants(client: pg.Client, forest: Forest): Promise<Omit<Places, 'people'>> {
  const random = new Random(forest.seed + 3);
  const { tenants, until } = forest;
  const id = () => random.id(until);
  const opened = new Date(until);
  await copyRows(
    client,
    'tenancy.tenants',
    [
      'owner_id',
      'id',
      'name',
      'name_key',
      'key',
      'slug',
      'status',
      'parent_owner_id',
      'subtenants_allowed',
      'depth',
      'opened_at',
      'version',
    ],
    tenants.map((t) => [
      t.owner,
      t.id,
      t.name,
      foldName(t.name),
      t.key,
      t.slug,
      'active',
      t.parent?.owner,
      true,
      t.depth,
      opened,
      2,
    ]),
  );
  await client.query(`select setval('tenancy.owner_ids', $1)`, [16 + tenants.length]);
  await copyRows(client, 'tenancy.closure', ['descendant_id', 'ancestor_id', 'distance'], linesOf(tenants));
  await copyRows(
    client,
    'tenancy.groups',
    ['owner_id', 'id', 'kind', 'tenant_owner_id', 'name', 'name_key'],
    tenants.flatMap((t) =>
      ['supertenants', 'subtenants', 'related', 'foreign_key'].map((kind) => [
        3,
        id(),
        kind,
        t.owner,
        t.name,
        foldName(t.name),
      ]),
    ),
  );
  await copyRows(
    client,
    'tenancy.series',
    ['owner_id', 'id', 'name', 'last'],
    tenants.flatMap((t) => [
      [t.owner, id(), 'ticket', t.tickets],
      [t.owner, id(), 'request', 0],
    ]),
  );
  await copyRows(
    client,
    'tenancy.fulfilled_parts',
    ['owner_id', 'id', 'part'],
    tenants.flatMap((t) => tenantParts.map(({ name }) => [t.owner, id(), name])),
  );
  await copyRows(
    client,
    'selfservice.brandings',
    ['owner_id', 'id'],
    tenants.map((t) => [t.owner, id()]),
  );
  const queues = new Map(tenants.map((t) => [t.owner, id()]));
  const queueName = 'Service desk';
  await copyRows(
    client,
    'identity.assignment_groups',
    ['owner_id', 'id', 'name', 'name_key'],
    tenants.map((t) => [t.owner, queues.get(t.owner), queueName, foldName(queueName)]),
  );
  await copyRows(
    client,
    'desk.default_groups',
    ['owner_id', 'id', 'group_owner_id', 'group_id'],
    tenants.map((t) => [t.owner, id(), t.owner, queues.get(t.owner)]),
  );
  return { queues, categoriesOf: await loadCategories(client, tenants, id) };
}

function* linesOf(tenants: readonly PlannedTenant[]): Generator<number[]> {
  for (const tenant of tenants) {
    let distance = 0;
    for (let above: PlannedTenant | null = tenant; above; above = above.parent)
      yield [tenant.owner, above.owner, distance++];
  }
}

const topics = [
  'Hardware',
  'HR Support',
  'Access',
  'Miscellaneous',
  'Storage',
  'Purchase',
  'Internal Project',
  'Administrative rights',
];

/** Public ones for each topic; and of the tops of lines their own for half of them, which their subtenants refer to. */
async function loadCategories(client: pg.Client, tenants: readonly PlannedTenant[], id: () => string) {
  const made = new Map<string, string>();
  const rows: unknown[][] = [];
  const add = (owner: number, topic: string) => {
    const made1 = id();
    made.set(`${owner}:${topic}`, made1);
    rows.push([owner, made1, topic, foldName(topic)]);
  };
  for (const topic of topics) add(2, topic);
  const topOf = (tenant: PlannedTenant): PlannedTenant =>
    tenant.categories || !tenant.parent ? tenant : topOf(tenant.parent);
  for (const tenant of tenants)
    if (tenant.categories && tenant.tickets > 0) for (const topic of topics.slice(0, 4)) add(tenant.owner, topic);
  await copyRows(client, 'desk.categories', ['owner_id', 'id', 'name', 'name_key'], rows);
  return (tenant: PlannedTenant, topic: string) => {
    const owner = topOf(tenant).owner;
    const own = made.get(`${owner}:${topic}`);
    return own ? { owner, id: own } : { owner: 2, id: made.get(`2:${topic}`) as string };
  };
}
