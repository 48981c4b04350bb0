import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import type { FunctionName } from '../../functions.ts';
import type { Role } from '../../roles/roles.api.ts';

export interface RoleValues extends Record<string, unknown> {
  /** Of a new role: whose it is, or everybody's. */
  tenant: Pickable | null;
  public: boolean;
  name: string;
  description: string;
  functions: FunctionName[];
  readReach: Role['readReach'];
  readTenant: Pickable | null;
  readGroup: Pickable | null;
  writeReach: Role['writeReach'];
  writeTenant: Pickable | null;
  writeGroup: Pickable | null;
  scopeTicket: Role['scopeTicket'];
  scopeRequest: Role['scopeRequest'];
}

export function valuesOfRole(role: Role | undefined): RoleValues {
  const tenantPick = (tenant: Role['readTenant'] = null) => tenant && { value: tenant.slug, label: tenant.name };
  const groupPick = (group: Role['readGroup'] = null) => group && { value: group.id, label: group.name };
  return {
    tenant: null,
    public: role?.public ?? false,
    name: role?.name ?? '',
    description: role?.description ?? '',
    functions: (role?.functions ?? []) as FunctionName[],
    // The narrowest that there is; who wants more says so.
    readReach: role?.readReach ?? 'own',
    readTenant: tenantPick(role?.readTenant),
    readGroup: groupPick(role?.readGroup),
    writeReach: role?.writeReach ?? 'same',
    writeTenant: tenantPick(role?.writeTenant),
    writeGroup: groupPick(role?.writeGroup),
    scopeTicket: role?.scopeTicket ?? 'own',
    scopeRequest: role?.scopeRequest ?? 'own',
  };
}

/** The endpoint's body. Where no tenant is named, the reach stays what it was, or the own organization for a new role. */
export function bodyOfRole(values: RoleValues, namesTenants: boolean, role: Role | undefined) {
  const { name, description, functions, readReach, writeReach, scopeTicket, scopeRequest } = values;
  const plain = { name, description, functions, scopeTicket, scopeRequest };
  if (!namesTenants)
    return { ...plain, ...(role ? {} : { readReach: 'own' as const }) } as typeof plain & {
      readReach: Role['readReach'];
    };
  return {
    ...plain,
    readReach,
    ...(readReach === 'tenant' ? { readTenant: values.readTenant?.value } : {}),
    ...(readReach === 'group' ? { readGroup: values.readGroup?.value } : {}),
    writeReach,
    ...(writeReach === 'tenant' ? { writeTenant: values.writeTenant?.value } : {}),
    ...(writeReach === 'group' ? { writeGroup: values.writeGroup?.value } : {}),
  };
}
