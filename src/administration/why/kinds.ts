import { getRequest, listRequests } from '../../catalog/requests/requests.api.ts';
import { requestOf } from '../../catalog/requests/requests.view.ts';
import { getCategory, listCategories, updateCategory } from '../../desk/categories/categories.api.ts';
import { type ChoiceKind, choiceOf } from '../../desk/choices/choices.ts';
import { getAssignmentGroup, listAssignmentGroups, updateAssignmentGroup } from '../../desk/groups/groups.api.ts';
import { getLocation, listLocations, updateLocation } from '../../desk/locations/locations.api.ts';
import { moveTicket } from '../../desk/tickets/moves.api.ts';
import * as tickets from '../../desk/tickets/tickets.api.ts';
import { ticketOf } from '../../desk/tickets/tickets.view.ts';
import { getPerson, listPeople, updatePerson } from '../../identity/people/people.api.ts';
import { personOf } from '../../identity/people/people.ts';
import { getRole, listRoles, updateRole } from '../../identity/roles/roles.api.ts';
import { roleOf } from '../../identity/roles/roles.ts';
import type { Tx } from '../../platform/database.ts';
import type { Endpoint } from '../../platform/endpoints.ts';
import { changeParent, getTenant, listTenants } from '../../tenancy/tenants/tenants.api.ts';
import { listOfTenants, tenantOf } from '../../tenancy/tenants/tenants.view.ts';
import type { Act } from './why.api.ts';

/** A kind of record: with whose functions it is read and changed, and how it is opened, as its own endpoint does. */
export interface AskedKind {
  optional: boolean;
  scope: 'ticket' | 'request' | null;
  reads: string;
  /** What each act asks for; what is not here cannot be asked of the kind. */
  does: Partial<Record<Act, string>>;
  /** @throws Refusal `not-found`. Answers what the record offers. */
  open: (tx: Tx, key: string) => Promise<Record<string, boolean>>;
}

function choice(kind: ChoiceKind, get: Endpoint, update: Endpoint): AskedKind {
  return {
    optional: true,
    scope: null,
    reads: get.access,
    does: { change: update.access },
    open: async (tx, key) => ({ change: (await choiceOf(tx, kind, key)).can.update }),
  };
}

export const kinds: Record<string, AskedKind> = {
  ticket: {
    optional: false,
    scope: 'ticket',
    reads: tickets.getTicket.access,
    does: {
      change: tickets.updateTicket.access,
      assign: tickets.assignTicket.access,
      start: tickets.startTicket.access,
      hold: tickets.holdTicket.access,
      resolve: tickets.resolveTicket.access,
      reopen: tickets.reopenTicket.access,
      close: tickets.closeTicket.access,
      cancel: tickets.cancelTicket.access,
      move: moveTicket.access,
      comment: 'ticket.comment',
      commentInternal: 'ticket.read-internal',
    },
    open: async (tx, key) => {
      const { can } = await ticketOf(tx, key);
      return { ...can, change: can.update };
    },
  },
  request: {
    optional: false,
    scope: 'request',
    reads: getRequest.access,
    does: {},
    open: async (tx, key) => {
      await requestOf(tx, key);
      return {};
    },
  },
  person: {
    optional: false,
    scope: null,
    reads: getPerson.access,
    does: { change: updatePerson.access },
    open: async (tx, key) => ({ change: (await personOf(tx, key)).can.update }),
  },
  role: {
    optional: true,
    scope: null,
    reads: getRole.access,
    does: { change: updateRole.access },
    open: async (tx, key) => ({ change: (await roleOf(tx, key)).can.update }),
  },
  category: choice(
    { table: 'desk.categories', access: updateCategory.access, subject: 'category' },
    getCategory,
    updateCategory,
  ),
  location: choice(
    { table: 'desk.locations', access: updateLocation.access, subject: 'location' },
    getLocation,
    updateLocation,
  ),
  'assignment-group': choice(
    { table: 'identity.assignment_groups', access: updateAssignmentGroup.access, subject: 'assignment-group' },
    getAssignmentGroup,
    updateAssignmentGroup,
  ),
  tenant: {
    optional: false,
    scope: null,
    reads: getTenant.access,
    does: { change: changeParent.access },
    open: async (tx, key) => ({ change: (await tenantOf(tx, key)).can.update }),
  },
};

interface AskedList {
  endpoint: Endpoint;
  scope: AskedKind['scope'];
  /** What refuses a list beyond its function. */
  look?: (tx: Tx) => Promise<unknown>;
}

export const lists: Record<string, AskedList> = {
  tickets: { endpoint: tickets.listTickets as Endpoint, scope: 'ticket' },
  requests: { endpoint: listRequests as Endpoint, scope: 'request' },
  people: { endpoint: listPeople as Endpoint, scope: null },
  roles: { endpoint: listRoles as Endpoint, scope: null },
  categories: { endpoint: listCategories as Endpoint, scope: null },
  locations: { endpoint: listLocations as Endpoint, scope: null },
  'assignment-groups': { endpoint: listAssignmentGroups as Endpoint, scope: null },
  tenants: { endpoint: listTenants as Endpoint, scope: null, look: (tx) => listOfTenants(tx, { limit: 1 }) },
};
