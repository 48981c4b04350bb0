import type { Endpoint } from '../../src/platform/endpoints.ts';
import { routes } from '../../src/solution.ts';
import type { World, WorldTenant } from '../world.ts';

/** One way to ask for a list: by one filter, order or search, or by none. */
export interface Call {
  endpoint: Endpoint;
  /** `GET /tickets?sort=oldest`. */
  name: string;
  query: Record<string, unknown>;
  /** By what, but for what every call has to say. */
  filter: string | null;
}

interface Field {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Field[];
  items?: Field;
  format?: string;
  pattern?: string;
}

/** Every endpoint that answers a list, finds by words, or exports what is listed: found in the registry, so that none is forgotten. */
export function listsAndSearches(): Endpoint[] {
  return routes
    .map(({ endpoint }) => endpoint)
    .filter((endpoint) => {
      const asked = fieldsOf(endpoint.query);
      const isList = 'items' in fieldsOf(endpoint.answer) || 'limit' in asked || 'search' in asked || 'text' in asked;
      return endpoint.method === 'GET' && (isList || endpoint.path.endsWith('/export'));
    });
}

/** Without anything, by each filter alone, and in each order. */
export function callsOf(endpoint: Endpoint, values: Values): Call[] {
  const required = ((endpoint.query as { required?: string[] } | undefined)?.required ?? []).map((name) => [
    name,
    valuesOf(name, fieldsOf(endpoint.query)[name] as Field, values)[0],
  ]);
  const usual = Object.fromEntries(required);
  const path = `GET ${endpoint.path}`;
  const calls: Call[] = [{ endpoint, name: path, query: usual, filter: null }];
  for (const [name, field] of Object.entries(fieldsOf(endpoint.query))) {
    if (paging.includes(name) || name in usual || name === 'format') continue;
    for (const value of valuesOf(name, field, values))
      calls.push({ endpoint, name: `${path}?${name}=${value}`, query: { ...usual, [name]: value }, filter: name });
  }
  return calls;
}

const paging = ['limit', 'cursor'];

function fieldsOf(schema: unknown): Record<string, Field> {
  return (schema as { properties?: Record<string, Field> } | undefined)?.properties ?? {};
}

/** What calls name. */
export interface Values {
  /** A tenant in reach. */
  tenant: string;
  /** The id that one record of each kind of the neighbour has. */
  id: string;
  ticket: string;
  words: readonly string[];
}

function valuesOf(name: string, field: Field, values: Values): unknown[] {
  const named: Record<string, unknown[]> = {
    ...{ tenant: [values.tenant], parent: [values.tenant], for: [values.tenant], ticket: [values.ticket] },
    ...{ action: ['ticket.', 'nothing.'], kind: ['ticket'] },
    ...{ search: [...values.words], text: [...values.words], who: [...values.words], subject: [...values.words] },
  };
  // One value of a filter asks as any other; each order has an index of its own.
  if (field.enum) return name === 'sort' ? field.enum : field.enum.slice(0, 1);
  if (field.type === 'array') return valuesOf(name, field.items as Field, values);
  if (field.anyOf) return field.anyOf.flatMap((one) => ('const' in one ? [one.const] : valuesOf(name, one, values)));
  if (field.type === 'boolean') return [true];
  if (field.format === 'date-time') return [new Date(Date.now() - 365 * 24 * 3600 * 1000).toISOString()];
  if (/a-fA-F/.test(field.pattern ?? '')) return [values.id];
  const found = named[name];
  if (!found) throw new Error(`what is asked for by ${name}? Say it in test/access-paths/calls.ts`);
  return found;
}

/** A record of the tenant for each kind of path; a list below a kind that is not here fails. */
const parts: Record<string, string> = {
  'tenants/:slug': 'select slug as value from tenancy.tenants where owner_id = $1',
  'tenant-groups/:id': `select id as value from tenancy.groups where name_key = 'crowd' and $1 > 0`,
  'tickets/:number': 'select number as value from desk.tickets where owner_id = $1 order by number limit 1',
  'assignment-groups/:id':
    'select id as value from identity.assignment_groups where owner_id = $1 order by name_key limit 1',
};

export async function paramsOf(world: World, { path }: Endpoint, tenant: WorldTenant): Promise<Record<string, string>> {
  const [, part, name] = /^\/([a-z-]+\/:(\w+))\//.exec(path) ?? [];
  if (!part || !name) return {};
  const asked = parts[part];
  if (!asked) throw new Error(`of which record is ${path} a list? Say it in test/access-paths/calls.ts`);
  const [found] = await world.sql<{ value: string }>(asked, [tenant.owner]);
  return { [name]: found?.value as string };
}
