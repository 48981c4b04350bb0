import type { Route } from '../platform/routes.ts';
import { firstRunRoutes } from './first-run/first-run.routes.ts';
import { invitationRoutes } from './invitations/invitations.routes.ts';
import { linkRoutes } from './links/links.routes.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { roleRoutes } from './roles/roles.routes.ts';
import { sessionRoutes } from './sessions/sessions.routes.ts';
import { termsRoutes } from './terms/terms.routes.ts';
import { tokenRoutes } from './tokens/tokens.routes.ts';

export const identityRoutes: readonly Route[] = [
  ...firstRunRoutes,
  ...sessionRoutes,
  ...tokenRoutes,
  ...linkRoutes,
  ...peopleRoutes,
  ...invitationRoutes,
  ...roleRoutes,
  ...termsRoutes,
];
