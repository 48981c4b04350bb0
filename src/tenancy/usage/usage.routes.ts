import { type Route, route } from '../../platform/routes.ts';
import { getUsage } from './usage.api.ts';
import { ownUsage } from './usage.ts';

export const usageRoutes: readonly Route[] = [route(getUsage, ({ tx }) => ownUsage(tx))];
