import { type Route, route } from '../../platform/routes.ts';
import { listOfGrantableRoles } from './grants.ts';
import * as api from './roles.api.ts';
import { addRole, deactivateRole, listOfRoles, reactivateRole, roleOf, updateRole } from './roles.ts';

export const roleRoutes: readonly Route[] = [
  route(api.listRoles, ({ tx, query }) => listOfRoles(tx, query)),
  route(api.getRole, ({ tx, params }) => roleOf(tx, params.id)),
  route(api.listGrantableRoles, ({ tx, query }) => listOfGrantableRoles(tx, query)),
  route(api.addRole, ({ tx, body }) => addRole(tx, body)),
  route(api.updateRole, ({ tx, params, version, body }) => updateRole(tx, params.id, version, body)),
  route(api.deactivateRole, ({ tx, params, version }) => deactivateRole(tx, params.id, version)),
  route(api.reactivateRole, ({ tx, params, version }) => reactivateRole(tx, params.id, version)),
];
