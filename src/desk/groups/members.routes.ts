import { type Route, route } from '../../platform/routes.ts';
import * as api from './members.api.ts';
import { addMember, membersOf, removeMember } from './members.ts';

export const groupMemberRoutes: readonly Route[] = [
  route(api.listGroupMembers, ({ tx, params, query }) => membersOf(tx, params.id, query)),
  route(api.addGroupMember, ({ tx, params }) => addMember(tx, params.id, params.contact)),
  route(api.removeGroupMember, ({ tx, params }) => removeMember(tx, params.id, params.contact)),
];
