import type { Route } from '../platform/routes.ts';
import { firstRunRoutes } from './first-run/first-run.routes.ts';
import { sessionRoutes } from './sessions/sessions.routes.ts';

export const identityRoutes: readonly Route[] = [...firstRunRoutes, ...sessionRoutes];
