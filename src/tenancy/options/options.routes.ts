import { type Route, route } from '../../platform/routes.ts';
import * as api from './options.api.ts';
import { optionsOf, setOptions } from './options.ts';

export const optionRoutes: readonly Route[] = [
  route(api.getOptions, ({ tx }) => optionsOf(tx)),
  route(api.setOptions, ({ tx, version, body }) => setOptions(tx, version, body)),
];
