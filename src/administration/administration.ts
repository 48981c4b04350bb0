import type { Fulfillment } from '../catalog/fulfillment/fulfillment.ts';
import { administratorMembership } from '../identity/tokens/command-line.ts';
import type { Database } from '../platform/database.ts';
import type { Queue } from '../platform/jobs.ts';
import { addUserFulfillment, manageUsersFulfillment } from './people/people.fulfillment.ts';
import { addRoleFulfillment, manageRolesFulfillment } from './roles/roles.fulfillment.ts';
import { switchFulfillment } from './switch/switch.fulfillment.ts';
import { addTenantFulfillment } from './tenants/add-tenant.fulfillment.ts';
import { manageTenantsFulfillment } from './tenants/manage-tenants.fulfillment.ts';
import { findUnfulfilled } from './tenants/tenant-parts.queries.ts';
import { prepareTenant, tenantParts } from './tenants/tenant-parts.ts';

/** What the administrative offerings do (R4.1), by their `fulfillment`. */
export const administrativeFulfillments: Record<string, Fulfillment> = {
  'multi-tenancy': switchFulfillment,
  'add-tenant': addTenantFulfillment,
  'manage-tenants': manageTenantsFulfillment,
  'add-role': addRoleFulfillment,
  'manage-roles': manageRolesFulfillment,
  'add-user': addUserFulfillment,
  'manage-users': manageUsersFulfillment,
};

/** R4.4: a product added later fulfils its part for the tenants that exist: looked for at every start. */
export const tenantPartsQueue: Queue = { name: 'tenant-parts', perform: fulfilOne, sweep: queueUnfulfilled };

async function queueUnfulfilled(db: Database): Promise<void> {
  await db.asSystem(async (system) => {
    const membership = await administratorMembership(system);
    if (!membership) return;
    const names = tenantParts.map((part) => part.name);
    for (const { owner_id: owner } of await findUnfulfilled(system, names, 1000)) {
      await system.send(tenantPartsQueue.name, { owner, membership });
    }
  });
}

async function fulfilOne(db: Database, payload: Record<string, string | number>): Promise<void> {
  const owner = Number(payload.owner);
  await db.as({ kind: 'job', membershipId: String(payload.membership), fulfilling: owner }, (tx) =>
    prepareTenant(tx, owner),
  );
}
