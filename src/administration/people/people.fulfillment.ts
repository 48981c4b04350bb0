import type { Static } from 'typebox';
import type { FormValues, Fulfillment } from '../../catalog/fulfillment/fulfillment.ts';
import { endMembership, grantRole } from '../../identity/people/memberships.ts';
import type { NewPerson, PersonChanges } from '../../identity/people/people.api.ts';
import { addPerson, personOf } from '../../identity/people/people.ts';
import { deactivatePerson, reactivatePerson, updatePerson } from '../../identity/people/profiles.ts';
import { attempt } from '../../platform/attempt.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { changesBetween } from '../changes.ts';

const identity = { en: 'People and roles', es: 'Personas y roles' };

/** Add User (R4.1). No link is made here: a request carries no secret (R4.7); whoever asked makes it once the person is there. */
export const addUserFulfillment: Fulfillment = {
  judge: async (tx, values) => {
    await attempt(tx, (quiet) => addPerson(quiet, values as Static<typeof NewPerson>));
    return { about: String(values.displayName) };
  },
  parts: [
    {
      name: 'person',
      product: identity,
      label: { en: 'Add the person', es: 'Crear la persona' },
      run: async (tx, { values }) => ({
        result: { person: (await addPerson(tx, values as Static<typeof NewPerson>)).id },
      }),
    },
  ],
};

/** Manage Users (R4.1). */
export const manageUsersFulfillment: Fulfillment = {
  judge: async (tx, values, form) => {
    const person = await personOf(tx, String(values.person));
    await attempt(tx, (quiet) => managePerson(quiet, values));
    const { action, person: _id, version: _version, roleId: _role, ...changes } = values;
    const before = { displayName: person.displayName, workAddress: person.workAddress, ...person.profile };
    return { about: person.displayName, changes: action === 'update' ? changesBetween(form, before, changes) : [] };
  },
  parts: [
    {
      name: 'person',
      product: identity,
      label: { en: 'Change the person', es: 'Modificar la persona' },
      run: async (tx, { values }) => {
        await managePerson(tx, values);
        return { result: { person: String(values.person) } };
      },
    },
  ],
};

async function managePerson(tx: Tx, values: FormValues): Promise<void> {
  const { action, person, version, roleId, ...changes } = values as {
    action: string;
    person: string;
    version?: number;
    roleId?: string;
  };
  const shown = version ?? (await personOf(tx, person)).version;
  switch (action) {
    case 'update':
      await updatePerson(tx, person, shown, changes as Static<typeof PersonChanges>);
      return;
    case 'deactivate':
      await deactivatePerson(tx, person, shown);
      return;
    case 'reactivate':
      await reactivatePerson(tx, person, shown);
      return;
    case 'grant-role':
      await grantRole(tx, person, roleId ?? refuseMissingRole());
      return;
    default:
      await endMembership(tx, await membershipWith(tx, person, roleId ?? refuseMissingRole()));
  }
}

async function membershipWith(tx: Tx, person: string, role: string): Promise<string> {
  const { memberships } = await personOf(tx, person);
  return memberships.find((membership) => membership.role.id === role)?.id ?? refuse('not-found');
}

function refuseMissingRole(): never {
  return refuse('invalid', {
    count: 1,
    errors: [{ pointer: '/values/roleId', detail: { en: 'Name the role.', es: 'Indique el rol.' } }],
  });
}
