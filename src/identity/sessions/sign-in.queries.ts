import { sql } from 'kysely';
import type { SystemTx } from '../../platform/units.ts';

/** What somebody typed, as the forms of R5.10 that it can be. */
export interface NameForms {
  /** All of it, which counts where the solution has one tenant or none, and while multi-tenancy is not on. */
  whole: string;
  /** Before the last `@`, or all of it at a tenant's own address. */
  local: string;
  slug: string | null;
  alone: boolean;
}

export interface Candidate {
  ownerId: number;
  personId: string;
  userName: string;
  displayName: string;
  status: string;
  tenantStatus: string;
  hash: string | null;
}

/** At most two: more than one means that the name alone does not say who it is. */
export async function findCandidates(system: SystemTx, forms: NameForms): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select p.owner_id as "ownerId", p.id as "personId", p.user_name as "userName", p.display_name as "displayName", p.status,
      t.status as "tenantStatus", w.hash
    from identity.people p
    join tenancy.tenants t on t.owner_id = p.owner_id
    left join identity.passwords w on (w.owner_id, w.person_id) = (p.owner_id, p.id)
    where p.user_name_key = any(array[${forms.whole}, ${forms.local}]::text[])
      and ((p.user_name_key = ${forms.local} and t.slug = ${forms.slug})
        or (${forms.alone} and p.user_name_key = ${forms.whole}
          and ((select s.multi_tenancy <> 'on' from tenancy.solution s)
            or not exists (select from tenancy.tenants x where x.owner_id > 3 and x.status <> 'erased'))))
    limit 2`.execute(system.q);
  return rows;
}

/** The membership to begin with: the last used, else one that can be used now, those at home first. */
export async function findFirstMembership(system: SystemTx, personId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select m.id from identity.memberships m
    join identity.contacts c on (c.owner_id, c.id) = (m.owner_id, m.contact_id)
    join identity.roles r on (r.owner_id, r.id) = (m.role_owner_id, m.role_id)
    join tenancy.tenants t on t.owner_id = m.owner_id
    where c.person_id = ${personId} and m.status = 'active' and c.status = 'active' and r.status = 'active'
    order by t.status = 'active' desc,
      m.id = (select s.membership_id from identity.sessions s where s.person_id = ${personId} order by s.used_at desc limit 1) desc nulls last,
      m.owner_id = c.person_owner_id desc, m.created_at, m.id
    limit 1`.execute(system.q);
  return rows[0]?.id ?? null;
}
