import type { Say } from '../../../web/text.ts';
import { type FunctionName, functionNames } from '../../functions.ts';

const kinds = {
  ticket: ['ticket'],
  request: ['offering', 'request', 'administration'],
  desk: ['category', 'location', 'import'],
  people: ['person', 'role'],
  oversight: ['audit', 'tenant', 'tenant-group', 'public', 'solution'],
} as const;

type Kind = keyof typeof kinds;

/** A role's functions under the headings that people look for them. */
export function functionsByKind(
  names: readonly string[],
  shown: readonly FunctionName[] = functionNames,
): [Kind, FunctionName[]][] {
  return (Object.keys(kinds) as Kind[])
    .map((kind): [Kind, FunctionName[]] => [
      kind,
      shown.filter(
        (name) => names.includes(name) && (kinds[kind] as readonly string[]).includes(name.split('.')[0] ?? ''),
      ),
    ])
    .filter(([, found]) => found.length > 0);
}

export function functionLabel(name: FunctionName, text: Say): string {
  return text(`function.${name}`);
}

/** Nobody can give what they lack (R5.5), and where no tenant is named, functions about tenants are not named either. */
export function offeredFunctions(own: readonly string[], namesTenants: boolean): FunctionName[] {
  const tenancy = ['tenant.administer', 'tenant.read', 'tenant-group.administer', 'public.update'];
  return functionNames.filter((name) => own.includes(name) && (namesTenants || !tenancy.includes(name)));
}
