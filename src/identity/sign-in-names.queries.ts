import { sql } from 'kysely';

/**
 * R5.10: the name that a person `p` of the tenant `t` signs in with: `name@slug`, or the name alone where the solution has one
 * tenant or none, and while multi-tenancy is not on. The counterpart of `findCandidates`, for those who see every tenant.
 */
export const signInName = sql<string>`case when (select s.multi_tenancy = 'on' from tenancy.solution s)
  and (p.owner_id > 3 or p.owner_id = 3 and exists (select from tenancy.tenants x where x.owner_id > 3 and x.status <> 'erased'))
  then p.user_name || '@' || t.slug else p.user_name end`;
