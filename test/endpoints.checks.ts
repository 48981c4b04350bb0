import type { TSchema } from 'typebox';
import { functionNames } from '../src/identity/functions.ts';
import type { Endpoint } from '../src/platform/endpoints.ts';

/**
 * Functions that no endpoint asks for as its `access`, with the file that does: they decide inside what a record shows or
 * which way a call goes.
 */
export const functionsUsedInside: Record<string, string> = {
  'public.update': 'db/migrations/0005_scope.sql',
  'administration.request': 'src/catalog/offerings/offerings.ts',
  'ticket.create-for-others': 'src/desk/tickets/tickets.ts',
  'ticket.read-internal': 'src/platform/scope.ts',
};

/** Functions of roles whose part of the program is still to come. */
export const functionsToCome: Record<string, string> = {};

/** Bodies that carry what a form of the database describes; their schema is checked where the form is known. */
export const freeForms: Record<string, string> = {
  'POST /requests /values': 'src/catalog/requests/form-values.ts',
  'PUT /requests/:number /values': 'src/catalog/requests/form-values.ts',
};

/** Every fault of what is declared, in one sentence. `textOf` reads a file of the project. */
export function endpointFaults(endpoints: readonly Endpoint[], textOf: (path: string) => string): string[] {
  return [
    ...endpoints.flatMap(faultsOfOne),
    ...duplicates(endpoints),
    ...functionNames.flatMap((name) => unusedFunction(name, endpoints, textOf)),
  ];
}

export function nameOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

function faultsOfOne(endpoint: Endpoint): string[] {
  const { access, path, method, params, query, body, answer, sends, summary } = endpoint;
  const faults: string[] = [];
  const known: readonly string[] = ['visitor', 'session', 'member', ...functionNames];
  if (!known.includes(access)) faults.push(`is open to “${access}”, which is no function`);
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string).sort();
  const declared = Object.keys(propertiesOf(params)).sort();
  if (named.join() !== declared.join())
    faults.push(`has the parameters ${declared.join()} for the path’s ${named.join()}`);
  if (method === 'GET' && body) faults.push('reads, and has a body');
  if (!summary.trim() || summary.endsWith('.')) faults.push('has a summary that is none, or ends with a full stop');
  if (answer && sends) faults.push('answers and sends');
  for (const schema of [params, query, body]) faults.push(...openObjects(schema, '', nameOf(endpoint)));
  return faults.map((fault) => `${nameOf(endpoint)} ${fault}`);
}

type Json = TSchema & Record<string, unknown>;

function propertiesOf(schema: unknown): Record<string, Json> {
  return ((schema as Json | undefined)?.properties ?? {}) as Record<string, Json>;
}

/** Objects that would take fields nobody has declared (T-15), at any depth. */
function openObjects(schema: unknown, pointer: string, name: string): string[] {
  if (!schema || typeof schema !== 'object') return [];
  const { type, additionalProperties, patternProperties, items, anyOf, allOf } = schema as Json;
  const own: string[] = [];
  const isFree = `${name} ${pointer}` in freeForms;
  if ((type === 'object' || 'properties' in schema) && additionalProperties !== false && !isFree)
    own.push(`takes undeclared fields at “${pointer}/”`);
  if (!type && !('properties' in schema) && !anyOf && !allOf && !isValue(schema as Json) && !isFree)
    own.push(`takes anything at “${pointer}/”`);
  const inside = [
    ...Object.entries(propertiesOf(schema)).map(([key, of]) => [`${pointer}/${key}`, of] as const),
    ...Object.entries((patternProperties ?? {}) as Record<string, Json>).map(([, of]) => [`${pointer}/*`, of] as const),
    ...[items, ...((anyOf ?? []) as Json[]), ...((allOf ?? []) as Json[])].map((of) => [pointer, of] as const),
  ];
  return [...own, ...inside.flatMap(([at, of]) => openObjects(of, at, name))];
}

function isValue(schema: Json): boolean {
  return 'const' in schema || 'enum' in schema || 'type' in schema;
}

function duplicates(endpoints: readonly Endpoint[]): string[] {
  const seen = new Set<string>();
  return endpoints.flatMap((endpoint) => {
    const place = `${endpoint.method} ${endpoint.path.replaceAll(/:\w+/g, ':')}`;
    if (seen.has(place)) return [`${nameOf(endpoint)} is declared twice`];
    seen.add(place);
    return [];
  });
}

function unusedFunction(name: string, endpoints: readonly Endpoint[], textOf: (path: string) => string): string[] {
  if (endpoints.some(({ access }) => access === name)) return [];
  const place = functionsUsedInside[name];
  if (name in functionsToCome) return [];
  if (!place) return [`the function ${name} is asked for by no endpoint and by no listed place`];
  return textOf(place).includes(`'${name}'`) ? [] : [`the function ${name} is not asked for in ${place}`];
}
