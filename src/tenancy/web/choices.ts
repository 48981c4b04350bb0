import type { Pickable } from '../../ui/form/PickRecord.tsx';
import { call } from '../../web/client.ts';
import { listTenantGroups } from '../groups/groups.api.ts';
import { searchTenants } from '../tenants/tenants.api.ts';

interface PickableTenant extends Pickable {
  version: number;
}

/** The first tenants that fit what was typed. */
export async function findTenants(search: string, writable?: boolean): Promise<readonly PickableTenant[]> {
  const { items } = await call(searchTenants, { query: { search: search || undefined, writable } });
  return items.map(({ slug, name, key, version, parent }) => ({
    value: slug,
    version,
    label: name,
    detail: parent ? `${key} · ${parent}` : key,
  }));
}

export async function findGroups(search: string): Promise<readonly Pickable[]> {
  const query = { search: search || undefined, status: 'active' as const, limit: 30 };
  const { items } = await call(listTenantGroups, { query });
  return items.map(({ id, name, description }) => ({ value: id, label: name, detail: description || undefined }));
}
