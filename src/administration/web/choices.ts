import { listPeople } from '../../identity/people/people.api.ts';
import { listRoles } from '../../identity/roles/roles.api.ts';
import { listTermsStatements } from '../../identity/terms/statements.api.ts';
import type { Pickable } from '../../ui/form/PickRecord.tsx';
import { call } from '../../web/client.ts';

export async function findPeople(search: string): Promise<readonly Pickable[]> {
  const { items } = await call(listPeople, { query: { search: search || undefined, limit: 30 } });
  return items.map(({ id, displayName, profile, workAddress, tenant }) => ({
    value: id,
    label: displayName,
    detail: [profile?.userName ?? workAddress, tenant?.name].filter(Boolean).join(' · '),
  }));
}

export async function findRoles(search: string): Promise<readonly Pickable[]> {
  const { items } = await call(listRoles, { query: { search: search || undefined, status: 'active', limit: 50 } });
  return items.map(({ id, name, description, tenant }) => ({
    value: id,
    label: name,
    detail: tenant?.name || description || undefined,
  }));
}

/** What can be asked for: active statements, by what of them is published. */
export async function findStatements(search: string): Promise<readonly Pickable[]> {
  const { items } = await call(listTermsStatements, {
    query: { search: search || undefined, status: 'active', limit: 50 },
  });
  return items
    .filter(({ published }) => published > 0)
    .map(({ id, name, description, tenant }) => ({
      value: id,
      label: name,
      detail: tenant?.name || description || undefined,
    }));
}
