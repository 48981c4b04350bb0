import { decideRequest } from '../../catalog/approvals/approvals.ts';
import { getOffering, setApproval } from '../../catalog/offerings/offerings.api.ts';
import { offeringOf } from '../../catalog/offerings/offerings.ts';
import * as requests from '../../catalog/requests/requests.api.ts';
import {
  cancelRequest,
  createRequest,
  editDraft,
  retryRequest,
  submitRequest,
} from '../../catalog/requests/requests.ts';
import { requestOf } from '../../catalog/requests/requests.view.ts';
import * as categories from '../../desk/categories/categories.api.ts';
import { type ChoiceKind, choiceOf } from '../../desk/choices/choices.ts';
import * as groups from '../../desk/groups/groups.api.ts';
import * as locations from '../../desk/locations/locations.api.ts';
import * as changing from '../../desk/tickets/changing.ts';
import { addComment } from '../../desk/tickets/comments.api.ts';
import { moveTicket } from '../../desk/tickets/moves.api.ts';
import * as tickets from '../../desk/tickets/tickets.api.ts';
import { ticketOf } from '../../desk/tickets/tickets.view.ts';
import { makePasswordLink } from '../../identity/links/links.api.ts';
import * as people from '../../identity/people/people.api.ts';
import { personOf } from '../../identity/people/people.ts';
import { deactivatePerson, reactivatePerson } from '../../identity/people/profiles.ts';
import * as roles from '../../identity/roles/roles.api.ts';
import { roleOf } from '../../identity/roles/roles.ts';
import * as terms from '../../identity/terms/statements.api.ts';
import { publishStatement, statementOf } from '../../identity/terms/statements.ts';
import type { Endpoint } from '../../platform/endpoints.ts';
import type { Tx } from '../../platform/units.ts';
import * as tenantGroups from '../../tenancy/groups/groups.api.ts';
import { groupOf } from '../../tenancy/groups/groups.ts';
import { TenantValues } from '../../tenancy/tenancy.fields.ts';
import { changeParent, getTenant } from '../../tenancy/tenants/tenants.api.ts';
import { tenantOf } from '../../tenancy/tenants/tenants.view.ts';
import type { Act } from './why.api.ts';

/** A record as its own endpoint shows it to whoever acts. */
export type Opened = Record<string, unknown> & { version?: number; can: Record<string, boolean> };

export interface AskedAct {
  /** The functions that it asks for, of its own endpoint. */
  access: readonly string[];
  /** Under which name the record offers it; else the act's own. */
  can?: string;
  /** The fields that it changes, as its endpoint takes them. */
  fields?: readonly string[];
  /** It makes a record of the asker's tenant and leaves this one as it is. */
  makes?: true;
  /** Does it, so that the refusal says why it is not offered; undone at once. */
  tries?: (tx: Tx, key: string, opened: Opened) => Promise<unknown>;
}

/** A kind of record: with whose functions it is read and changed, and how it is opened, as its own endpoint does. */
export interface AskedKind {
  optional: boolean;
  scope: 'ticket' | 'request' | null;
  /** It is about tenants: it exists only where they are named (R1.3). */
  ofTenancy?: true;
  get: Endpoint;
  /** What cannot be asked of the kind is not here. */
  does: Partial<Record<Act, AskedAct>>;
  /** @throws Refusal `not-found`. */
  open: (tx: Tx, key: string) => Promise<Opened>;
}

/** From the endpoint itself: what it asks for, and what it changes. */
function by(endpoint: unknown, more: Partial<AskedAct> = {}): AskedAct {
  const { access, body } = endpoint as Endpoint;
  const { properties = {} } = (body ?? {}) as { properties?: object };
  return { access: [access], fields: Object.keys(properties), ...more };
}

const open =
  <T extends { can: object }>(view: (tx: Tx, key: string) => Promise<T>) =>
  (tx: Tx, key: string): Promise<Opened> =>
    view(tx, key) as Promise<unknown> as Promise<Opened>;

const seen = (number: string, { version }: Opened) => ({ number, version: version as number });

interface ChoiceEndpoints {
  get: unknown;
  update: unknown;
  deactivate: unknown;
  reactivate: unknown;
}

function choice(kind: ChoiceKind, endpoints: ChoiceEndpoints): AskedKind {
  return {
    optional: true,
    scope: null,
    get: endpoints.get as Endpoint,
    does: {
      change: by(endpoints.update, { can: 'update' }),
      deactivate: by(endpoints.deactivate),
      reactivate: by(endpoints.reactivate),
    },
    open: open((tx, key) => choiceOf(tx, kind, key)),
  };
}

const ticket: AskedKind = {
  optional: false,
  scope: 'ticket',
  get: tickets.getTicket as Endpoint,
  does: {
    change: by(tickets.updateTicket, { can: 'update' }),
    assign: by(tickets.assignTicket),
    start: by(tickets.startTicket, { tries: (tx, key, one) => changing.startTicket(tx, seen(key, one)) }),
    hold: by(tickets.holdTicket, { tries: (tx, key, one) => changing.holdTicket(tx, seen(key, one)) }),
    resolve: by(tickets.resolveTicket),
    reopen: by(tickets.reopenTicket, { tries: (tx, key, one) => changing.reopenTicket(tx, seen(key, one)) }),
    close: by(tickets.closeTicket, { tries: (tx, key, one) => changing.closeTicket(tx, seen(key, one)) }),
    cancel: by(tickets.cancelTicket, { tries: (tx, key, one) => changing.cancelTicket(tx, seen(key, one)) }),
    move: by(moveTicket),
    comment: by(addComment, { fields: [] }),
    commentInternal: by(addComment, { access: [addComment.access, 'ticket.read-internal'], fields: [] }),
  },
  open: open(ticketOf),
};

const request: AskedKind = {
  optional: false,
  scope: 'request',
  get: requests.getRequest as Endpoint,
  does: {
    edit: by(requests.editDraft, {
      tries: (tx, key, { version, values }) => editDraft(tx, key, version as number, values as Record<string, unknown>),
    }),
    submit: by(requests.submitRequest, { tries: (tx, key, { version }) => submitRequest(tx, key, version as number) }),
    approve: by(requests.decideRequest, {
      fields: [],
      tries: (tx, key, { version }) => decideRequest(tx, key, version as number, 'approved', ''),
    }),
    cancel: by(requests.cancelRequest, { tries: (tx, key, { version }) => cancelRequest(tx, key, version as number) }),
    retry: by(requests.retryRequest, { tries: (tx, key) => retryRequest(tx, key) }),
  },
  open: open(requestOf),
};

const person: AskedKind = {
  optional: false,
  scope: null,
  get: people.getPerson as Endpoint,
  does: {
    change: by(people.updatePerson, { can: 'update' }),
    deactivate: by(people.deactivatePerson, {
      tries: (tx, key, { version }) => deactivatePerson(tx, key, version as number),
    }),
    reactivate: by(people.reactivatePerson, {
      tries: (tx, key, { version }) => reactivatePerson(tx, key, version as number),
    }),
    grant: by(people.grantRole, { fields: [] }),
    makeLink: by(makePasswordLink),
  },
  open: open(personOf),
};

const role: AskedKind = {
  optional: true,
  scope: null,
  get: roles.getRole as Endpoint,
  does: {
    change: by(roles.updateRole, { can: 'update' }),
    deactivate: by(roles.deactivateRole),
    reactivate: by(roles.reactivateRole),
  },
  open: open(roleOf),
};

/** Tenants are changed through the offering Manage Tenants, and through nothing else but for the parent (R4.2). */
const managed = ['tenant.administer', 'administration.request', requests.createRequest.access];
const tenant: AskedKind = {
  optional: false,
  scope: null,
  ofTenancy: true,
  get: getTenant as Endpoint,
  does: {
    change: { access: managed, can: 'update', fields: Object.keys(TenantValues) },
    move: by(changeParent, { can: 'changeParent' }),
    deactivate: { access: managed },
    reactivate: { access: managed },
  },
  open: open(tenantOf),
};

const offering: AskedKind = {
  optional: true,
  scope: null,
  get: getOffering as Endpoint,
  does: {
    request: by(requests.createRequest, {
      fields: [],
      makes: true,
      tries: (tx, key) => createRequest(tx, { offering: key, values: {}, submit: false }),
    }),
    changeApproval: by(setApproval),
  },
  open: open(offeringOf),
};

const tenantGroup: AskedKind = {
  optional: false,
  scope: null,
  ofTenancy: true,
  get: tenantGroups.getTenantGroup as Endpoint,
  does: {
    change: by(tenantGroups.updateTenantGroup, { can: 'update' }),
    changeMembers: by(tenantGroups.setTenantGroupMembers),
  },
  open: open(groupOf),
};

const termsStatement: AskedKind = {
  optional: true,
  scope: null,
  get: terms.getTermsStatement as Endpoint,
  does: {
    change: by(terms.updateTermsStatement, { can: 'update' }),
    publish: by(terms.publishTerms, {
      tries: (tx, key, { version }) => publishStatement(tx, key, version as number),
    }),
    deactivate: by(terms.deactivateTermsStatement),
    reactivate: by(terms.reactivateTermsStatement),
  },
  open: open(statementOf),
};

export const kinds: Record<string, AskedKind> = {
  ticket,
  request,
  person,
  role,
  tenant,
  offering,
  'tenant-group': tenantGroup,
  'terms-statement': termsStatement,
  category: choice(
    { table: 'desk.categories', access: categories.updateCategory.access, subject: 'category' },
    {
      get: categories.getCategory,
      update: categories.updateCategory,
      deactivate: categories.deactivateCategory,
      reactivate: categories.reactivateCategory,
    },
  ),
  location: choice(
    { table: 'desk.locations', access: locations.updateLocation.access, subject: 'location' },
    {
      get: locations.getLocation,
      update: locations.updateLocation,
      deactivate: locations.deactivateLocation,
      reactivate: locations.reactivateLocation,
    },
  ),
  'assignment-group': choice(
    { table: 'identity.assignment_groups', access: groups.updateAssignmentGroup.access, subject: 'assignment-group' },
    {
      get: groups.getAssignmentGroup,
      update: groups.updateAssignmentGroup,
      deactivate: groups.deactivateAssignmentGroup,
      reactivate: groups.reactivateAssignmentGroup,
    },
  ),
};

/** Which act changes a field; null: none does. */
export function actOn(kind: AskedKind, field: string): Act | null {
  for (const [act, { fields = [] }] of Object.entries(kind.does) as [Act, AskedAct][])
    if (fields.includes(field)) return act;
  return null;
}

/** The fields that a record of the kind has or takes. */
export function hasField(kind: AskedKind, field: string): boolean {
  const { properties = {} } = (kind.get.answer ?? {}) as { properties?: object };
  return Object.hasOwn(properties, field) || actOn(kind, field) !== null;
}
