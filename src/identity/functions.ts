/**
 * What a role can allow (R5.9). The list is fixed: a function exists because an endpoint asks for it, and the check over
 * all endpoints finds one that none asks for. Labels in both languages are in `web/messages.*.json` under `function.<name>`.
 */
export const functionNames = [
  'solution.administer',
  'tenant.administer',
  'tenant.read',
  'tenant-group.administer',
  'role.administer',
  'person.administer',
  'person.read',
  'audit.read',
  'public.update',
  'offering.request',
  'administration.request',
  'request.approve',
  'request.read',
  'ticket.read',
  'ticket.create',
  'ticket.create-for-others',
  'ticket.update',
  'ticket.assign',
  'ticket.resolve',
  'ticket.comment',
  'ticket.read-internal',
  'ticket.export',
  'ticket.move',
  'category.administer',
  'location.administer',
  'import.run',
  'terms.administer',
] as const;

export type FunctionName = (typeof functionNames)[number];

/** own: requester, affected or watcher; groups: own, and those of the person's assignment groups; all: all in reach. */
export const scopes = ['own', 'groups', 'all'] as const;
export type Scope = (typeof scopes)[number];

/** The sets of tenants that a role reads or writes (R5.2). */
export const reaches = ['all', 'tenant', 'group', 'own', 'subtenants', 'supertenants', 'related'] as const;
export type Reach = (typeof reaches)[number];
