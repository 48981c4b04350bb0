import { getCatalog } from '../../catalog/offerings/offerings.api.ts';
import { createRequest, listRequests } from '../../catalog/requests/requests.api.ts';
import { addCategory, listCategories } from '../../desk/categories/categories.api.ts';
import { addAssignmentGroup, listAssignmentGroups } from '../../desk/groups/groups.api.ts';
import { addLocation, listLocations } from '../../desk/locations/locations.api.ts';
import { createTicket, listTickets } from '../../desk/tickets/tickets.api.ts';
import { invite, listInvitations } from '../../identity/invitations/invitations.api.ts';
import { addPerson, listPeople } from '../../identity/people/people.api.ts';
import { addRole, listRoles } from '../../identity/roles/roles.api.ts';
import { listConsents } from '../../identity/terms/consents.api.ts';
import { addTermsStatement, listTermsStatements } from '../../identity/terms/statements.api.ts';
import type { Endpoint } from '../../platform/endpoints.ts';
import type { Tx } from '../../platform/units.ts';
import { listTenantGroups } from '../../tenancy/groups/groups.api.ts';
import { listOfGroups } from '../../tenancy/groups/groups.ts';
import { listTenants } from '../../tenancy/tenants/tenants.api.ts';
import { listOfTenants } from '../../tenancy/tenants/tenants.view.ts';
import { listAudit } from '../audit/audit.api.ts';

/** A whole list: with whose functions it is read and added to, and what it holds. */
export interface AskedList {
  endpoint: Endpoint;
  scope: 'ticket' | 'request' | null;
  /** Public records and those of the tenants above stand in it, too (R5.3). */
  optional: boolean;
  ofTenancy?: true;
  /** What adds to it, and the table that it goes to; some lists are added to by an offering or by nobody. */
  add?: { endpoint: Endpoint; table: string };
  /** What refuses a list beyond its function. */
  look?: (tx: Tx) => Promise<unknown>;
}

const adding = (endpoint: unknown, table: string) => ({ endpoint: endpoint as Endpoint, table });
const list = (endpoint: unknown, more: Partial<AskedList> = {}): AskedList => ({
  endpoint: endpoint as Endpoint,
  scope: null,
  optional: false,
  ...more,
});

export const lists: Record<string, AskedList> = {
  tickets: list(listTickets, { scope: 'ticket', add: adding(createTicket, 'desk.tickets') }),
  requests: list(listRequests, { scope: 'request', add: adding(createRequest, 'catalog.requests') }),
  people: list(listPeople, { add: adding(addPerson, 'identity.contacts') }),
  invitations: list(listInvitations, { add: adding(invite, 'identity.invitations') }),
  roles: list(listRoles, { optional: true, add: adding(addRole, 'identity.roles') }),
  categories: list(listCategories, { optional: true, add: adding(addCategory, 'desk.categories') }),
  locations: list(listLocations, { optional: true, add: adding(addLocation, 'desk.locations') }),
  'assignment-groups': list(listAssignmentGroups, {
    optional: true,
    add: adding(addAssignmentGroup, 'identity.assignment_groups'),
  }),
  'terms-statements': list(listTermsStatements, {
    optional: true,
    add: adding(addTermsStatement, 'identity.terms_statements'),
  }),
  consents: list(listConsents),
  catalog: list(getCatalog, { optional: true }),
  'audit-entries': list(listAudit),
  tenants: list(listTenants, { ofTenancy: true, look: (tx) => listOfTenants(tx, { limit: 1 }) }),
  'tenant-groups': list(listTenantGroups, { ofTenancy: true, look: (tx) => listOfGroups(tx, { limit: 1 }) }),
};
