import { type Route, route } from '../../platform/routes.ts';
import { previewOfMove, strandedOf } from './moves.ts';
import * as api from './tenants.api.ts';
import { changeParent } from './tenants.ts';
import { activeBelow, choicesOf, listOfTenants, tenantOf } from './tenants.view.ts';

export const tenantRoutes: readonly Route[] = [
  route(api.listTenants, ({ tx, query }) => listOfTenants(tx, query)),
  route(api.searchTenants, ({ tx, query }) => choicesOf(tx, query.search, query.writable ?? false)),
  route(api.getTenant, ({ tx, params }) => tenantOf(tx, params.slug)),
  route(api.listActiveBelow, ({ tx, params, query }) => activeBelow(tx, params.slug, query)),
  route(api.previewMove, ({ tx, params, query }) => previewOfMove(tx, params.slug, query.parent)),
  route(api.listStranded, ({ tx, params, query }) => strandedOf(tx, params.slug, query)),
  route(api.changeParent, async ({ tx, params, version, body }) => {
    await changeParent(tx, params.slug, version, body.parent, body.previewed);
    return tenantOf(tx, params.slug);
  }),
];
