import { type RawBuilder, sql } from 'kysely';
import { newId } from '../../platform/ids.ts';
import { findPage } from '../../platform/lists.ts';
import type { Tx } from '../../platform/units.ts';
import { publicOwner } from '../../tenancy/owners.ts';
import { byName, containing } from '../by-name.ts';
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
  /** The same for a role that is public or from above, as somebody of the caller's tenant would hold it. */
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

const columnsFor = (
  tx: Tx,
) => sql`t.owner_id as "ownerId", t.id, t.version, t.stock, t.name, t.name_key as "nameKey", t.description, t.status, t.functions,
    t.read_reach as "readReach", t.read_tenant_owner_id as "readTenantOwnerId", t.read_group_id as "readGroupId",
    t.write_reach as "writeReach", t.write_tenant_owner_id as "writeTenantOwnerId", t.write_group_id as "writeGroupId",
    t.scope_ticket as "scopeTicket", t.scope_request as "scopeRequest", identity.excess(t::identity.roles, t.owner_id) as excess,
    identity.excess(t::identity.roles, case when t.owner_id = 2 or t.owner_id in (select tenancy.line_of(${tx.scope.ownerId})) then ${tx.scope.ownerId} else t.owner_id end) = '{}'
      and not (t.stock in ('system-administrator', 'provider-analyst', 'provider-auditor') and ${tx.scope.ownerId}::int not in (1, 3)) is true as grantable,
    ${tenantName('ot')} as tenant, ${tenantName('rt')} as "readTenant", ${tenantName('wt')} as "writeTenant",
    ${groupName('rg')} as "readGroup", ${groupName('wg')} as "writeGroup"`;
const joins = sql`left join tenancy.tenants ot on ot.owner_id = t.owner_id
  left join tenancy.tenants rt on rt.owner_id = t.read_tenant_owner_id
  left join tenancy.tenants wt on wt.owner_id = t.write_tenant_owner_id
  left join tenancy.groups rg on (rg.owner_id, rg.id) = (t.read_group_owner_id, t.read_group_id)
  left join tenancy.groups wg on (wg.owner_id, wg.id) = (t.write_group_owner_id, t.write_group_id)`;

export interface RolesFilter {
  search?: string | undefined;
  owner?: number | undefined;
  status?: string | undefined;
  public: 'include' | 'exclude' | 'only';
  cursor?: string | undefined;
  limit: number;
}

export async function findRoles(tx: Tx, filter: RolesFilter): Promise<{ rows: RoleRow[]; next: string | null }> {
  const conditions: RawBuilder<unknown>[] = [];
  if (filter.search) conditions.push(sql`t.name_key like ${containing(filter.search)}`);
  if (filter.status) conditions.push(sql`t.status = ${filter.status}`);
  if (filter.public === 'exclude') conditions.push(sql`t.owner_id <> 2`);
  const list = {
    table: 'identity.roles',
    class: 'optional',
    conditions,
    order: byName,
    owners: ownersOf(filter),
  } as const;
  return findPage<RoleRow>(tx, list, { columns: columnsFor(tx), joins, cursor: filter.cursor, limit: filter.limit });
}

function ownersOf(filter: RolesFilter): number[] | undefined {
  const { owner } = filter;
  if (filter.public === 'only') return owner === undefined || owner === publicOwner ? [publicOwner] : [];
  return owner === undefined ? undefined : [owner, publicOwner];
}

export async function findRole(tx: Tx, id: string): Promise<RoleRow | undefined> {
  const { rows } =
    await sql<RoleRow>`select ${columnsFor(tx)} from identity.roles t ${joins} where t.id = ${id}::uuid`.execute(tx.q);
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
