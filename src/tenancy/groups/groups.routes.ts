import { type Route, route } from '../../platform/routes.ts';
import * as api from './groups.api.ts';
import {
  addGroup,
  addMember,
  groupOf,
  listOfGroups,
  membersOf,
  removeMember,
  setGroupMembers,
  updateGroup,
} from './groups.ts';

export const groupRoutes: readonly Route[] = [
  route(api.listTenantGroups, ({ tx, query }) => listOfGroups(tx, query)),
  route(api.getTenantGroup, ({ tx, params }) => groupOf(tx, params.id)),
  route(api.addTenantGroup, ({ tx, body }) => addGroup(tx, body)),
  route(api.updateTenantGroup, ({ tx, params, version, body }) => updateGroup(tx, params.id, version, body)),
  route(api.setTenantGroupMembers, ({ tx, params, version, body }) =>
    setGroupMembers(tx, params.id, version, body.members),
  ),
  route(api.listTenantGroupMembers, ({ tx, params, query }) => membersOf(tx, params.id, query)),
  route(api.addTenantGroupMember, ({ tx, params }) => addMember(tx, params.id, params.slug)),
  route(api.removeTenantGroupMember, ({ tx, params }) => removeMember(tx, params.id, params.slug)),
];
