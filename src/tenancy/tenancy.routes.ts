import type { Route } from '../platform/routes.ts';
import { groupRoutes } from './groups/groups.routes.ts';
import { optionRoutes } from './options/options.routes.ts';
import { switchRoutes } from './switch/switch.routes.ts';
import { tenantRoutes } from './tenants/tenants.routes.ts';
import { usageRoutes } from './usage/usage.routes.ts';

export const tenancyRoutes: readonly Route[] = [
  ...switchRoutes,
  ...tenantRoutes,
  ...groupRoutes,
  ...optionRoutes,
  ...usageRoutes,
];
