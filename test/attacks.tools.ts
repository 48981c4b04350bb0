import type { TSchema } from 'typebox';
import type { Endpoint } from '../src/platform/endpoints.ts';
import { routes } from '../src/solution.ts';
import type { Cast, Side } from './cast.ts';
import type { Answered, Client } from './client.ts';
import { examples } from './examples/all.ts';
import { type Example, type ExampleCall, placeOf, tryExample } from './examples/example.ts';

export const endpointsByName = new Map(routes.map(({ endpoint }) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
/** Those that have an example; that all have one is checked elsewhere. */
export const names = [...endpointsByName.keys()]
  .filter((name) => name in examples && !examples[name]?.refused && !examples[name]?.endless)
  .sort();
export const writes = names.filter((name) => !name.startsWith('GET '));
export const uuid = '00000000-0000-7000-8000-000000000000';

export function exampleOf(name: string): Example {
  const found = examples[name];
  if (!found) throw new Error(`there is no example of ${name}`);
  return found;
}

/** The example's call on records of one side, without who makes it. */
export async function callOn(cast: Cast, side: Side, name: string): Promise<ExampleCall> {
  const { as: _as, ...input } = await exampleOf(name).call(placeOf(cast, side));
  return input;
}

/** Who makes the example succeed on that side. */
export async function callerOn(cast: Cast, side: Side, name: string): Promise<{ as: Client; input: ExampleCall }> {
  const { as = side.administrator, ...input } = await exampleOf(name).call(placeOf(cast, side));
  return { as, input };
}

/** What a client can tell two answers apart by. */
export function seen({ status, text, headers }: Answered<Endpoint>): unknown {
  const { date: _date, 'content-length': _length, 'set-cookie': _cookie, ...rest } = headers;
  return { status, text, headers: rest };
}

/**
 * Everything that is stored of a tenant; whatever is used up by reading it (sessions, throttling) is left out, and that
 * somebody has read it (R11.1).
 */
export async function stored({ world }: Cast, { tenant }: Side): Promise<string> {
  const tables = await world.sql<{ name: string }>(
    `select name from tenancy.owned_tables where name not in ('identity.sessions', 'platform.idempotency_keys', 'platform.read_windows', 'tenancy.series') order by name`,
  );
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t where t.owner_id = ${tenant.owner}
        ${name === 'platform.audit_entries' ? `and t.action !~ '[.](read|listed)$'` : ''}`,
  );
  const rows = await world.sql<{ name: string; sum: string }>(parts.join(' union all '));
  return rows.map(({ name, sum }) => `${name} ${sum}`).join('\n');
}

/** The fields of a body that name another record: by identity, by slug or by number. */
export function referenceFields(schema: TSchema | undefined): { name: string; list: boolean; slug: boolean }[] {
  const properties = ((schema as { properties?: Record<string, TSchema> } | undefined)?.properties ?? {}) as Record<
    string,
    Record<string, unknown>
  >;
  return Object.entries(properties).flatMap(([name, of]) => {
    const text = JSON.stringify(of);
    const isId = text.includes('uuid') || text.includes('0-9a-fA-F]{8}');
    const isSlug = /^(tenant|parent|readTenant|writeTenant|members|for)$/.test(name);
    return isId || isSlug ? [{ name, list: of.type === 'array', slug: isSlug }] : [];
  });
}

export function queryFields(name: string): string[] {
  const { properties = {} } = (endpointsByName.get(name)?.query ?? {}) as { properties?: object };
  return Object.keys(properties);
}

const referredTo =
  /\.(contacts|people|roles|memberships|assignment_groups|categories|locations|tickets|requests|groups|invitations)$/;

/** Identities of a side's records, one of each kind that others refer to. */
export async function identitiesOf({ world }: Cast, { tenant }: Side): Promise<{ kind: string; id: string }[]> {
  const tables = await world.sql<{ name: string }>(`select name from tenancy.owned_tables order by name`);
  const found: { kind: string; id: string }[] = [];
  for (const { name } of tables) {
    if (!referredTo.test(name)) continue;
    const [row] = await world.sql<{ id: string }>(
      `select id from ${name} where owner_id = $1 order by id desc limit 1`,
      [tenant.owner],
    );
    if (row) found.push({ kind: name, id: row.id });
  }
  return found;
}

export { tryExample };
