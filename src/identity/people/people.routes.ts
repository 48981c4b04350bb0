import { type Route, route } from '../../platform/routes.ts';
import { endMembership, grantRole } from './memberships.ts';
import * as api from './people.api.ts';
import { addPerson, listOfPeople, personOf } from './people.ts';
import { deactivatePerson, reactivatePerson, updatePerson } from './profiles.ts';

export const peopleRoutes: readonly Route[] = [
  route(api.listPeople, ({ tx, query }) => listOfPeople(tx, query)),
  route(api.getPerson, ({ tx, params }) => personOf(tx, params.id)),
  route(api.addPerson, ({ tx, body }) => addPerson(tx, body)),
  route(api.updatePerson, ({ tx, params, version, body }) => updatePerson(tx, params.id, version, body)),
  route(api.deactivatePerson, ({ tx, params, version }) => deactivatePerson(tx, params.id, version)),
  route(api.reactivatePerson, ({ tx, params, version }) => reactivatePerson(tx, params.id, version)),
  route(api.grantRole, ({ tx, params, body }) => grantRole(tx, params.id, body.roleId)),
  route(api.endMembership, ({ tx, params }) => endMembership(tx, params.id)),
];
