import { unread } from '../platform/reads.ts';
import { type Route, rawRoute, route } from '../platform/routes.ts';
import * as api from './branding/branding.api.ts';
import { logoOf, organizationOf, removeLogo, setLogo } from './branding/branding.ts';

export const selfserviceRoutes: readonly Route[] = [
  route(api.getOrganization, ({ tx }) => organizationOf(tx)),
  rawRoute(api.getLogo, async ({ db, principal, query, reply, origin }) => {
    // A picture in a page cannot send the header that names the membership: the address does, and it is checked the same.
    const named =
      principal?.kind === 'session' && query.membership ? { ...principal, membershipId: query.membership } : principal;
    const logo = await db.as(named as NonNullable<typeof named>, (tx) => logoOf(tx), {
      origin: unread(origin),
    });
    reply
      .header('cache-control', 'private, max-age=86400')
      .header('x-content-type-options', 'nosniff')
      .type(logo.media_type)
      .send(logo.picture);
  }),
  route(api.setLogo, ({ tx, params, body }) => setLogo(tx, params.slug, body.picture)),
  route(api.removeLogo, ({ tx, params }) => removeLogo(tx, params.slug)),
];
