import { sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/units.ts';
import { containing, type PageStart } from '../by-name.ts';
import type { Reach, Scope } from '../functions.ts';

export interface RoleRow {
  ownerId: number;
  id: string;
  version: number;
  stock: string | null;
  name: string;
  nameKey: string;
  description: string;
  status: 'active' | 'inactive';
  functions: string[];
  readReach: Reach;
  readTenantOwnerId: number | null;
  readGroupId: string | null;
  writeReach: Reach | 'same' | 'none';
  writeTenantOwnerId: number | null;
  writeGroupId: string | null;
  scopeTicket: Scope;
  scopeRequest: Scope;
  tenant: NameAndSlug | null;
  readTenant: NameAndSlug | null;
  writeTenant: NameAndSlug | null;
  readGroup: { id: string; name: string } | null;
  writeGroup: { id: string; name: string } | null;
  /** Empty: nothing in it is beyond what the caller may (R5.5). */
  excess: string[];
  /** The same for a public role as somebody of the caller's tenant would hold it. */
  grantable: boolean;
}

interface NameAndSlug {
  name: string;
  slug: string;
}

// Tenants and groups are joined under the caller's policies: they are named to those alone who may see them.
const tenantName = (alias: string) =>
  sql`case when ${sql.ref(`${alias}.owner_id`)} is not null then jsonb_build_object('name', ${sql.ref(`${alias}.name`)}, 'slug', ${sql.ref(`${alias}.slug`)}) end`;
const groupName = (alias: string) =>
  sql`case when ${sql.ref(`${alias}.id`)} is not null then jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}) end`;

const selected = (
  tx: Tx,
) => sql`select r.owner_id as "ownerId", r.id, r.version, r.stock, r.name, r.name_key as "nameKey", r.description, r.status, r.functions,
    r.read_reach as "readReach", r.read_tenant_owner_id as "readTenantOwnerId", r.read_group_id as "readGroupId",
    r.write_reach as "writeReach", r.write_tenant_owner_id as "writeTenantOwnerId", r.write_group_id as "writeGroupId",
    r.scope_ticket as "scopeTicket", r.scope_request as "scopeRequest", identity.excess(r, r.owner_id) as excess,
    identity.excess(r, case r.owner_id when 2 then ${tx.scope.ownerId} else r.owner_id end) = '{}'
      and not (r.stock in ('system-administrator', 'provider-analyst', 'provider-auditor') and ${tx.scope.ownerId}::int not in (1, 3)) is true as grantable,
    ${tenantName('t')} as tenant, ${tenantName('rt')} as "readTenant", ${tenantName('wt')} as "writeTenant",
    ${groupName('rg')} as "readGroup", ${groupName('wg')} as "writeGroup"
  from identity.roles r
  left join tenancy.tenants t on t.owner_id = r.owner_id
  left join tenancy.tenants rt on rt.owner_id = r.read_tenant_owner_id
  left join tenancy.tenants wt on wt.owner_id = r.write_tenant_owner_id
  left join tenancy.groups rg on (rg.owner_id, rg.id) = (r.read_group_owner_id, r.read_group_id)
  left join tenancy.groups wg on (wg.owner_id, wg.id) = (r.write_group_owner_id, r.write_group_id)`;

export interface RolesFilter {
  search?: string | undefined;
  owner?: number | undefined;
  status?: string | undefined;
  public: 'include' | 'exclude' | 'only';
  after: PageStart | null;
  limit: number;
}

/** By name; one more than the page, to know whether there is a next. */
export async function findRoles(tx: Tx, filter: RolesFilter): Promise<RoleRow[]> {
  const conditions = [sql`true`];
  if (filter.search) conditions.push(sql`r.name_key like ${containing(filter.search)}`);
  if (filter.owner !== undefined) {
    conditions.push(
      filter.public === 'include' ? sql`r.owner_id in (${filter.owner}, 2)` : sql`r.owner_id = ${filter.owner}`,
    );
  }
  if (filter.public !== 'include')
    conditions.push(filter.public === 'only' ? sql`r.owner_id = 2` : sql`r.owner_id <> 2`);
  if (filter.status) conditions.push(sql`r.status = ${filter.status}`);
  if (filter.after) conditions.push(sql`(r.name_key, r.id) > (${filter.after[0]}, ${filter.after[1]}::uuid)`);
  const { rows } = await sql<RoleRow>`${selected(tx)} where ${sql.join(conditions, sql` and `)}
    order by r.name_key, r.id limit ${filter.limit + 1}`.execute(tx.q);
  return rows;
}

export async function findRole(tx: Tx, id: string): Promise<RoleRow | undefined> {
  const { rows } = await sql<RoleRow>`${selected(tx)} where r.id = ${id}::uuid`.execute(tx.q);
  return rows[0];
}

export async function findGroup(tx: Tx, id: string): Promise<{ owner_id: number } | undefined> {
  return tx.q.selectFrom('tenancy.groups').select('owner_id').where('id', '=', id).executeTakeFirst();
}

export interface RoleColumns {
  name: string;
  name_key: string;
  description: string;
  status?: 'active' | 'inactive';
  functions: string[];
  scope_ticket: string;
  scope_request: string;
  read_reach: string;
  read_tenant_owner_id: number | null;
  read_group_owner_id: number | null;
  read_group_id: string | null;
  write_reach: string;
  write_tenant_owner_id: number | null;
  write_group_owner_id: number | null;
  write_group_id: string | null;
}

export async function insertRole(tx: Tx, owner: number, columns: RoleColumns): Promise<string> {
  const id = newId();
  await tx.q
    .insertInto('identity.roles')
    .values({ owner_id: owner, id, ...columns })
    .execute();
  return id;
}

/** @returns whether it still had that version. */
export async function setRole(tx: Tx, role: RoleRow, version: number, columns: Partial<RoleColumns>): Promise<boolean> {
  const changed = await tx.q
    .updateTable('identity.roles')
    .set({ ...columns, version: version + 1 })
    .where('owner_id', '=', role.ownerId)
    .where('id', '=', role.id)
    .where('version', '=', version)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
