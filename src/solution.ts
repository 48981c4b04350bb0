import { administrationRoutes } from './administration/administration.routes.ts';
import { administrativeFulfillments, tenantPartsQueue } from './administration/administration.ts';
import { auditSealing } from './administration/audit/sealing.ts';
import { housekeepingQueue } from './administration/housekeeping.ts';
import { withRequestRecords } from './administration/recorded.ts';
import { catalogRoutes } from './catalog/catalog.routes.ts';
import { fulfillmentQueue } from './catalog/fulfillment/engine.ts';
import { registerFulfillments } from './catalog/fulfillment/fulfillment.ts';
import { deskRoutes } from './desk/desk.routes.ts';
import { deskFulfillments } from './desk/fulfillment/fulfillment.ts';
import { identityRoutes } from './identity/identity.routes.ts';
import { usageExchange } from './platform/fairness/usage.ts';
import type { Queue, Timer } from './platform/jobs.ts';
import { liveRoutes } from './platform/live.routes.ts';
import { withReference } from './platform/openapi.routes.ts';
import type { Route } from './platform/routes.ts';
import { selfserviceRoutes } from './selfservice/selfservice.routes.ts';
import { tenancyRoutes } from './tenancy/tenancy.routes.ts';

/** The products and their features, in the order of the house: the table of contents. */
export const routes: readonly Route[] = withReference([
  ...tenancyRoutes,
  ...withRequestRecords(identityRoutes),
  ...catalogRoutes,
  ...deskRoutes,
  ...selfserviceRoutes,
  ...administrationRoutes,
  ...liveRoutes,
]);

/** What is done beside requests, each queue by its product. */
export const queues: readonly Queue[] = [fulfillmentQueue, tenantPartsQueue, housekeepingQueue];

/** What every process tries again and again. */
export const timers: readonly Timer[] = [auditSealing, usageExchange];

/** How what is requested is done, by each product. */
registerFulfillments({ ...deskFulfillments, ...administrativeFulfillments });
