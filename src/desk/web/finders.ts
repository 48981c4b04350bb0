import type { QueryOf } from '../../platform/endpoints.ts';
import type { Pickable } from '../../ui/form/PickRecord.tsx';
import { call } from '../../web/client.ts';
import { listCategories } from '../categories/categories.api.ts';
import { type Contact, findContacts } from '../contacts/contacts.api.ts';
import { listAssignmentGroups } from '../groups/groups.api.ts';
import { listLocations } from '../locations/locations.api.ts';

type Find = (search: string) => Promise<Pickable[]>;

const lists = { category: listCategories, location: listLocations, group: listAssignmentGroups };

/** What a ticket of a tenant can refer to: its own, public ones, and those from above. */
export function finderOf(kind: keyof typeof lists, tenant: string | undefined): Find {
  return async (search) => {
    const query = { search: search || undefined, status: 'active' as const, for: tenant, limit: 20 };
    const { items } = await call(lists[kind], { query });
    return items.map(({ id, name, description }) => ({ value: id, label: name, detail: description || undefined }));
  };
}

/** The tenant tells people of one name apart; null where none may be named. */
export interface PersonPick extends Pickable {
  tenant: Contact['tenant'];
}

export function personFinder(
  query: Omit<QueryOf<typeof findContacts>, 'search' | 'limit'>,
): (search: string) => Promise<PersonPick[]> {
  return async (search) => {
    const { items } = await call(findContacts, { query: { ...query, search: search || undefined, limit: 20 } });
    return items.map(({ id, name, workAddress, tenant }) => ({
      value: id,
      label: name,
      detail: [tenant?.name, workAddress].filter(Boolean).join(' · ') || undefined,
      tenant,
    }));
  };
}

/** A reference of a record as its field in a form shows it. */
export function pickOf(named: { id: string; name: string } | null): Pickable | null {
  return named && { value: named.id, label: named.name };
}
