import type { Static } from 'typebox';
import type { FormValues, Fulfillment } from '../../catalog/fulfillment/fulfillment.ts';
import type { NewRole, RoleChanges } from '../../identity/roles/roles.api.ts';
import { addRole, deactivateRole, reactivateRole, roleOf, updateRole } from '../../identity/roles/roles.ts';
import { attempt } from '../../platform/attempt.ts';
import type { Tx } from '../../platform/units.ts';
import { changesBetween } from '../changes.ts';

const identity = { en: 'People and roles', es: 'Personas y roles' };

/** Add Role (R4.1); nobody gives more than they have (R5.5). */
export const addRoleFulfillment: Fulfillment = {
  judge: async (tx, values) => {
    await attempt(tx, (quiet) => addRole(quiet, values as Static<typeof NewRole>));
    return { about: String(values.name) };
  },
  parts: [
    {
      name: 'role',
      product: identity,
      label: { en: 'Add the role', es: 'Crear el rol' },
      run: async (tx, { values }) => ({ result: { role: (await addRole(tx, values as Static<typeof NewRole>)).id } }),
    },
  ],
};

/** Manage Roles (R4.1). */
export const manageRolesFulfillment: Fulfillment = {
  judge: async (tx, values, form) => {
    const role = await roleOf(tx, String(values.role));
    await attempt(tx, (quiet) => manageRole(quiet, values));
    const { action, role: _id, version: _version, ...changes } = values;
    return { about: role.name, changes: action === 'update' ? changesBetween(form, role, changes) : [] };
  },
  parts: [
    {
      name: 'role',
      product: identity,
      label: { en: 'Change the role', es: 'Modificar el rol' },
      run: async (tx, { values }) => {
        await manageRole(tx, values);
        return { result: { role: String(values.role) } };
      },
    },
  ],
};

async function manageRole(tx: Tx, values: FormValues): Promise<void> {
  const { action, role, version, ...changes } = values as { action: string; role: string; version?: number };
  const shown = version ?? (await roleOf(tx, role)).version;
  if (action === 'deactivate') await deactivateRole(tx, role, shown);
  else if (action === 'reactivate') await reactivateRole(tx, role, shown);
  else await updateRole(tx, role, shown, changes as Static<typeof RoleChanges>);
}
