import { type Route, route } from '../../platform/routes.ts';
import { previewDisabling } from './exposure.ts';
import * as api from './switch.api.ts';
import { multiTenancyOf } from './switch.ts';

export const switchRoutes: readonly Route[] = [
  route(api.getMultiTenancy, ({ tx }) => multiTenancyOf(tx)),
  route(api.previewDisabling, ({ tx }) => previewDisabling(tx)),
];
