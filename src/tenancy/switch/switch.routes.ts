import { type Route, rawRoute, route } from '../../platform/routes.ts';
import type { Principal } from '../../platform/units.ts';
import * as assignmentApi from './assignment.api.ts';
import { assignRecords, previewAssignment } from './assignment.ts';
import { previewDisabling } from './exposure.ts';
import * as readinessApi from './readiness.api.ts';
import { exportOfReadiness, readinessOf } from './readiness.ts';
import * as api from './switch.api.ts';
import { multiTenancyOf } from './switch.ts';

export const switchRoutes: readonly Route[] = [
  route(api.getMultiTenancy, ({ tx }) => multiTenancyOf(tx)),
  route(api.previewDisabling, ({ tx }) => previewDisabling(tx)),
  route(assignmentApi.previewAssignment, ({ tx, body }) => previewAssignment(tx, body)),
  route(assignmentApi.assignRecords, ({ tx, body }) => assignRecords(tx, body.rules)),
  route(readinessApi.getReadiness, ({ tx }) => readinessOf(tx)),
  rawRoute(readinessApi.exportReadiness, async ({ db, principal, origin, query, language, reply }) => {
    const format = query.format ?? 'csv';
    const file = await db.as(principal as Principal, (tx) => exportOfReadiness(tx, format, language), { origin });
    reply
      .header('content-disposition', `attachment; filename="readiness.${format}"`)
      .header('cache-control', 'no-store');
    reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8').send(file);
  }),
];
