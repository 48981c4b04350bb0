/** Walks that are as they have to be, each with its reason. An entry that nothing needs any more fails the test. */
export interface Allowed {
  /** The beginning of the call. */
  call: string;
  readers: RegExp;
  table: string;
  why: string;
}

const all = /^reads all/;
const names = 'no tenant is asked for, and a part of a name may stand anywhere in it';

export const allowed: readonly Allowed[] = [
  ...(
    [
      ['assignment-groups', 'identity.assignment_groups'],
      ['categories', 'desk.categories'],
      ['locations', 'desk.locations'],
      ['roles', 'identity.roles'],
      ['terms-statements', 'identity.terms_statements'],
      ['tenants', 'tenancy.tenants'],
      ['tenant-choices', 'tenancy.tenants'],
    ] as const
  ).map(([list, table]) => ({ call: `GET /${list}?search=`, readers: all, table, why: names })),
  { call: 'GET /audit-entries?who=', readers: all, table: 'platform.audit_entries', why: names },
  { call: 'GET /audit-entries?subject=', readers: all, table: 'platform.audit_entries', why: names },
  {
    call: 'GET /audit-heads',
    readers: all,
    table: 'platform.audit_heads',
    why: 'one a tenant, in the order of hashes',
  },
  { call: 'GET /audit-heads', readers: all, table: 'platform.audit_seals', why: 'a chain is named by its first seal' },
  { call: 'GET /tenants', readers: all, table: 'tenancy.tenants', why: 'how many are below is counted' },
  { call: 'GET /tenant-choices', readers: all, table: 'tenancy.tenants', why: 'how many are below is counted' },
  { call: 'GET /tenant-groups', readers: all, table: 'tenancy.tenants', why: 'how many are in a group is counted' },
  {
    call: 'GET /tenant-groups/:id/members',
    readers: all,
    table: 'tenancy.tenants',
    why: 'its members are put in order',
  },
  {
    call: 'GET /tickets',
    readers: /^reads all, writes \w+, scope groups/,
    table: 'desk.tickets',
    why: 'whose a ticket is stands in no order of all tickets; nobody but the provider has such a role',
  },
];

/** Lists that nobody in this world is answered. */
export const unanswered: Record<string, string> = {
  '/multi-tenancy/readiness/export': 'answers while multi-tenancy is set up, to whoever reads all tenants',
};

/** Tables that lists read and that stay small. */
export const small: Record<string, string> = {
  'catalog.offerings': 'delivered with the product',
  'catalog.categories': 'delivered with the product',
  'platform.signing_keys': 'one in months',
};
