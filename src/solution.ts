import { catalogRoutes } from './catalog/catalog.routes.ts';
import { fulfillmentQueue } from './catalog/fulfillment/engine.ts';
import { deskRoutes } from './desk/desk.routes.ts';
import { identityRoutes } from './identity/identity.routes.ts';
import type { Queue } from './platform/jobs.ts';
import { tenancyRoutes } from './tenancy/tenancy.routes.ts';
import { withReference } from './platform/openapi.routes.ts';
import type { Route } from './platform/routes.ts';

/** The products and their features, in the order of the house: the table of contents. */
export const routes: readonly Route[] = withReference([...tenancyRoutes, ...identityRoutes, ...catalogRoutes, ...deskRoutes]);

/** What is done beside requests, each queue by its product. */
export const queues: readonly Queue[] = [fulfillmentQueue];
