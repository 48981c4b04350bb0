import { type Route, route } from '../../platform/routes.ts';
import * as assignmentApi from './assignment.api.ts';
import { assignRecords, previewAssignment } from './assignment.ts';
import { previewDisabling } from './exposure.ts';
import * as api from './switch.api.ts';
import { multiTenancyOf } from './switch.ts';

export const switchRoutes: readonly Route[] = [
  route(api.getMultiTenancy, ({ tx }) => multiTenancyOf(tx)),
  route(api.previewDisabling, ({ tx }) => previewDisabling(tx)),
  route(assignmentApi.previewAssignment, ({ tx, body }) => previewAssignment(tx, body)),
  route(assignmentApi.assignRecords, ({ tx, body }) => assignRecords(tx, body.rules)),
];
